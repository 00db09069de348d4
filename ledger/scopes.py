"""Where an entry stands under the law: its day, its donor's category, how much it moves, and the names by which a waiver may mean it."""

from decimal import Decimal
from typing import TypeVar

from beancount.core.data import Transaction

from ledger import entries
from ledger.entries import Entry
from ledger.findings import EVERY_CATEGORY, Scope
from ledger.fund import Fund
from ledger.language.law import Rule
from ledger.money import ZERO
from ledger.unclaimed import links_of

_NO_DONOR = (EVERY_CATEGORY,)
R = TypeVar("R", bound=Rule)


def categories_of(fund: Fund, entry: Entry) -> tuple[str, ...]:
    """Give the categories of the donors whose accounts the entry touches, as the accounts say; `*` without one."""
    if not entry.owned:
        return _NO_DONOR
    known = fund.registry.by_category_account
    if len(entry.owned) == 1:
        return (known.get(entry.owned[0][0].category, EVERY_CATEGORY),)
    return tuple(dict.fromkeys(known.get(part.category, EVERY_CATEGORY) for part, _ in entry.owned))


def terms_of(fund: Fund, rule: str, kind: type[R], entry: Entry) -> list[R]:
    """Give the parameters of a rule in force for any of the donors in an entry: what one of them may not do, the entry may not."""
    day = entry.txn.date
    return [t for c in categories_of(fund, entry) if (t := fund.law.terms(rule, kind, c, day)) is not None]


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
    """Give the scope of a transaction.

    A waiver may mean it by its pledges, its unclaimed receipt, its receipt number, its digest, or its donor when it has just one.
    """
    entry = entries.read(txn)
    donors = donors_of(fund, entry)
    number = str(txn.meta.get("receipt-number", ""))
    subjects = {*entry.pledges, *links_of(txn.links or frozenset()), fund.digest(txn)}
    subjects |= set(donors) if len(donors) == 1 else set()
    subjects |= {number} if number and number not in fund.registry.donors else set()
    return Scope(txn.date, categories_of(fund, entry), frozenset(subjects))
