"""pledge-lifecycle: tags, accounts, links, lot labels and both halves of an entry agree.

Source: house rule, from the stages of the funds compared in facts 2.3 and 2.4 (announced, committed, received; only written statements
count) and UN practice that a pledge stands in a memorandum account, apart from cash.

- An entry that touches pledges or contributions has exactly one tag that says what happened (`ledger.language.shapes` lists for each
  kind which accounts it may touch). `#correction` beside it makes it a reversal, and `corrects` says of what.
- Announced first or at once committed; received only from committed. A reduction, a write-off and a conversion each have a reason.
- Every lot is labelled with its pledge (or an instalment of it), linked with `^PL-…`, in the accounts of one donor; a committed instalment
  has a due date.
- **The two halves balance alone.** The postings under `Equity:Pledges` sum to nothing at cost, and so do all the others: an amount error on
  the cash side never disappears into `Equity:Pledges:Contra`. What a receipt settles in the currency it came in is what came in, to the
  cent; what was not pledged is marked `unpledged: TRUE` on its income posting.

Breaks it (the bank shows 100.01, and Beancount would put the odd cent into the contra account):

    2016-10-05 * "Argentina" "First instalment" #receipt ^PL-2016-003
      Assets:Bank:Operating                               100.01 USD
      Income:Contributions:MemberStates:Argentina        -100.00 USD
      Equity:Pledges:Committed:MemberStates:Argentina    -100.00 USD {"PL-2016-003/1"}
      Equity:Pledges:Contra

Keeps it: the same entry with 100.00 at the bank.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from beancount.core.data import Posting

from ledger import entries
from ledger.accounts import STAGES, Account, Role
from ledger.entries import Entry
from ledger.findings import Catalogue, Finding, Message
from ledger.fund import CASH_KINDS, Fund
from ledger.language.kinds import BY_TAG, METADATA, Kind
from ledger.language.nearest import nearest
from ledger.language.shapes import SHAPES, Shape
from ledger.money import HALF_A_CENT, ZERO, show_number
from ledger.pledges import Effect, Instalment, pledge_of

MESSAGES = Catalogue(
    "pledge-lifecycle",
    {
        "not-strict": Message(
            "the book uses the booking method {method}; under it more can be settled than was promised.",
            'write `option "booking_method" "STRICT"`, and no booking method on a donor\'s account.',
            "design 2.3",
        ),
        "padded": Message(
            "a `pad` fills {account} up with an amount that nobody recorded.",
            "record what happened, in an entry with a tag and a document.",
        ),
        "no-value": Message(
            "the posting of {number} {currency} to {account} has no value in {unit}, in which the book is kept.",
            "write the rate behind it, such as `@ 1.10 {unit}`.",
            "Financial Handbook for Specific Fund Projects, 3.1 (official currency)",
        ),
        "no-kind": Message(
            "the entry touches {account} but no tag says what happened{suggestion}.",
            "add one of: {kinds}.",
        ),
        "several-kinds": Message(
            "the entry has the tags {tags}; it can be one kind only.",
            "keep one, and record the other in an entry of its own.",
        ),
        "wrong-account": Message(
            "a #{kind} does not touch {account} ({role}).",
            "a #{kind} may touch: {allowed}. Use the right account, or the tag of what really happened.",
        ),
        "wrong-direction": Message(
            "a #{kind} does not {verb} {account}, but {number} {currency} is posted there.",
            "turn the sign round, or use the tag of what really happened (a reversal is marked #correction too).",
        ),
        "half-missing": Message(
            "the #{kind} has no posting to {missing}.",
            "add the missing half: a #{kind} needs {needs}.",
        ),
        "pledge-not-settled": Message(
            "the entry is linked to {pledge}, but takes nothing from its instalments and adds none.",
            "add the `Equity:Pledges` half, or take the link out.",
        ),
        "no-lot": Message(
            "the posting to {account} is not held as a labelled lot.",
            'write its rate and label in braces, such as {{1 USD, "PL-2016-003/1"}}.',
            "design 2.3",
        ),
        "bad-label": Message(
            "the lot label {label!r} is not the id of a pledge or of an instalment.",
            'write it as "PL-2016-003" or "PL-2016-003/1".',
            "design 2.3",
        ),
        "wrong-rate": Message(
            "{label} is carried at {rate} {currency}, but {expected}.",
            "write the rate in braces in {unit}: the UN operational rate of the day, and 1 {unit} for a pledge in {unit} itself.",
            "facts 1.7",
        ),
        "no-link": Message(
            "the entry moves instalments of {pledge} but is not linked to it.",
            "add ^{pledge} to its first line.",
            "design 4",
        ),
        "another-donor": Message(
            "{label} belongs to the pledge of {owner}, but the posting is to {donor}.",
            "give the pledge of {donor} an id of its own.",
        ),
        "label-again": Message(
            "{label} in {account} was opened on {first}; a second lot of the same label cannot be told from it.",
            "give the new instalment a label of its own, such as {pledge}/2.",
            "design 2.3",
        ),
        "no-due-date": Message(
            "the committed instalment {label} has no due date.",
            "add `due: 2016-12-31` below its posting.",
            "design 4",
        ),
        "money-half": Message(
            "the money half of the entry is out of balance by {difference} {currency}; it must balance without Equity:Pledges.",
            "correct the amounts of the bank, the bank charges and the income.",
            "design 2.1",
        ),
        "memorandum-half": Message(
            "the memorandum half of the entry is out of balance by {difference} {currency} at cost.",
            "correct the amounts under Equity:Pledges, or leave the one of Equity:Pledges:Contra out.",
            "design 2.1",
        ),
        "amounts-differ": Message(
            "{donor}: the entry settles {settled} {currency} of pledges, but {income} {currency} of pledged income came in.",
            "make the two equal; mark income beyond the pledge with `unpledged: TRUE` on a posting of its own.",
            "design 2.4",
        ),
        "settled-by-nothing": Message(
            "{donor}: {settled} {currency} is settled, but no income is left that paid for it.",
            "add the income posting, or take the instalment out.",
            "design 2.4",
        ),
        "converted-by-another": Message(
            "the gift is of {given}, but it takes from the pledge of {pledged}.",
            "take from a pledge of the same donor, or record a reduction and a gift of their own.",
        ),
        "no-reason": Message(
            "the #{kind} gives no reason.",
            'add `reason: "…"` to the entry: who decided, and in which document.',
        ),
        "corrects-nothing": Message(
            "the #correction does not say what it corrects.",
            'add `corrects: "…"` with the receipt number, the pledge or the date of the entry that it reverses.',
        ),
        "corrects-unknown": Message(
            "the #correction of a receipt says that it corrects {corrects!r}, which is not the number of a receipt before it{suggestion}.",
            "write the receipt number of the entry that it reverses.",
        ),
        "corrects-partly": Message(
            "the #correction takes back {taken} {unit} of receipt {corrects}, which was {given} {unit}.",
            "reverse the whole receipt, then record the right one (`vfund reverse` does the first).",
            "design 2.8",
        ),
        "identified-too-much": Message(
            "by {day} {number} {unit} more was identified than had come in unclaimed.",
            "identify no more than Liabilities:UnclaimedReceipts holds.",
        ),
        "two-rates": Message(
            "the entry values {currency} at {rates} {unit}; one entry has one rate.",
            "write the same rate on every posting in {currency}.",
        ),
        "priced-unit": Message(
            "{number} {unit} on {account} is given a price or a cost; the unit of account is worth itself.",
            "take the price or the braces out.",
        ),
        "outside-chart": Message(
            "{account} is not in the chart of accounts: income has a donor, or is interest or an exchange difference.",
            "use an account of docs/language.md.",
            "design 4",
        ),
        "no-valuation": Message(
            "the gift in kind does not say how its value was found.",
            'add `valuation: "…"`: by whom, and in which document.',
            "IPSAS 23 (fair value at receipt); facts 3",
        ),
        "far-from-rate": Message(
            "{label}: {carried} {unit} was settled by {credited} {unit}, more than a fifth away from the rate of the pledge.",
            "compare the amounts with the bank's notice; if they are right, nothing is to be done.",
            "house rule",
            "warning",
        ),
        "refund-above-receipts": Message(
            "{donor}: {refunded} {currency} refunded by {day} is more than the {received} {currency} received by then.",
            "refund no more than was received.",
        ),
        "misspelt-key": Message(
            "the metadata key {key!r} is not known; did you mean {meant!r}?",
            "correct the key.",
            "design 4",
        ),
    },
)

_WATCHED = frozenset(
    {*STAGES, Role.CONTRA, Role.CONTRIBUTION, Role.IN_KIND_INCOME, Role.IN_KIND_EXPENSE, Role.UNCLAIMED}
)
_RECEIVES = frozenset({Role.BANK, Role.BANK_CHARGES})


def check(fund: Fund) -> Iterator[Finding]:
    """Yield what is wrong with each entry, then with instalments and refunds as a whole."""
    yield from _strict(fund)
    for pad in fund.pads:
        yield MESSAGES.finding("padded", pad, account=pad.account)
    for entry in fund.entries:
        if not entry.txn.postings:
            continue  # Beancount refused to book it and says so
        yield from _metadata(entry)
        yield from _values(entry, fund.unit)
        yield from _half(entry, "money-half", entry.money)
        if entry.kind is None:
            yield from _kind(entry)
        else:
            yield from _entry(entry, entry.kind, SHAPES[entry.kind])
    yield from _corrections(fund)
    yield from _unclaimed(fund)
    yield from _far(fund)
    yield from _instalments(fund)
    yield from _refunds(fund)


def _strict(fund: Fund) -> Iterator[Finding]:
    method = getattr(fund.options.get("booking_method"), "value", "STRICT")
    if method != "STRICT":
        yield MESSAGES.finding("not-strict", {"filename": fund.options.get("filename"), "lineno": 1}, method=method)


def _metadata(entry: Entry) -> Iterator[Finding]:
    for meta in (entry.txn.meta, *(posting.meta for _, posting in entry.memorandum + entry.money if posting.meta)):
        if not meta.keys() <= _PASSED:
            for key in meta.keys() - _PASSED:
                meant = _slip(key)
                if meant:
                    yield MESSAGES.finding("misspelt-key", entry.txn, key=key, meant=meant)


def _values(entry: Entry, unit: str) -> Iterator[Finding]:
    rates: dict[str, set[Decimal]] = {}
    for part, posting in entry.money:
        currency = posting.units.currency
        if (
            part.role is Role.MISFIT
            and part.name.startswith("Income:")
            and not part.name.startswith(("Income:Contributions:", "Income:InKind:"))
        ):
            yield MESSAGES.finding("outside-chart", entry.txn, account=part.name)
        if posting.price is None and posting.cost is None and currency == unit:
            continue
        if currency == unit:
            number = show_number(posting.units.number)
            yield MESSAGES.finding("priced-unit", entry.txn, number=number, unit=unit, account=part.name)
        if posting.price is not None:
            rates.setdefault(currency, set()).add(round(posting.price.number, _RATE_DIGITS))
        if entries.weight(posting)[1] != unit:
            facts = {"number": show_number(posting.units.number), "currency": posting.units.currency}
            yield MESSAGES.finding("no-value", entry.txn, **facts, account=posting.account, unit=unit)
    for currency, several in rates.items():
        if len(several) > 1:
            listed = " and ".join(f"{rate.normalize():f}" for rate in sorted(several))
            yield MESSAGES.finding("two-rates", entry.txn, currency=currency, rates=listed, unit=unit)


_RATE_DIGITS = 6


_PASSED = METADATA | {"filename", "lineno", "__tolerances__", "__automatic__"}
_SLIPS: dict[str, str | None] = {}


def _slip(key: str) -> str | None:
    """Give the known key that `key` is a slip of the pen away from (remembered: a book repeats its keys)."""
    if key not in _SLIPS:
        meant = nearest(key, METADATA)
        alike = meant is not None and sorted(meant.replace("-", "")) == sorted(key.replace("_", "").replace("-", ""))
        one_off = meant is not None and abs(len(meant) - len(key)) <= 1 and len(set(meant) ^ set(key)) <= 1
        _SLIPS[key] = meant if not key.startswith("__") and (alike or one_off) else None
    return _SLIPS[key]


def _kind(entry: Entry) -> Iterator[Finding]:
    if entry.kinds:
        tags = " and ".join(sorted(f"#{kind.value}" for kind in entry.kinds))
        yield MESSAGES.finding("several-kinds", entry.txn, tags=tags)
        return
    watched = next((a for a, _ in entry.memorandum + entry.money if a.role in _WATCHED), None)
    if watched is not None:
        meant = next((m for tag in sorted(entry.txn.tags or ()) if (m := nearest(tag, BY_TAG))), None)
        suggestion = f" (did you mean #{meant}?)" if meant else ""
        kinds = ", ".join(f"#{tag}" for tag in BY_TAG)
        yield MESSAGES.finding("no-kind", entry.txn, account=watched.name, suggestion=suggestion, kinds=kinds)


def _entry(entry: Entry, kind: Kind, shape: Shape) -> Iterator[Finding]:
    """Judge an entry of one kind."""
    yield from _accounts(entry, kind, shape)
    if entry.memorandum or entry.pledges:
        yield from _labels(entry, shape)
    if entry.memorandum:
        yield from _half(entry, "memorandum-half", entry.memorandum)
    if kind in CASH_KINDS:
        yield from _settles(entry)
    if kind is Kind.IN_KIND:
        yield from _converts(entry)
        if not entries.text(entry.txn, "valuation"):
            yield MESSAGES.finding("no-valuation", entry.txn)
    if kind in {Kind.REDUCTION, Kind.WRITE_OFF} and not entries.text(entry.txn, "reason"):
        yield MESSAGES.finding("no-reason", entry.txn, kind=kind.value)
    if entry.reversal and not entries.text(entry.txn, "corrects"):
        yield MESSAGES.finding("corrects-nothing", entry.txn)


def _accounts(entry: Entry, kind: Kind, shape: Shape) -> Iterator[Finding]:
    if entry.memorandum:
        yield from _memorandum_accounts(entry, kind, shape)
    yield from _money_accounts(entry, kind, shape)
    missing = shape.needs and shape.needs - {part.role for part, _ in entry.money}
    if missing:
        facts = {"missing": _roles(missing), "needs": _roles(shape.needs)}
        yield MESSAGES.finding("half-missing", entry.txn, kind=kind.value, **facts)
    if shape.opens and not shape.money and not any(a.role in STAGES for a, _ in entry.memorandum):
        stage = _roles(shape.opens)
        yield MESSAGES.finding("half-missing", entry.txn, kind=kind.value, missing=stage, needs=stage)


def _memorandum_accounts(entry: Entry, kind: Kind, shape: Shape) -> Iterator[Finding]:
    for part, posting in entry.memorandum:
        if part.role is Role.CONTRA and shape.memorandum:
            continue
        adds = posting.units.number * entry.sign > 0
        if part.role not in shape.opens and part.role not in shape.takes:
            yield _wrong_account(entry, kind, shape, part)
        elif part.role not in (shape.opens if adds else shape.takes):
            yield _direction(entry, kind, "add to" if adds else "take from", part, posting)


def _money_accounts(entry: Entry, kind: Kind, shape: Shape) -> Iterator[Finding]:
    for part, posting in entry.money:
        if part.role not in shape.money:
            yield _wrong_account(entry, kind, shape, part)
        elif kind is Kind.RECEIPT and part.role in _RECEIVES and posting.units.number * entry.sign < 0:
            yield _direction(entry, kind, "take from", part, posting)
        elif part.role in {Role.CONTRIBUTION, Role.IN_KIND_INCOME}:
            debit = posting.units.number * entry.sign > 0
            if debit != (kind is Kind.REFUND):
                yield _direction(entry, kind, "take from" if debit else "add to", part, posting)


def _wrong_account(entry: Entry, kind: Kind, shape: Shape, part: Account) -> Finding:
    allowed = _roles(shape.opens | shape.takes | shape.money)
    facts = {"account": part.name, "role": part.role.value, "allowed": allowed}
    return MESSAGES.finding("wrong-account", entry.txn, kind=kind.value, **facts)


def _direction(entry: Entry, kind: Kind, verb: str, part: Account, posting: Posting) -> Finding:
    number, currency = show_number(posting.units.number), posting.units.currency
    return MESSAGES.finding(
        "wrong-direction",
        entry.txn,
        kind=kind.value,
        verb=verb,
        account=part.name,
        number=number,
        currency=currency,
    )


def _roles(roles: frozenset[Role]) -> str:
    return ", ".join(sorted(role.value for role in roles)) or "nothing"


def _labels(entry: Entry, shape: Shape) -> Iterator[Finding]:
    named: set[str] = set()
    for part, posting in entry.memorandum:
        if part.role is Role.CONTRA:
            continue
        label = posting.cost.label if posting.cost else None
        pledge = pledge_of(label) if label else None
        if not label:
            yield MESSAGES.finding("no-lot", entry.txn, account=part.name)
        elif pledge is None:
            yield MESSAGES.finding("bad-label", entry.txn, label=label)
        else:
            named.add(pledge)
    for pledge in sorted(named - entry.pledges):
        yield MESSAGES.finding("no-link", entry.txn, pledge=pledge)
    if shape.memorandum:
        for pledge in sorted(entry.pledges - named):
            yield MESSAGES.finding("pledge-not-settled", entry.txn, pledge=pledge)


def _half(entry: Entry, code: str, half: list[tuple[Account, Posting]]) -> Iterator[Finding]:
    """Balance one half alone, whatever tolerance the book's options allow."""
    for currency, difference in entries.imbalance(half).items():
        if abs(difference) >= HALF_A_CENT:
            yield MESSAGES.finding(code, entry.txn, difference=show_number(difference), currency=currency)


