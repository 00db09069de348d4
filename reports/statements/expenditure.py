"""Statement 6: expenditure by donor, purpose and object.

An expenditure belongs to one donor where its entry names one (`donor`); otherwise to all donors of its purpose together. House rule: money
for a purpose is one pool.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from ledger import entries
from ledger.accounts import Role
from ledger.fund import Fund
from ledger.purposes import GENERAL, general_purposes, purpose_of
from reports.figures import Figure, Tally
from reports.scope import Scope, Spans
from reports.statements.names import Names
from reports.table import Column, Kind, Table, table
from reports.words import N_, say

UNEARMARKED, POOLED = N_("Not earmarked"), N_("All donors together")
SHOWN = ("quarter", "prior_quarter", "quarter_last_year", "year", "cumulative")


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
        for part, posting in entry.money:
            if part.role is not Role.EXPENDITURE:
                continue
            purpose = purpose_of(fund, entry, posting)
            donor = str((posting.meta or {}).get("donor") or entry.txn.meta.get("donor") or "")
            key = (donor, GENERAL if purpose in general else purpose, part.name.removeprefix("Expenses:"))
            for name in spans.holding(entry.txn.date):
                sums[key][name].add(entries.value(posting), entry.txn)
    return tuple(
        ExpenditureLine(
            _donor(fund, key[0], names),
            names.purpose(key[1]) if key[1] else UNEARMARKED,
            key[2],
            *(sums[key][name].figure() for name in SHOWN),
        )
        for key in sorted(sums)
    )


def _donor(fund: Fund, named: str, names: Names) -> str:
    if not named:
        return POOLED
    donor = fund.registry.find(named)
    return names.of(donor) if donor else named


def spent(lines: tuple[ExpenditureLine, ...], span: str) -> Decimal:
    """Sum one period."""
    return sum((getattr(line, span) for line in lines), Decimal(0))


def expenditure_table(lines: tuple[ExpenditureLine, ...], scope: Scope) -> Table:
    """Give the statement as a table."""
    columns = [
        Column("donor", N_("Donor"), Kind.TERM, 26),
        Column("purpose", N_("Purpose"), Kind.TERM, 40),
        Column("object", N_("Object of expenditure"), Kind.TEXT, 22),
        Column("quarter", say("{quarter}", quarter=str(scope.quarter)), Kind.MONEY, 16, total=True),
        Column("prior_quarter", N_("Prior quarter"), Kind.MONEY, 16, total=True),
        Column("quarter_last_year", N_("Same quarter of last year"), Kind.MONEY, 16, total=True),
        Column("year", N_("Year to date"), Kind.MONEY, 16, total=True),
        Column("cumulative", N_("Since the beginning"), Kind.MONEY, 16, total=True),
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
