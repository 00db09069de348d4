"""Statement 6: expenditure by donor, purpose and object.

An expenditure belongs to one donor where its entry names one (`donor`); otherwise to all donors of its purpose
together. House rule: money for a purpose is one pool.
"""

from collections import defaultdict

from ledger.ground.phrases import N_
from ledger.language.accounts import Role
from ledger.model.purposes import GENERAL, general_purposes, purpose_of
from reports.comparatives import Compared, figures
from reports.figures import Tally
from reports.scope import Spans
from reports.statement import Sources, Statement, column, columns_of, table_line
from reports.table import ColumnType

UNEARMARKED, POOLED = N_("Not earmarked"), N_("All donors together")


@table_line
class ExpenditureLine(Compared):
    """What was spent on one object for one purpose, in the unit of account."""

    donor: str = column(N_("Donor"), ColumnType.TERM, 26)
    purpose: str = column(N_("Purpose"), ColumnType.TERM, 40)
    object: str = column(N_("Object of expenditure"), ColumnType.TEXT, 22)


def expenditure(of: Sources) -> tuple[ExpenditureLine, ...]:
    """Build the statement: one pass over the entries."""
    fund, scope, names = of.fund, of.scope, of.names
    spans, general = Spans(scope), general_purposes(fund)
    sums: dict[tuple[str, str, str], dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for entry in fund.entries:
        if entry.txn.date > scope.as_of:
            break
        for part, posting, value in entry.money:
            if part.role is not Role.EXPENDITURE:
                continue
            purpose = purpose_of(fund, entry, posting)
            code = (posting.meta or {}).get("donor") or entry.txn.meta.get("donor")
            donor = fund.registry.find(str(code)) if code else None
            donor_name = names.donor(donor.account, entry) if donor else str(code or "")
            key = (donor_name, GENERAL if purpose in general else purpose, part.name.removeprefix("Expenses:"))
            for name in spans.holding(entry.txn.date):
                sums[key][name].add(value, entry)
    return tuple(
        ExpenditureLine(
            donor=key[0] or POOLED,
            purpose=names.purpose(key[1]) if key[1] else UNEARMARKED,
            object=key[2],
            **figures(sums[key]),
        )
        for key in sorted(sums)
    )


EXPENDITURE = Statement(
    "expenditure",
    "6",
    N_("Expenditure"),
    N_("Expenditure by donor, purpose and object"),
    columns_of(ExpenditureLine),
    expenditure,
    notes=(
        N_(
            "Money for a purpose is one pool: an expenditure belongs to one donor only where its entry names the donor."
        ),
        N_("Indirect costs are in statement 8, bank charges in statement 1."),
    ),
)