def _settles(entry: Entry) -> Iterator[Finding]:
    """Compare what each donor's income is with what it settles."""
    settled: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    income: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for part, posting in entry.memorandum:
        if part.role in STAGES:
            settled[part.donor][posting.units.currency] -= posting.units.number * entry.sign
    for part, posting in entry.money:
        if part.role is Role.CONTRIBUTION and (posting.meta or {}).get("unpledged") is not True:
            income[part.donor][posting.units.currency] -= posting.units.number * entry.sign
    for donor, amounts in settled.items():
        yield from _compare(entry, donor, amounts, income[donor])


def _compare(entry: Entry, donor: str, settled: dict[str, Decimal], income: dict[str, Decimal]) -> Iterator[Finding]:
    """Compare by currency; what is settled in a currency that did not come in is paid by the income that is left."""
    left = {currency: number - settled.get(currency, ZERO) for currency, number in income.items()}
    foreign = {currency: number for currency, number in settled.items() if currency not in income}
    for currency, rest in left.items():
        if rest < ZERO or (rest > ZERO and not foreign):
            facts = {"settled": show_number(settled.get(currency, ZERO)), "income": show_number(income[currency])}
            yield MESSAGES.finding("amounts-differ", entry.txn, donor=donor, currency=currency, **facts)
    if foreign and not any(rest > ZERO for rest in left.values()):
        for currency, number in foreign.items():
            facts = {"donor": donor, "settled": show_number(number), "currency": currency}
            yield MESSAGES.finding("settled-by-nothing", entry.txn, **facts)


