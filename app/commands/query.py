"""`vfund query`: ask the book in BQL, Beancount's query language, over its own tables and the fund's."""

import re
import sys
from datetime import date
from decimal import Decimal
from typing import Any

import click
from beancount.core.amount import Amount
from beancount.core.data import ALL_DIRECTIVES, Query
from beancount.core.inventory import Inventory

from app.books import book_option, read_to_show
from app.command import Command
from app.language import say, translate
from app.output import day_of
from ledger.acts.relations import needs, only
from ledger.book.loading import Book
from ledger.ground.periods import today
from ledger.ground.phrases import Text, phrase
from ledger.ground.render import render

_ASKING = frozenset({"SELECT", "BALANCES", "JOURNAL", "PRINT"})
"""How a statement begins that only asks; others of BQL create tables, or open files."""
_WORDS = (str, set, frozenset, dict)
"""What holds text that somebody wrote; a figure with its currency, or a day, is no formula."""


@click.command(
    cls=Command,
    relations=(only("--tables"), needs("--csv", "STATEMENT"), needs("--as-of", "STATEMENT")),
    epilog="Examples: vfund query \"SELECT donor, sum(outstanding) FROM instalments WHERE stage = 'committed' GROUP BY donor\" · vfund query --tables",
)
@click.argument("statement", required=False)
@click.option("--tables", is_flag=True, help="List the fund's tables with their columns.")
@click.option("--as-of", metavar="DATE", help="The fund's tables at the end of a day (default: today).")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@book_option
def command(statement: str | None, as_of: str | None, book: str | None, *, tables: bool, as_csv: bool) -> None:
    """Ask the book: STATEMENT is BQL, or the name of a query that the book has. The fund's tables stand beside Beancount's (`postings`, `entries`, …)."""  # noqa: W505 - a sentence of the help
    from reports.bql import TABLES  # noqa: PLC0415 - loads only to query

    if tables or statement is None:
        for name, (kind, _) in TABLES.items():
            click.echo(f"{click.style(name, bold=True)}: {', '.join(kind.__annotations__)}")
        return
    columns, result = _answer(read_to_show(book), statement, day_of(as_of) if as_of else today())
    headers, rows = [name for name, _ in columns], [[_text(value) for value in row] for row in result]
    if as_csv:
        from reports.faces.csv_files import encode, guard  # noqa: PLC0415 - loads only for CSV

        fields = [
            [guard(text) if isinstance(value, _WORDS) else text for value, text in zip(values, texts, strict=True)]
            for values, texts in zip(result, rows, strict=True)
        ]
        sys.stdout.buffer.write(encode([[guard(header) for header in headers], *fields]))
        return
    from reports.faces.terminal import Cells, print_cells  # noqa: PLC0415

    figures = tuple(kind in {Decimal, int, Amount} for _, kind in columns)
    print_cells(Cells(tuple(headers), tuple(map(tuple, rows)), figures))


def _answer(book: Book, statement: str, as_of: date) -> tuple[list[tuple[str, type]], list[tuple[Any, ...]]]:
    """Return the columns of the answer, each with what it holds, and its rows.

    Raises:
        click.UsageError: when the statement cannot be answered, for whatever reason.

    """
    from beanquery import connect  # noqa: PLC0415

    from reports.bql import offer  # noqa: PLC0415

    offer(str(book.options["filename"]), lambda: book, lambda: as_of)
    named = {entry.name: entry.query_string for entry in book.entries if isinstance(entry, Query)}
    query = named.get(statement, statement)
    if not query.strip():
        raise _refuse(phrase("the query is empty: begin it with SELECT"))
    first = re.match(r"\W*(\w*)", query)
    if first is None or first[1].upper() not in _ASKING:
        raise _refuse(phrase("the query asks for nothing: begin it with SELECT"))
    if re.search(r";\s*\S", re.sub(r"'[^']*'|\"[^\"]*\"", "", query)):
        raise _refuse(phrase("there are several queries: ask one at a time, without a semicolon"))
    try:
        context = connect("beancount:", entries=book.entries, errors=[], options=book.options)
        cursor = context.execute(query)
        columns = [(column.name, column.datatype) for column in cursor.description]
        rows = cursor.fetchall()
    except (
        Exception
    ) as error:  # beanquery raises what Python does: of a day that does not exist, a column without a name, …
        reason = " ".join(str(error).split()) or type(error).__name__
        raise _refuse(phrase("the query cannot be answered: {reason}", reason=reason.rstrip("."))) from error
    return columns, rows


def _refuse(reason: Text) -> click.UsageError:
    """Return the refusal of a query."""
    hint = say("`vfund query --tables` lists the fund's tables")
    return click.UsageError(f"{translate(reason)}. {hint}")


def _text(value: Any) -> str:
    """Write a value as the book writes it; several amounts stand beside each other."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, (set, frozenset)):
        return ", ".join(sorted(map(str, value)))
    if isinstance(value, Inventory):
        return ", ".join(map(str, value))
    if isinstance(value, ALL_DIRECTIVES):
        return render([value]).rstrip()
    return str(value)
