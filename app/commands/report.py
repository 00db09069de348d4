"""`vfund report`: one statement of a quarter as a table on the terminal."""

import sys

import click

from app.books import book_option, read
from app.exporting import as_of_option, basis_option, language_option, quarter_of, scope_of
from app.tables import print_table, table
from ledger.language.nearest import did_you_mean


@click.command(epilog="Examples: vfund report · vfund report fund_balance 2016-Q3 · vfund report 3b 2016-Q3 --lang es")
@click.argument("name", required=False)
@click.argument("quarter", required=False)
@language_option
@as_of_option
@basis_option
@click.option("--csv", "as_csv", is_flag=True, help="Print it as CSV.")
@book_option
def command(
    name: str | None,
    quarter: str | None,
    language: str,
    as_of: str | None,
    basis: str,
    book: str | None,
    *,
    as_csv: bool,
) -> None:
    """Show the statement NAME, by its key or number, of QUARTER (default: that of the last entry); without a name, list them."""
    from reports.document import document  # noqa: PLC0415 - the statements load only when they are shown
    from reports.faces import csv_files  # noqa: PLC0415
    from reports.faces.numbers import written  # noqa: PLC0415
    from reports.statements.report import report  # noqa: PLC0415

    loaded = read(book, None)
    scope = scope_of(quarter_of(quarter, as_of, loaded.fund), as_of, basis, language)
    made = document(report(loaded, scope))
    if name is None:
        listed = table("Number", "Name", "Statement", text=3)
        for one in made.tables:
            listed.add_row(one.number, one.key, str(one.title))
        print_table(listed)
        return
    chosen = next((one for one in made.tables if name.casefold() in {one.key, one.number}), None)
    if chosen is None:
        known = {one.key for one in made.tables}
        raise click.UsageError(f"there is no statement {name!r}; {did_you_mean(name, known)} `vfund report` lists them")
    if as_csv:
        sys.stdout.buffer.write(csv_files.statement(chosen))
        return
    click.echo(f"{chosen.title} · {made.quarter}\n{chosen.subtitle}")
    words = sum(not column.kind.number for column in chosen.columns)
    first = [n for n, column in enumerate(chosen.columns) if not column.kind.number]
    order = [*first, *(n for n in range(len(chosen.columns)) if n not in first)]
    shown = table(*(str(chosen.columns[n].header) for n in order), text=words)
    for row in chosen.rows:
        shown.add_row(*(written(row[n], chosen.columns[n].kind, language) for n in order))
    if chosen.totals and chosen.rows:
        shown.add_section()
        cells = [
            "" if v is None else written(v, c.kind, language)
            for v, c in zip(chosen.totals, chosen.columns, strict=True)
        ]
        shown.add_row(*[chosen.total_label if n == 0 and not cells[0] else cells[n] for n in order], style="bold")
    if chosen.rows:
        print_table(shown)
    for note in chosen.notes:
        click.echo(str(note))
    if loaded.errors:
        click.echo(f"The book has {len(loaded.errors)} errors or open points; `vfund check` tells them.", err=True)
