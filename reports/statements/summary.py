"""The summary: what each category announced, committed and gave. The three stand side by side and are never added."""

from dataclasses import dataclass
from decimal import Decimal

from ledger.fund import Fund
from reports.statements.contributions import Contributions
from reports.statements.pledges import Pledges


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """One category at the end of the quarter: outstanding by stage (at the rates of the pledges), and received."""

    category: str
    announced: Decimal
    committed: Decimal
    received_quarter: Decimal
    received_year: Decimal
    received_cumulative: Decimal


def summary(fund: Fund, pledged: Pledges, received: Contributions, language: str = "en") -> tuple[CategoryLine, ...]:
    """Build the summary from the statements that it sums up."""
    return tuple(
        CategoryLine(
            name,
            pledged.total("outstanding_at_pledge", stage="announced", category=name),
            pledged.total("outstanding_at_pledge", stage="committed", category=name),
            received.total("quarter", name),
            received.total("year", name),
            received.total("cumulative", name),
        )
        for name in (category.name(language) for category in fund.registry.categories.values())
    )
