"""Whether the book says already what a new entry says.

The same thing recorded twice, which only a person can tell from two things.
"""

from collections.abc import Iterator
from typing import Any

from beancount.core.data import Transaction

from ledger.language.kinds import BY_TAG, Kind
from ledger.model.entries import Entry
from ledger.model.fund import Fund

_OPENING = frozenset({Kind.PLEDGE, Kind.AGREEMENT})
"""Entries whose lots are new: their labels say nothing about what was promised."""

_APART = ("bank-reference", "agreement", "reason", "conditions")
"""What tells two things apart that are else the same."""


def same_entry(fund: Fund, txn: Transaction) -> Entry | None:
    """Return an entry of the book of the same kind, day, donor and postings, unless it was reversed, or a reference tells them apart."""
    kind = next((BY_TAG[tag] for tag in sorted(txn.tags) if tag in BY_TAG), None)
    if kind is None or txn.meta.get("corrects"):
        return None
    reversed_numbers = {receipt.entry.txn.meta.get("corrects") for receipt in fund.receipts if receipt.reversal}
    content = _content(kind, txn)
    for entry in fund.by_kind[kind]:
        other = entry.txn
        is_reversed = entry.reversal or other.meta.get("receipt-number", "") in reversed_numbers
        differs = any(len({other.meta.get(key), txn.meta.get(key)} - {None}) > 1 for key in _APART)
        if other.date == txn.date and not is_reversed and not differs and _content(kind, other) == content:
            return entry
    return None


def _content(kind: Kind, txn: Transaction) -> tuple[str, list[tuple[Any, ...]]]:
    return txn.payee or "", sorted(_postings(kind, txn))


def _postings(kind: Kind, txn: Transaction) -> Iterator[tuple[Any, ...]]:
    """Yield what each posting says: where, how much, from which instalment, until when."""
    for posting in txn.postings:
        label = posting.cost.label if posting.cost is not None and kind not in _OPENING else ""
        due = (posting.meta or {}).get("due") or ""
        yield posting.account, posting.units.currency, posting.units.number, label or "", str(due)
