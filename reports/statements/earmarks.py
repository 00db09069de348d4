"""Statement 6a: what was received and spent for each purpose, and what unearmarked money covers, with every movement of cover."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ledger.ground.money import ZERO
from ledger.ground.phrases import N_, say
from ledger.model.fund import Fund
from ledger.model.purposes import GENERAL, Balance, Cover, purposes
from reports.figures import Figure
from reports.names import Names
from reports.scope import Scope
from reports.table import Column, ColumnType, Table, table

UNEARMARKED = N_("Not earmarked")


@dataclass(frozen=True, slots=True)
class EarmarkLine:
    """One purpose. `covered` is positive where unearmarked money pays for it, and negative on the line of unearmarked money itself."""

    slug: str
    purpose: str
    received: Figure
    spent: Figure
    difference: Decimal
    covered: Decimal

    @property
    def left(self) -> Decimal:
        """Received less spent, with exchange differences and with what covers it."""
        return self.received - self.spent + self.difference + self.covered


@dataclass(frozen=True, slots=True)
class Earmarks:
    """All purposes up to a day, unearmarked money last; `covers` are the movements on the way."""

    as_of: date
    lines: tuple[EarmarkLine, ...]
    covers: tuple[Cover, ...]

    def total(self, column: str) -> Decimal:
        """Sum a column."""
        return sum((getattr(line, column) for line in self.lines), ZERO)

    def tables(self, unit: str) -> tuple[Table, Table]:
        """Give the purposes as a table, and the movements of cover as another."""
        columns = [
            Column("purpose", N_("Purpose"), ColumnType.TERM, 58),
            Column("received", N_("Received"), ColumnType.MONEY, 20, total=True),
            Column("spent", N_("Spent"), ColumnType.MONEY, 20, total=True),
            Column("difference", N_("Exchange differences"), ColumnType.MONEY, 20, total=True),
            Column("covered", N_("Covered by unearmarked money"), ColumnType.MONEY, 20, total=True),
            Column(
                "left",
                N_("Left"),
                ColumnType.MONEY,
                20,
                total=True,
                formula="{received}-{spent}+{difference}+{covered}",
            ),
        ]
        moves = [
            Column("purpose", N_("Purpose covered"), ColumnType.TEXT, 58),
            Column("day", N_("Date"), ColumnType.DAY, 20),
            Column("amount", N_("Unearmarked money pays (comes back)"), ColumnType.MONEY, 24),
        ]
        subtitle = say("As of {day} · since the beginning · in {unit}", day=self.as_of, unit=unit)
        return (
            table(
                "earmarks",
                "6a",
                N_("Earmarks"),
                N_("Earmarks"),
                columns,
                self.lines,
                subtitle=subtitle,
                total_label=N_("Total"),
                notes=(
                    N_(
                        "What is given for one purpose never pays for another; what a purpose lacks is covered by unearmarked money."
                    ),
                    N_(
                        "Exchange differences of money in other currencies, at the rate of the day; the rule exchange-differences says who bears them (statement 14b)."
                    ),
                    N_("Received is less refunds. Charges on a receipt are spent for its purpose."),
                ),
            ),
            table("covers", "6b", N_("Covers"), N_("Movements of cover"), moves, self.covers, subtitle=subtitle),
        )


def earmarked(fund: Fund, scope: Scope, names: Names) -> Earmarks:
    """Build the earmarks up to the end of a day; bank charges and indirect costs are spent for the purpose of their receipt."""
    state = purposes(fund, scope.as_of)
    lines = [
        _line(slug, names.purpose(slug), balance, balance.covered)
        for slug, balance in sorted(state.balances.items())
        if slug != GENERAL
    ]
    pool = state.balances[GENERAL]
    lines.append(_line(GENERAL, UNEARMARKED, pool, -state.covered))
    covers = tuple(replace(cover, purpose=names.purpose(cover.purpose)) for cover in state.covers)
    return Earmarks(scope.as_of, tuple(lines), covers)


def _line(slug: str, purpose: str, balance: Balance, covered: Decimal) -> EarmarkLine:
    received, spent = Figure(balance.received, balance.received_by), Figure(balance.spent, balance.spent_by)
    return EarmarkLine(slug, purpose, received, spent, balance.difference, covered)
