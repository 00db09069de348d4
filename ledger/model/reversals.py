"""Reversals: which entry each `#correction` takes back.

Nothing is ever changed or deleted: a wrong entry is taken back by one of the same kind with every amount turned round,
once (design decision 8). A reversal of a receipt names its number in `corrects`, because two receipts may be alike.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from decimal import Decimal

from ledger.language.accounts import Role, account
from ledger.language.kinds import CASH_KINDS, Kind
from ledger.model.entries import Entry
from ledger.model.unclaimed import links_of


def originals(entries: Sequence[Entry]) -> dict[Entry, Entry | None]:
    """Return for each reversal the entry that it takes back; None when there is none left."""
    reversals = [entry for entry in entries if entry.reversal and entry.kind is not None]
    kinds = {entry.kind for entry in reversals}
    numbers = {_number(entry) for entry in reversals}
    standing: dict[Hashable, list[Entry]] = defaultdict(list)
    result: dict[Entry, Entry | None] = {}
    in_order = sorted(entries, key=lambda entry: (entry.txn.date, entry.reversal)) if reversals else ()
    for entry in in_order:
        if entry.kind not in kinds or (entry.kind in _NUMBERED and _number(entry) not in numbers):
            continue
        alike = standing[_key(entry)]
        if entry.reversal:
            result[entry] = alike.pop(0) if alike else None
        else:
            alike.append(entry)
    return result


def _key(entry: Entry) -> Hashable:
    """Return what an entry and its reversal have in common."""
    amounts: dict[tuple[object, ...], Decimal] = {}
    of_entry = entry.txn.meta.get("purpose")
    for posting in entry.txn.postings:
        label = posting.cost.label if posting.cost is not None else None
        price = posting.price.number if posting.price is not None else None
        stands_in = entry.kind in _BY_THE_BANK and account(posting.account).role in _BANKS
        key = (
            _BANK if stands_in else posting.account,
            posting.units.currency,
            label or "",
            price,
            (posting.meta or {}).get("purpose", of_entry),
        )
        amounts[key] = amounts.get(key, Decimal(0)) + posting.units.number * entry.sign
    own: Hashable = _number(entry) if entry.kind in _NUMBERED else ""
    if entry.kind is Kind.UNCLAIMED:
        own = links_of(entry.txn.links or frozenset())
    return entry.kind, own, frozenset(amounts.items())


_BY_THE_BANK = frozenset({Kind.RECEIPT, Kind.UNCLAIMED})
_BANKS = frozenset({Role.BANK, Role.PAYABLE})
_BANK = "the bank"
"""A credit that the bank takes back may be reversed through accounts payable, where the bank's own debit is booked
already."""


_NUMBERED = CASH_KINDS | {Kind.INDIRECT_COSTS}
"""Kinds that belong to a receipt number: receipts, and the charges on them."""


def _number(entry: Entry) -> str:
    """Return the receipt number that an entry belongs to."""
    if entry.kind is Kind.INDIRECT_COSTS:
        return str(entry.txn.meta.get("on-receipt"))
    return str(entry.txn.meta.get("corrects" if entry.reversal else "receipt-number"))
