"""A transaction of the fund, read once: its kind, its pledge links, and its two halves.

The memorandum half is every posting under `Equity:Pledges`; the money half is all the rest. Each must balance alone: an
error on the cash side must never disappear into the contra account.
"""

from decimal import Decimal, InvalidOperation
from functools import cache
from typing import NamedTuple

from beancount.core.data import Posting, Transaction

from ledger.accounts import MEMORANDUM_ROLES, Account, account
from ledger.language.kinds import BY_TAG, CORRECTION, LINK, Kind


class Entry(NamedTuple):
    """A transaction with its kind; `kind` is None when the tags name none, or several (`kinds` holds them all)."""

    txn: Transaction
    kind: Kind | None
    kinds: tuple[Kind, ...]
    reversal: bool
    pledges: frozenset[str]
    memorandum: list[tuple[Account, Posting]]
    money: list[tuple[Account, Posting]]
    owned: list[tuple[Account, Posting]]
    """The postings of both halves to accounts of a donor."""

    @property
    def sign(self) -> int:
        """-1 for a reversal, +1 otherwise."""
        return -1 if self.reversal else 1


def read(txn: Transaction) -> Entry:
    """Take a booked transaction apart."""
    memorandum: list[tuple[Account, Posting]] = []
    money: list[tuple[Account, Posting]] = []
    owned: list[tuple[Account, Posting]] = []
    for posting in txn.postings:
        part = account(posting.account)
        pair = (part, posting)
        if part.role in MEMORANDUM_ROLES:
            memorandum.append(pair)
        else:
            money.append(pair)
        if part.donor:
            owned.append(pair)
    kinds, reversal = _kinds(txn.tags or _NONE)
    kind = kinds[0] if len(kinds) == 1 else None
    return Entry(txn, kind, kinds, reversal, _pledges(txn.links or _NONE), memorandum, money, owned)


_NONE: frozenset[str] = frozenset()


@cache
def _kinds(tags: frozenset[str]) -> tuple[tuple[Kind, ...], bool]:
    """Give the kinds that tags name, and whether they make a reversal."""
    return tuple(BY_TAG[tag] for tag in sorted(tags) if tag in BY_TAG), CORRECTION in tags


@cache
def _pledges(links: frozenset[str]) -> frozenset[str]:
    """Give the links that are ids of pledges."""
    return frozenset(link for link in links if LINK.fullmatch(link))


_DIGITS = 12
"""Decimals of a converted amount: Beancount divides a total price (`@@`) by the units, which leaves dust behind the 25th."""


def weight(posting: Posting) -> tuple[Decimal, str]:
    """Give what a posting weighs in the balance of its entry, and in which currency: at cost, else at its price, else as it is.

    The rule is Beancount's own (`convert.get_weight`), without an `Amount` for each of half a million calls.
    """
    units, cost, price = posting.units, posting.cost, posting.price
    if cost is not None:
        return units.number * cost.number, cost.currency
    if price is not None:
        return _without_dust(units.number * price.number), price.currency
    return units.number, units.currency


def _without_dust(number: Decimal) -> Decimal:
    """Round what a division left behind the 25th digit; a number too large for that has no such dust."""
    try:
        return round(number, _DIGITS)
    except InvalidOperation:
        return number


def value(posting: Posting) -> Decimal:
    """Give the number of `weight`."""
    return weight(posting)[0]


def imbalance(half: list[tuple[Account, Posting]]) -> dict[str, Decimal]:
    """Sum the weights of one half by currency; currencies that sum to nothing are left out."""
    sums: dict[str, Decimal] = {}
    for _, posting in half:
        if posting.cost is None and posting.price is None:
            number, currency = posting.units
        else:
            number, currency = weight(posting)
        sums[currency] = sums[currency] + number if currency in sums else number
    return {currency: number for currency, number in sums.items() if number}


def text(txn: Transaction, key: str) -> str:
    """Give a metadata value as text, '' when there is none."""
    found = txn.meta.get(key)
    return "" if found is None else str(found)
