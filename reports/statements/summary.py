"""The summary: what each category announced, committed and gave. The three stand side by side and are never added."""

from ledger.ground.phrases import N_
from reports.figures import Figure
from reports.statement import Sources, Statement, column, columns_of, table_line
from reports.statements.contributions import CONTRIBUTIONS
from reports.statements.pledges import PLEDGES
from reports.table import ColumnType


def _sum(source: str) -> str:
    """Return the formula of a figure: the live sum over the category in the statement that it comes from."""
    return f"SUMIFS({{{source}}},{{{source.partition('.')[0]}.category}},{{category}})"


@table_line
class CategoryLine:
    """One category at the end of the quarter: outstanding by stage (at the rates of the day), and received."""

    category: str = column(N_("Donor category"), ColumnType.TEXT, 28)
    announced: Figure = column(
        N_("Announced, outstanding"), ColumnType.MONEY, 21, total=True, formula=_sum("pledge_values.announced")
    )
    committed: Figure = column(
        N_("Committed, outstanding"), ColumnType.MONEY, 21, total=True, formula=_sum("pledge_values.committed")
    )
    received_quarter: Figure = column(
        N_("Received in the quarter"), ColumnType.MONEY, 21, total=True, formula=_sum("contributions.quarter")
    )
    received_year: Figure = column(
        N_("Received in the year to date"), ColumnType.MONEY, 21, total=True, formula=_sum("contributions.year")
    )
    received_cumulative: Figure = column(
        N_("Received since the beginning"), ColumnType.MONEY, 21, total=True, formula=_sum("contributions.cumulative")
    )


def summary(of: Sources) -> tuple[CategoryLine, ...]:
    """Build the summary from the statements that it sums up."""
    pledged, received = of[PLEDGES], of[CONTRIBUTIONS]
    return tuple(
        CategoryLine(
            name,
            pledged.total("announced", category=name),
            pledged.total("committed", category=name),
            received.total("quarter", name),
            received.total("year", name),
            received.total("cumulative", name),
        )
        for name in of.names.categories.values()
    )


SUMMARY = Statement(
    "summary",
    "",
    N_("Summary"),
    N_("Summary by donor category"),
    columns_of(CategoryLine),
    summary,
    subtitle=N_("As of {day} · in {unit}"),
    notes=(
        N_(
            "Announced: a written, non-binding statement. Committed: accepted by an agreement or an exchange of letters."
        ),
        N_(
            "The stages stand side by side and are never added to each other. Received is before bank charges and refunds."
        ),
    ),
)