def _converts(entry: Entry) -> Iterator[Finding]:
    given = {part.donor for part, _ in entry.money if part.donor}
    pledged = {part.donor for part, _ in entry.memorandum if part.donor}
    if pledged - given:
        facts = {"given": ", ".join(sorted(given)), "pledged": ", ".join(sorted(pledged - given))}
        yield MESSAGES.finding("converted-by-another", entry.txn, **facts)


def _corrections(fund: Fund) -> Iterator[Finding]:
    """Compare what each reversal of a receipt names with the receipts before it."""
    given: dict[str, Decimal] = {}
    for receipt in fund.receipts:
        corrects = entries.text(receipt.entry, "corrects")
        if not receipt.reversal:
            given[receipt.number] = given.get(receipt.number, ZERO) + receipt.value
        elif corrects and corrects not in given:
            meant = nearest(corrects, given.keys() - {""})
            suggestion = f"; did you mean {meant!r}?" if meant else ""
            yield MESSAGES.finding("corrects-unknown", receipt.entry, corrects=corrects, suggestion=suggestion)
        elif corrects and receipt.value != -given[corrects]:
            facts = {"corrects": corrects, "taken": show_number(-receipt.value), "given": show_number(given[corrects])}
            yield MESSAGES.finding("corrects-partly", receipt.entry, unit=fund.unit, **facts)


