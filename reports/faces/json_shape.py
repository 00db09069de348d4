"""The shape of a report as JSON. `docs/report.schema.json` publishes it, made of the models below.

A number is a string with the digits of the ledger, because a JSON number is read as a float; a day is written
2016-09-30.
"""

from datetime import date
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from reports.table import NAMED

FORMAT: Final = "vfund-report/1"
"""The name and the version of the shape."""

_NUMBER = r"^-?\d+(\.\d+)?$"
Digits = Annotated[str, StringConstraints(pattern=_NUMBER)]


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
        existing = set(columns)
        for table in self.tables:
            cells = [cell.formula for row in table.rows for cell in row.values() if isinstance(cell, LiveCell)]
            references = {
                (name or table.key, key)
                for f in [*(c.formula for c in table.columns), *cells]
                for name, key in NAMED.findall(f)
            }
            references |= {(table.key, key) for key in [*(table.chart.columns if table.chart else ()), *table.totals]}
            if missing := references - existing:
                raise ValueError(f"{'.'.join(min(missing))} is named, and is not there")
        return self
