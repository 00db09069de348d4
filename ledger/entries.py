"""A transaction of the fund, read once: its kind, its pledge links, and its two halves.

The memorandum half is every posting under `Equity:Pledges`; the money half is all the rest. Each must balance alone: an
error on the cash side must never disappear into the contra account.
"""

from decimal import Decimal
from typing import NamedTuple

from beancount.core.amount import Amount
from beancount.core.convert import get_weight
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

    @property
    def sign(self) -> int:
        """-1 for a reversal, +1 otherwise."""
        return -1 if self.reversal else 1


def read(txn: Transaction) -> Entry:
    """Take a booked transaction apart."""
    memorandum: list[tuple[Account, Posting]] = []
    money: list[tuple[Account, Posting]] = []
    for posting in txn.postings:
        part = account(posting.account)
        (memorandum if part.role in MEMORANDUM_ROLES else money).append((part, posting))
    tags = txn.tags
    kinds = tuple(BY_TAG[tag] for tag in tags if tag in BY_TAG) if tags else ()
    links = frozenset(link for link in txn.links if LINK.fullmatch(link)) if txn.links else frozenset()
    kind = kinds[0] if len(kinds) == 1 else None
    return Entry(txn, kind, kinds, CORRECTION in tags if tags else False, links, memorandum, money)


def weight(posting: Posting) -> Amount:
    """Give what a posting weighs in the balance of its entry: at cost, else at its price, else as it is."""
    if posting.cost is None and posting.price is None:
        return posting.units
    return get_weight(posting)


def imbalance(half: list[tuple[Account, Posting]]) -> dict[str, Decimal]:
    """Sum the weights of one half by currency; currencies that sum to nothing are left out."""
    sums: dict[str, Decimal] = {}
    for _, posting in half:
        amount = weight(posting)
        sums[amount.currency] = sums.get(amount.currency, Decimal(0)) + amount.number
    return {currency: number for currency, number in sums.items() if number}


def text(txn: Transaction, key: str) -> str:
    """Give a metadata value as text, '' when there is none."""
    value = txn.meta.get(key)
    return "" if value is None else str(value)
