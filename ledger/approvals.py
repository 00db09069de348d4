"""Four eyes: which entries need another officer's approval, and which have it for what they say now."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger import entries
from ledger.accounts import Role
from ledger.entries import Entry
from ledger.fund import Fund
from ledger.language.kinds import Kind
from ledger.language.law import FourEyes
from ledger.language.models import Approval
from ledger.money import ZERO
from ledger.numbering import recorded
from ledger.scopes import moved, terms_of

RULE = "four-eyes"


@dataclass(frozen=True, slots=True)
class Approvable:
    """An entry above the threshold `above`; `moved` and `above` are in the unit of account."""

    entry: Entry
    digest: str
    moved: Decimal
    above: Decimal
    recorder: str
    recorded: date
    approved: bool


def officers_on(fund: Fund, day: date, role: str = "") -> set[str]:
    """Give the officers in office on a day, of one role or of any."""
    return {
        officer.officer
        for officer in fund.directives.officers
        if officer.day <= day and (officer.until is None or day <= officer.until) and role in {"", officer.role}
    }


def only_finance_officer(fund: Fund, day: date) -> str | None:
    """Give the finance officer who is meant when nobody is named: the only one in office; None when there are several, or none."""
    of_role = officers_on(fund, day, "finance-officer")
    return next(iter(of_role)) if len(of_role) == 1 else None


def approvable(fund: Fund, as_of: date = date.max) -> list[Approvable]:
    """Give every entry above its category's threshold, approved or not, in the order of the book; as it stood at the end of a day.

    An approval counts once (of two entries that say the same, two approvals are needed), and not before the day on which the entry was
    recorded.
    """
    given: Counter[str] = Counter()
    by: dict[str, list[Approval]] = {}
    treasurers = {day: officers_on(fund, day, "treasurer") for day in {a.day for a in fund.directives.approvals}}
    for approval in fund.directives.approvals:
        if approval.by in treasurers[approval.day]:
            by.setdefault(approval.digest, []).append(approval)
    found = []
    for entry in fund.entries:
        if entry.kind is None or (entry.kind is Kind.INDIRECT_COSTS and _only_charges(entry)):
            continue  # an entry without a kind is an error; a charge is held to its receipt, which is approved, to the cent
        above = min((terms.above for terms in terms_of(fund, RULE, FourEyes, entry)), default=None)
        if above is None or (number := moved(entry)) <= above:
            continue
        text, recorder, day = fund.digest(entry.txn), str(entry.txn.meta.get("recorded-by") or ""), recorded(entry.txn)
        if max(day, entry.txn.date) > as_of:
            continue
        others = [a for a in by.get(text, []) if a.by != recorder and day <= a.day <= as_of]
        approved = bool(recorder) and given[text] < len(others)
        given[text] += approved
        found.append(Approvable(entry, text, number, above, recorder, day, approved))
    return found


def _only_charges(entry: Entry) -> bool:
    """Tell whether an #icr entry moves no more than what it charges."""
    charged = sum((entries.value(p) for part, p in entry.money if part.role is Role.INDIRECT_COSTS), ZERO)
    return moved(entry) <= abs(charged)
