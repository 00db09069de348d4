"""`vfund report`: one statement of a quarter as a table on the terminal."""

import click

from app.books import book_option, read_to_show
from app.command import Command
from app.findings import count_in_words
from app.language import say
from app.listing import Columns, csv_option, listing, show_list, write_csv
from app.output import as_of_option, basis_option, language_option, quarter_of, scope_of
from ledger.acts.relations import needs
from ledger.ground.phrases import N_
from ledger.language.nearest import did_you_mean
from reports.table import ColumnType


@click.command(
    cls=Command,
    relations=(needs("--as-of", "NAME"), needs("--basis", "NAME")),
    epilog="Examples: vfund report · vfund report fund_balance 2016-Q3 · vfund report 3b 2016-Q3 --lang es",
)
@click.argument("name", required=False)
@click.argument("quarter", required=False)
@language_option
@as_of_option
@basis_option
@csv_option
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
    """Show the statement NAME, by its key or number, of QUARTER (default: the one that is running, as of today); without a name, list them."""  # noqa: W505 - a sentence of the help
    from reports.document import document  # noqa: PLC0415
    from reports.faces.terminal import show  # noqa: PLC0415 - the statements load only when they are shown
    from reports.report import report  # noqa: PLC0415

    scope = scope_of(quarter_of(quarter, as_of), as_of, basis, language)
    loaded = read_to_show(book, scope.as_of)
    pages = document(report(loaded, scope))
    if name is None:
        columns: Columns = dict.fromkeys((N_("Number"), N_("Name"), N_("Statement")), ColumnType.TEXT)
        listed = listing(columns, ((one.number, one.key, one.title) for one in pages.tables))
        (write_csv if as_csv else show_list)(listed)
        return
    chosen = next((one for one in pages.tables if name.casefold() in {one.key, one.number}), None)
    if chosen is None:
        hint = did_you_mean(name, {one.key for one in pages.tables})
        text = N_("there is no statement {name!r}; {hint} `vfund report` lists them")
        raise click.UsageError(say(text, name=name, hint=hint))
    if as_csv:
        write_csv(chosen)
        return
    show(chosen, f"{chosen.title} · {pages.quarter}", language)
    if loaded.errors and all(finding.open for finding in loaded.errors):
        text = N_("The book has {errors} as of {day}; `vfund check --as-of {day}` lists them.")
        click.echo(say(text, errors=count_in_words(loaded.errors), day=scope.as_of), err=True)
