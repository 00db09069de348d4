"""Earmarks: what was received for each purpose, what was spent on it, and what unearmarked money covers.

House rule, after OAS General Standards art. 105 (expenditures must not exceed income and other available resources):
money given for a purpose is spent on it alone; what a purpose spends beyond what it was given is covered by unearmarked
money, visibly and on that day, and goes back as soon as the purpose receives more. Charges on a receipt (bank, indirect
costs) are borne by its purpose.

Money in another currency is worth its units at the rate of the day (`ledger.model.positions`). Who bears the difference
is a matter of the rule exchange-differences: `borne-by: "purpose"` lets each purpose hold the currency that was given
for it and not yet spent; `"unearmarked"` leaves all differences to unearmarked money. House rules for the first: what a
purpose spends in a currency that it does not hold, it buys at the rate of its entry from those that hold it, from
unearmarked money first, from the others in proportion; a sale of currency that names no purpose is made by the holders
in the same order; what is owed in a currency that nobody holds is at the risk of its purpose until it is paid.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from beancount.core.data import Posting

from ledger.ground.findings import EVERY_CATEGORY
from ledger.ground.money import ZERO, apportion, rounded
from ledger.language.accounts import MONETARY, Role
from ledger.language.law import ExchangeDifferences
from ledger.model.entries import Entry
from ledger.model.fund import Fund
from ledger.model.pledges import Instalment
from ledger.model.positions import Change, Item, worth

GENERAL = ""
"""The pool of unearmarked money."""

_OUTSIDE = MONETARY | {Role.IN_KIND_INCOME, Role.IN_KIND_EXPENSE}
_INCOMING = frozenset({Role.CONTRIBUTION, Role.INTEREST, Role.EXCHANGE, Role.OPENING, Role.TRANSFER_IN})


@dataclass(slots=True)
class Holding:
    """What a purpose holds (or owes, below nothing) in one currency, and what that cost in the unit of account."""

    units: Decimal = ZERO
    cost: Decimal = ZERO


@dataclass(slots=True)
class Balance:
    """One purpose up to a day, in the unit of account, with the entries behind both sums.

    `difference` is what exchange rates added to it, realised or not; `covered` is what unearmarked money pays for it.
    """

    received: Decimal = ZERO
    spent: Decimal = ZERO
    received_by: list[Entry] = field(default_factory=list)
    spent_by: list[Entry] = field(default_factory=list)
    holdings: dict[str, Holding] = field(default_factory=lambda: defaultdict(Holding))
    difference: Decimal = ZERO

    @property
    def net(self) -> Decimal:
        """Received less spent, with exchange differences.

        Below nothing when the purpose is covered by unearmarked money.
        """
        return self.received - self.spent + self.difference

    @property
    def covered(self) -> Decimal:
        """What unearmarked money pays for it."""
        return max(ZERO, -self.net)


@dataclass(frozen=True, slots=True)
class Cover:
    """A movement between unearmarked money and a purpose at the end of a day (negative when it goes back)."""

    day: date
    purpose: str
    amount: Decimal


@dataclass(slots=True)
class Purposes:
    """All purposes up to a day; `pool` is unearmarked money after all covers."""

    balances: dict[str, Balance] = field(default_factory=lambda: defaultdict(Balance))
    covers: list[Cover] = field(default_factory=list)
    covered: Decimal = ZERO
    covering: dict[str, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))
    """What unearmarked money pays for each purpose; `covered` is the sum."""
    items: dict[Item, tuple[Decimal, Decimal]] = field(default_factory=lambda: defaultdict(lambda: (ZERO, ZERO)))
    booked: Decimal = ZERO
    """What the entries say that the items in other currencies are worth."""

    @property
    def pool(self) -> Decimal:
        """Unearmarked money that is left."""
        return self.balances[GENERAL].net - self.covered


class Movement(NamedTuple):
    """What one posting adds to a purpose (`incoming`), or spends of it.

    Its value in the unit of account, and its units in its own currency.
    """

    purpose: str
    value: Decimal
    incoming: bool
    currency: str
    units: Decimal


def purpose_of(fund: Fund, entry: Entry, posting: Posting) -> str:
    """Return the purpose of a posting.

    Its own, else its entry's, else that of the instalments that the entry takes from; `GENERAL` for none.
    """
    purpose = (posting.meta or {}).get("purpose") or entry.txn.meta.get("purpose")
    if purpose is None and entry.pledges:
        donor = fund.registry.account(posting.account).donor
        purpose = common_purpose([i for i in fund.taken_by(entry) if donor in {"", i.account.donor}])
    return GENERAL if purpose is None else str(purpose)


def common_purpose(instalments: Sequence[Instalment]) -> str | None:
    """Return the purpose that the entries which opened some instalments state.

    None where they state none, or several.
    """
    purposes = {instalment.opened.txn.meta.get("purpose") for instalment in instalments}
    return str(next(iter(purposes))) if len(purposes) == 1 and None not in purposes else None


def changes(fund: Fund, entry: Entry, general: frozenset[str], of_receipt: dict[str, str]) -> list[Movement]:
    """Return what an entry changes in the purposes.

    `of_receipt` remembers the purpose of each receipt, for the charges on it.
    """
    result = []
    meta = entry.txn.meta
    for part, posting, value in entry.money:
        if part.role in _OUTSIDE:
            continue
        own = posting.meta or {}
        receipt = None
        if part.role is Role.INDIRECT_COSTS:
            receipt = own.get("on-receipt") or meta.get("on-receipt")
        purpose = of_receipt.get(receipt) if receipt and "purpose" not in own else None
        if purpose is None:
            purpose = purpose_of(fund, entry, posting)
            purpose = GENERAL if purpose in general else purpose
        incoming = part.role in _INCOMING
        if part.role is Role.CONTRIBUTION and "receipt-number" in meta:
            of_receipt[meta["receipt-number"]] = purpose
        number, currency = posting.units
        result.append(Movement(purpose, -value if incoming else value, incoming, currency, -number))
    return result


def general_purposes(fund: Fund) -> frozenset[str]:
    """Return the purposes that stand for the fund as a whole."""
    return frozenset({GENERAL, *(item.slug for item in fund.directives.purposes if item.general)})


def purposes(fund: Fund, as_of: date = date.max) -> Purposes:
    """Build the balances up to the end of a day, at the rates of that day, with every movement of cover on the way."""
    state = Purposes()
    for _, _, newest in walk(fund, as_of):
        state = newest
    _settle(fund, state, fund.as_of if as_of == date.max else as_of)
    return state


def walk(fund: Fund, as_of: date = date.max) -> Iterator[tuple[date, Entry | None, Purposes]]:
    """Yield the state at the end of every day, and the last entry of the day that spent.

    The state is the same object all along.
    """
    state, general = Purposes(), general_purposes(fund)
    of_receipt: dict[str, str] = {}
    foreign = fund.positions.changes
    at = 0
    for day, of_day in groupby(fund.entries, key=lambda entry: entry.txn.date):
        if day > as_of:
            return
        is_shared = _is_shared(fund, day)
        spender: Entry | None = None
        for entry in of_day:
            movements = changes(fund, entry, general, of_receipt)
            for movement in movements:
                _add(state.balances[movement.purpose], movement, entry)
                if (movement.value > ZERO) != movement.incoming:
                    spender = entry
            first = at
            while at < len(foreign) and foreign[at].entry is entry and not foreign[at].sale:
                at += 1
            if at > first:
                _exchange(state, foreign[first:at], movements, is_shared=is_shared)
        while at < len(foreign) and foreign[at].day == day:
            if foreign[at].item.currency != fund.unit:
                _exchange(state, foreign[at : at + 1], [], is_shared=is_shared)
            at += 1
        _settle(fund, state, day)
        yield day, spender, state


def _add(balance: Balance, movement: Movement, entry: Entry) -> None:
    if movement.incoming:
        balance.received += movement.value
        balance.received_by.append(entry)
    else:
        balance.spent += movement.value
        balance.spent_by.append(entry)


def _is_shared(fund: Fund, day: date) -> bool:
    """Return whether each purpose bears the exchange differences of its own money on a day, as it does where the law is silent."""
    terms = fund.law.terms(ExchangeDifferences, EVERY_CATEGORY, day)
    return terms is None or terms.borne_by == "purpose"


def _exchange(
    state: Purposes, foreign_changes: Sequence[Change], movements: Sequence[Movement], *, is_shared: bool
) -> None:
    """Let the purposes of an entry hold what it brings in another currency, or give up what it takes away."""
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for change in foreign_changes:
        units, cost_before = state.items[change.item]
        state.items[change.item] = (units + change.units, cost_before + change.carried)
        if not state.items[change.item][0]:
            del state.items[change.item]
        state.booked += change.value
        units, value = sums.get(change.item.currency, (ZERO, ZERO))
        sums[change.item.currency] = (units + change.units, value + change.value)
    for currency, (units, value) in sums.items():
        if not units:
            state.balances[GENERAL].holdings[currency].cost += value
            continue
        owners = _owners(movements, currency, units, value) if is_shared else {GENERAL: (units, value)}
        for purpose, (number, cost) in owners.items():
            _hold(state, purpose, currency, number, cost)
        _even(state, currency, value / units)


def _owners(
    movements: Sequence[Movement], currency: str, units: Decimal, value: Decimal
) -> dict[str, tuple[Decimal, Decimal]]:
    """Return whose units and cost are.

    Of the purposes that the entry posts in the currency, else of all that it names, else of unearmarked money.
    """
    own: dict[str, Decimal] = defaultdict(lambda: ZERO)
    worth_of: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for movement in movements:
        own[movement.purpose] += movement.units if movement.currency == currency else ZERO
        worth_of[movement.purpose] += movement.value if movement.incoming else -movement.value
    whole = sum(worth_of.values(), ZERO)
    worths = {purpose: worth for purpose, worth in worth_of.items() if worth}
    if not whole or not worths:
        return {GENERAL: (units, value)}
    if sum(own.values(), ZERO) != units:
        own = defaultdict(lambda: ZERO, apportion(units, {purpose: abs(worth) for purpose, worth in worths.items()}))
    costs = {purpose: rounded(worth * value / whole) for purpose, worth in worths.items()}
    costs[max(costs, key=lambda purpose: abs(costs[purpose]))] += value - sum(costs.values(), ZERO)
    return {purpose: (own[purpose], cost) for purpose, cost in costs.items()}


def _hold(state: Purposes, purpose: str, currency: str, units: Decimal, cost: Decimal) -> None:
    holding = state.balances[purpose].holdings[currency]
    holding.units += units
    holding.cost += cost


def _even(state: Purposes, currency: str, rate: Decimal) -> None:
    """Let purposes that owe a currency buy it from those that hold it, at a rate.

    From unearmarked money first, then in proportion.
    """
    units = {purpose: b.holdings[currency].units for purpose, b in state.balances.items() if currency in b.holdings}
    for holders in ({GENERAL}, units.keys() - {GENERAL}):
        short = {purpose: -units[purpose] for purpose in sorted(units) if units[purpose] < ZERO}
        long = {purpose: units[purpose] for purpose in sorted(holders & units.keys()) if units[purpose] > ZERO}
        if not short or not long:
            continue
        amount = min(sum(short.values(), ZERO), sum(long.values(), ZERO))
        for sign, parts in ((1, apportion(amount, short)), (-1, apportion(amount, long))):
            costs = apportion(rounded(amount * rate), {p: max(part, ZERO) for p, part in parts.items()})
            for purpose, part in parts.items():
                units[purpose] += sign * part
                _hold(state, purpose, currency, sign * part, sign * costs[purpose])


def _settle(fund: Fund, state: Purposes, day: date) -> None:
    """Value the purposes at the rates of a day, and note which of them are covered by more or less than before."""
    _revalue(fund, state, day)
    for purpose in sorted(state.balances.keys() - {GENERAL}):
        balance = state.balances[purpose]
        change = balance.covered - state.covering[purpose]
        if change:
            state.covers.append(Cover(day, purpose, change))
            state.covered += change
            state.covering[purpose] += change


def _revalue(fund: Fund, state: Purposes, day: date) -> None:
    """Give each purpose the difference between what it holds is worth and what it cost.

    The largest holder has the cents that rounding leaves.
    """
    rest = sum(
        (worth(fund.rates, item.currency, *position, day) for item, position in state.items.items()), -state.booked
    )
    largest, most = GENERAL, ZERO
    for purpose, balance in state.balances.items():
        value = sum((worth(fund.rates, c, h.units, h.cost, day) for c, h in balance.holdings.items()), ZERO)
        balance.difference = value - sum((h.cost for h in balance.holdings.values()), ZERO)
        rest -= balance.difference
        if abs(value) > most:
            largest, most = purpose, abs(value)
    state.balances[largest].difference += rest