def _unclaimed(fund: Fund) -> Iterator[Finding]:
    """Compare what was identified with what had come in, at the end of each day."""
    held = ZERO
    days = [
        (entry.txn, entries.value(posting))
        for entry in fund.entries
        for part, posting in entry.money
        if part.role is Role.UNCLAIMED
    ]
    for position, (txn, number) in enumerate(days):
        held += number
        last_of_day = position + 1 == len(days) or days[position + 1][0].date != txn.date
        if last_of_day and held > ZERO and number > ZERO:
            facts = {"day": txn.date, "number": show_number(held), "unit": fund.unit}
            yield MESSAGES.finding("identified-too-much", txn, **facts)


def _far(fund: Fund) -> Iterator[Finding]:
    """Point at a settlement that brought much more or much less than the rate of the pledge."""
    for instalment in fund.instalments.values():
        for movement in instalment.movements:
            if movement.credited and abs(movement.exchange_difference) * 5 > abs(movement.carried):
                amounts = {"carried": show_number(movement.carried), "credited": show_number(movement.credited)}
                yield MESSAGES.finding(
                    "far-from-rate", movement.entry, label=instalment.label, unit=fund.unit, **amounts
                )


def _instalments(fund: Fund) -> Iterator[Finding]:
    """Judge instalments as a whole: one donor, one lot per label, a due date."""
    for instalment in fund.instalments.values():
        owner = fund.pledges[instalment.pledge].donor
        facts: dict[str, object] = {"label": instalment.label, "account": instalment.account.name}
        if instalment.account.donor != owner:
            donor = instalment.account.donor
            yield MESSAGES.finding("another-donor", instalment.opened, **facts, owner=owner, donor=donor)
        yield from _rate(fund.unit, instalment)
        if instalment.account.role is Role.COMMITTED and instalment.due is None:
            yield MESSAGES.finding("no-due-date", instalment.opened, **facts)
        for movement in instalment.movements:
            opening = movement.effect in {Effect.PLEDGED, Effect.MOVED_IN} and movement.number > ZERO
            if opening and movement.entry is not instalment.opened:
                first = instalment.opened.date
                yield MESSAGES.finding("label-again", movement.entry, **facts, first=first, pledge=instalment.pledge)


