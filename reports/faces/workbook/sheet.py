"""One sheet of the workbook: a heading, one tagged table with one header row, notes, perhaps a chart.

It remembers the value of every formula.

openpyxl writes formulas without values. The values that the ledger gives are kept in `cached` and put into the file
after saving (`finish`), so that every viewer shows the right figure before it recalculates.
"""

from copy import copy
from datetime import date
from decimal import Decimal

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table as Tag
from openpyxl.worksheet.table import TableFormula, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from ledger.ground.phrases import Phrase
from reports.document import displayed_value
from reports.faces.workbook.formulas import Places, write_formula
from reports.table import Cell as Value
from reports.table import Column, ColumnType, Live, Table
from reports.xml_text import for_xml


def money_format(decimals: int = 2) -> str:
    """Return the format of money with some decimals: a decrease in parentheses, nothing as a dash."""
    number = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    return f'{number}_);({number});"–"_)'


FORMATS = {
    ColumnType.MONEY: money_format(),
    ColumnType.AMOUNT: money_format(),
    ColumnType.COUNT: '#,##0_);(#,##0);"–"_)',
    ColumnType.DAYS: '#,##0.0_);(#,##0.0);"–"_)',
    ColumnType.RATE: "#,##0.0000######_)",
    ColumnType.RATIO: '0.0%_);(0.0%);"–"_)',
    ColumnType.DAY: "yyyy-mm-dd",
}
INK, BLUE, GREY = "1F2937", "1F3864", "6B7280"
_THIN, _DOUBLE = Side(style="thin", color=GREY), Side(style="double", color=INK)
_NAME = "Calibri"
LINE = 15
"""The height of a line, in points."""
HIGHEST = 409
"""The height of the highest row that Excel has."""
PLAIN, BOLD = Font(name=_NAME, size=10, color=INK), Font(name=_NAME, size=10, bold=True, color=INK)
QUIET, HEADER = Font(name=_NAME, size=10, color=GREY), Font(name=_NAME, size=10, bold=True, color="FFFFFF")
TITLE, SECTION = Font(name=_NAME, size=15, bold=True, color=BLUE), Font(name=_NAME, size=12, bold=True, color=BLUE)
LINK = Font(name=_NAME, size=10, underline="single", color=BLUE)
_FILL = PatternFill("solid", fgColor=BLUE)
PLAINLY = Alignment(vertical="center")
_LEFT, _WRAPPED, _RIGHT, _MIDDLE, _HEADER = (
    Alignment(vertical="center", horizontal="left"),
    Alignment(vertical="center", horizontal="left", wrap_text=True),
    Alignment(vertical="center", horizontal="right"),
    Alignment(vertical="center", horizontal="right", wrap_text=True),
    Alignment(vertical="center", wrap_text=True),
)
_APART = Alignment(vertical="center", horizontal="left", wrap_text=True, indent=1)
"""Text beside a figure, which would else run into it."""


