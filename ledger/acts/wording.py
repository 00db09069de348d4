"""What an entry says, in words: who, what, how much, what it settles and what is left, for whoever records or approves it."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from beancount.core.amount import Amount
from beancount.core.data import Custom, Directive, Open, Posting, Price, Transaction
from beancount.core.position import Cost

from ledger.ground.findings import EVERY_CATEGORY
from ledger.ground.money import ZERO, show
from ledger.ground.render import render
from ledger.language.accounts import Role, account
from ledger.language.kinds import BY_TAG, CORRECTION, Kind
from ledger.model.fund import Fund
from ledger.model.pledges import pledge_of

_MONEY = frozenset({Role.BANK, Role.PAYABLE, Role.REFUNDS_PAYABLE})
_PLEDGED = frozenset({Role.ANNOUNCED, Role.COMMITTED})
_SENTENCES: dict[Kind, tuple[str, frozenset[Role]]] = {
    Kind.PLEDGE: ("{who} pledges {what}", _PLEDGED),
    Kind.AGREEMENT: ("{who} commits {what}", frozenset({Role.COMMITTED})),
    Kind.RECEIPT: ("{who} paid {what}", frozenset({Role.CONTRIBUTION})),
    Kind.IDENTIFY: ("{who} paid {what} that came in unclaimed", frozenset({Role.CONTRIBUTION})),
    Kind.UNCLAIMED: ("{what} came in, and nobody knows from whom", frozenset({Role.UNCLAIMED})),
    Kind.REDUCTION: ("{who} promises {what} less", _PLEDGED),
    Kind.WRITE_OFF: ("{what} that {who} promised is written off", _PLEDGED),
    Kind.IN_KIND: ("{who} gave in kind what is worth {what}", frozenset({Role.IN_KIND_EXPENSE})),
    Kind.REFUND: ("{what} is paid back to {who}", frozenset({Role.CONTRIBUTION, Role.UNCLAIMED, Role.REFUNDS_PAYABLE})),
    Kind.EXPENDITURE: ("{what} is spent", frozenset({Role.EXPENDITURE})),
    Kind.INDIRECT_COSTS: ("{what} is charged for indirect costs", frozenset({Role.INDIRECT_COSTS})),
    Kind.PAYMENT: ("{what} is paid by the bank", frozenset({Role.BANK})),
    Kind.INTEREST: ("The bank credits {what} of interest", frozenset({Role.INTEREST})),
    Kind.TRANSFER: ("{what} moves between accounts of the fund", frozenset({Role.BANK})),
    Kind.LOAN: ("{what} is lent to {who}", frozenset({Role.LOAN})),
    Kind.OPENING: ("{what} is brought into the book", frozenset({Role.BANK})),
}
"""What each kind says, of the postings in which roles."""
_RAISED = {Kind.PLEDGE: "announced", Kind.AGREEMENT: "committed"}
"""The stage in which each kind of promise adds to a pledge."""
_SAID = {
    "bank-account": "the bank keeps {0} under the number {1}",
    "officer-end": "{0} is in office until the end of this day",
    "payer-end": "{0} does not pay under the name {1}",
    "donor-name": "{0} is called otherwise from this day on",
    "donor-merge": "{0} and {1} are one donor: what stands under {0} is found under {1}",
}
"""What directives of ours say, of their words; others are said as they are written."""
_PLACE = frozenset({"filename", "lineno"})


def words_of(fund: Fund, directives: Sequence[Directive], *, recorded: bool = False) -> Iterator[str]:
    """Yield what directives say, a line each; what belongs to a line stands further in. `recorded` ones are in the book already."""
    for item in directives:
        if isinstance(item, Transaction):
            yield from _entry(fund, item, recorded=recorded)
        elif isinstance(item, Price):
            yield f"{item.date}: one {item.currency} is {item.amount.number} {item.amount.currency}"
        elif isinstance(item, Open):
            held = f", for {' and '.join(item.currencies)}" if item.currencies else ""
            yield f"{item.date}: {item.account} is opened{held}"
        elif isinstance(item, Custom) and item.type == "rule":
            yield from _law(fund, item)
        elif isinstance(item, Custom):
            words = [str(word.value) for word in item.values]
            said = _SAID[item.type].format(*words) if item.type in _SAID else f"{item.type} {' '.join(words)}"
            yield f"{item.date}: {said}"
            own = {key: value for key, value in item.meta.items() if key not in _PLACE}
            yield from (f"  {key.replace('-', ' ')}: {value}" for key, value in own.items())
        else:
            yield render([item]).strip()


def _law(fund: Fund, line: Custom) -> Iterator[str]:
    """Yield how a rule changes: each term with what it was in force until then."""
    rule, category = (str(word.value) for word in line.values)
    before = fund.law.on(rule, category, line.date)
    now = {"severity": "error", **{key: value for key, value in line.meta.items() if key not in _PLACE}}
    was: dict[str, object] = {}
    if before is not None:
        was = {"severity": before.severity, "citation": before.citation, "reason": before.reason, **before.parameters()}
    whom = "donors of every category" if category == EVERY_CATEGORY else f"the category {category}"
    special = [
        t.category for t in fund.law.rules if t.rule == rule and t.category != EVERY_CATEGORY and t.day <= line.date
    ]
    if category == EVERY_CATEGORY and special:
        whom += f" but {', '.join(dict.fromkeys(special))}, of which the law speaks by itself"
    yield f"{line.date}: the rule {rule} changes for {whom}"
    for key in dict.fromkeys([*now, *was]):
        old, new = was.get(key), now.get(key)
        stays = old == new
        yield f"  {key.replace('-', ' ')}: {new if new is not None else 'no more'}" + (
            ", as before" if stays else f" (until now {old})" if old is not None else ""
        )
    yield f"  what is dated before {line.date} stays judged by the law of its day"


def _entry(fund: Fund, txn: Transaction, *, recorded: bool) -> Iterator[str]:
    kind = next((BY_TAG[tag] for tag in sorted(txn.tags or ()) if tag in BY_TAG), None)
    reverses = CORRECTION in (txn.tags or ())
    sentence, roles = _SENTENCES[kind] if kind else ("{what} is moved", _MONEY)
    if kind is Kind.LOAN and any(p.units.number < ZERO for p in txn.postings if account(p.account).role is Role.LOAN):
        sentence = "{what} comes back from {who}"
    said = sentence.format(
        who=txn.payee or "somebody", what=_sum(p for p in txn.postings if account(p.account).role in roles)
    )
    yield f"{txn.date}: {'taken back: ' if reverses else ''}{said}"
    if txn.payee and "{who}" not in sentence:
        yield f"  payee: {txn.payee}"
    for posting in txn.postings:
        if line := _posting(fund, txn, posting, recorded=recorded):
            yield f"  {line}"
    if kind in _RAISED and not reverses:
        yield from _raised(fund, txn, _RAISED[kind], recorded=recorded)
    yield f"  what: {txn.narration}"
    for key, value in txn.meta.items():
        if key not in _PLACE:
            yield f"  {key.replace('-', ' ')}: {value}"


def _posting(fund: Fund, txn: Transaction, posting: Posting, *, recorded: bool) -> str:
    """Return what a posting does beyond the sentence: at which bank, on which instalment; empty for what the sentence says already."""
    role, amount = account(posting.account).role, _positive(posting.units)
    if posting.cost is not None and role in _PLEDGED:
        return _instalment(fund, txn, posting, recorded=recorded)
    rate = f" at {posting.price.number}" if posting.price is not None else ""
    debit = posting.units.number > ZERO
    owed = "is owed no more" if debit else "is owed"
    said = {
        Role.BANK_CHARGES: f"bank charges: {show(amount)}",
        Role.BANK: f"{posting.account}: {show(amount)} {'in' if debit else 'out'}{rate}",
        Role.PAYABLE: f"{posting.account}: {show(amount)} {owed}{rate}",
        Role.REFUNDS_PAYABLE: f"{posting.account}: {show(amount)} {owed}{rate}",
        Role.IN_KIND_EXPENSE: f"use: {posting.account.rpartition(':')[2]}",
        Role.EXPENDITURE: f"object of expenditure: {posting.account.partition(':')[2]}",
    }
    if (posting.meta or {}).get("unpledged"):
        return f"{show(amount)} of it is beyond any pledge"
    if role is Role.OPENING and (purpose := (posting.meta or {}).get("purpose")):
        return f"{show(amount)} of it is for {purpose}"
    return said.get(role, "")


def _instalment(fund: Fund, txn: Transaction, posting: Posting, *, recorded: bool) -> str:
    """Return what is promised in an instalment, or taken from it and left at the end of the day."""
    label, units = str(posting.cost.label), posting.units
    known = next((i for i in fund.instalments.values() if i.label == label and i.account.name == posting.account), None)
    left = show(
        Amount((known.outstanding(txn.date) if known else ZERO) + (ZERO if recorded else units.number), units.currency)
    )
    if CORRECTION in txn.tags:
        return f"{label}: {show(_positive(units))} {'outstanding again' if units.number > ZERO else 'taken back'}, {left} left"
    if units.number > ZERO:
        due = (posting.meta or {}).get("due")
        rate = posting.cost.number if isinstance(posting.cost, Cost) else posting.cost.number_per
        at = f" at {rate}" if units.currency != fund.unit and rate else ""
        return f"{label}: {show(units)}{at}" + (f", due {due}" if due else "")
    return f"{label}: {show(_positive(units))} taken, {left} left"


def _raised(fund: Fund, txn: Transaction, stage: str, *, recorded: bool) -> Iterator[str]:
    """Yield by how much an entry raises each pledge that was in the book before it, and what of its stage is then outstanding."""
    added: dict[tuple[str, str], Decimal] = {}
    opened: dict[tuple[str, str], Decimal] = {}
    for posting in txn.postings:
        pledge = fund.pledges.get(pledge_of(str(posting.cost.label)) or "") if posting.cost is not None else None
        if pledge is not None and pledge.instalments[0].opened.txn is not txn:
            key, number = (pledge.id, posting.units.currency), posting.units.number
            added[key] = added.get(key, ZERO) + number
            opened[key] = opened.get(key, ZERO) + max(number, ZERO)
    for (identity, currency), number in added.items():
        if number > ZERO:
            left = fund.pledges[identity].outstanding(currency, txn.date, stage)
            left += ZERO if recorded else opened[identity, currency]
            yield f"  {identity} rises by {show(Amount(number, currency))}; {show(Amount(left, currency))} {stage} is then outstanding"


def _positive(units: Amount) -> Amount:
    return Amount(abs(units.number), units.currency)


def _sum(postings: Iterable[Posting]) -> str:
    """Return how much postings are in all, whatever their sign, currency by currency; a transfer by what comes in."""
    sums: dict[tuple[str, bool], Decimal] = {}
    for posting in postings:
        key = posting.units.currency, posting.units.number > ZERO
        sums[key] = sums.get(key, ZERO) + abs(posting.units.number)
    whole: dict[str, Decimal] = {}
    for (currency, _), number in sums.items():
        whole[currency] = max(whole.get(currency, ZERO), number)
    return " and ".join(show(Amount(number, currency)) for currency, number in whole.items()) or "nothing"
