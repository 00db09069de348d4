"""The periods that a statement compares, as columns: the same in every statement that has them."""

from collections.abc import Mapping, Sequence

from ledger.ground.phrases import N_, Text, layout
from reports.figures import Figure, Tally
from reports.scope import Scope
from reports.statement import column, table_line
from reports.table import ColumnType

COMPARED = ("quarter", "prior_quarter", "quarter_last_year", "year", "cumulative")
"""What most statements compare."""

HEADERS: dict[str, Text] = {
    "quarter": layout("{quarter}"),
    "prior_quarter": N_("Prior quarter"),
    "quarter_last_year": N_("Same quarter of last year"),
    "year": N_("Year to date"),
    "prior_year": N_("Prior year"),
    "cumulative": N_("Since the beginning"),
}
"""What a period is called, in a declaration; the quarter itself by its name."""


def header(scope: Scope, span: str) -> Text:
    """Return what a period of a report is called."""
    return str(scope.quarter) if span == "quarter" else HEADERS[span]


@table_line
class Compared:
    """A line with a figure for each of `COMPARED`, which stand behind its own columns."""

    quarter: Figure = column(HEADERS["quarter"], ColumnType.MONEY, 17, total=True)
    prior_quarter: Figure = column(HEADERS["prior_quarter"], ColumnType.MONEY, 17, total=True)
    quarter_last_year: Figure = column(HEADERS["quarter_last_year"], ColumnType.MONEY, 17, total=True)
    year: Figure = column(HEADERS["year"], ColumnType.MONEY, 17, total=True)
    cumulative: Figure = column(HEADERS["cumulative"], ColumnType.MONEY, 17, total=True)


def figures(sums: Mapping[str, Tally], spans: Sequence[str] = COMPARED) -> dict[str, Figure]:
    """Return the figures of the periods by their names, as a line takes them."""
    return {span: sums[span].figure() for span in spans}
