"""Entries that derive from another.

An identification from the arrival of the money, a charge for indirect costs from its receipt.

They keep the rate of the other entry, and whoever means the other entry means them too.
"""

from collections.abc import Iterator

from ledger.language.kinds import Kind
from ledger.model.entries import Entry, receipts_named
from ledger.model.fund import Fund
from ledger.model.unclaimed import links_of

DERIVED = frozenset({Kind.IDENTIFY, Kind.REFUND, Kind.INDIRECT_COSTS})


def sources_of(fund: Fund, entry: Entry) -> Iterator[Entry]:
    """Yield the entries from which one derives.

    The arrival of an unclaimed receipt, the receipt on which a charge is.
    """
    if entry.kind in {Kind.IDENTIFY, Kind.REFUND}:
        links = links_of(entry.txn.links or frozenset())
        yield from (fund.unclaimed[link].opened for link in links if link in fund.unclaimed)
    elif entry.kind is Kind.INDIRECT_COSTS:
        receipts = fund.receipt_entries
        yield from (receipts[number] for number in sorted(receipts_named(entry)) if number in receipts)
