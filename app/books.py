"""Which book is meant, and loading it with a sign of life on the terminal."""

import os
from datetime import date
from pathlib import Path

import click
from rich.console import Console

from app.cli import BROKEN
from app.findings import count_in_words
from app.language import translate
from ledger.book.loading import Book, load, plain
from ledger.ground.errors import UnreadableBookError
from ledger.ground.phrases import phrase, text_of

MAIN = "main.beancount"


def find(given: str | None) -> Path:
    """Return the main file: `--book`, else `VFUND_BOOK`, else `main.beancount` here or in a folder above.

    Raises:
        click.UsageError: when there is none.

    """
    named = given or os.environ.get("VFUND_BOOK")
    if named:
        path = Path(named)
        path = path / MAIN if path.is_dir() else path
        if not path.is_file():
            raise click.UsageError(
                translate(phrase("there is no book at {path}; name its main file with --book FILE", path=str(path)))
            )
        return plain(path)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / MAIN).is_file():
            return folder / MAIN
    raise click.UsageError(
        translate(
            phrase(
                "no {file} here or in a folder above; name the book with --book FILE or VFUND_BOOK, or start one with `vfund init FOLDER`",
                file=MAIN,
            )
        )
    )


def read(given: str | None, as_of: date | None = None) -> Book:
    """Find and load a book."""
    path = find(given)
    with Console(stderr=True).status(translate(phrase("Reading {file} …", file=path.name))):
        try:
            return load(path, as_of)
        except UnreadableBookError as error:
            raise click.ClickException(translate(text_of(error))) from error


def read_to_show(given: str | None, as_of: date | None = None) -> Book:
    """Find and load a book of which something is shown, dated by `as_of`.

    That it is broken is said at the end, by `app.cli`.
    """
    book = read(given, as_of)
    known = [error for error in book.errors if as_of is None or error.entry is None or error.entry.date <= as_of]
    if any(not error.open for error in known) and (ctx := click.get_current_context(silent=True)) is not None:
        ctx.meta[BROKEN] = translate(
            phrase(
                "Warning: {file} has {errors}: something may be missing or wrong above. `vfund check` says what.",
                file=book.path.name,
                errors=count_in_words(known),
            )
        )
    return book


book_option = click.option(
    "--book",
    metavar="FILE",
    help="Main file of the book (else VFUND_BOOK, else main.beancount here or above).",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")
