"""Tables on the terminal, in the language of the report: no column is ever missing, and no figure is cut or broken.

Where a table is wider than the window it is shown without the columns that hold nothing, which it names; where it is
still wider each row becomes a record, one line per field. What is no terminal (a pipe, a file) takes it as wide as it
is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress

import click
from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.table import Table as Drawn
from rich.text import Text as Styled

from ledger.ground.phrases import phrase
from reports.faces.numbers import DASH, format_cell
from reports.faces.page import NONE
from reports.table import Table
from reports.translation import Translator

_BETWEEN = 3
"""The cells between two columns: a line, with a blank on each side."""
_LONGEST_WORD, _LINES, _ENOUGH = 24, 4, 40
"""House rules: a word is broken only where it is longer; a text is not squeezed into more lines, but where it has so
many cells it has enough."""
_FIGURE = re.compile(r"\d[\d.,\u00a0\u202f]*")


@dataclass(frozen=True, slots=True)
class Cells:
    """A table as text: `figures` says which columns hold figures, which stand to the right and are never broken.

    `last` is the line of totals.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[bool, ...]
    last: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        """All rows, with that of totals."""
        return (*self.rows, self.last) if self.last else self.rows


def show(statement: Table, heading: str, language: str) -> None:
    """Print a statement under its heading, with its totals and notes."""
    print_text(f"{heading}\n{statement.subtitle}")
    if statement.rows:
        print_table(statement, language)
    else:
        click.echo(Translator(language).say(NONE))
    for note in statement.notes:
        print_text(str(note))


def print_text(text: str) -> None:
    """Print a text, on a terminal in lines of the window.

    Left to the terminal, a figure would be broken at its edge.
    """
    console = Console()
    click.echo("\n".join(_fold(text, console.width)) if console.is_terminal else text)


def print_table(table: Table, language: str = "en") -> None:
    """Print a table; what is text stands before the figures."""
    kinds = [column.kind for column in table.columns]
    order = sorted(range(len(kinds)), key=lambda n: kinds[n].number)
    rows = [
        tuple(format_cell(cell, kind, language, table.decimals(row)) for cell, kind in zip(row, kinds, strict=True))
        for row in table.rows
    ]
    last: tuple[str, ...] = ()
    if table.totals:
        last = tuple(
            "" if value is None else format_cell(value, kind, language)
            for value, kind in zip(table.totals, kinds, strict=True)
        )
        last = (last[0] or table.total_label, *last[1:])
    print_cells(
        Cells(
            tuple(str(table.columns[n].header) for n in order),
            tuple(tuple(row[n] for n in order) for row in rows),
            tuple(kinds[n].number for n in order),
            tuple(last[n] for n in order) if last else (),
        ),
        language,
    )


def print_cells(cells: Cells, language: str = "en") -> None:
    """Print a table of texts: as a table where the window is wide enough for it, else as records."""
    cells = _plain(cells)
    console = Console(markup=False, emoji=False, highlight=False)
    room = console.width if console.is_terminal else None
    widths, nothing = _widths(cells, room), ""
    if widths is None:
        cells, nothing = _without_empty(cells)
        widths = _widths(cells, room)
    if widths is None:
        _print_records(cells, console)
    else:
        console.width = max(console.width, sum(widths) + _BETWEEN * len(widths))
        console.print(_draw(cells, widths))
    if nothing:
        print_text(
            Translator(language).say(phrase("Nil or empty in every line, and left out: {columns}.", columns=nothing))
        )
    click.echo()


def _without_empty(cells: Cells) -> tuple[Cells, str]:
    """Return the table without the columns that are nil or empty in every line, and their headers."""
    columns = list(zip(*cells.lines, strict=True))
    full = [not set(column) <= {"", DASH} for column in columns]
    left_out = ", ".join(header for header, holds in zip(cells.headers, full, strict=True) if not holds)
    return Cells(
        tuple(compress(cells.headers, full)),
        tuple(tuple(compress(row, full)) for row in cells.rows),
        tuple(compress(cells.figures, full)),
        tuple(compress(cells.last, full)),
    ), left_out


def _plain(cells: Cells) -> Cells:
    """Return the table without tabs: a terminal would make them wider than they were measured."""
    rows = tuple(tuple(text.replace("\t", " ") for text in row) for row in cells.rows)
    return replace(cells, rows=rows)


