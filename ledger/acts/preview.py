"""What an entry says, in words.

Who, what, how much, what it settles and what is left, for whoever records or approves it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from beancount.core.amount import Amount
from beancount.core.data import Custom, Directive, Document, Open, Posting, Price, Transaction
from beancount.core.position import Cost

from ledger.ground.findings import EVERY_CATEGORY
from ledger.ground.money import ZERO
from ledger.ground.phrases import N_, Term, Text, join_with_and, layout, money, phrase
from ledger.ground.render import render
from ledger.language.accounts import Role, account
from ledger.language.kinds import BY_TAG, CORRECTION, METADATA, Kind
from ledger.language.models import DIRECTIVES, dashed
from ledger.law.approvals import approvable
from ledger.model.fund import Fund
from ledger.model.pledges import pledge_of

_MONEY = frozenset({Role.BANK, Role.PAYABLE, Role.REFUNDS_PAYABLE})
_PLEDGED = frozenset({Role.ANNOUNCED, Role.COMMITTED})
_SENTENCES: dict[Kind, tuple[Term, frozenset[Role]]] = {
    Kind.PLEDGE: (N_("{who} pledges {what}"), _PLEDGED),
    Kind.AGREEMENT: (N_("{who} commits {what}"), frozenset({Role.COMMITTED})),
    Kind.RECEIPT: (N_("{who} paid {what}"), frozenset({Role.CONTRIBUTION})),
    Kind.IDENTIFY: (N_("{who} paid {what} that came in unclaimed"), frozenset({Role.CONTRIBUTION})),
    Kind.UNCLAIMED: (N_("{what} came in, and nobody knows from whom"), frozenset({Role.UNCLAIMED})),
    Kind.REDUCTION: (N_("{who} promises {what} less"), _PLEDGED),
    Kind.WRITE_OFF: (N_("{what} that {who} promised is written off"), _PLEDGED),
    Kind.IN_KIND: (N_("{who} gave in kind what is worth {what}"), frozenset({Role.IN_KIND_EXPENSE})),
    Kind.REFUND: (
        N_("{what} is paid back to {who}"),
        frozenset({Role.CONTRIBUTION, Role.UNCLAIMED, Role.REFUNDS_PAYABLE}),
    ),
    Kind.EXPENDITURE: (N_("{what} is spent"), frozenset({Role.EXPENDITURE})),
    Kind.INDIRECT_COSTS: (N_("{what} is charged for indirect costs"), frozenset({Role.INDIRECT_COSTS})),
    Kind.PAYMENT: (N_("{what} is paid by the bank"), frozenset({Role.BANK})),
    Kind.INTEREST: (N_("The bank credits {what} of interest"), frozenset({Role.INTEREST})),
    Kind.TRANSFER: (N_("{what} moves between accounts of the fund"), frozenset({Role.BANK})),
    Kind.LOAN: (N_("{what} is lent to {who}"), frozenset({Role.LOAN})),
    Kind.OPENING: (N_("{what} is brought into the book"), frozenset({Role.BANK})),
}
"""What each kind says, of the postings in which roles."""
_RAISES = {
    Kind.PLEDGE: ("announced", N_("{pledge} rises by {amount}; {left} announced is then outstanding")),
    Kind.AGREEMENT: ("committed", N_("{pledge} rises by {amount}; {left} committed is then outstanding")),
}
"""The stage in which each kind of promise adds to a pledge, and how that is said."""
_DIRECTIVES = {
    "clearance": N_("{day}: the due diligence on {first} has a result"),
    "confirmation": N_("{day}: {first} answered about its account at the end of {second}"),
    "waiver": N_("{day}: the rule {first} is waived for {second}"),
    "reconfirmation": N_("{day}: {first} is reconfirmed by its donor"),
    "reminder": N_("{day}: {first} was sent a reminder"),
    "donor": N_("{day}: {first} is registered as a donor"),
    "donor-status": N_("{day}: {first} gives in the category {second}"),
    "donor-contact": N_("{day}: to whom the letters to {first} go"),
    "payer": N_("{day}: {first} pays under the name {second}"),
    "purpose": N_("{day}: {first} is a purpose of money"),
    "officer": N_("{day}: {first} is appointed, as {second}"),
    "bank-account": N_("{day}: the bank keeps {first} under the number {second}"),
    "officer-end": N_("{day}: {first} is in office until the end of this day"),
    "payer-end": N_("{day}: {first} does not pay under the name {second}"),
    "donor-name": N_("{day}: {first} is called otherwise from this day on"),
    "donor-merge": N_("{day}: {first} and {second} are one donor: what stands under {first} is found under {second}"),
}
"""What directives of ours say, of their first two words; others are said as they are written."""
_PLACE = frozenset({"filename", "lineno"})


def describe(fund: Fund, directives: Sequence[Directive], *, recorded: bool = False) -> Iterator[Text]:
    """Yield what directives say, a line each; what belongs to a line stands further in.

    `recorded` ones are in the book already.
    """
    for item in directives:
        if isinstance(item, Transaction):
            yield from _entry(fund, item, recorded=recorded)
        elif isinstance(item, Price):
            rate = f"{item.amount.number} {item.amount.currency}"
            yield phrase("{day}: one {currency} is {rate}", day=item.date, currency=item.currency, rate=rate)
        elif isinstance(item, Document):
            name, entry = Path(item.filename).name, str(item.meta.get("note", ""))
            yield phrase("{day}: {name} is filed as evidence of {entry}", day=item.date, name=name, entry=entry)
            yield _indent(layout("sha256: {digest}", digest=str(item.meta["evidence-sha256"])))
        elif isinstance(item, Custom) and item.type == "approval":
            yield from _describe_approval(fund, str(item.values[0].value), str(item.meta["by"]))
        elif isinstance(item, Open):
            yield _describe_opening(item)
        elif isinstance(item, Custom) and item.type == "rule":
            yield from _law(fund, item)
        elif isinstance(item, Custom):
            words = [str(word.value) for word in item.values]
            if item.type in _DIRECTIVES:
                yield phrase(_DIRECTIVES[item.type], day=item.date, first=words[0], second=words[-1])
            else:
                yield phrase("{day}: {said}", day=item.date, said=" ".join([item.type, *words]))
            yield from (_metadata(key, value) for key, value in item.meta.items() if key not in _PLACE)
        else:
            yield render([item]).strip()


def _describe_opening(item: Open) -> Text:
    if not item.currencies:
        return phrase("{day}: {account} is opened", day=item.date, account=item.account)
    currencies = join_with_and(item.currencies)
    return phrase(
        "{day}: {account} is opened, for {currencies}", day=item.date, account=item.account, currencies=currencies
    )


def _law(fund: Fund, line: Custom) -> Iterator[Text]:
    """Yield how a rule changes: each term with what it was in force until then."""
    rule, category = (str(word.value) for word in line.values)
    before = fund.law.on(rule, category, line.date)
    now = {"severity": "error", **{key: value for key, value in line.meta.items() if key not in _PLACE}}
    was: dict[str, object] = {}
    if before is not None:
        was = {"severity": before.severity, "citation": before.citation, "reason": before.reason, **before.parameters()}
    yield phrase("{day}: the rule {rule} changes for {whom}", day=line.date, rule=rule, whom=_whom(fund, line))
    for key in dict.fromkeys([*now, *was]):
        old, new = was.get(key), now.get(key)
        facts: dict[str, Text] = {
            "term": label_of(key),
            "now": N_("no more") if new is None else str(new),
            "was": str(old),
        }
        if old == new:
            yield _indent(phrase("{term}: {now}, as before", **facts))
        elif old is not None:
            yield _indent(phrase("{term}: {now} (until now {was})", **facts))
        else:
            yield _indent(phrase("{term}: {now}", **facts))
    yield _indent(phrase("what is dated before {day} stays judged by the law of its day", day=line.date))


def _whom(fund: Fund, line: Custom) -> Text:
    """Return for which donors a line of the law is."""
    rule, category = (str(word.value) for word in line.values)
    if category != EVERY_CATEGORY:
        return phrase("the category {category}", category=category)
    own = [t.category for t in fund.law.rules if t.rule == rule and t.category != category and t.day <= line.date]
    if not own:
        return N_("donors of every category")
    others = ", ".join(dict.fromkeys(own))
    return phrase("donors of every category but {others}, of which the law speaks by itself", others=others)


def _describe_approval(fund: Fund, digest: str, officer: str) -> Iterator[Text]:
    """Yield what is approved, with the documents that prove it."""
    item = next(item for item in approvable(fund) if item.digest == digest)
    yield phrase(
        "{officer} approves {amount}, recorded by {recorder}:",
        officer=officer,
        amount=Amount(item.moved, fund.unit),
        recorder=item.recorder,
    )
    yield from map(_indent, _entry(fund, item.entry.txn, recorded=True))
    papers = [Path(paper.filename).name for paper in fund.documents.get(digest, [])]
    for paper in papers or [N_("none on file")]:
        yield _indent(_indent(phrase("document: {name}", name=paper)))


def label_of(key: str) -> Text:
    """Return what a key of metadata is called: in words of the program, unless the key is the book's own."""
    words = key.replace("-", " ")
    return Term(words) if key in LABELLED else words


