"""`vfund query`: ask the book in BQL, Beancount's query language, over its own tables and the fund's."""

import csv
import sys
from decimal import Decimal
from typing import Any

import click

from app.books import book_option, read
from app.exporting import day_of
from ledger.periods import today


@click.command(
    epilog="Examples: vfund query \"SELECT donor, sum(outstanding) FROM instalments WHERE stage = 'committed' GROUP BY donor\" · vfund query --tables"
)
@click.argument("statement", required=False)
@click.option("--tables", is_flag=True, help="List the fund's tables with their columns.")
@click.option("--as-of", metavar="DATE", help="The fund's tables at the end of a day (default: today).")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@book_option
def command(statement: str | None, as_of: str | None, book: str | None, *, tables: bool, as_csv: bool) -> None:
    """Ask the book: STATEMENT is BQL, or the name of a query that the book has. The fund's tables stand beside Beancount's (`postings`, `entries`, …)."""
    from beanquery import CompilationError, ParseError, connect  # noqa: PLC0415 - loads only to query

    from reports.bql import TABLES, offer  # noqa: PLC0415

    if tables or statement is None:
        for name, (kind, _) in TABLES.items():
            click.echo(f"{click.style(name, bold=True)}: {', '.join(kind.__annotations__)}")
        return
    when = day_of(as_of) if as_of else today()
    loaded = read(book)
    offer(str(loaded.options["filename"]), lambda: loaded, lambda: when)
    named = {entry.name: entry.query_string for entry in loaded.entries if type(entry).__name__ == "Query"}
    context = connect("beancount:", entries=loaded.entries, errors=[], options=loaded.options)
    try:
        cursor = context.execute(named.get(statement, statement))
    except (ParseError, CompilationError) as error:
        raise click.ClickException(f"{error}; `vfund query --tables` lists the fund's tables") from error
    headers = [column.name for column in cursor.description]
    rows = [[_text(value) for value in row] for row in cursor.fetchall()]
    if as_csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows([headers, *rows])
        return
    from app.tables import print_table, table  # noqa: PLC0415

    text = next((n for n, column in enumerate(cursor.description) if column.datatype in {Decimal, int}), len(headers))
    shown = table(*headers, text=text)
    for row in rows:
        shown.add_row(*row)
    print_table(shown)


def _text(value: Any) -> str:
    """Write a value as the book writes it; several amounts stand beside each other."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, (set, frozenset)):
        return ", ".join(sorted(map(str, value)))
    text = str(value)
    return text[1:-1] if text.startswith("(") and text.endswith(")") else text
