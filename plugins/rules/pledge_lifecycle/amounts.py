"""One entry: every posting has a value, both halves balance alone, and what is settled is what came in."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from beancount.core.data import Posting

from ledger.ground.findings import Finding
from ledger.ground.money import HALF_A_CENT, LARGEST, ZERO, minor_units, too_fine
from ledger.ground.phrases import join, layout
from ledger.language.accounts import STAGES, Account, Role
from ledger.language.kinds import CASH_KINDS
from ledger.model import entries
from ledger.model.entries import Entry, Leg
from plugins.rules.pledge_lifecycle.rule import RULE

_RATE_DIGITS = 6
_BESIDE = frozenset({Role.BANK_CHARGES, Role.EXCHANGE})
_DONORS = ("Income:Contributions:", "Income:InKind:")
_GIVES = frozenset({Role.CONTRIBUTION, Role.IN_KIND_INCOME, Role.UNCLAIMED})


def wrong_amounts(entry: Entry, unit: str) -> Iterator[Finding]:
    """Yield what is wrong with the amounts of one entry."""
    yield from _values(entry, unit)
    yield from _half(entry, "money-half", entry.money)
    if any(part.role in _BESIDE for part, _, _ in entry.money):
        yield from _beside(entry, unit)
    for part, posting, _ in (*entry.money, *entry.memorandum):
        if not -LARGEST < posting.units.number < LARGEST:
            facts = {"number": posting.units.number, "currency": posting.units.currency, "most": LARGEST}
            yield RULE.finding("too-large", entry.txn, account=part.name, **facts)
        if part.role is not Role.CONTRA and too_fine(posting.units.number, posting.units.currency):
            yield RULE.finding("too-fine", entry.txn, account=part.name, **_decimals(posting))
    if entry.kind is None:
        return
    if entry.memorandum:
        for part, posting, _ in entry.memorandum:
            if part.role in STAGES:
                yield from _promised(entry, posting, unit)
        yield from _half(entry, "memorandum-half", entry.memorandum)
    if entry.kind in CASH_KINDS:
        yield from _settles(entry)


def _values(entry: Entry, unit: str) -> Iterator[Finding]:
    rates: dict[str, set[Decimal]] = {}
    for part, posting, _ in entry.money:
        currency = posting.units.currency
        if part.role in _GIVES and not posting.units.number:
            yield RULE.finding("nothing-given", entry.txn, account=part.name)
        if part.role is Role.MISFIT and part.name.startswith("Income:") and not part.name.startswith(_DONORS):
            yield RULE.finding("outside-chart", entry.txn, account=part.name)
        if posting.price is None and posting.cost is None and currency == unit:
            continue
        if posting.price is not None:
            rates.setdefault(currency, set()).add(round(posting.price.number, _RATE_DIGITS))
        yield from _valued(entry, part, posting, unit)
    for currency, several in rates.items():
        if len(several) > 1:
            listed = join([layout("{rate}", rate=rate) for rate in sorted(several)])
            yield RULE.finding("two-rates", entry.txn, currency=currency, rates=listed, unit=unit)


def _beside(entry: Entry, unit: str) -> Iterator[Finding]:
    """Hold what goes beside an amount to it.

    Charges to what the bank passed on, exchange differences to what was exchanged.
    """
    sums: dict[Role, Decimal] = {}
    foreign = ZERO
    for part, posting, value in entry.money:
        sums[part.role] = sums.get(part.role, ZERO) + value
        if posting.units.currency != unit:
            foreign = max(foreign, abs(value))
    charges, exchange = sums.get(Role.BANK_CHARGES, ZERO), abs(sums.get(Role.EXCHANGE, ZERO))
    passed_on = abs(sums.get(Role.BANK, ZERO) + sums.get(Role.UNCLAIMED, ZERO))
    if charges and entry.kind in CASH_KINDS and abs(charges) > passed_on:
        facts = {"charges": abs(charges), "passed": passed_on, "unit": unit}
        yield RULE.finding("charges-too-high", entry.txn, **facts)
    if exchange * 5 > foreign:
        facts = {"exchange": exchange, "foreign": foreign, "unit": unit}
        yield RULE.finding("exchange-too-large", entry.txn, **facts)


def _promised(entry: Entry, posting: Posting, unit: str) -> Iterator[Finding]:
    """Judge the rate at which the source of an instalment says that it is carried."""
    if posting.meta and "exchange-rate" in posting.meta:
        yield from _stated_rate(entry, posting, unit)


def _valued(entry: Entry, part: Account, posting: Posting, unit: str) -> Iterator[Finding]:
    """Judge a posting that is not simply in the unit of account."""
    number, currency = posting.units.number, posting.units.currency
    if currency == unit:
        yield RULE.finding("priced-unit", entry.txn, number=number, unit=unit, account=part.name)
    elif posting.meta and "exchange-rate" in posting.meta:
        yield from _stated_rate(entry, posting, unit)
    if posting.cost is not None:
        yield RULE.finding("held-at-cost", entry.txn, number=number, currency=currency, account=part.name)
    if entries.weight(posting)[1] != unit:
        facts = {"number": number, "currency": currency, "account": posting.account}
        yield RULE.finding("no-value", entry.txn, **facts, unit=unit)


def _decimals(posting: Posting) -> dict[str, object]:
    number, currency = posting.units
    return {"number": number, "currency": currency, "decimals": minor_units(currency)}


def _half(entry: Entry, code: str, half: Sequence[Leg]) -> Iterator[Finding]:
    """Balance one half alone, whatever tolerance the book's options allow.

    To less than half a cent where a rate is involved, else exactly.
    """
    for currency, difference in entries.imbalance(half).items():
        at_a_rate = any(entries.weight(leg.posting)[1] != leg.posting.units.currency for leg in half)
        if not at_a_rate or abs(difference) >= HALF_A_CENT:
            yield RULE.finding(code, entry.txn, difference=difference, currency=currency)


def _settles(entry: Entry) -> Iterator[Finding]:
    """Compare what each donor's income is with what it settles."""
    settled: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    income: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for part, posting, _ in entry.memorandum:
        if part.role in STAGES:
            settled[part.donor][posting.units.currency] -= posting.units.number * entry.sign
    for part, posting, _ in entry.money:
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
            facts = {"settled": settled.get(currency, ZERO), "income": income[currency]}
            yield RULE.finding("amounts-differ", entry.txn, donor=donor, currency=currency, **facts)
    if foreign and not any(rest > ZERO for rest in left.values()):
        for currency, number in foreign.items():
            yield RULE.finding("settled-by-nothing", entry.txn, donor=donor, settled=number, currency=currency)


def _stated_rate(entry: Entry, posting: Posting, unit: str) -> Iterator[Finding]:
    """Compare an amount, the rate that its source states (currency per unit of account), and the value that is posted.

    The rate is known to half of its last digit, and the value to half of the last digit that any posting in the unit is
    written with.
    """
    rate, number, value = posting.meta["exchange-rate"], abs(posting.units.number), abs(entries.weight(posting)[0])
    if not isinstance(rate, Decimal) or rate <= ZERO:
        return
    half = Decimal(1).scaleb(int(rate.as_tuple().exponent)) / 2
    written = [p.units.number for _, p, _ in entry.money + entry.memorandum if p.units.currency == unit]
    digit = min((Decimal(1).scaleb(int(n.as_tuple().exponent)) for n in written), default=HALF_A_CENT * 2)
    least, most = number / (rate + half), number / (rate - half)
    if not least - digit / 2 <= value <= most + digit / 2:
        facts = {"number": number, "currency": posting.units.currency, "rate": rate, "unit": unit}
        expected = (number / rate).quantize(Decimal("0.01"))
        yield RULE.finding("rate-disagrees", entry.txn, **facts, expected=expected, value=value)
