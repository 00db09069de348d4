"""Unclaimed receipts: money at the bank whose donor is not known yet, each with its own link from arrival to identification.

The OAS handbook calls them "unclaimed incoming funds"; auditors ask that the account be cleared and that its items be aged (facts 1.2, 6).
An `#unclaimed` entry (or an `#opening`) carries a link `^UR-2026-001`; every `#identify` that takes from it, or `#refund` that returns it, carries the
same link, so both ends are kept.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from re import compile as pattern
from typing import NamedTuple

from beancount.core.data import Transaction

from ledger import entries
from ledger.accounts import Role
from ledger.entries import Entry
from ledger.fund import Fund
from ledger.language.kinds import Kind
from ledger.money import ZERO

LINK = pattern(r"UR-\d{4}-\d{3,}")
"""The link of one unclaimed receipt (house rule: the year and a number of at least three digits)."""


class Change(NamedTuple):
    """What one entry put into the account (positive) or took out of it, in the unit of account."""

    day: date
    value: Decimal
    entry: Transaction


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """One unclaimed receipt with all that became of it. `opened` is its first entry."""

    link: str
    opened: Transaction
    changes: list[Change] = field(default_factory=list)

    def outstanding(self, as_of: date = date.max) -> Decimal:
        """Give what is not identified at the end of a day, in the unit of account."""
        return sum((change.value for change in self.changes if change.day <= as_of), ZERO)

    def age(self, as_of: date) -> int:
        """Give the days since it came in."""
        opened: date = self.opened.date
        return (as_of - opened).days


@cache
def links_of(links: frozenset[str]) -> tuple[str, ...]:
    """Give the links that are those of unclaimed receipts."""
    return tuple(sorted(link for link in links if LINK.fullmatch(link)))


def touching(entry: Entry) -> Decimal:
    """Give what an entry puts into (positive) or takes out of the account of unclaimed receipts, in the unit of account."""
    return sum((-entries.value(posting) for part, posting in entry.money if part.role is Role.UNCLAIMED), ZERO)


def unclaimed(fund: Fund) -> dict[str, Unclaimed]:
    """Give every unclaimed receipt by its link, in the order of arrival."""
    found: dict[str, Unclaimed] = {}
    for entry in entries_of(fund):
        links = links_of(entry.txn.links or frozenset())
        if len(links) == 1:
            item = found.setdefault(links[0], Unclaimed(links[0], entry.txn))
            item.changes.append(Change(entry.txn.date, touching(entry), entry.txn))
    return found


def entries_of(fund: Fund) -> list[Entry]:
    """Give the entries that may touch the account, in the order of the book."""
    kinds = (Kind.OPENING, Kind.UNCLAIMED, Kind.IDENTIFY, Kind.REFUND)
    found = [entry for kind in kinds for entry in fund.by_kind[kind] if touching(entry)]
    return sorted(found, key=lambda entry: (entry.txn.date, touching(entry) < 0))