LABELLED = frozenset(METADATA) | {
    dashed(key) for model in DIRECTIVES.values() for key in model.model_fields if key not in {"day", "meta"}
}
"""The keys that the program knows, of entries and of its directives."""


def _metadata(key: str, value: object) -> Text:
    text = value if isinstance(value, (str, date)) else str(value)
    return _indent(phrase("{label}: {value}", label=label_of(key), value=text))


def _indent(line: Text) -> Text:
    return layout("  {line}", line=line)


def _entry(fund: Fund, txn: Transaction, *, recorded: bool) -> Iterator[Text]:
    kind = next((BY_TAG[tag] for tag in sorted(txn.tags or ()) if tag in BY_TAG), None)
    sentence, roles = _SENTENCES[kind] if kind else (N_("{what} is moved"), _MONEY)
    if kind is Kind.LOAN and any(p.units.number < ZERO for p in txn.postings if account(p.account).role is Role.LOAN):
        sentence = N_("{what} comes back from {who}")
    what = _sum(p for p in txn.postings if account(p.account).role in roles)
    text = phrase(sentence, who=txn.payee or N_("somebody"), what=what)
    if CORRECTION in (txn.tags or ()):
        yield phrase("{day}: taken back: {said}", day=txn.date, said=text)
    else:
        yield phrase("{day}: {said}", day=txn.date, said=text)
    if txn.payee and "{who}" not in sentence:
        yield _indent(phrase("payee: {payee}", payee=txn.payee))
    for posting in txn.postings:
        if line := _posting(fund, txn, posting, recorded=recorded):
            yield _indent(line)
    if kind in _RAISES and CORRECTION not in (txn.tags or ()):
        yield from map(_indent, _describe_increases(fund, txn, *_RAISES[kind], recorded=recorded))
    yield _indent(phrase("what: {narration}", narration=txn.narration))
    yield from (_metadata(key, value) for key, value in txn.meta.items() if key not in _PLACE)


