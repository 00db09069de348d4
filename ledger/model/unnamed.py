"""Which entries are published without their donor.

Those whose donor asks not to be named (`anonymous: TRUE`, rule `anonymity`).

House rule: the wish holds for all that belongs together. One marked entry leaves every entry of its pledge unnamed, the
reversal of it, the charge on its receipt, what is paid back of that, and the unclaimed receipt that it identifies: each
of them would else give the donor away.
"""

from collections.abc import Mapping, Sequence

from ledger.model.entries import Entry, receipts_named
from ledger.model.unclaimed import links_of

_NONE: frozenset[str] = frozenset()


def unnamed(entries: Sequence[Entry], reversals: Mapping[Entry, Entry | None]) -> frozenset[Entry]:
    """Return the entries that are published without their donor."""
    anonymous_entries = [entry for entry in entries if entry.txn.meta.get("anonymous") is True]
    if not anonymous_entries:
        return frozenset()
    pledges = {pledge for entry in anonymous_entries for pledge in entry.pledges}
    secret = {e for e in entries if e.txn.meta.get("anonymous") is True or e.pledges & pledges}
    numbers = {str(e.txn.meta["receipt-number"]) for e in secret if "receipt-number" in e.txn.meta}
    credits_ = {link for e in secret for link in links_of(e.txn.links or _NONE)}
    return frozenset(e for e in entries if _belongs(e, secret, numbers, credits_, reversals))


def _belongs(
    entry: Entry,
    secret: set[Entry],
    numbers: set[str],
    credits_: set[str],
    reversals: Mapping[Entry, Entry | None],
) -> bool:
    txn = entry.txn
    original = reversals.get(entry)
    return (
        entry in secret
        or (original is not None and original in secret)
        or not numbers.isdisjoint(receipts_named(entry))
        or str(txn.meta.get("corrects")) in numbers
        or not credits_.isdisjoint(links_of(txn.links or _NONE))
    )
