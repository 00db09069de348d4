"""The columns of a table that nobody has declared: where its header stands, and what stands below each heading."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from importers.ground.cells import Cell, order_date, read_amount
from importers.ground.grid import normalise_heading, read_headings
from importers.ground.refusal import RefusedFileError
from importers.learning.words import Role, roles_of

_LOOKED_AT = 60
"""How many rows are looked at for a header."""
_NEXT = 3
"""How many rows below it are looked at for a day and a number: the first may be an opening balance in words."""
_TEXTS = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name in a declaration, with its cells in the dated rows (an empty one where the row has none)."""

    name: str
    cells: tuple[Cell, ...]
    roles: tuple[Role, ...]

    @property
    def texts(self) -> list[str]:
        """What stands in it."""
        return [cell.text for cell in self.cells]

    @property
    def filled(self) -> list[Cell]:
        """The cells that are not empty."""
        return [cell for cell in self.cells if cell.text]

    def is_for(self, role: Role) -> bool:
        """Return whether its heading says that it is for something, before all else."""
        return self.roles[:1] == (role,)

    def days(self, order: str) -> list[date | None] | None:
        """Return its days, with None for an empty cell; None where it is no column of days in that order."""
        days = [_day(cell, order) if cell.text else None for cell in self.cells]
        sound = all((day is not None) == bool(cell.text) for day, cell in zip(days, self.cells, strict=True))
        return days if sound and any(days) else None

    def numbers(self, mark: str) -> list[Decimal | None] | None:
        """Return its numbers, with None for an empty cell; None where it is no column of numbers with that mark."""
        try:
            numbers = [None if isinstance(cell.value, date) else read_amount(cell, mark) for cell in self.cells]
        except RefusedFileError:
            return None
        return numbers if any(number is not None for number in numbers) else None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows above its header, its header, the rows below it, and which of those have a day."""

    above: list[list[Cell]]
    header: list[Cell]
    body: list[list[Cell]]
    dated: list[int]
    columns: list[Column]


def find_header(rows: list[list[Cell]]) -> Table | None:
    """Return the table of a sheet; None where no row is followed by one with a day and a number."""
    headers = [number for number, row in enumerate(rows[:_LOOKED_AT]) if _is_header(row)]
    for following in (1, _NEXT):
        for number in headers:
            body = [line for line in rows[number + 1 :] if any(cell.text for cell in line)]
            if any(_has_day_and_number(line) for line in body[:following]):
                return _table(rows[:number], rows[number], body)
    return None


def _table(above: list[list[Cell]], header: list[Cell], body: list[list[Cell]]) -> Table:
    width, padded = len(header), header
    names = {position: heading for heading, position in read_headings(padded).items()}
    shown = {position: _spelling(cell, names[position]) for position, cell in enumerate(padded)}
    days = [position for position in range(width) if _day_share(body, position) > 0]
    first = max(days, key=lambda position: (_day_share(body, position), -position)) if days else 0
    dated = [n for n, line in enumerate(body) if _is_day(_cell(line, first))]
    columns = [
        Column(
            shown[position],
            tuple(_cell(body[n], position) for n in dated),
            tuple(roles_of(padded[position].text)),
        )
        for position in range(width)
    ]
    return Table(above, header, body, dated, columns)


def _spelling(cell: Cell, name: str) -> str:
    """Return the name of a column as its heading is written."""
    return f"{cell.text}{name.removeprefix(normalise_heading(cell.text))}"


def _cell(row: Sequence[Cell], position: int) -> Cell:
    return row[position] if position < len(row) else Cell(None, "")


def _day(cell: Cell, order: str) -> date | None:
    if isinstance(cell.value, date):
        return cell.value
    parts = order_date(cell.text, order) if isinstance(cell.value, str) else None
    return date.fromisoformat(parts) if parts else None


def _is_day(cell: Cell) -> bool:
    return any(_day(cell, order) is not None for order in ("dmy", "mdy"))


def _day_share(body: Sequence[Sequence[Cell]], position: int) -> int:
    return sum(_is_day(_cell(line, position)) for line in body)


def _is_number(cell: Cell) -> bool:
    if _is_day(cell) or isinstance(cell.value, date):
        return False
    for mark in (".", ","):
        try:
            if read_amount(cell, mark) is not None:
                return True
        except RefusedFileError:
            continue
    return False


def _is_header(row: Sequence[Cell]) -> bool:
    texts = [cell for cell in row if cell.text]
    return len(texts) >= _TEXTS and not any(_is_day(cell) or _is_number(cell) for cell in texts)


def _has_day_and_number(row: Sequence[Cell]) -> bool:
    return any(_is_day(cell) for cell in row) and any(_is_number(cell) for cell in row)


def undated(table: Table) -> Iterator[list[Cell]]:
    """Yield the rows that have no day."""
    days = set(table.dated)
    yield from (row for n, row in enumerate(table.body) if n not in days)
