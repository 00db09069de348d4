"""Where an entry stands under the law: its day, its donor's category, how much it moves, and the names by which a waiver may mean it."""

from decimal import Decimal

from beancount.core.data import Transaction

from ledger import entries
from ledger.entries import Entry
from ledger.findings import EVERY_CATEGORY, Scope
from ledger.fund import Fund
from ledger.money import ZERO

_NAMED = ("receipt-number", "corrects", "on-receipt", "bank-reference")


def category_of(fund: Fund, entry: Entry) -> str:
    """Give the category of the donor whose accounts the entry touches, as the accounts say; `*` without one."""
    if not entry.owned:
        return EVERY_CATEGORY
    return fund.registry.by_category_account.get(entry.owned[0][0].category, EVERY_CATEGORY)


def donors_of(fund: Fund, entry: Entry) -> list[str]:
    """Give the codes of the donors whose accounts the entry touches, once each."""
    accounts = dict.fromkeys(part.donor for part, _ in entry.owned)
    known = fund.registry.by_account
    return [known[name].code for name in accounts if name in known]


def moved(entry: Entry) -> Decimal:
    """Give how much an entry moves, in the unit of account: the larger of what its two halves add."""
    most = ZERO
    for half in (entry.money, entry.memorandum):
        added = ZERO
        for _, posting in half:
            if posting.units.number > 0:
                added += entries.value(posting)
        most = max(most, added)
    return most


def scope_of(fund: Fund, txn: Transaction) -> Scope:
    """Give the scope of a transaction."""
    entry = entries.read(txn)
    names = {str(txn.meta[key]) for key in _NAMED if key in txn.meta}
    subjects = {*(txn.links or ()), *names, *donors_of(fund, entry), fund.digest(txn)}
    return Scope(txn.date, category_of(fund, entry), frozenset(subjects))
