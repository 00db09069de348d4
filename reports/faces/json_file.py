"""A document as JSON, and back: what the file says is enough to build every other face again (`vfund verify`).

The shape is published as `docs/report.schema.json`, made of the models below. A number is a string with the digits of the ledger, because a JSON
number is read as a float; a day is written 2016-09-30.
"""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from reports.document import Document
from reports.table import NAMED, Cell, Chart, Column, Kind, Live, Table
from reports.words import Words

FORMAT: Final = "vfund-report/1"
"""The name and the version of the shape."""

_NUMBER = r"^-?\d+(\.\d+)?$"
Digits = Annotated[str, StringConstraints(pattern=_NUMBER)]


class NotAReportError(Exception):
    """The file is no report of this program; the message says where it differs."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WordsCell(_Part):
    """Words in a column of numbers, such as that there is no rate."""

    words: str


class LiveCell(_Part):
    """A cell with a formula of its own; `number` or `words` is its value."""

    formula: str
    number: Digits | None = None
    words: str | None = None


FileCell = str | WordsCell | LiveCell | None


Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,60}$")]
"""The name of a table or a column: a formula names it."""


class FileColumn(_Part):
    """A column: `formula` stands in every cell of it, in the keys of columns; `total` says that it has a sum."""

    key: Key
    header: str
    kind: Literal["text", "term", "day", "money", "amount", "count", "days", "rate", "ratio"]
    width: Annotated[int, Field(ge=1, le=255)]
    total: bool
    formula: str


class FileChart(_Part):
    """A chart of the table, and in words what it shows."""

    shape: Literal["bars", "columns", "stacked"]
    columns: list[Key]
    alt: str
    rows: Annotated[int, Field(ge=1)]


class FileTable(_Part):
    """A statement: a row is an object with the keys of the columns. Number and name are that of a sheet."""

    key: Key
    number: Annotated[str, StringConstraints(pattern=r"^\d{0,2}[a-z]?$")]
    name: Annotated[str, StringConstraints(pattern=r"^[^\[\]:*?/\\]{1,27}$")]
    title: str
    subtitle: str
    columns: Annotated[list[FileColumn], Field(min_length=1)]
    rows: list[dict[str, FileCell]]
    totals: dict[str, Digits]
    total_label: str
    notes: list[str]
    chart: FileChart | None


class ReportFile(_Part):
    """A quarterly report."""

    model_config = ConfigDict(title="Quarterly report of a voluntary fund")
    format: Literal["vfund-report/1"]
    code: str
    title: str
    kind: str
    unit: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    quarter: Annotated[str, Field(pattern=r"^[12]\d{3}-Q[1-4]$")]
    as_of: date
    basis: Literal["cash", "agreement", "promise"]
    language: Literal["en", "es", "fr", "pt"]
    symbol: str
    status: str
    draft: bool
    digest: str
    facts: list[tuple[str, str]]
    tables: list[FileTable]

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        """Refuse a formula, a total or a chart of a column that is not there, and what is there twice."""
        columns = [(table.key, column.key) for table in self.tables for column in table.columns]
        if len(set(columns)) != len(columns) or len({t.key for t in self.tables}) != len(self.tables):
            raise ValueError("a table or a column stands there twice")
        known = set(columns)
        for table in self.tables:
            cells = [cell.formula for row in table.rows for cell in row.values() if isinstance(cell, LiveCell)]
            named = {
                (name or table.key, key)
                for f in [*(c.formula for c in table.columns), *cells]
                for name, key in NAMED.findall(f)
            }
            named |= {(table.key, key) for key in [*(table.chart.columns if table.chart else ()), *table.totals]}
            if missing := named - known:
                raise ValueError(f"{'.'.join(min(missing))} is named, and is not there")
        return self


def write(document: Document) -> bytes:
    """Give the bytes of the file."""
    head = {name: getattr(document, name) for name in ReportFile.model_fields if name not in {"format", "tables"}}
    file = ReportFile(format=FORMAT, **head, tables=[_table(table) for table in document.tables])
    return (file.model_dump_json(indent=1) + "\n").encode()


def read(content: bytes) -> Document:
    """Read a file.

    Raises:
        NotAReportError: when it is not of the published shape.

    """
    try:
        file = ReportFile.model_validate_json(content)
        tables = tuple(_read(table) for table in file.tables)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise NotAReportError(f"{place or 'the file'}: {first['msg']}") from error
    except (KeyError, ValueError, ArithmeticError) as error:
        raise NotAReportError(f"a row does not fit its columns: {error}") from error
    head = {name: getattr(file, name) for name in ReportFile.model_fields if name not in {"format", "facts", "tables"}}
    return Document(**head, facts=tuple(file.facts), tables=tables)


def differences(found: bytes, expected: bytes) -> list[tuple[str, str, str, str]]:
    """Give every value that differs between two files: the part, the place in it, the one and the other value."""
    ours, theirs = (dict(_values(json.loads(content))) for content in (found, expected))
    places = dict.fromkeys([*theirs, *ours])
    return [
        (*place, ours.get(place, ""), theirs.get(place, "")) for place in places if ours.get(place) != theirs.get(place)
    ]


def _values(file: dict[str, Any]) -> Iterator[tuple[tuple[str, str], str]]:
    """Give the values of a file by part (a table by its key, or the cover) and place."""
    for name, value in file.items():
        if name != "tables":
            yield from _leaves("cover", name, value)
    for table in file["tables"]:
        for name, value in table.items():
            yield from _leaves(str(table["key"]), name, value)


def _leaves(part: str, place: str, value: object) -> Iterator[tuple[tuple[str, str], str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(part, f"{place}.{key}", inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _leaves(part, f"{place}.{number}", inner)
    else:
        yield (part, place), str(value)


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
    said = Words("en").say(cell)
    return WordsCell(words=said) if column.kind.number or column.kind is Kind.DAY else said


def _read(table: FileTable) -> Table:
    columns = tuple(
        Column(c.key, c.header, Kind(c.kind), c.width, total=c.total, formula=c.formula) for c in table.columns
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
    if column.kind is Kind.DAY:
        return date.fromisoformat(cell)
    return _number(cell) if column.kind.number else cell


def _number(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(f"{text} is not a number")
    return number
