"""Lists as a person reads them on the terminal, and as a spreadsheet does.

Every command that lists something has both from here.
"""

import sys
from collections.abc import Collection, Iterable, Mapping

import click

from app.language import translate
from ledger.acts.relations import excludes
from ledger.ground.phrases import Text
from reports.faces import csv_files
from reports.faces.terminal import print_table, print_text
from reports.table import Cell, Column, ColumnType, Table, table

csv_option = click.option("--csv", "as_csv", is_flag=True, help="Print CSV for a spreadsheet.")
CSV_OR_JSON = excludes("--csv", "--json")


def listing(columns: Mapping[str, ColumnType], rows: Iterable[tuple[Cell, ...]], totals: Collection[str] = ()) -> Table:
    """Return a list as a table, with a sum below each of the `totals`.

    A column `Currency` says how many decimals the amounts of its row have.
    """
    made = [Column(header.casefold(), header, kind, 0, total=header in totals) for header, kind in columns.items()]
    return table("list", "", "", "", made, rows, total_label="Total")


def show_list(listed: Table, heading: Text = "") -> None:
    """Print a list on the terminal, where it holds anything, below its heading."""
    if heading:
        print_text(translate(heading))
    if listed.rows:
        print_table(listed)


def write_csv(listed: Table) -> None:
    """Print a list as CSV, its headers also where it holds nothing."""
    sys.stdout.buffer.write(csv_files.statement(listed))
