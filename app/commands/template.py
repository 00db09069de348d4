"""`vfund template`: write an empty register to fill in."""

from pathlib import Path

import click

from app.books import book_option, read
from app.command import Command
from app.language import say
from importers.plans.publication import currencies_in_use
from importers.register_template import build_workbook
from ledger.ground.phrases import N_
from ledger.ground.writing import replace_file

_USUAL = ("USD", "EUR", "CAD", "CHF", "GBP")


@click.command(cls=Command, epilog="Example: vfund template pledges --lang es --output promesas.xlsx")
@click.argument("what", type=click.Choice(["pledges"]))
@click.option(
    "--lang",
    "language",
    type=click.Choice(["en", "es", "fr", "pt"]),
    default="en",
    help="Language of headings and lists.",
)
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where to write it (default: pledges.xlsx here)."
)
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@book_option
def command(what: str, language: str, output: Path | None, book: str | None, *, force: bool) -> None:
    """Write an empty register of pledges (XLSX) with the donors and purposes of the book; `vfund import` reads it back."""
    fund = read(book).fund
    path = output or Path(f"{what}.xlsx")
    if path.exists() and not force:
        text = N_("{path} is there already; name another file with --output, or say --force")
        raise click.ClickException(say(text, path=str(path)))
    currencies = list(dict.fromkeys([fund.unit, *_USUAL, *sorted(currencies_in_use(fund))]))
    replace_file(path, build_workbook(fund, language, currencies))
    click.echo(say("Written: {path}. Fill it in, then: vfund import --dry-run {path}", path=str(path)))
