"""Statement 6a and 6b: what was received and spent for each purpose, and what unearmarked money covers, and when."""

from dataclasses import dataclass, replace
from decimal import Decimal

from ledger.ground.phrases import N_
from ledger.model.purposes import GENERAL, Balance, Cover, purposes
from reports.figures import Figure, total
from reports.statement import Sources, Statement, column, columns_of, table_line
from reports.table import Column, ColumnType

UNEARMARKED = N_("Not earmarked")


@table_line
class EarmarkLine:
    """One purpose.

    `covered` is positive where unearmarked money pays for it, and negative on the line of unearmarked money itself.
    """

    slug: str
    purpose: str = column(N_("Purpose"), ColumnType.TERM, 58)
    received: Figure = column(N_("Received"), ColumnType.MONEY, 20, total=True)
    spent: Figure = column(N_("Spent"), ColumnType.MONEY, 20, total=True)
    difference: Decimal = column(N_("Exchange differences"), ColumnType.MONEY, 20, total=True)
    covered: Decimal = column(N_("Covered by unearmarked money"), ColumnType.MONEY, 20, total=True)

    @property
    def left(self) -> Figure:
        """Received less spent, with exchange differences and with what covers it."""
        return self.received - self.spent + self.difference + self.covered


@dataclass(frozen=True, slots=True)
class Earmarks:
    """All purposes up to a day, unearmarked money last; `covers` are the movements on the way."""

    lines: tuple[EarmarkLine, ...]
    covers: tuple[Cover, ...]

    def total(self, column: str) -> Figure:
        """Sum a column."""
        return total(getattr(line, column) for line in self.lines)


def earmarked(of: Sources) -> Earmarks:
    """Build the earmarks up to the end of a day.

    Bank charges and indirect costs are spent for the purpose of their receipt.
    """
    state, names = purposes(of.fund, of.scope.as_of), of.names
    lines = [
        _line(slug, names.purpose(slug), balance, balance.covered)
        for slug, balance in sorted(state.balances.items())
        if slug != GENERAL
    ]
    pool = state.balances[GENERAL]
    lines.append(_line(GENERAL, UNEARMARKED, pool, -state.covered))
    covers = tuple(replace(cover, purpose=names.purpose(cover.purpose)) for cover in state.covers)
    return Earmarks(tuple(lines), covers)


def _line(slug: str, purpose: str, balance: Balance, covered: Decimal) -> EarmarkLine:
    received, spent = Figure(balance.received, balance.received_by), Figure(balance.spent, balance.spent_by)
    return EarmarkLine(slug, purpose, received, spent, balance.difference, covered)


_SUBTITLE = N_("As of {day} · since the beginning · in {unit}")
EARMARKS = Statement(
    "earmarks",
    "6a",
    N_("Earmarks"),
    N_("Earmarks"),
    (
        *columns_of(EarmarkLine),
        Column(
            "left",
            N_("Left"),
            ColumnType.MONEY,
            20,
            total=True,
            formula="{received}-{spent}+{difference}+{covered}",
        ),
    ),
    earmarked,
    lambda built: built.lines,
    subtitle=_SUBTITLE,
    notes=(
        N_(
            "What is given for one purpose never pays for another; what a purpose lacks is covered by unearmarked money."
        ),
        N_(
            "Exchange differences of money in other currencies, at the rate of the day; the rule exchange-differences says who bears them (statement 14b)."
        ),
        N_("Received is less refunds. Charges on a receipt are spent for its purpose."),
    ),
)
COVERS = Statement(
    "covers",
    "6b",
    N_("Covers"),
    N_("Movements of cover"),
    (
        Column("purpose", N_("Purpose covered"), ColumnType.TEXT, 58),
        Column("day", N_("Date"), ColumnType.DAY, 20),
        Column("amount", N_("Unearmarked money pays (comes back)"), ColumnType.MONEY, 24),
    ),
    lambda of: of[EARMARKS].covers,
    subtitle=_SUBTITLE,
)
