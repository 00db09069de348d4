"""`vfund export`: write the workbook of a quarter."""

import sys
from datetime import date
from pathlib import Path

import click
from rich.console import Console

from app import findings
from app.asking import day
from app.books import book_option, read
from ledger.loading import Book
from ledger.money import show_number
from ledger.periods import NotAQuarterError, Quarter
from ledger.writing import replace_file
from reports.scope import Basis, Scope


@click.command(epilog="Example: vfund export 2016-Q3 --output out/2016-Q3.xlsx")
@click.argument("quarter", required=False)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write (default: <code>-<quarter>.xlsx here, with the day and the basis where they are others).",
)
@click.option(
    "--lang",
    "language",
    type=click.Choice(["en"]),
    default="en",
    show_default=True,
    help="Language of the report.",
)
@click.option("--as-of", "as_of", metavar="DATE", help="State at the end of a day of the quarter (default: its last).")
@click.option(
    "--basis",
    type=click.Choice(["cash", "agreement", "promise"]),
    default="cash",
    show_default=True,
    help="When a contribution is income: received, bound by an agreement (IPSAS 47), or promised without conditions (ASC 958).",
)
@click.option("--draft", is_flag=True, help="Write it even when the book has errors, marked as a draft.")
@click.option("--dry-run", is_flag=True, help="Print the figures, write nothing.")
@book_option
def command(
    quarter: str | None,
    output: Path | None,
    language: str,
    as_of: str | None,
    basis: str,
    book: str | None,
    *,
    draft: bool,
    dry_run: bool,
) -> None:
    """Write the workbook of QUARTER, written 2016-Q3, and print its figures by category.

    Refuses while the book has an error, except as a draft.
    """
    if quarter is None and not sys.stdin.isatty():
        raise click.UsageError("name the quarter, such as 2016-Q3")
    try:
        chosen = Quarter.parse(quarter if quarter is not None else click.prompt("Quarter, such as 2016-Q3"))
    except NotAQuarterError as error:
        raise click.UsageError(str(error)) from error
    scope = _scope(chosen, as_of, Basis(basis), language)
    loaded = read(book, scope.as_of)
    if output is not None and (output.absolute() in loaded.files or output.suffix != ".xlsx"):
        raise click.UsageError(f"--output {output}: name a file that ends in .xlsx")
    from reports.document import document  # noqa: PLC0415
    from reports.statements.report import report  # noqa: PLC0415 - openpyxl and the statements load only for an export
    from reports.workbook.build import build  # noqa: PLC0415

    made = report(loaded, scope)
    if made.draft and not draft:
        findings.show(loaded.errors, err=True)
        failed = [check for check in made.checks if not check.holds]
        for check in failed:
            click.echo(
                f"Check fails: {check.name}: {show_number(check.one)} and {show_number(check.other)}",
                err=True,
            )
        click.echo(f"Refused as of {scope.as_of}: {_what(loaded)}; mend it, or write a draft with --draft.", err=True)
        sys.exit(1)
    if chosen.end >= date.today():
        click.echo(f"Note: {chosen} is not over yet; it ends on {chosen.end}.", err=True)
    click.echo(f"{made.title}, {chosen} (in {made.unit}; the stages are kept apart and never added)")
    widest = max((len(row.category) for row in made.statements.summary), default=0)
    click.echo(f"  {'':{widest}}  {'announced':>16}  {'committed':>16}  {'received in it':>16}")
    for row in made.statements.summary:
        figures = (row.announced, row.committed, row.received_quarter)
        click.echo(f"  {row.category:{widest}}" + "".join(f"  {show_number(value):>16}" for value in figures))
    if dry_run:
        click.echo("Dry run: nothing was written.")
        return
    target = output or Path(f"{made.code}-{_called(scope)}.xlsx")
    target.parent.mkdir(parents=True, exist_ok=True)
    with Console(stderr=True).status("Writing the workbook …"):
        replace_file(target, build(document(made)))
    click.echo(f"Workbook: {target}")


def _called(scope: Scope) -> str:
    """Give what the file of a report is called: one as of another day, or on another basis, never takes the place of the quarter's."""
    parts = [str(scope.quarter)]
    parts += [f"as-of-{scope.as_of}"] if scope.as_of != scope.quarter.end else []
    parts += [scope.basis.value] if scope.basis is not Basis.CASH else []
    return "-".join(parts)


def _scope(quarter: Quarter, as_of: str | None, basis: Basis, language: str) -> Scope:
    """Give the scope that is meant."""
    try:
        return Scope.of(quarter, day(as_of) if as_of else None, basis, language)
    except ValueError as error:
        raise click.UsageError(f"--as-of: {error}") from error


def _what(book: Book) -> str:
    """Say what stands in the way."""
    waiting = sum(finding.open for finding in book.errors)
    wrong = len(book.errors) - waiting
    parts = [f"{wrong} error{'' if wrong == 1 else 's'}"] if wrong else []
    parts += [f"{waiting} open point{'' if waiting == 1 else 's'}"] if waiting else []
    return " and ".join(parts) or "a check of the report fails"
