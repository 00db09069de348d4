"""Statement 6: expenditure by donor, purpose and object.

An expenditure belongs to one donor where its entry names one (`donor`); otherwise to all donors of its purpose together. House rule: money
for a purpose is one pool.
"""

from collections import defaultdict
from dataclasses import dataclass

from ledger.ground.phrases import N_
from ledger.language.accounts import Role
from ledger.model.fund import Fund
from ledger.model.purposes import GENERAL, general_purposes, purpose_of
from reports.comparatives import COMPARED
from reports.comparatives import columns as compared
from reports.figures import Figure, Tally
from reports.names import Names
from reports.scope import Scope, Spans
from reports.table import Column, ColumnType, Table, table

UNEARMARKED, POOLED = N_("Not earmarked"), N_("All donors together")


@dataclass(frozen=True, slots=True)
class ExpenditureLine:
    """What was spent on one object for one purpose, in the unit of account."""

    donor: str
    purpose: str
    object: str
    quarter: Figure
    prior_quarter: Figure
    quarter_last_year: Figure
    year: Figure
    cumulative: Figure


def expenditure(fund: Fund, scope: Scope, names: Names) -> tuple[ExpenditureLine, ...]:
    """Build the statement: one pass over the entries."""
    spans, general = Spans(scope), general_purposes(fund)
    sums: dict[tuple[str, str, str], dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for entry in fund.entries:
        if entry.txn.date > scope.as_of:
            break
        for part, posting, value in entry.money:
            if part.role is not Role.EXPENDITURE:
                continue
            purpose = purpose_of(fund, entry, posting)
            named = (posting.meta or {}).get("donor") or entry.txn.meta.get("donor")
            donor = fund.registry.find(str(named)) if named else None
            called = names.donor(donor.account, entry) if donor else str(named or "")
            key = (called, GENERAL if purpose in general else purpose, part.name.removeprefix("Expenses:"))
            for name in spans.holding(entry.txn.date):
                sums[key][name].add(value, entry)
    return tuple(
        ExpenditureLine(
            key[0] or POOLED,
            names.purpose(key[1]) if key[1] else UNEARMARKED,
            key[2],
            *(sums[key][name].figure() for name in COMPARED),
        )
        for key in sorted(sums)
    )


def expenditure_table(lines: tuple[ExpenditureLine, ...], scope: Scope) -> Table:
    """Give the statement as a table."""
    columns = [
        Column("donor", N_("Donor"), ColumnType.TERM, 26),
        Column("purpose", N_("Purpose"), ColumnType.TERM, 40),
        Column("object", N_("Object of expenditure"), ColumnType.TEXT, 22),
        *compared(scope),
    ]
    return table(
        "expenditure",
        "6",
        N_("Expenditure"),
        N_("Expenditure by donor, purpose and object"),
        columns,
        lines,
        total_label=N_("Total"),
        notes=(
            N_(
                "Money for a purpose is one pool: an expenditure belongs to one donor only where its entry names the donor."
            ),
            N_("Indirect costs are in statement 8, bank charges in statement 1."),
        ),
    )
