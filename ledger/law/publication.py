"""What is published of a donor: its name and all that tells who it is, unless it asks not to be named (`anonymous: TRUE`, rule `anonymity`).

House rule: the wish holds for all that belongs together. One marked entry leaves every entry of its pledge unnamed, the reversal of it, the charge on its
receipt, and the unclaimed receipt that it identifies: each of them would else give the donor away.
"""

from ledger.model.entries import Entry
from ledger.model.fund import Fund
from ledger.model.reversals import originals
from ledger.model.unclaimed import links_of

WITHHELD = {
    "en": "Not named, at the donor's wish",
    "es": "Sin nombre, por voluntad del donante",
    "fr": "Non nommé, à la demande du donateur",
    "pt": "Sem nome, a pedido do doador",
}
_NONE: frozenset[str] = frozenset()


def unnamed(fund: Fund) -> frozenset[Entry]:
    """Return the entries that are published without their donor."""
    marked = [entry for entry in fund.entries if entry.txn.meta.get("anonymous") is True]
    if not marked:
        return frozenset()
    pledges = {pledge for entry in marked for pledge in entry.pledges}
    secret = {e for e in fund.entries if e.txn.meta.get("anonymous") is True or e.pledges & pledges}
    numbers = {str(e.txn.meta["receipt-number"]) for e in secret if "receipt-number" in e.txn.meta}
    credits_ = {link for e in secret for link in links_of(e.txn.links or _NONE)}
    taken_back = fund.once(originals)
    return frozenset(e for e in fund.entries if _belongs(e, secret, numbers, credits_, taken_back))


def _belongs(
    entry: Entry,
    secret: set[Entry],
    numbers: set[str],
    credits_: set[str],
    taken_back: dict[Entry, Entry | None],
) -> bool:
    txn = entry.txn
    original = taken_back.get(entry)
    return (
        entry in secret
        or (original is not None and original in secret)
        or str(txn.meta.get("on-receipt")) in numbers
        or str(txn.meta.get("corrects")) in numbers
        or not credits_.isdisjoint(links_of(txn.links or _NONE))
    )


def withheld(fund: Fund, entry: Entry) -> bool:
    """Return whether an entry is published without its donor."""
    return entry in fund.once(unnamed)


def withheld_places(fund: Fund) -> frozenset[str]:
    """Return where the entries stand, `file:line`, that are published without their donor: a finding knows its entry by that."""
    return frozenset(f"{e.txn.meta['filename']}:{e.txn.meta['lineno']}" for e in fund.once(unnamed))


def donor_name(fund: Fund, account: str, entry: Entry, language: str = "en", *, published: bool = True) -> str:
    """Give the name of a donor (by its account component) for one entry; what is not published names everybody."""
    if published and withheld(fund, entry):
        return WITHHELD[language]
    donor = fund.registry.by_account.get(account)
    return donor.name(language) if donor else account