class Sheet:
    """A worksheet that is written from top to bottom."""

    def __init__(self, worksheet: Worksheet, title: str, subtitle: str) -> None:
        self.worksheet = worksheet
        worksheet.sheet_format.defaultRowHeight, worksheet.sheet_format.customHeight = LINE, True
        self.cached: dict[str, Decimal | str] = {}
        self.row = 1
        self._styles: list[tuple[Font, Alignment, str, StyleArray]] = []
        self.text(title, TITLE)
        self.text(subtitle, QUIET)
        self.row += 1

    def text(self, words: str, font: Font = QUIET) -> None:
        """Write a line of text and go to the next row."""
        self.put(self.row, 1, words, font)
        self.row += 1

    def put(
        self,
        row: int,
        column: int,
        value: "str | Decimal | date | int | None",
        font: Font = PLAIN,
        alignment: Alignment = PLAINLY,
        number_format: str = "General",
    ) -> Cell:
        """Write one cell: money as a number, a date as a date, text always as text."""
        cell = self.worksheet.cell(row, column)
        self._style(cell, font, alignment, number_format)
        if isinstance(value, str):
            cell.value = for_xml(value)
            cell.data_type = "s"  # text that begins with "=" stays text: no formula comes from outside
        else:
            cell.value = value
        return cell

    def _style(self, cell: Cell, font: Font, alignment: Alignment, number_format: str) -> None:
        """Give a cell its looks.

        Openpyxl takes longer for them than for the cell, so what was looked up once is copied.
        """
        for known_font, known_alignment, known_format, style in self._styles:
            if known_font is font and known_alignment is alignment and known_format == number_format:
                cell._style = copy(style)  # noqa: SLF001 - openpyxl's own `copy_style` does the same
                return
        cell.font, cell.alignment, cell.number_format = font, alignment, number_format
        self._styles.append((font, alignment, number_format, copy(cell._style)))  # noqa: SLF001

    def table(self, table: Table, here: Places, nothing: str) -> None:
        """Write a tagged table.

        One without rows says `nothing` in its first cell, because spreadsheets refuse an empty one.
        """
        for number, column in enumerate(table.columns, 1):
            self.worksheet.column_dimensions[get_column_letter(number)].width = column.width
            apart = _MIDDLE if column.kind.number else _APART if _beside(table, number) else _HEADER
            self.put(here.header, number, str(column.header), HEADER, apart).fill = _FILL
        self._high(here.header, [(str(column.header), column.width * 4 // 5) for column in table.columns])  # in bold
        for row, cells in enumerate(table.rows or [(nothing, *[None] * (len(table.columns) - 1))], here.first):
            for number, (column, cell) in enumerate(zip(table.columns, cells, strict=True), 1):
                self._cell(table, row, number, column, cell, table.decimals(cells))
            self._height(row, cells, table.columns)
        if table.totals:
            self._totals(table, here)
        self._tag(table, here)
        self.row = here.last + (2 if table.totals else 1) + 1

    def _cell(self, table: Table, row: int, number: int, column: Column, value: Value, decimals: int) -> None:
        display = displayed_value(value)
        formula = value.formula if isinstance(value, Live) else column.formula
        has_format = column.kind is ColumnType.DAY or (column.kind.number and isinstance(display, Decimal))
        looks = money_format(decimals) if column.kind is ColumnType.AMOUNT else FORMATS.get(column.kind, "")
        number_format = looks if has_format else "General"
        words = _APART if _beside(table, number) else _WRAPPED
        alignment = _RIGHT if isinstance(display, Decimal) else words if isinstance(display, str) else _LEFT
        if not formula or not isinstance(display, (Decimal, str)):
            self.put(row, number, display, PLAIN, alignment, number_format)
        else:
            cell = self.put(row, number, None, PLAIN, alignment, number_format)
            cell.value = f"={write_formula(formula, table, row)}"
            self.cached[cell.coordinate] = display

    def _totals(self, table: Table, here: Places) -> None:
        row = here.last + 1
        self.put(row, 1, table.total_label, BOLD)
        for number, (column, value) in enumerate(zip(table.columns, table.totals, strict=True), 1):
            cell = self.worksheet.cell(row, number)
            cell.border = Border(top=_THIN, bottom=_DOUBLE)
            if value is not None:
                cell.value = f"=SUBTOTAL(109,{here.cells(number)})"
                cell.font, cell.alignment, cell.number_format = BOLD, _RIGHT, FORMATS[column.kind]
                self.cached[cell.coordinate] = value

    def _tag(self, table: Table, here: Places) -> None:
        last = here.last + (1 if table.totals else 0)
        tag = Tag(
            displayName=table.key,
            name=table.key,
            ref=f"A{here.header}:{get_column_letter(len(table.columns))}{last}",
        )
        tag.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        tag._initialise_columns()  # noqa: SLF001 - openpyxl's own way to name the columns before a totals row is set
        for number, (column, table_column) in enumerate(zip(table.columns, tag.tableColumns, strict=True), 1):
            table_column.name = str(column.header)
            if table.totals and table.totals[number - 1] is not None:
                table_column.totalsRowFunction = "custom"
                table_column.totalsRowFormula = TableFormula(attr_text=f"SUBTOTAL(109,{here.cells(number)})")
        if table.totals:
            tag.totalsRowCount = 1
            tag.tableColumns[0].totalsRowLabel = table.total_label
        self.worksheet.add_table(tag)

    def wrapped(self, row: int, column: int, value: str, width: int) -> None:
        """Write a text that may need several lines."""
        self.put(row, column, value, PLAIN, _WRAPPED)
        self._high(row, [(value, width)])

    def _height(self, row: int, values: "tuple[Value, ...]", columns: tuple[Column, ...]) -> None:
        """Make a row as high as its longest text needs: viewers do not do so by themselves for every file."""
        texts = [(str(v), c.width) for v, c in zip(values, columns, strict=True) if isinstance(v, (str, Phrase))]
        self._high(row, texts)

    def _high(self, row: int, texts: list[tuple[str, int]]) -> None:
        lines = max((-(-len(text) // width) for text, width in texts), default=1)
        if lines > 1:
            self.worksheet.row_dimensions[row].height = min(LINE * lines, HIGHEST)


def _beside(table: Table, number: int) -> bool:
    """Return whether a column (counted from 1) stands to the right of one of figures."""
    return number > 1 and table.columns[number - 2].kind.number
