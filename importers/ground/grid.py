"""Rows of cells, from CSV or XLSX alike, each cell with its address; a formula is never taken for a value."""

import csv
import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from re import fullmatch

from importers.ground.cells import Cell
from importers.ground.files import LARGEST, Source, decode, is_workbook, open_zip, unpack
from importers.ground.refusal import refuse

ROWS = 100_000
COLUMNS = 500


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one sheet (CSV has one) below a header."""

    sheet: str
    header: dict[str, int]
    rows: list[list[Cell]]
    above: list[list[Cell]] = field(default_factory=list)
    """The rows above the header."""

    def cell(self, row: Sequence[Cell], column: str) -> Cell:
        """Return the cell of a row in a column; an empty one where the row ends before."""
        number = self.header[column]
        if number < len(row):
            return row[number]
        at = row[0].place if row else ""
        return Cell(None, f"{at}, column {column!r}")


Sheet = tuple[str, list[list[Cell]]]
"""The name of a sheet (empty for CSV) and its rows."""


def read_sheets(source: Source, delimiter: str = ",", encoding: str | None = None) -> list[Sheet]:
    """Return every visible sheet of a workbook; of CSV the one.

    CSV is decoded as the person said, else by `encoding`.

    A file is read once, however many formats look at it.

    Raises:
        RefusedFileError: when the file is damaged, unpacks to too much, or has a formula or more rows than `ROWS`.

    """
    workbook = is_workbook(source.content)
    key = ("", "") if workbook else (delimiter, source.encoding or encoding or "")
    if key not in source.sheets:
        text = Source(source.name, source.content, source.encoding or encoding)
        source.sheets[key] = list(_read_workbook(source)) if workbook else [("", list(_read_csv(text, delimiter)))]
    return source.sheets[key]


def guess_delimiter(source: Source) -> str:
    """Return whichever of semicolon and comma stands more often at the beginning of a file."""
    head = source.content[:4096]
    return ";" if head.count(b";") > head.count(b",") else ","


def find_tables(sheets: Iterable[Sheet], columns: Sequence[str]) -> Iterator[Rows]:
    """Yield the table of every sheet that has a row with all the columns."""
    for name, rows in sheets:
        table = find_table(name, rows, columns)
        if table is not None:
            yield table


def find_table(name: str, rows: list[list[Cell]], columns: Sequence[str]) -> Rows | None:
    """Find the header that has all the columns, in any order, and return what stands below it, blank rows left out."""
    for number, row in enumerate(rows[:60]):
        positions = read_headings(row)
        if all(normalise_heading(column) in positions for column in columns):
            below = [line for line in rows[number + 1 :] if any(cell.text for cell in line)]
            named = {column: positions[normalise_heading(column)] for column in columns}
            return Rows(name, named | positions, below, rows[:number])
    return None


def read_headings(row: Sequence[Cell]) -> dict[str, int]:
    """Return the columns of a header by their headings.

    A second one of the same heading is `heading#2`, one without a heading `#5`.
    """
    positions: dict[str, int] = {}
    for position, cell in enumerate(row):
        heading = normalise_heading(cell.text) or f"#{position + 1}"
        count = 1
        while heading in positions:
            count += 1
            heading = f"{normalise_heading(cell.text)}#{count}"
        positions[heading] = position
    return positions


def split_at_closing_line(rows: list[list[Cell]], word: str, what: str) -> tuple[list[list[Cell]], list[Cell]]:
    """Split the rows from the line that closes them, which begins with a word.

    Raises:
        RefusedFileError: when it is missing, stands several times, or has rows with numbers below it.

    """
    at = [n for n, row in enumerate(rows) if _first_text(row).casefold().startswith(word.casefold())]
    if not at:
        raise refuse(
            "", f"the {what}, which begins with {word!r}, is missing: the file was cut off.", "export it again."
        )
    if len(at) > 1:
        raise refuse(
            rows[at[0]][0].place,
            f"{len(at)} lines begin with {word!r}: one {what} is expected.",
            "export it without subtotals.",
        )
    below = next(
        (row for row in rows[at[0] + 1 :] if any(isinstance(c.value, Decimal) or _looks_like_a_number(c) for c in row)),
        None,
    )
    if below is not None:
        raise refuse(below[0].place, f"a line with a number stands below the {what}.", "export the file again.")
    return rows[: at[0]], rows[at[0]]


def _first_text(row: list[Cell]) -> str:
    return next((cell.text for cell in row if cell.text), "")


def _looks_like_a_number(cell: Cell) -> bool:
    return bool(fullmatch(r"[-(]?\d[\d.,' ]*\)?", cell.text))


def normalise_heading(text: str) -> str:
    """Return a heading as it is compared: small letters, single spaces, without a mark of what is required."""
    return " ".join(text.casefold().replace("*", " ").split())


def _read_csv(source: Source, delimiter: str) -> Iterator[list[Cell]]:
    reader = csv.reader(io.StringIO(decode(source)), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if reader.line_num > ROWS:
                raise refuse(f"line {ROWS}", f"the file has more than {ROWS:,} lines.", "export a shorter period.")
            if len(row) > COLUMNS:
                raise refuse(
                    f"line {reader.line_num}",
                    f"the line has {len(row):,} columns; at most {COLUMNS} are read.",
                    "look into the file.",
                )
            yield [
                Cell(_bare(value), f"line {reader.line_num}, column {number}") for number, value in enumerate(row, 1)
            ]
    except csv.Error as error:
        raise refuse(f"line {reader.line_num}", f"the CSV cannot be read ({error}).", "export it again.") from error


def _bare(value: str) -> str:
    """Return a text without the formula that keeps a spreadsheet from taking it for a number (`="0012"`)."""
    return value[2:-1] if value.startswith('="') and value.endswith('"') else value


def _read_workbook(source: Source) -> Iterator[Sheet]:
    """Read a workbook; its parts are measured and looked at before they are trusted."""
    from openpyxl import load_workbook  # noqa: PLC0415 - a tenth of a second that only a workbook needs

    with open_zip(source) as archive:
        capacity = LARGEST
        for info in archive.infolist():
            content = unpack(archive, info.filename, capacity)
            capacity -= len(content)
            if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:4096]:
                raise refuse(
                    info.filename,
                    "the workbook declares entities; a spreadsheet program writes none.",
                    "do not trust this file.",
                )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves out (pictures, extensions) is not read here
            book = load_workbook(io.BytesIO(source.content), read_only=True, data_only=False, keep_links=False)
            sheets = [
                (sheet.title, list(_read_sheet(sheet))) for sheet in book.worksheets if sheet.sheet_state == "visible"
            ]
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, SyntaxError) as error:
        raise refuse(
            "",
            f"the workbook cannot be read ({type(error).__name__}).",
            "open it, save it again as XLSX, and import that.",
        ) from error
    yield from sheets


def _read_sheet(sheet: object) -> Iterator[list[Cell]]:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - see above

    for number, row in enumerate(sheet.iter_rows(), 1):  # type: ignore[attr-defined]
        if number > ROWS:
            raise refuse(f"row {ROWS}", f"the sheet has more than {ROWS:,} rows.", "export a shorter period.")
        cells = []
        for column, cell in enumerate(row, 1):
            place = f"{sheet.title}!{get_column_letter(column)}{number}"  # type: ignore[attr-defined]
            cells.append(Cell(_read_value(cell.value, cell.data_type, place), place))
        yield cells


def _read_value(value: object, kind: str, place: str) -> str | Decimal | date | None:
    if kind == "f":
        raise refuse(
            place,
            f"a formula stands here ({str(value)[:40]}).",
            "put its value in its place (copy, then paste the values only).",
        )
    if kind == "e":
        raise refuse(place, f"the cell shows the error {value}.", "correct it.")
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return None if value is None else str(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)):
        return Decimal(str(value))  # a spreadsheet holds doubles: their shortest digits are what people see
    return str(value)
