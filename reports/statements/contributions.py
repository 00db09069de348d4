"""Statement 2: contributions received by category and donor, with comparatives; and by category over eight quarters.

Received is a fact, and the same on every basis; where a report is on another than cash, what is recognised stands in a
statement of its own (2b). On the date of the entry and in the category of that date, before bank charges; refunds are a
line of statement 1, and pledges are in statement 3.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ledger.ground.periods import Quarter
from ledger.ground.phrases import N_, phrase
from reports.comparatives import HEADERS, Compared, figures
from reports.figures import Figure, Tally, total
from reports.recognition import CONTRIBUTION, recognised
from reports.scope import SPANS, Basis, Spans
from reports.statement import Sources, Statement, column, columns_of, table_line
from reports.table import Cell, Chart, Column, ColumnType

QUARTERS = 8


@table_line
class DonorLine(Compared):
    """What one donor contributed in one category."""

    category: str = column(N_("Donor category"), ColumnType.TEXT, 24)
    donor: str = column(N_("Donor"), ColumnType.TEXT, 32)
    prior_year: Figure = column(HEADERS["prior_year"], ColumnType.MONEY, 17, total=True)


Quarters = tuple[tuple[Quarter, dict[str, Figure]], ...]
"""For each of the last eight quarters the sum of every category, by its account component."""


@dataclass(frozen=True, slots=True)
class Contributions:
    """The donors of every category, on a basis, and the trend of their categories."""

    basis: Basis
    lines: tuple[DonorLine, ...]
    trend: Quarters

    def total(self, column: str, category: str = "") -> Figure:
        """Sum a column (one of `SPANS`), of one category or of all."""
        return total(getattr(line, column) for line in self.lines if category in {"", line.category})


@dataclass(frozen=True, slots=True)
class Trend:
    """The eight quarters, with the names of the categories by their account components."""

    categories: dict[str, str]
    quarters: Quarters


def contributions(of: Sources, basis: Basis = Basis.CASH) -> Contributions:
    """Build the statement on a basis: one pass over what is recognised."""
    scope, names = of.scope, of.names
    spans = Spans(scope)
    quarters = scope.quarters(QUARTERS)
    sums: dict[tuple[int, str, str], dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    donor_names: dict[tuple[int, str, str], str] = {}
    trend: dict[tuple[Quarter, str], Tally] = defaultdict(Tally)
    for item in recognised(of.fund, basis):
        if item.line != CONTRIBUTION or item.day > scope.as_of:
            continue
        key = names.key(item.account.category, item.account.donor, item.entry)
        donor_names.setdefault(key, names.donor(item.account.donor, item.entry))
        if not item.value:
            continue
        for name in spans.holding(item.day):
            sums[key][name].add(item.value, item.entry)
        if item.day >= quarters[0].begin:
            trend[Quarter.of(item.day), item.account.category].add(item.value, item.entry)
    lines = [
        DonorLine(category=names.category(key[1]), donor=donor_names[key], **figures(sums[key], SPANS))
        for key in sorted(donor_names)
    ]
    return Contributions(
        basis,
        tuple(lines),
        tuple((q, {a: trend[q, a].figure() for a in names.categories}) for q in quarters),
    )


def _key(accounts: str) -> str:
    """Return the key of a category's column: its component in small letters."""
    return "".join(letter for letter in accounts.lower() if letter.isalnum())


def _trend_columns(trend: Trend) -> list[Column]:
    keys = [_key(accounts) for accounts in trend.categories]
    every = "+".join(f"{{{key}}}" for key in keys)
    return [
        Column("when", N_("Quarter"), ColumnType.TEXT, 14),
        *(
            Column(key, name, ColumnType.MONEY, 20, total=True)
            for key, name in zip(keys, trend.categories.values(), strict=True)
        ),
        Column("all", N_("All categories"), ColumnType.MONEY, 20, total=True, formula=every),
    ]


def _trend_rows(trend: Trend) -> Iterator[tuple[Cell, ...]]:
    for quarter, sums in trend.quarters:
        yield str(quarter), *sums.values(), total(sums.values())


def _trend_chart(trend: Trend) -> Chart:
    alt = phrase(
        "Stacked columns: contributions of each donor category in the last eight quarters, in total {total}",
        total=total(figure for _, sums in trend.quarters for figure in sums.values()),
    )
    return Chart("stacked", tuple(_key(accounts) for accounts in trend.categories), alt, QUARTERS)


_NOTES = (
    N_("Before bank charges and before refunds, which statement 1 shows. Contributions in kind are in statement 7."),
    N_("A donor stands in the category that it had on the date of the entry."),
)
CONTRIBUTIONS = Statement(
    "contributions",
    "2",
    N_("Contributions"),
    N_("Contributions received, by category and donor"),
    columns_of(DonorLine, "category", "donor", *SPANS),
    contributions,
    lambda built: built.lines,
    notes=(Basis.CASH.title, *_NOTES),
)
TREND = Statement(
    "quarters",
    "2a",
    N_("Eight quarters"),
    N_("Contributions by category over eight quarters"),
    _trend_columns,
    lambda of: Trend(of.names.categories, of[CONTRIBUTIONS].trend),
    _trend_rows,
    chart=_trend_chart,
)
RECOGNISED = Statement(
    "recognised",
    "2b",
    N_("Recognised"),
    N_("Contributions recognised, by category and donor"),
    CONTRIBUTIONS.columns,
    lambda of: contributions(of, of.scope.basis),
    lambda built: built.lines,
    notes=lambda built: (built.basis.title, *_NOTES),
    applies=lambda scope: scope.basis is not Basis.CASH,
)
