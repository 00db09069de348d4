"""Statement 2: contributions received by category and donor, with comparatives; and by category over eight quarters.

Received is a fact, and the same on every basis; where a report is on another than cash, what is recognised stands in a statement of its own (2b).
On the date of the entry and in the category of that date, before bank charges; refunds are a line of statement 1, and pledges are in
statement 3.
"""

from collections import defaultdict
from dataclasses import dataclass

from ledger.ground.periods import Quarter
from ledger.ground.phrases import N_, say
from ledger.model.fund import Fund
from reports.comparatives import columns as compared
from reports.figures import Figure, Tally, total
from reports.names import Names
from reports.recognition import CONTRIBUTION, recognised
from reports.scope import SPANS, Basis, Scope, Spans
from reports.table import Cell, Chart, Column, ColumnType, Table, table

QUARTERS = 8


@dataclass(frozen=True, slots=True)
class DonorLine:
    """What one donor contributed in one category."""

    category: str
    donor: str
    quarter: Figure
    prior_quarter: Figure
    quarter_last_year: Figure
    year: Figure
    prior_year: Figure
    cumulative: Figure


@dataclass(frozen=True, slots=True)
class Contributions:
    """The donors of every category, on a basis; `trend` holds for each of the last eight quarters the sum of every category, by its account component."""

    basis: Basis
    lines: tuple[DonorLine, ...]
    trend: tuple[tuple[Quarter, dict[str, Figure]], ...]

    def total(self, column: str, category: str = "") -> Figure:
        """Sum a column (one of `SPANS`), of one category or of all."""
        return total(getattr(line, column) for line in self.lines if category in {"", line.category})

    @property
    def key(self) -> str:
        """The key of its table."""
        return "contributions" if self.basis is Basis.CASH else "recognised"

    def table(self, scope: Scope) -> Table:
        """Give the statement as a table."""
        cash = self.basis is Basis.CASH
        columns = [
            Column("category", N_("Donor category"), ColumnType.TEXT, 24),
            Column("donor", N_("Donor"), ColumnType.TEXT, 32),
            *compared(scope, SPANS),
        ]
        return table(
            self.key,
            "2" if cash else "2b",
            N_("Contributions") if cash else N_("Recognised"),
            N_("Contributions received, by category and donor")
            if cash
            else N_("Contributions recognised, by category and donor"),
            columns,
            self.lines,
            total_label=N_("Total"),
            notes=(
                self.basis.title,
                N_(
                    "Before bank charges and before refunds, which statement 1 shows. Contributions in kind are in statement 7."
                ),
                N_("A donor stands in the category that it had on the date of the entry."),
            ),
        )

    def trend_table(self, names: Names) -> Table:
        """Give the eight quarters as a table with its chart."""
        categories = names.categories
        columns = [Column("when", N_("Quarter"), ColumnType.TEXT, 14)]
        columns += [
            Column(_key(accounts), name, ColumnType.MONEY, 20, total=True) for accounts, name in categories.items()
        ]
        every = "+".join("{" + _key(accounts) + "}" for accounts in categories)
        columns.append(Column("all", N_("All categories"), ColumnType.MONEY, 20, total=True, formula=every))
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (str(quarter), *(sums[a] for a in categories), total(sums[a] for a in categories))
            for quarter, sums in self.trend
        )
        shown = Chart(
            "stacked",
            tuple(_key(a) for a in categories),
            say(
                "Stacked columns: contributions of each donor category in the last eight quarters, in total {total}",
                total=total(sums[a] for _, sums in self.trend for a in categories),
            ),
            QUARTERS,
        )
        return table(
            "quarters",
            "2a",
            N_("Eight quarters"),
            N_("Contributions by category over eight quarters"),
            columns,
            rows,
            total_label=N_("Total"),
            chart=shown,
        )


def contributions(fund: Fund, scope: Scope, names: Names, basis: Basis = Basis.CASH) -> Contributions:
    """Build the statement on a basis: one pass over what is recognised."""
    spans = Spans(scope)
    quarters = scope.quarters(QUARTERS)
    sums: dict[tuple[int, str, str], dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    called: dict[tuple[int, str, str], str] = {}
    trend: dict[tuple[Quarter, str], Tally] = defaultdict(Tally)
    for item in recognised(fund, basis):
        if item.line != CONTRIBUTION or item.day > scope.as_of:
            continue
        key = names.key(item.account.category, item.account.donor, item.entry)
        called.setdefault(key, names.donor(item.account.donor, item.entry))
        if not item.value:
            continue
        for name in spans.holding(item.day):
            sums[key][name].add(item.value, item.entry)
        if item.day >= quarters[0].begin:
            trend[Quarter.of(item.day), item.account.category].add(item.value, item.entry)
    lines = [
        DonorLine(names.category(key[1]), called[key], *(sums[key][name].figure() for name in SPANS))
        for key in sorted(called)
    ]
    return Contributions(
        basis,
        tuple(lines),
        tuple((q, {a: trend[q, a].figure() for a in names.categories}) for q in quarters),
    )


def _key(accounts: str) -> str:
    """Give the key of a category's column: its component in small letters."""
    return "".join(letter for letter in accounts.lower() if letter.isalnum())
