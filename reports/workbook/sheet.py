"""One sheet of the workbook: a heading, then tagged tables, row by row; it remembers the value of every formula.

openpyxl writes formulas without values. The values that the ledger gives are kept in `cached` and put into the file after saving (`finish`),
so that every viewer shows the right figure before it recalculates.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from reports.statements.report import Report

MONEY = '#,##0.00;(#,##0.00);"–"'
DAY = "yyyy-mm-dd"
INK, BLUE, GREY = "1F2937", "1F3864", "6B7280"
_THIN, _DOUBLE = Side(style="thin", color=GREY), Side(style="double", color=INK)

Value = str | Decimal | date | int | None


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and the value that the ledger says it has."""

    text: str
    value: Decimal | str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `total` puts a live sum into the table's last row."""

    header: str
    width: int
    total: Decimal | None = None
    center: bool = False


class Sheet:
    """A worksheet that is written from top to bottom."""

    def __init__(self, worksheet: Worksheet, title: str, subtitle: str) -> None:
        self.worksheet = worksheet
        self.cached: dict[str, Decimal | str] = {}
        self.row = 1
        self.text(title, size=15, bold=True, color=BLUE)
        self.text(subtitle, color=GREY)
        self.row += 1

    def text(self, words: str, *, size: int = 10, bold: bool = False, color: str = INK, column: int = 1) -> None:
        """Write a line of text and go to the next row."""
        cell = self.worksheet.cell(self.row, column)
        self._fill(cell, words)
        cell.font = Font(name="Calibri", size=size, bold=bold, color=color)
        self.row += 1

    def widths(self, *widths: int) -> None:
        """Set the widths of the first columns, in characters."""
        for number, width in enumerate(widths, 1):
            self.worksheet.column_dimensions[get_column_letter(number)].width = width

    def pairs(self, rows: Iterable[tuple[str, Value]]) -> None:
        """Write rows of a label and a value."""
        for label, value in rows:
            self.put(self.row, 1, label, bold=True)
            self.put(self.row, 2, value, wrap=True)
            self.row += 1

    def put(self, row: int, column: int, value: Value | Formula, *, bold: bool = False, wrap: bool = False) -> Cell:
        """Write one cell: money as a number, a date as a date, text always as text."""
        cell = self.worksheet.cell(row, column)
        if isinstance(value, Formula):
            cell.value = value.text
            cell.number_format = MONEY if isinstance(value.value, Decimal) else "General"
            self.cached[cell.coordinate] = value.value
        else:
            self._fill(cell, value)
        number = isinstance(value, Decimal) or (isinstance(value, Formula) and isinstance(value.value, Decimal))
        cell.font = Font(name="Calibri", size=10, bold=bold, color=INK)
        cell.alignment = Alignment(vertical="top", wrap_text=wrap, horizontal="right" if number else "left")
        return cell

    def table(self, name: str, columns: Sequence[Column], rows: Sequence[Sequence[Value | Formula]]) -> int:
        """Write a tagged table with one header row; give its first data row.

        A table has at least one data row (spreadsheets refuse an empty one): "none" stands in its first cell then.
        """
        first = self.row
        self.widths(*(column.width for column in columns))
        self._height(first, [column.header for column in columns], columns)
        for number, column in enumerate(columns, 1):
            cell = self.put(first, number, column.header, bold=True, wrap=True)
            cell.fill = PatternFill("solid", fgColor=BLUE)
            cell.font = Font(name="Calibri", size=10, bold=True, color="FFFFFF")
            money = column.total is not None or any(_is_money(row[number - 1]) for row in rows)
            cell.alignment = Alignment(
                horizontal="center" if column.center else "right" if money else "left",
                vertical="center",
                wrap_text=True,
            )
        for offset, row in enumerate(rows or [["none", *[None] * (len(columns) - 1)]], 1):
            self._height(first + offset, row, columns)
            for number, value in enumerate(row, 1):
                cell = self.put(first + offset, number, value, wrap=isinstance(value, str))
                if columns[number - 1].center:
                    cell.alignment = Alignment(horizontal="center", vertical="top")
        last = first + max(len(rows), 1)
        totals = any(column.total is not None for column in columns)
        if totals:
            last += 1
            self._totals(name, columns, last)
        table = Table(displayName=name, name=name, ref=f"A{first}:{get_column_letter(len(columns))}{last}")
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        table._initialise_columns()  # noqa: SLF001 - openpyxl's own way to name the columns before a totals row is set
        for column, tagged in zip(columns, table.tableColumns, strict=True):
            tagged.name = column.header
            if column.total is not None:
                tagged.totalsRowFunction = "sum"
        if totals:
            table.totalsRowCount = 1
            table.tableColumns[0].totalsRowLabel = "Total"
        self.worksheet.add_table(table)
        self.row = last + 2
        return first + 1

    def rule(self, row: int, first: int, last: int, *, double: bool = False) -> None:
        """Draw the line of a total: single above, double below."""
        for column in range(first, last + 1):
            self.worksheet.cell(row, column).border = Border(top=_THIN, bottom=_DOUBLE if double else None)

    def _totals(self, name: str, columns: Sequence[Column], row: int) -> None:
        self.put(row, 1, "Total", bold=True)
        for number, column in enumerate(columns, 1):
            if column.total is not None:
                formula = Formula(f"=SUBTOTAL(109,{name}[{column.header}])", column.total)
                self.put(row, number, formula, bold=True)
        self.rule(row, 1, len(columns), double=True)

    def _height(self, row: int, values: Sequence[Value | Formula], columns: Sequence[Column]) -> None:
        """Make a row as high as its longest text needs: viewers do not do so by themselves for every file."""
        lines = [-(-len(v) * 11 // (c.width * 10)) for v, c in zip(values, columns, strict=False) if isinstance(v, str)]
        self.worksheet.row_dimensions[row].height = 15 * max([1, *lines])

    def _fill(self, cell: Cell, value: Value) -> None:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"  # text that begins with "=" stays text: no formula comes from outside
        elif isinstance(value, Decimal):
            cell.number_format = MONEY
        elif isinstance(value, date):
            cell.number_format = DAY


def _is_money(value: Value | Formula) -> bool:
    return isinstance(value, (Decimal, Formula))


def period(report: Report) -> str:
    """Give the line below the title of a sheet."""
    return f"{report.quarter}: {report.quarter.begin} to {report.quarter.end} · in {report.unit} unless a column says otherwise"


def freeze(worksheet: Worksheet, sheet: Sheet, columns: int) -> None:
    """Keep the header row and the first columns in sight, and print the header on every page."""
    worksheet.freeze_panes = worksheet.cell(sheet.row + 1, columns + 1)
    worksheet.print_title_rows = f"{sheet.row}:{sheet.row}"
