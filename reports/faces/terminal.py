"""A statement on the terminal: as a table, in the language of the report."""

import click

from reports.faces.numbers import written
from reports.faces.page import NONE
from reports.faces.terminal_tables import print_table, table
from reports.table import Table
from reports.words import Words


def show(statement: Table, heading: str, language: str) -> None:
    """Print a statement under its heading, with its totals and notes; what is text stands before the figures."""
    click.echo(f"{heading}\n{statement.subtitle}")
    first = [n for n, column in enumerate(statement.columns) if not column.kind.number]
    order = [*first, *(n for n in range(len(statement.columns)) if n not in first)]
    shown = table(*(str(statement.columns[n].header) for n in order), text=len(first))
    for row in statement.rows:
        shown.add_row(*(written(row[n], statement.columns[n].kind, language, statement.decimals(row)) for n in order))
    if statement.totals and statement.rows:
        shown.add_section()
        cells = [
            "" if value is None else written(value, column.kind, language)
            for value, column in zip(statement.totals, statement.columns, strict=True)
        ]
        shown.add_row(*[statement.total_label if n == 0 and not cells[0] else cells[n] for n in order], style="bold")
    if statement.rows:
        print_table(shown)
    else:
        click.echo(Words(language).say(NONE))
    for note in statement.notes:
        click.echo(str(note))
