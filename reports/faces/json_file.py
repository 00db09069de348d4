"""A document as JSON, and back: what the file says is enough to build every other face again (`vfund verify`)."""

from datetime import date
from decimal import Decimal

from pydantic import ValidationError

from ledger.ground.errors import VfundError
from reports.document import Document
from reports.faces.json_shape import FORMAT, FileCell, FileChart, FileColumn, FileTable, LiveCell, ReportFile, WordsCell
from reports.table import Cell, Chart, Column, ColumnType, Live, Table
from reports.translation import Translator


class InvalidReportError(VfundError):
    """The file is no report of this program; the message says where it differs."""


def write(document: Document) -> bytes:
    """Return the bytes of the file."""
    head = {name: getattr(document, name) for name in ReportFile.model_fields if name not in {"format", "tables"}}
    file = ReportFile(format=FORMAT, **head, tables=[_table(table) for table in document.tables])
    return (file.model_dump_json(indent=1) + "\n").encode()


def read(content: bytes) -> Document:
    """Read a file.

    Raises:
        InvalidReportError: when it is not of the published shape.

    """
    try:
        file = ReportFile.model_validate_json(content)
        tables = tuple(_read(table) for table in file.tables)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InvalidReportError(f"{place or 'the file'}: {first['msg']}") from error
    except (KeyError, ValueError, ArithmeticError) as error:
        raise InvalidReportError(f"a row does not fit its columns: {error}") from error
    head = {name: getattr(file, name) for name in ReportFile.model_fields if name not in {"format", "facts", "tables"}}
    return Document(**head, facts=tuple(file.facts), tables=tables)


def _table(table: Table) -> FileTable:
    keys = [column.key for column in table.columns]
    return FileTable(
        key=table.key,
        number=table.number,
        name=table.name,
        title=str(table.title),
        subtitle=str(table.subtitle),
        columns=[
            FileColumn(
                key=column.key,
                header=str(column.header),
                kind=column.kind.value,
                width=column.width,
                total=column.total,
                formula=column.formula,
            )
            for column in table.columns
        ],
        rows=[
            {column.key: _cell(column, cell) for column, cell in zip(table.columns, row, strict=True)}
            for row in table.rows
        ],
        totals={key: f"{value:f}" for key, value in zip(keys, table.totals, strict=False) if value is not None},
        total_label=table.total_label,
        notes=[str(note) for note in table.notes],
        chart=FileChart(
            shape=table.chart.shape, columns=list(table.chart.columns), alt=str(table.chart.alt), rows=table.chart.rows
        )
        if table.chart
        else None,
    )


def _cell(column: Column, cell: Cell) -> FileCell:
    if isinstance(cell, Live):
        if isinstance(cell.value, Decimal):
            return LiveCell(formula=cell.formula, number=f"{cell.value:f}")
        return LiveCell(formula=cell.formula, words=cell.value)
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, date):
        return str(cell)
    if cell is None:
        return None
    text = Translator("en").say(cell)
    return WordsCell(words=text) if column.kind.number or column.kind is ColumnType.DAY else text


def _read(table: FileTable) -> Table:
    columns = tuple(
        Column(c.key, c.header, ColumnType(c.kind), c.width, total=c.total, formula=c.formula) for c in table.columns
    )
    return Table(
        key=table.key,
        number=table.number,
        name=table.name,
        title=table.title,
        columns=columns,
        rows=tuple(tuple(_read_cell(column, row[column.key]) for column in columns) for row in table.rows),
        totals=tuple(Decimal(table.totals[c.key]) if c.total else None for c in columns) if table.totals else (),
        total_label=table.total_label,
        subtitle=table.subtitle,
        notes=tuple(table.notes),
        chart=Chart(table.chart.shape, tuple(table.chart.columns), table.chart.alt, table.chart.rows)
        if table.chart
        else None,
    )


def _read_cell(column: Column, cell: FileCell) -> Cell:
    if isinstance(cell, LiveCell):
        return Live(Decimal(cell.number) if cell.number is not None else cell.words or "", cell.formula)
    if isinstance(cell, WordsCell):
        return cell.words
    if cell is None:
        return None
    if column.kind is ColumnType.DAY:
        return date.fromisoformat(cell)
    return _number(cell) if column.kind.number else cell


def _number(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(f"{text} is not a number")
    return number
