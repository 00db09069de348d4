"""A statement is declared where it lives: its titles, what it is built from, and its line, which is its table.

A line is a class under `@table_line`: each of its fields that is declared by `column` is a column of the table, in the
order of the fields. A header, subtitle or note may name `{unit}` (the unit of account), `{day}` (as of which) and
`{quarter}`, which are filled in for each report. `reports.statements.STATEMENTS` lists every statement in the order in
which they are printed; docs/extending.md has an example.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from string import Formatter
from typing import Any, Generic, TypeVar, dataclass_transform

from ledger.book.loading import Book
from ledger.ground.phrases import N_, Phrase, PlaceValue, Term, Text
from reports.names import Names
from reports.scope import Scope
from reports.table import Chart, Column, ColumnType, Table, table

Line = TypeVar("Line")
Built = TypeVar("Built")
Value = TypeVar("Value")


def column(header: Text, kind: ColumnType, width: int, *, total: bool = False, formula: str = "") -> Any:
    """Declare a field of a line as a column of its table; `total` puts a sum below, `formula` stands in every cell."""
    return field(metadata={Column: Column("", header, kind, width, total, formula)})


@dataclass_transform(frozen_default=True, field_specifiers=(column,))
def table_line(line: type[Line]) -> type[Line]:
    """Make a class the line of a table: a frozen dataclass, of which some fields are columns."""
    return dataclass(frozen=True, slots=True)(line)


def columns_of(line: Any, *keys: str) -> tuple[Column, ...]:
    """Return the columns that a line declares: all in their order, those of its base class last; or those of `keys`."""
    own_first = sorted(fields(line), key=lambda f: f.name not in line.__annotations__)
    columns_by_name = {f.name: replace(f.metadata[Column], key=f.name) for f in own_first if Column in f.metadata}
    return tuple(columns_by_name[key] for key in keys or columns_by_name)


def _itself(built: Any) -> Any:
    return built


@dataclass(frozen=True, slots=True, eq=False)
class Statement(Generic[Built]):
    """A statement and its table. What depends on the period or the book is a function of what was built."""

    key: str
    number: str
    name: Term
    title: Term
    columns: Sequence[Column] | Callable[[Built], Sequence[Column]]
    build: "Callable[[Sources], Built]"
    """Makes what the statement says, as typed values."""
    lines: Callable[[Built], Iterable[object]] = _itself
    """Takes the lines of the table out of what was built, where that is more than these."""
    total_label: Term = N_("Total")  # noqa: RUF009 - a marked text never changes
    subtitle: Text | Callable[[Built], Text] = ""
    notes: Sequence[Text] | Callable[[Built], Sequence[Text]] = ()
    chart: Callable[[Built], Chart] | None = None
    applies: Callable[[Scope], bool] = lambda _: True
    """Whether a report has it at all."""

    def table(self, built: Built, scope: Scope, unit: str) -> Table:
        """Return what was built as the table that every face shows."""
        facts: dict[str, PlaceValue] = {"unit": unit, "day": scope.as_of, "quarter": str(scope.quarter)}
        columns = self.columns(built) if callable(self.columns) else self.columns
        return table(
            self.key,
            self.number,
            self.name,
            self.title,
            [replace(one, header=_fill_places(one.header, facts)) for one in columns],
            self.lines(built),
            subtitle=_fill_places(self.subtitle(built) if callable(self.subtitle) else self.subtitle, facts),
            total_label=self.total_label,
            notes=[_fill_places(note, facts) for note in (self.notes(built) if callable(self.notes) else self.notes)],
            chart=self.chart(built) if self.chart else None,
        )


def _fill_places(text: Value, facts: dict[str, PlaceValue]) -> Value | Phrase:
    """Return a text of the program with the places filled that the report knows; a text of the book stays."""
    phrase = Phrase(text) if isinstance(text, Term) and "{" in text else text
    if not isinstance(phrase, Phrase):
        return text
    places = {name for _, name, _, _ in Formatter().parse(phrase.text)}
    report_values = {name: value for name, value in facts.items() if name in places}
    return phrase._replace(
        values=tuple({**report_values, **{name: _fill_places(part, facts) for name, part in phrase.values}}.items())
    )


class Sources:
    """What statements are built from: the book, the scope of the report, the names, and each other (`of[PLEDGES]`)."""

    def __init__(self, book: Book, scope: Scope) -> None:
        self.book, self.fund, self.scope, self.names = book, book.fund, scope, Names(book.fund, scope)
        self._built: dict[Statement[Any], Any] = {}

    def __getitem__(self, statement: Statement[Built]) -> Built:
        """Return what a statement says; it is built once, when it is first asked for."""
        if statement not in self._built:
            self._built[statement] = statement.build(self)
        built: Built = self._built[statement]
        return built

    def table(self, statement: Statement[Any]) -> Table:
        """Return a statement as its table."""
        return statement.table(self[statement], self.scope, self.fund.unit)
