"""What the fund has and owes, item by item, in its own currency and at what it is carried at in the unit of account.

Source: IPSAS 4: monetary items stand at the rate of the reporting day; a difference that arises when an item is
settled, or reported, at another rate than that at which it came in is recognised in the period in which it arises.
Monetary are all accounts under `Assets` and `Liabilities`: money at bank, loans, accounts payable, unclaimed receipts,
refunds payable.

An entry is booked at the rate of its day, and nothing in the book says more; the differences are worked out here at
every load. What comes in raises the carrying amount by its value; what goes out lowers it by its share of the average
carrying amount (house rule; an unclaimed receipt is an item of its own), and what the entry says beyond or below that
is the realised difference. What is left between the carrying amount and the value at the rate of a day is unrealised.
So `value = units x rate of the day` for every item on every day, and an item of which nothing is left has no value.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ledger.ground.money import ZERO, rounded
from ledger.language.accounts import IN_TRANSIT, Role, account
from ledger.model.entries import Entry, Leg
from ledger.model.rates import Rates
from ledger.model.transit import Conversion
from ledger.model.unclaimed import links_of


class Item(NamedTuple):
    """One monetary item: what an account holds or owes in one currency.

    An unclaimed receipt (`link`) is an item of its own.
    """

    account: str
    currency: str
    link: str = ""

    @property
    def role(self) -> Role:
        """What its account is for."""
        return account(self.account).role


class Change(NamedTuple):
    """What one entry changes in an item: its units, and its carrying amount.

    `value` is what the entry says that the units are worth.

    `sale` marks the end of a sale of currency, which no entry posts: what is in transit is exchanged when both ends are
    there.
    """

    day: date
    item: Item
    units: Decimal
    value: Decimal
    carried: Decimal
    entry: Entry
    sale: bool = False

    @property
    def realised(self) -> Decimal:
        """The realised exchange difference; a gain is positive."""
        return self.carried - self.value


@dataclass(slots=True)
class Standing:
    """An item on a day. Liabilities are negative. `entries` are all that touched it."""

    item: Item
    units: Decimal = ZERO
    carried: Decimal = ZERO
    value: Decimal = ZERO
    entries: list[Entry] = field(default_factory=list)

    @property
    def unrealised(self) -> Decimal:
        """What the item is worth at the rate of the day beyond its carrying amount."""
        return self.value - self.carried


@dataclass(frozen=True, slots=True)
class Positions:
    """Every change of every monetary item in another currency than the unit of account, in the order of the book.

    The ends of a sale that are in the unit of account are among them: no entry takes them out of what is in transit.
    """

    changes: tuple[Change, ...]
    rates: Rates

    def standing(self, as_of: date) -> dict[Item, Standing]:
        """Return every item at the end of a day, with its value at the rate in force.

        Where the book has no rate it keeps its carrying amount.
        """
        result: dict[Item, Standing] = {}
        for change in self.changes:
            if change.day > as_of:
                break
            item = result.setdefault(change.item, Standing(change.item))
            item.units += change.units
            item.carried += change.carried
            item.entries.append(change.entry)
        for item in result.values():
            item.value = worth(self.rates, item.item.currency, item.units, item.carried, as_of)
        return result

    def unrealised(self, as_of: date) -> Decimal:
        """Return what all items are worth at the rates of a day beyond their carrying amounts."""
        return sum((item.unrealised for item in self.standing(as_of).values()), ZERO)


def worth(rates: Rates, currency: str, units: Decimal, carried: Decimal, day: date) -> Decimal:
    """Return what units are worth at the rate of a day, to the cent: nothing for nothing.

    Without a rate, what they are carried at.
    """
    rate = rates.rate(currency, day)
    return carried if rate is None and units else rounded(units * (rate or ZERO))


def positions(entries: Sequence[Entry], sales: Sequence[Conversion], rates: Rates) -> Positions:
    """Work out every change.

    One pass over the entries, with the sales of currency on the day on which they are complete.
    """
    return Positions(tuple(_changes(entries, sales, rates.unit)), rates)


Holdings = dict[Item, tuple[Decimal, Decimal]]
"""Units and carrying amount of every item so far."""


def _changes(entries: Sequence[Entry], sales: Sequence[Conversion], unit: str) -> Iterator[Change]:
    holdings: Holdings = defaultdict(lambda: (ZERO, ZERO))
    at = 0
    for entry in entries:
        while at < len(sales) and sales[at].day < entry.txn.date:
            yield from _sell(holdings, sales[at], unit)
            at += 1
        for leg in entry.money:
            if leg.posting.units.currency != unit and leg.account.monetary:
                yield _book(holdings, entry, leg)
    for sale in sales[at:]:
        yield from _sell(holdings, sale, unit)


def _book(holdings: Holdings, entry: Entry, leg: Leg) -> Change:
    """Book one posting: what it adds comes in at its value, what it takes away leaves at the average carrying amount."""
    link = ""
    if leg.account.role is Role.UNCLAIMED:
        link = next(iter(links_of(entry.txn.links or frozenset())), "")
    item, units = Item(leg.account.name, leg.posting.units.currency, link), leg.posting.units.number
    units_before, carried = holdings[item]
    if not units_before or (units_before > ZERO) == (units > ZERO):
        change = leg.value
    elif abs(units) <= abs(units_before):
        change = -carried if units == -units_before else rounded(carried * units / units_before)
    else:  # the item is emptied, and the rest opens it on the other side at the rate of the entry
        change = rounded(leg.value * (units + units_before) / units) - carried
    holdings[item] = (units_before + units, carried + change)
    return Change(entry.txn.date, item, units, leg.value, change, entry)


def _sell(holdings: Holdings, sale: Conversion, unit: str) -> Iterator[Change]:
    """Take the ends of a sale out of what is in transit.

    It is worth what came in: the difference falls on what was sold, the first of its ends.
    """
    ends = sorted(sale.ends, key=lambda end: end.currency == unit)
    total = ZERO
    for end in reversed(ends):
        item = Item(IN_TRANSIT, end.currency)
        if end.currency == unit:
            change = -end.units
        else:
            units_before, carried = holdings[item]
            change = -carried if end.units == units_before else rounded(-carried * end.units / units_before)
            holdings[item] = (units_before - end.units, carried + change)
        value = -total if end is ends[0] else change
        total += value
        yield Change(sale.day, item, -end.units, value, change, sale.entry, sale=True)
