"""Lists as a person reads them on the terminal, and as a spreadsheet does.

Every command that lists something has both from here.
"""

import sys
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TypeAlias

import click

from app.language import language, translate
from ledger.acts.relations import excludes
from ledger.ground.phrases import N_, Term, Text
from reports.faces import csv_files
from reports.faces.terminal import print_table, print_text
from reports.table import Cell, Column, ColumnType, Table, table

csv_option = click.option("--csv", "as_csv", is_flag=True, help="Print CSV for a spreadsheet.")
CSV_OR_JSON = excludes("--csv", "--json")
Columns: TypeAlias = dict[Text, ColumnType]
"""The headers of a list, each with what stands below it."""


def listing(columns: Columns, rows: Iterable[tuple[Cell, ...]], totals: Collection[Text] = ()) -> Table:
    """Return a list as a table in the language of whoever is at the keyboard, with a sum below each of the `totals`.

    A column `Currency` says how many decimals the amounts of its row have.
    """
    made = [
        Column(str(header).casefold(), translate(header), kind, 0, total=header in totals)
        for header, kind in columns.items()
    ]
    return table("list", "", "", "", made, rows, total_label=translate(N_("Total")))


def show_list(listed: Table, heading: Text = "") -> None:
    """Print a list on the terminal, where it holds anything, below its heading."""
    if heading:
        print_text(translate(heading))
    if listed.rows:
        print_table(_translated(listed), language())


def write_csv(listed: Table) -> None:
    """Print a list as CSV, its headers also where it holds nothing."""
    sys.stdout.buffer.write(csv_files.statement(_translated(listed)))


def _translated(listed: Table) -> Table:
    """Return a list with the terms in its cells in the language: a stage, a category of donors."""
    rows = tuple(tuple(translate(cell) if isinstance(cell, Term) else cell for cell in row) for row in listed.rows)
    return replace(listed, rows=rows)