def _widths(cells: Cells, room: int | None) -> list[int] | None:
    """Return how wide each column is within so much room (None: any); None where the columns do not fit."""
    columns = list(zip(cells.headers, *cells.lines, strict=True))
    natural_widths = [max(map(_longest_line, column)) for column in columns]
    if room is None:
        return natural_widths
    least = []
    for (header, *texts), figures, natural in zip(columns, cells.figures, natural_widths, strict=True):
        longest = max(map(_longest_line if figures else _longest_word, texts), default=0)
        least_width = 0 if figures else min(max(map(_longest_line, texts), default=0) // _LINES, _ENOUGH)
        least.append(min(natural, max(longest, least_width, _longest_word(header))))
    if (spare := room - sum(least) - _BETWEEN * (len(least) - 1)) < 0:
        return None
    texts_wanted = [max(map(_longest_line, texts), default=0) for _, *texts in columns]
    for aim in (texts_wanted, natural_widths):  # what is in the lines first, then the headers
        while spare and (narrow := [n for n, width in enumerate(least) if width < aim[n]]):
            least[max(narrow, key=lambda n: aim[n] / max(least[n], 1))] += 1
            spare -= 1
    return least


def _draw(cells: Cells, widths: Sequence[int]) -> Drawn:
    """Return the table with each text in lines of its column's width."""
    grid = Drawn(show_edge=False, pad_edge=False, header_style="bold")
    for header, figures, width in zip(cells.headers, cells.figures, widths, strict=True):
        justify = "right" if figures else "left"
        grid.add_column(_fold_styled(header, width), justify=justify, no_wrap=True, width=width)  # type: ignore[arg-type]
    for row in cells.rows:
        grid.add_row(*map(_fold_styled, row, widths))
    if cells.last:
        grid.add_section()
        grid.add_row(*map(_fold_styled, cells.last, widths), style="bold")
    return grid


def _print_records(cells: Cells, console: Console) -> None:
    """Print each row with a line per field, figures under each other to the right.

    A field that is empty is left out.
    """
    right = max((cell_len(row[n]) for row in cells.lines for n, f in enumerate(cells.figures) if f), default=0)
    label = max(min(max(map(_longest_line, cells.headers)), console.width // 2, console.width - 2 - right), 1)
    room = console.width - label - 2
    for number, row in enumerate(cells.lines):
        if number:
            console.print("─" * min(console.width, label + 2 + max(right, label)), style="dim")
        style = "bold" if row is cells.last else None
        for header, text, figures in zip(cells.headers, row, cells.figures, strict=True):
            if not text:
                continue
            if row is cells.last and not figures:
                console.print(Styled(text), style=style)
                continue
            values = _fold(f"{text:>{right - cell_len(text) + len(text)}}" if figures and right <= room else text, room)
            labels = _fold(f"{header}:", label + 1)
            values = [""] * (len(labels) - 1) + values  # beside the end of its label
            for place, value in enumerate(values):
                begin = labels[place] if place < len(labels) else ""
                line = Styled(f"{begin}{' ' * (label + 2 - cell_len(begin))}{value}")
                line.stylize("bold", 0, len(begin))
                line.rstrip()
                console.print(line, style=style, no_wrap=True, crop=False, overflow="ignore")


def _fold_styled(text: str, width: int) -> Styled:
    return Styled("\n".join(_fold(text, width)), no_wrap=True)


def _fold(text: str, width: int) -> list[str]:
    """Return a text as lines of a width, broken at blanks.

    A longer word is broken before a figure in it, else where it must.
    """
    lines = []
    for whole in text.splitlines() or [""]:
        if cell_len(whole) <= width:
            lines.append(whole)
            continue
        line = ""
        for word in whole.split(" "):
            extended = f"{line} {word}" if line else word
            if cell_len(extended) <= width:
                line = extended
                continue
            if line:
                lines.append(line)
            *full, line = _break(word, width)
            lines += full
        lines.append(line)
    return lines


def _break(word: str, width: int) -> Iterator[str]:
    """Yield a word in pieces of a width, a figure whole where it fits."""
    while cell_len(word) > width:
        piece = chop_cells(word, width)[0]
        inside = next((m.start() for m in _FIGURE.finditer(word) if m.start() < len(piece) < m.end()), 0)
        end = inside or len(piece)
        yield word[:end]
        word = word[end:]
    yield word


def _longest_line(text: str) -> int:
    return max(map(cell_len, text.splitlines()), default=0)


def _longest_word(text: str) -> int:
    """Return how wide a column must be at least for a text: as its longest word, or figure."""
    return max(
        (min(cell_len(word), _LONGEST_WORD) for line in text.splitlines() for word in line.split(" ")), default=0
    )