def _posting(fund: Fund, txn: Transaction, posting: Posting, *, recorded: bool) -> Text:
    """Return what a posting does beyond the sentence: at which bank, on which instalment.

    Empty for what the sentence says already.
    """
    role, amount = account(posting.account).role, _positive(posting.units)
    if posting.cost is not None and role in _PLEDGED:
        return _instalment(fund, txn, posting, recorded=recorded)
    if role not in _POSTINGS:
        return _part(role, amount, posting.meta or {})
    debit, credit = _POSTINGS[role]
    _, _, object_ = posting.account.partition(":")
    text = phrase(
        debit if posting.units.number > ZERO else credit,
        account=posting.account,
        amount=amount,
        object=object_,
        use=object_.rpartition(":")[2],
    )
    if posting.price is None or role not in _MONEY:
        return text
    return phrase("{said} at {rate}", said=text, rate=str(posting.price.number))


def _part(role: Role, amount: Amount, meta: Mapping[str, Any]) -> Text:
    """Return of what a part of an entry is; empty where it says nothing of its own."""
    if meta.get("unpledged"):
        return phrase("{amount} of it is beyond any pledge", amount=amount)
    if role is Role.CONTRIBUTION and "on-receipt" in meta:
        return phrase("{amount} of it was received as {receipt}", amount=amount, receipt=str(meta["on-receipt"]))
    if role is Role.OPENING and "purpose" in meta:
        return phrase("{amount} of it is for {purpose}", amount=amount, purpose=str(meta["purpose"]))
    return ""


