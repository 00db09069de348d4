"""Statement 2: contributions received, by category and donor: quarter, year to date, prior year, cumulative.

Cash only, before bank charges, on the date of the entry and in the category of that date; refunds are a line of statement 1, and
pledges are in statement 3.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.fund import Fund
from ledger.language.kinds import Kind
from ledger.money import ZERO
from ledger.periods import Quarter
from ledger.publication import donor_name


@dataclass(frozen=True, slots=True)
class DonorLine:
    """What one donor contributed in one category."""

    category: str
    donor: str
    quarter: Decimal
    year: Decimal
    prior_year: Decimal
    cumulative: Decimal


@dataclass(frozen=True, slots=True)
class Contributions:
    """The donors of every category, in the order of the categories and of the donors' names."""

    lines: tuple[DonorLine, ...]

    def total(self, column: str, category: str = "") -> Decimal:
        """Sum a column (`quarter`, `year`, `prior_year`, `cumulative`), of one category or of all."""
        return sum((getattr(line, column) for line in self.lines if category in {"", line.category}), ZERO)


def contributions(
    fund: Fund, quarter: Quarter, language: str = "en", as_of: date | None = None, *, published: bool = True
) -> Contributions:
    """Build the statement of one quarter, up to its end or to an earlier day; what is not published names every donor."""
    end = as_of or quarter.end
    sums: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [ZERO] * 4)
    for item in fund.contributions:
        if item.kind == Kind.REFUND.value or item.day > end:
            continue
        columns = sums[
            item.account.category, donor_name(fund, item.account.donor, item.entry, language, published=published)
        ]
        columns[3] += item.value
        if item.day.year == quarter.year - 1:
            columns[2] += item.value
        if item.day.year == quarter.year:
            columns[1] += item.value
        if item.day in quarter:
            columns[0] += item.value
    names = {c.accounts: c.name(language) for c in fund.registry.categories.values()}
    order = list(names)
    lines = [
        DonorLine(names.get(category, category), donor, *columns)
        for (category, donor), columns in sorted(
            sums.items(),
            key=lambda pair: (
                order.index(pair[0][0]) if pair[0][0] in order else 99,
                pair[0][1],
            ),
        )
    ]
    return Contributions(tuple(lines))
