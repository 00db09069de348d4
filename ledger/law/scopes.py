"""Where an entry stands under the law: its day, its donor's category, and the names by which a waiver may mean it."""

from re import compile as pattern
from typing import TypeVar

from ledger.ground.findings import EVERY_CATEGORY, Scope
from ledger.language.accounts import STAGES
from ledger.language.kinds import CASH_KINDS, Kind
from ledger.language.law import Terms
from ledger.model.derived import sources_of
from ledger.model.entries import Entry
from ledger.model.fund import Fund
from ledger.model.pledges import pledge_of
from ledger.model.unclaimed import links_of

_NO_DONOR = (EVERY_CATEGORY,)
T = TypeVar("T", bound=Terms)


def categories_of(fund: Fund, entry: Entry) -> tuple[str, ...]:
    """Return the categories of the donors whose accounts the entry touches, as the accounts say; `*` without one."""
    if not entry.owned:
        return _NO_DONOR
    slugs = fund.registry.by_category_account
    if len(entry.owned) == 1:
        return (slugs.get(entry.owned[0].account.category, EVERY_CATEGORY),)
    return tuple(dict.fromkeys(slugs.get(part.category, EVERY_CATEGORY) for part, _, _ in entry.owned))


def terms_of(fund: Fund, kind: type[T], entry: Entry) -> list[T]:
    """Return the terms of a rule that are in force for any of the donors in an entry.

    What one of them may not do, the entry may not.
    """
    day = entry.txn.date
    return [t for c in categories_of(fund, entry) if (t := fund.law.terms(kind, c, day)) is not None]


def donors_of(fund: Fund, entry: Entry) -> list[str]:
    """Return the codes of the donors whose accounts the entry touches, once each."""
    accounts = dict.fromkeys(part.donor for part, _, _ in entry.owned)
    donors = fund.registry.by_account
    return [donors[name].code for name in accounts if name in donors]


def scope_of(fund: Fund, entry: Entry) -> Scope:
    """Return the scope of an entry.

    A waiver may mean it by its digest; by its donor when it has just one; by its receipt number; by its pledge when all
    that it moves belongs to that one; by its unclaimed receipt. A charge for indirect costs is meant by its receipt,
    and by the donor and the unclaimed receipt of that. A name counts only on the kinds of entry that own it, so that
    nobody borrows a waiver.
    """
    donors = donors_of(fund, entry)
    subjects = {fund.digest(entry), *_names_of(fund, entry)}
    if entry.kind is Kind.INDIRECT_COSTS:
        names = [_names_of(fund, receipt) for receipt in sources_of(fund, entry)]
        subjects |= frozenset.intersection(*names) if names else frozenset()
    labels = {p.cost.label or "" for part, p, _ in entry.memorandum if part.role in STAGES and p.cost is not None}
    beyond = any((posting.meta or {}).get("unpledged") for _, posting, _ in entry.money)
    if len(entry.pledges) == 1 and not beyond and labels and len(donors) == 1:
        subjects |= {pledge for pledge in entry.pledges if {pledge_of(label) for label in labels} == {pledge}}
    return Scope(entry.txn.date, categories_of(fund, entry), frozenset(subjects))


def _names_of(fund: Fund, entry: Entry) -> frozenset[str]:
    """Return the donor, the receipt number and the unclaimed receipt by which an entry may be meant."""
    donors, subjects = donors_of(fund, entry), set[str]()
    if len(donors) == 1:
        subjects.add(donors[0])
    number = str(entry.txn.meta.get("receipt-number", ""))
    if entry.kind in CASH_KINDS and number not in fund.registry.donors and not _LINKS.fullmatch(number):
        subjects.add(number)
    if entry.kind in {Kind.UNCLAIMED, Kind.IDENTIFY, Kind.REFUND}:
        subjects |= set(links_of(entry.txn.links or frozenset()))
    return frozenset(subjects)


_LINKS = pattern(r"(PL|UR)-.*")
