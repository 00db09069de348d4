"""The table: what every face shows.

A statement gives typed lines; a table gives them columns, totals, formulas and notes.

Formulas are written in the keys of columns: `{pledged}-{received}` means these two cells of the same row,
`{contributions.quarter}` all cells of that column of another table. A face that has no formulas shows the values; the
values are the ledger's, in every face.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Literal

from ledger.ground.money import minor_units
from ledger.ground.phrases import Text
from reports.figures import total

_CENTS = 2

NAMED = re.compile(r"\{(?:(?P<table>\w+)\.)?(?P<column>\w+)\}")
"""A column as a formula names it."""


class ColumnType(Enum):
    """What a column holds."""

    TEXT = "text"
    TERM = "term"
    DAY = "day"
    MONEY = "money"
    AMOUNT = "amount"
    COUNT = "count"
    DAYS = "days"
    RATE = "rate"
    RATIO = "ratio"

    __hash__ = object.__hash__

    @property
    def number(self) -> bool:
        """Whether it is a number."""
        return self not in {ColumnType.TEXT, ColumnType.TERM, ColumnType.DAY}


@dataclass(frozen=True, slots=True)
class Live:
    """A cell with its own formula, and the value that the ledger says it has."""

    value: Decimal | str
    formula: str


Cell = Text | Decimal | date | Live | None
"""TEXT is as somebody wrote it.

TERM is translated; MONEY is in the unit of account, AMOUNT in the currency of its line; DAYS have a decimal, a RATE up
to ten.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `key` is the attribute of the line; `formula` stands in every cell; `total` puts a sum below."""

    key: str
    header: Text
    kind: ColumnType
    width: int
    total: bool = False
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of a table: its rows as categories, some of its columns as series. `alt` says in words what it shows."""

    shape: Literal["bars", "columns", "stacked"]
    columns: tuple[str, ...]
    alt: Text
    rows: int = 12


@dataclass(frozen=True, slots=True)
class Table:
    """A table with everything that a face needs to show it."""

    key: str
    number: str
    name: str
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Decimal | None, ...] = ()
    total_label: str = ""
    subtitle: Text = ""
    notes: tuple[Text, ...] = ()
    chart: Chart | None = None

    @property
    def visible_chart(self) -> Chart | None:
        """The chart, where there is something to see in it."""
        if self.chart is None:
            return None
        places = [self.column(key) for key in self.chart.columns]
        return self.chart if any(number_of(row[n]) for row in self.rows for n in places) else None

    def decimals(self, row: Sequence[Cell]) -> int:
        """Return how many decimals an AMOUNT of a row has.

        Those of the currency that the row names (ISO 4217), else two.
        """
        code = next(
            (str(cell) for column, cell in zip(self.columns, row, strict=False) if column.key == "currency"), ""
        )
        units = minor_units(code) if len(code) == 3 else None  # noqa: PLR2004 - the letters of a code
        return _CENTS if units is None else units

    def column(self, key: str) -> int:
        """Return the place of a column, from 0."""
        return next(n for n, column in enumerate(self.columns) if column.key == key)


def table(
    key: str,
    number: str,
    name: str,
    title: Text,
    columns: Sequence[Column],
    lines: Iterable[object],
    *,
    subtitle: Text = "",
    total_label: str = "",
    notes: Sequence[Text] = (),
    chart: Chart | None = None,
) -> Table:
    """Make a table of typed lines, of which each column takes the attribute of its key.

    A line may be a row of cells already.
    """
    rows = tuple(
        line if isinstance(line, tuple) else tuple(getattr(line, column.key) for column in columns) for line in lines
    )
    totals: tuple[Decimal | None, ...] = ()
    if any(column.total for column in columns):
        totals = tuple(
            total(number_of(row[n]) for row in rows) if column.total else None for n, column in enumerate(columns)
        )
    return Table(
        key,
        number,
        name,
        title,
        tuple(columns),
        rows,
        totals,
        total_label if totals else "",
        subtitle,
        tuple(notes),
        chart,
    )


def number_of(cell: Cell) -> Decimal:
    """Return the number that a cell counts for in a sum: text and nothing count for nothing, as in a spreadsheet."""
    value = cell.value if isinstance(cell, Live) else cell
    return value if isinstance(value, Decimal) else Decimal(0)
