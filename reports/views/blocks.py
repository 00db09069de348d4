"""What a view shows: statements as tables, of which each figure leads to its entries, and each name to its page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from urllib.parse import urlencode

from fava.application import url_for
from markupsafe import Markup, escape

from ledger.book.loading import Book
from reports.document import displayed_value
from reports.faces.drawing import drawing
from reports.faces.numbers import format_cell
from reports.figures import Figure
from reports.scope import Basis
from reports.table import Cell, Column, Table
from reports.views.request import ViewRequest

PAGE = 100
"""Lines of a table on one page."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is shown: its number in the statement, and its cells as they are written."""

    number: int
    cells: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A statement on the screen.

    `left_out` lines do not pass the filters; `before` and `after` are the first lines of the pages beside this one.
    """

    table: Table
    of: str
    lines: tuple[Line, ...]
    totals: tuple[Markup, ...]
    chart: Markup
    left_out: int = 0
    first: int = 1
    last: int = 0
    passing: int = 0
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class Blocks:
    """Makes blocks for one request."""

    book: Book
    request: ViewRequest
    of: str = ""
    donors: Mapping[str, str] = field(default_factory=dict)
    _views: dict[str, str] = field(default_factory=dict)

    @classmethod
    def for_book(cls, book: Book, request: ViewRequest) -> "Blocks":
        """Know every donor by its name in the language."""
        names = {donor.name(request.scope.language): donor.code for donor in book.fund.registry.donors.values()}
        return cls(book, request, donors=names)

    def about(self, of: str) -> "Blocks":
        """Make blocks of tables that are not of the quarter, but of a `donor:CODE` or a `pledge:ID`."""
        return replace(self, of=of)

    def block(
        self, table: Table, *, order: Callable[[tuple[Cell, ...]], object] | None = None, rows: int = PAGE
    ) -> Block:
        """Show a statement that is said in the language, or its lines in another order."""
        numbered_rows = [(n, row) for n, row in enumerate(table.rows, 1) if self.request.passes(row)]
        if order is not None:
            numbered_rows.sort(key=lambda pair: order(pair[1]))  # type: ignore[arg-type, return-value]
        first = self.request.first if self.request.first <= len(numbered_rows) else 1
        page = numbered_rows[first - 1 : first - 1 + rows]
        beyond = first - 1 + len(page)
        return Block(
            table,
            self.of,
            tuple(Line(n, self._cells(table, n, row)) for n, row in page),
            tuple(
                self._total(table, column, value) for column, value in zip(table.columns, table.totals, strict=False)
            ),
            drawing(table, self.request.scope.language),
            left_out=len(table.rows) - len(numbered_rows),
            first=first,
            last=beyond,
            passing=len(numbered_rows),
            before=max(first - rows, 1) if first > 1 else None,
            after=beyond + 1 if beyond < len(numbered_rows) else None,
        )

    def _cells(self, table: Table, number: int, row: Sequence[Cell]) -> tuple[Markup, ...]:
        return tuple(
            self._cell(f"{table.key}.{number}.{column.key}", column, cell, table.decimals(row))
            for column, cell in zip(table.columns, row, strict=True)
        )

    def _cell(self, place: str, column: Column, cell: Cell, decimals: int) -> Markup:
        text = format_cell(cell, column.kind, self.request.scope.language, decimals)
        if isinstance(cell, Figure) and cell and cell.entries:
            return link(text, self.figure(place))
        return self._named(column, text) if text and not column.kind.number else escape(text)

    def _named(self, column: Column, text: str) -> Markup:
        """Link what has a page: a donor, a pledge, a line of a file."""
        if column.key == "donor" and text in self.donors:
            return link(text, self._to("Donors", {"donor": self.donors[text]}))
        if column.key in {"instalment", "pledge"} and text.startswith("PL-"):
            return link(text, self._to("Pledges", {"pledge": text.partition("/")[0]}))
        if column.key == "link" and text.startswith("UR-"):
            return link(text, url_for("report", report_name="journal", filter=f"^{text}"))
        if column.key == "where":
            return link(text, source(self.book, text))
        return escape(text)

    def _total(self, table: Table, column: Column, value: Decimal | None) -> Markup:
        if value is None:
            return Markup("")
        return self._cell(f"{table.key}.total.{column.key}", column, value, table.decimals(()))

    def figure(self, place: str) -> str:
        """Return the address of the entries behind a figure."""
        return self._to("Quarters", {"figure": place, **({"of": self.of} if self.of else {})})

    def _to(self, name: str, words: dict[str, str]) -> str:
        """Return the address of a view with more words; what is the same for the whole page is said once."""
        if name not in self._views:
            self._views[name] = view(name, self.request)
        mark = "&" if "?" in self._views[name] else "?"
        return f"{self._views[name]}{mark}{urlencode(words)}"


def view(name: str, request: ViewRequest, **words: str) -> str:
    """Return the address of a view for the same period and basis, as Fava's filter *Time* says it."""
    query = {"time": request.time} if request.time else {}
    if request.scope.basis is not Basis.CASH:
        query["basis"] = request.scope.basis.value
    return url_for("extension_report", extension_name=name, **query, **words)


def endpoint(name: str, what: str, request: ViewRequest, **words: str) -> str:
    """Return the address of a file of a view, for the same quarter, day and basis."""
    query = {key: value for key, value in words.items() if value}
    address = url_for("extension_report", extension_name=name, **_period(request), **query)
    return address.replace("/?", f"/{what}?", 1)  # `url_for` cannot say a value that is called as its own argument


def _period(request: ViewRequest) -> dict[str, str]:
    scope = request.scope
    query = {"quarter": str(scope.quarter)}
    if scope.as_of != scope.quarter.end:
        query["as_of"] = str(scope.as_of)
    if scope.basis is not Basis.CASH:
        query["basis"] = scope.basis.value
    return query


def source(book: Book, where: str) -> str:
    """Return the address of a line in Fava's editor, which shows the text of the book."""
    file, _, line = where.rpartition(":")
    return url_for("report", report_name="editor", file_path=str(book.path.parent / file), line=line)


def link(text: str, address: str) -> Markup:
    """Make a link of a text."""
    return Markup(f'<a href="{escape(address)}">{escape(text)}</a>')  # noqa: S704 - both are escaped


def figure_at(tables: Sequence[Table], place: str) -> tuple[Table, Column, Decimal] | None:
    """Find a figure by its id: `contributions.3.quarter`, or `contributions.total.quarter`."""
    key, _, rest = place.partition(".")
    row, _, name = rest.partition(".")
    table = next((one for one in tables if one.key == key), None)
    if table is None or name not in {column.key for column in table.columns}:
        return None
    at = table.column(name)
    cell: Cell = None
    if row == "total" and table.totals:
        cell = table.totals[at]
    elif row.isdecimal() and len(row) < 9 and 1 <= int(row) <= len(table.rows):  # noqa: PLR2004 - no statement is longer
        cell = table.rows[int(row) - 1][at]
    value = displayed_value(cell)
    if not isinstance(value, Decimal):
        return None
    return table, table.columns[at], cell if isinstance(cell, Decimal) else value
