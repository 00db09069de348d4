"""Unclaimed receipts: money at the bank whose donor is not known yet, each with its own link from arrival to identification.

The OAS handbook calls them "unclaimed incoming funds"; auditors ask that the account be cleared and that its items be
aged (facts 1.2, 6). An `#unclaimed` entry (or an `#opening`) carries a link `^UR-2026-001`; every `#identify` that
takes from it, or `#refund` that returns it, carries the same link, so both ends are kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from re import compile as pattern
from typing import NamedTuple

from beancount.core.amount import Amount

from ledger.ground.money import ZERO
from ledger.language.accounts import Role
from ledger.language.kinds import Kind
from ledger.model.entries import Entry

LINK = pattern(r"UR-\d{4}-\d{3,}")
"""The link of one unclaimed receipt (house rule: the year and a number of at least three digits)."""

ByKind = Mapping[Kind, Sequence[Entry]]


class Change(NamedTuple):
    """What one entry put into an unclaimed receipt (positive) or took out of it, in the currency in which it came in."""

    day: date
    units: Decimal
    entry: Entry


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """One unclaimed receipt with all that became of it.

    `opened` is its first entry, `price` that of its arrival (None in the unit of account).
    """

    link: str
    opened: Entry
    currency: str
    price: Amount | None
    changes: list[Change] = field(default_factory=list)

    def outstanding(self, as_of: date = date.max) -> Decimal:
        """Return what is not identified at the end of a day, in the currency in which it came in."""
        return sum((change.units for change in self.changes if change.day <= as_of), ZERO)

    def outstanding_amount(self, as_of: date = date.max) -> Amount:
        """Return what is not identified at the end of a day, with its currency."""
        return Amount(self.outstanding(as_of), self.currency)

    @property
    def rate(self) -> Decimal | None:
        """The rate of its arrival; None in the unit of account."""
        return self.price.number if self.price is not None else None

    def age(self, as_of: date) -> int:
        """Return the days since it came in."""
        opened: date = self.opened.txn.date
        return (as_of - opened).days


def links_of(links: frozenset[str]) -> tuple[str, ...]:
    """Return the links that are those of unclaimed receipts."""
    return tuple(sorted(link for link in links if LINK.fullmatch(link)))


def touching(entry: Entry) -> dict[str, Decimal]:
    """Return what an entry puts into (positive) or takes out of the account of unclaimed receipts, by currency."""
    sums: dict[str, Decimal] = {}
    for part, posting, _ in entry.money:
        if part.role is Role.UNCLAIMED:
            currency = posting.units.currency
            sums[currency] = sums.get(currency, ZERO) - posting.units.number
    return {currency: units for currency, units in sums.items() if units}


def unclaimed(by_kind: ByKind) -> dict[str, Unclaimed]:
    """Return every unclaimed receipt by its link, in the order of arrival."""
    result: dict[str, Unclaimed] = {}
    for entry in entries_of(by_kind):
        links = links_of(entry.txn.links or frozenset())
        if len(links) != 1:
            continue
        sums = touching(entry)
        item = result.get(links[0])
        if item is None:
            currency = next(iter(sums))
            item = result[links[0]] = Unclaimed(links[0], entry, currency, _price(entry, currency))
        if item.currency in sums:
            item.changes.append(Change(entry.txn.date, sums[item.currency], entry))
    return result


def _price(entry: Entry, currency: str) -> Amount | None:
    """Return the price at which an entry posts a currency to the account; None without one."""
    postings = (p for part, p, _ in entry.money if part.role is Role.UNCLAIMED and p.units.currency == currency)
    return next((posting.price for posting in postings), None)


def entries_of(by_kind: ByKind) -> list[Entry]:
    """Return the entries that touch the account, in the order of the book; on one day what comes in stands first."""
    kinds = (Kind.OPENING, Kind.UNCLAIMED, Kind.IDENTIFY, Kind.REFUND)
    result = [(entry, sums) for kind in kinds for entry in by_kind[kind] if (sums := touching(entry))]
    in_order = sorted(result, key=lambda pair: (pair[0].txn.date, min(pair[1].values()) < 0))
    return [entry for entry, _ in in_order]
