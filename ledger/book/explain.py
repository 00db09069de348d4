"""Return in our words what Beancount found.

Beancount's booking refuses to settle more than was promised, before any rule runs, but its message for a drained lot
is cryptic. Here it becomes a sentence about the instalment, and its echoes for the same entry are taken out.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from beancount.core.data import Posting, Transaction
from beancount.parser.booking_full import CategorizationError, InterpolationError, ReductionError
from beancount.parser.booking_method import AmbiguousMatchError
from beancount.parser.parser import parse_file

from ledger.ground.findings import Catalogue, Finding, Message
from ledger.ground.money import ZERO
from ledger.ground.phrases import N_, Text, join, phrase
from ledger.language.accounts import STAGES, account
from ledger.language.kinds import LABEL
from ledger.model.fund import Fund

_BOOKING = (AmbiguousMatchError, CategorizationError, InterpolationError, ReductionError)

BOOKING = Catalogue(
    "pledge-lifecycle",
    {
        "more-than-outstanding": Message(
            "the entry takes {taken} {currency} from {label} in {account}, of which {outstanding} {currency} was outstanding on {day}.",
            "lower the amount, name another instalment, or mark what was not pledged with `unpledged: TRUE` on its income posting.",
            "UN practice: a settlement never exceeds the pledge; design 2.3",
        ),
        "nothing-outstanding": Message(
            "nothing was outstanding on {label} in {account} on {day}: {history}.",
            "name an instalment that is still outstanding (`vfund show {pledge}` lists them).",
            "design 2.3",
        ),
        "no-such-instalment": Message(
            "{account} holds no instalment {label} in {currency}; {suggestion}.",
            "correct the label or the account (`vfund show {pledge}` lists the instalments).",
            "design 2.3",
        ),
        "which-instalment": Message(
            "the entry takes {taken} {currency} from {account} without saying from which instalment.",
            'write the label in braces, such as {{"{example}"}}.',
            "design 2.3",
        ),
        "nothing-promised": Message(
            "the entry puts an amount of zero into {account}.",
            "record the amount, or take the entry out: nothing was promised.",
            "design 2.3",
        ),
        "not-booked": Message(
            "Beancount could not book this entry ({reason}).",
            "check the labels, the costs in braces and the amounts of its `Equity:Pledges` postings.",
            "design 2.3",
        ),
    },
)


def explain(errors: Iterable[Any], findings: list[Finding], fund: Fund) -> list[Finding]:
    """Join Beancount's errors with the findings of the rules, once each, in our words."""
    booked_wrong: set[tuple[str, int]] = set()
    result: list[Finding] = []
    for error in errors:
        if isinstance(error, Finding):
            continue
        txn = _find_refused(error) if isinstance(error, _BOOKING) else None
        if txn is not None and _touches_pledges(txn):
            if _place(txn.meta) not in booked_wrong:
                booked_wrong.add(_place(txn.meta))
                result += _booking(txn, str(error.message), fund)
        else:
            result.append(_plain(error))
    halves = {_place(finding.source) for finding in findings if finding.code in _SAYS_UNBALANCED}
    result = [f for f in result if not ("does not balance" in f.message and _place(f.source) in halves)]
    if any(finding.code == "book/rules-failed" for finding in findings):
        result = [f for f in result if not (f.code == "beancount/LoadError" and "plugins.fund" in f.message)]
    places = {_place(finding.source) for finding in findings if finding.code == "evidence/missing"}
    result = [f for f in result if not (f.code == "beancount/DocumentError" and _place(f.source) in places)]
    return result + [finding for finding in findings if _place(finding.source) not in booked_wrong]


_SAYS_UNBALANCED = {"pledge-lifecycle/money-half", "pledge-lifecycle/memorandum-half"}


def _place(source: dict[str, Any]) -> tuple[str, int]:
    line = source.get("lineno", 0)
    return str(source.get("filename", "")), line if isinstance(line, int) else 0


def _plain(error: Any) -> Finding:
    entry = error.entry if hasattr(error.entry, "meta") else None
    message = str(error.message).strip()
    if "Traceback (most recent call last)" in message:
        error_line = message.splitlines()[-1].strip()
        text = phrase("a plugin failed, and what it checks was not checked: {error}", error=error_line)
        return Finding(dict(error.source), text, entry, f"beancount/{type(error).__name__}")
    return Finding(dict(error.source), message, entry, f"beancount/{type(error).__name__}")


def _touches_pledges(txn: Transaction) -> bool:
    return any(account(posting.account).role in STAGES for posting in txn.postings)


def _find_refused(error: Any) -> Transaction | None:
    """Return the transaction, as written, that the booking refused.

    An `InterpolationError` names only the line of a posting; the file is parsed again to find the transaction around
    it.
    """
    if isinstance(error.entry, Transaction):
        return error.entry
    file, line = _place(error.source)
    entries, _, _ = parse_file(file)
    around = [e for e in entries if isinstance(e, Transaction) and e.meta["lineno"] <= line]
    return max(around, key=lambda txn: int(txn.meta["lineno"]), default=None)


def _booking(txn: Transaction, message: str, fund: Fund) -> list[Finding]:
    """Find the postings that the booking refused, and say why."""
    findings = [
        finding
        for posting in txn.postings
        if account(posting.account).role in STAGES and isinstance(getattr(posting.units, "number", None), Decimal)
        for finding in _posting(txn, posting, fund)
    ]
    return findings or [BOOKING.finding("not-booked", txn, reason=message.partition(":")[0])]


def _posting(txn: Transaction, posting: Posting, fund: Fund) -> Iterable[Finding]:
    number = -posting.units.number
    if number == ZERO:
        yield BOOKING.finding("nothing-promised", txn, account=posting.account)
    if number <= ZERO:
        return
    currency, label = posting.units.currency, posting.cost.label if posting.cost else None
    facts: dict[str, object] = {"account": posting.account, "currency": currency, "day": txn.date}
    here = [i for i in fund.instalments.values() if i.account.name == posting.account and i.currency == currency]
    if not label:
        example = here[0].label if here else "PL-2016-003/1"
        yield BOOKING.finding("which-instalment", txn, **facts, taken=number, example=example)
        return
    match = LABEL.fullmatch(label)
    facts |= {"label": label, "pledge": match["pledge"] if match else label}
    instalment = fund.instalments.get((posting.account, label, currency))
    if instalment is None:
        others = sorted(i.label for i in here)
        suggestion: Text = (
            phrase("it holds {labels}", labels=", ".join(others)) if others else N_("it holds none at all")
        )
        yield BOOKING.finding("no-such-instalment", txn, **facts, suggestion=suggestion)
        return
    outstanding = instalment.outstanding(txn.date)
    if outstanding == ZERO:
        moves = (m for m in instalment.movements if m.day <= txn.date)
        history = join(
            [phrase("{number} {effect} on {day}", number=m.number, effect=m.effect.value, day=m.day) for m in moves]
        )
        yield BOOKING.finding("nothing-outstanding", txn, **facts, history=history or N_("it begins later"))
    elif number > outstanding:
        amounts = {"taken": number, "outstanding": outstanding}
        yield BOOKING.finding("more-than-outstanding", txn, **facts, **amounts)
