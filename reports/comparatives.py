"""The periods that a statement compares, as columns: the same in every statement that has them."""

from collections.abc import Sequence

from ledger.ground.phrases import N_
from reports.scope import Scope
from reports.table import Column, ColumnType

COMPARED = ("quarter", "prior_quarter", "quarter_last_year", "year", "cumulative")
"""What most statements compare: the quarter, the one before, the same of last year, the year to date, all since the beginning."""

_HEADERS = {
    "prior_quarter": N_("Prior quarter"),
    "quarter_last_year": N_("Same quarter of last year"),
    "year": N_("Year to date"),
    "prior_year": N_("Prior year"),
    "cumulative": N_("Since the beginning"),
}


def header(scope: Scope, span: str) -> str:
    """Give the header of a period; the quarter itself is called by its name."""
    return _HEADERS.get(span) or str(scope.quarter)


def columns(scope: Scope, spans: Sequence[str] = COMPARED, width: int = 17) -> list[Column]:
    """Give a column with a total for each period."""
    return [Column(span, header(scope, span), ColumnType.MONEY, width, total=True) for span in spans]