def _rate(unit: str, instalment: Instalment) -> Iterator[Finding]:
    carried_in, rate = instalment.carried_in, instalment.rate
    expected = ""
    if carried_in != unit:
        expected = f"the book is kept in {unit}"
    elif instalment.currency == unit and rate != 1:
        expected = f"a pledge in {unit} is carried at 1"
    elif rate <= ZERO:
        expected = "a rate is more than nothing"
    if expected:
        facts = {"label": instalment.label, "rate": rate, "currency": carried_in, "unit": unit, "expected": expected}
        yield MESSAGES.finding("wrong-rate", instalment.opened, **facts)


def _refunds(fund: Fund) -> Iterator[Finding]:
    """Compare refunds with receipts, per donor and currency, at the date of each refund."""
    received: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    refunded: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    in_order = sorted(fund.contributions, key=lambda item: (item.day, item.kind == Kind.REFUND.value))
    for item in in_order:
        key = (item.account.donor, item.given.currency)
        if item.kind != Kind.REFUND.value:
            received[key] += item.given.number
            continue
        refunded[key] -= item.given.number
        if refunded[key] > received[key] or refunded[key] < ZERO:
            facts = {"refunded": show_number(refunded[key]), "received": show_number(received[key])}
            yield MESSAGES.finding(
                "refund-above-receipts", item.entry, donor=key[0], currency=key[1], day=item.day, **facts
            )
