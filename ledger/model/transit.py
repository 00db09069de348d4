"""Currency that the fund sells between two of its accounts: the two ends of a sale, found again in what is in transit.

Each bank states one end: so many euros left, so many dollars came in. Both pass `Assets:Bank:InTransit`, where the
euros would wait for ever for euros. House rule: two ends in different currencies are one sale when a link joins them,
or when their values at the rates of the day on which the second is booked are no further apart than a bank's own rate
may be (`percent` of the rule exchange-rate); the nearest two first, then all that wait together. Ends of one currency
settle each other before.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from ledger.ground.findings import EVERY_CATEGORY
from ledger.ground.money import ZERO
from ledger.language.accounts import IN_TRANSIT
from ledger.language.law import ExchangeRate
from ledger.model.dated_law import Law
from ledger.model.entries import Entry
from ledger.model.rates import Rates

PERCENT = Decimal(10)
"""How far the two ends may be apart where the law says nothing."""


@dataclass(slots=True)
class End:
    """What left one account (positive) or reached the other (negative), in its currency.

    `value` is at the rate of its entry.
    """

    entry: Entry
    currency: str
    units: Decimal
    value: Decimal


class Conversion(NamedTuple):
    """One sale of currency. `entry` completes it; `ends` are taken out of what is in transit."""

    day: date
    entry: Entry
    ends: tuple[End, ...]


@dataclass(frozen=True, slots=True)
class Transit:
    """All sales of currency of a book, and the ends that still wait."""

    conversions: list[Conversion]
    waiting: list[End]


def transit(entries: Sequence[Entry], law: Law, rates: Rates, as_of: date) -> Transit:
    """Find every sale of currency up to the end of a day: one pass over the entries."""
    waiting: list[End] = []
    result: list[Conversion] = []
    for day, of_day in groupby(_ends(entries, as_of), key=lambda end: end.entry.txn.date):
        for end in of_day:
            _settle(waiting, end)
        result += _pair(law, rates, day, waiting)
    return Transit(result, waiting)


def _ends(entries: Sequence[Entry], as_of: date) -> Iterator[End]:
    for entry in entries:
        if entry.txn.date > as_of:
            return
        for account, posting, value in entry.money:
            if account.name == IN_TRANSIT and posting.units.number:
                yield End(entry, posting.units.currency, posting.units.number, value)


def _settle(waiting: list[End], end: End) -> None:
    """Let an end settle those of its own currency, of the same amount first, then the oldest.

    What is left of it waits.
    """
    against = [e for e in waiting if e.currency == end.currency and (e.units > ZERO) != (end.units > ZERO)]
    for other in sorted(against, key=lambda e: e.units != -end.units):
        part = min(abs(other.units), abs(end.units))
        for one in (other, end):
            value = one.value * part / abs(one.units) if one.units else ZERO
            one.value -= value
            one.units -= part if one.units > ZERO else -part
        if not other.units:
            waiting.remove(other)
        if not end.units:
            return
    waiting.append(end)


def _pair(law: Law, rates: Rates, day: date, waiting: list[End]) -> Iterator[Conversion]:
    """Take the sales out of what waits: two ends that belong together, then all that wait where they come out even."""
    terms = law.terms(ExchangeRate, EVERY_CATEGORY, day)
    percent = terms.percent if terms is not None else PERCENT
    while len({end.currency for end in waiting}) > 1:
        departures = [end for end in waiting if end.units > ZERO]
        arrivals = [end for end in waiting if end.units < ZERO]
        pairs = [
            (not are_linked, off, (one, other))
            for one in departures
            for other in arrivals
            if one.currency != other.currency
            and (
                (are_linked := bool(_links(one) & _links(other)))
                | ((off := _apart(rates, day, [one], [other])) <= percent)
            )
        ]
        if pairs:
            ends: Sequence[End] = min(pairs, key=lambda pair: pair[:2])[2]
        elif departures and arrivals and _apart(rates, day, departures, arrivals) <= percent:
            ends = [*departures, *arrivals]
        else:
            return
        yield Conversion(day, max((e.entry for e in ends), key=lambda e: e.txn.date), tuple(ends))
        waiting[:] = [end for end in waiting if end not in ends]


def _links(end: End) -> frozenset[str]:
    return frozenset(end.entry.txn.links or ())


def _apart(rates: Rates, day: date, departures: Sequence[End], arrivals: Sequence[End]) -> Decimal:
    """Return by how many per cent two sides differ at the rates of a day."""
    one, other = (abs(sum((_worth(rates, day, end) for end in side), ZERO)) for side in (departures, arrivals))
    return abs(one - other) * 100 / max(one, other) if one or other else ZERO


def _worth(rates: Rates, day: date, end: End) -> Decimal:
    rate = rates.rate(end.currency, day)
    return end.value if rate is None else end.units * rate
