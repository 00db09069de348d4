"""Four eyes: which entries need another officer's approval, and which have it for what they say now.

An entry above the threshold needs it; so does each of several that reach it together (`ledger.law.splitting`); and a
balance that is brought forward after the first day on which the book was kept, whatever its amount.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.ground.money import ZERO
from ledger.language.accounts import Role
from ledger.language.kinds import Kind
from ledger.language.law import FourEyes, Limit
from ledger.language.models import Approval
from ledger.law.scopes import terms_of
from ledger.law.splitting import Split, splits
from ledger.model.entries import Entry
from ledger.model.fund import Fund
from ledger.model.numbering import recorded


@dataclass(frozen=True, slots=True)
class Approvable:
    """An entry that needs an approval; `moved` and the threshold `above` are in the unit of account.

    `split` says with which others it is above the threshold; `start` is the first day of the book, for a balance that
    was brought forward after it.
    """

    entry: Entry
    digest: str
    moved: Decimal
    above: Decimal
    recorder: str
    recorded: date
    approved: bool
    split: Split | None = None
    start: date | None = None


def officers_on(fund: Fund, day: date, role: str = "") -> set[str]:
    """Return the officers in office on a day, of one role or of any."""
    return {
        officer.officer
        for officer in fund.directives.officers
        if officer.day <= day and (officer.until is None or day <= officer.until) and role in {"", officer.role}
    }


def only_finance_officer(fund: Fund, day: date) -> str | None:
    """Return the finance officer who is meant when nobody is named: the only one in office.

    None when there are several, or none.
    """
    of_role = officers_on(fund, day, "finance-officer")
    return next(iter(of_role)) if len(of_role) == 1 else None


def approvable(fund: Fund, as_of: date = date.max) -> list[Approvable]:
    """Return every entry that needs an approval, approved or not, in the order of the book.

    As it stood at the end of a day.

    An approval counts once (of two entries that say the same, two approvals are needed), and not before the day on
    which the entry was recorded.
    """
    uses: Counter[str] = Counter()
    by: dict[str, list[Approval]] = {}
    treasurers = {day: officers_on(fund, day, "treasurer") for day in {a.day for a in fund.directives.approvals}}
    for approval in fund.directives.approvals:
        if approval.by in treasurers[approval.day]:
            by.setdefault(approval.digest, []).append(approval)
    limits = limits_of(fund)
    split = splits(fund, limits)
    late = _late_openings(fund)
    result = []
    for entry, limit in limits.items():
        if (number := entry.moved) <= limit.above and entry not in split and entry not in late:
            continue
        text, recorder, day = fund.digest(entry), str(entry.txn.meta.get("recorded-by") or ""), recorded(entry.txn)
        if max(day, entry.txn.date) > as_of:
            continue
        others = [a for a in by.get(text, []) if a.by != recorder and day <= a.day <= as_of]
        approved = bool(recorder) and uses[text] < len(others)
        uses[text] += approved
        result.append(
            Approvable(entry, text, number, limit.above, recorder, day, approved, split.get(entry), late.get(entry))
        )
    return result


def limits_of(fund: Fund) -> dict[Entry, Limit]:
    """Return the threshold of every entry that is held to one: the strictest of its donors' categories."""
    result = {}
    for entry in fund.entries:
        if entry.kind is None or (entry.kind is Kind.INDIRECT_COSTS and _only_charges(entry, entry.moved)):
            continue  # an entry without a kind is an error; a charge is held to its receipt, which is approved, to the cent
        if terms := terms_of(fund, FourEyes, entry):
            result[entry] = terms[0].limit if len(terms) == 1 else min(item.limit for item in terms)
    return result


def _late_openings(fund: Fund) -> dict[Entry, date]:
    """Return the balances that were brought forward after the first day on which the book was kept, each with that day."""
    openings = [entry for entry in fund.by_kind[Kind.OPENING] if not entry.reversal]
    start = min((recorded(entry.txn) for entry in fund.entries), default=date.max)
    return {entry: start for entry in openings if recorded(entry.txn) > start}


def _only_charges(entry: Entry, value: Decimal) -> bool:
    """Return whether an #icr entry moves no more than what it charges."""
    total = sum((number for part, _, number in entry.money if part.role is Role.INDIRECT_COSTS), ZERO)
    return value <= abs(total)