_OWED = N_("{account}: {amount} is owed no more"), N_("{account}: {amount} is owed")
_CHARGES, _USE, _OBJECT = N_("bank charges: {amount}"), N_("use: {use}"), N_("object of expenditure: {object}")
_POSTINGS = {
    Role.BANK_CHARGES: (_CHARGES, _CHARGES),
    Role.IN_KIND_EXPENSE: (_USE, _USE),
    Role.EXPENDITURE: (_OBJECT, _OBJECT),
    Role.BANK: (N_("{account}: {amount} in"), N_("{account}: {amount} out")),
    Role.PAYABLE: _OWED,
    Role.REFUNDS_PAYABLE: _OWED,
}
"""What a debit and a credit of these accounts say."""


def _instalment(fund: Fund, txn: Transaction, posting: Posting, *, recorded: bool) -> Text:
    """Return what is promised in an instalment, or taken from it and left at the end of the day."""
    label, units = str(posting.cost.label), posting.units
    instalment = next(
        (i for i in fund.instalments.values() if i.label == label and i.account.name == posting.account), None
    )
    outstanding = (instalment.outstanding(txn.date) if instalment else ZERO) + (ZERO if recorded else units.number)
    facts = {"label": label, "amount": _positive(units), "left": Amount(outstanding, units.currency)}
    if CORRECTION in txn.tags:
        if units.number > ZERO:
            return phrase("{label}: {amount} outstanding again, {left} left", **facts)
        return phrase("{label}: {amount} taken back, {left} left", **facts)
    if units.number < ZERO:
        return phrase("{label}: {amount} taken, {left} left", **facts)
    text: Text = phrase("{label}: {amount}", label=label, amount=units)
    rate = posting.cost.number if isinstance(posting.cost, Cost) else posting.cost.number_per
    if units.currency != fund.unit and rate:
        text = phrase("{said} at {rate}", said=text, rate=str(rate))
    due = (posting.meta or {}).get("due")
    return phrase("{said}, due {due}", said=text, due=due) if due else text


def _describe_increases(fund: Fund, txn: Transaction, stage: str, sentence: Term, *, recorded: bool) -> Iterator[Text]:
    """Yield by how much an entry raises each pledge that was in the book before it, and what of its stage is then outstanding."""
    increases: dict[tuple[str, str], Decimal] = {}
    openings: dict[tuple[str, str], Decimal] = {}
    for posting in txn.postings:
        pledge = fund.pledges.get(pledge_of(str(posting.cost.label)) or "") if posting.cost is not None else None
        if pledge is not None and pledge.instalments[0].opened.txn is not txn:
            key, number = (pledge.id, posting.units.currency), posting.units.number
            increases[key] = increases.get(key, ZERO) + number
            openings[key] = openings.get(key, ZERO) + max(number, ZERO)
    for (identity, currency), number in increases.items():
        if number > ZERO:
            outstanding = fund.pledges[identity].outstanding(currency, txn.date, stage)
            outstanding += ZERO if recorded else openings[identity, currency]
            yield phrase(sentence, pledge=identity, amount=Amount(number, currency), left=Amount(outstanding, currency))


def _positive(units: Amount) -> Amount:
    return Amount(abs(units.number), units.currency)


def _sum(postings: Iterable[Posting]) -> Text:
    """Return how much postings are in all, whatever their sign, currency by currency; a transfer by what comes in."""
    sums: dict[tuple[str, bool], Decimal] = {}
    for posting in postings:
        key = posting.units.currency, posting.units.number > ZERO
        sums[key] = sums.get(key, ZERO) + abs(posting.units.number)
    whole: dict[str, Decimal] = {}
    for (currency, _), number in sums.items():
        whole[currency] = max(whole.get(currency, ZERO), number)
    return join_with_and([money(Amount(number, currency)) for currency, number in whole.items()]) or N_("nothing")
