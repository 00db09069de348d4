"""Which report is meant, and where its files may be written."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import click

from app.language import language, say, translate
from ledger.book.loading import Book
from ledger.ground.errors import InvalidQuarterError
from ledger.ground.periods import OAS_SINCE, Quarter, today
from ledger.ground.phrases import N_, phrase, text_of
from ledger.ground.values import parse_date
from ledger.law.evidence import FOLDER
from reports.scope import LAST_YEAR, Basis, DayOutsideQuarterError, Scope, so_far
from reports.translation import LANGUAGES

LONGEST = 60
"""How long a symbol may be: the header of a page has room for 255 letters."""

language_option = click.option(
    "--lang",
    "language",
    type=click.Choice(sorted(LANGUAGES)),
    default=language,
    help="Language of the report (default: yours, as VFUND_LANG or the machine says).",
)
as_of_option = click.option(
    "--as-of",
    "as_of",
    metavar="DATE",
    help="State at the end of a day of the quarter (default: its last, or today where it is not over).",
)
basis_option = click.option(
    "--basis",
    type=click.Choice([basis.value for basis in Basis]),
    default="cash",
    show_default=True,
    help="When a contribution is income: received, bound by an agreement (IPSAS 47), or promised without conditions (ASC 958).",
)


def quarter_of(quarter: str | None, as_of: str | None) -> str:
    """Return the quarter that is meant.

    The one that is named, else that of the day, which is today where none is named.
    """
    return quarter or str(Quarter.of(day_of(as_of) if as_of else today()))


def day_of(text: str, option: str = "--as-of") -> date:
    """Read the day of an option.

    Raises:
        click.UsageError: when it is no day.

    """
    try:
        return parse_date(text)
    except ValueError as error:
        raise click.UsageError(translate(phrase("{word}: {problem}", word=option, problem=text_of(error)))) from error


def scope_of(quarter: str, as_of: str | None, basis: str, language: str, symbol: str = "") -> Scope:
    """Return the scope that is meant.

    Raises:
        click.UsageError: when the quarter or the day is none, or the day lies outside.

    """
    try:
        chosen = Quarter.parse(quarter)
    except InvalidQuarterError as error:
        raise click.UsageError(translate(text_of(error))) from error
    if not OAS_SINCE <= chosen.year <= LAST_YEAR:
        text = N_("{quarter}: a quarter from {first} to {last} is expected")
        raise click.UsageError(say(text, quarter=str(chosen), first=str(OAS_SINCE), last=str(LAST_YEAR)))
    if chosen.begin > today():
        raise click.UsageError(
            say("{quarter} has not begun; it begins on {day}", quarter=str(chosen), day=chosen.begin)
        )
    if len(symbol) > LONGEST or not symbol.isprintable():
        text = N_("--symbol: at most {number} letters, digits and marks, such as CP/doc.5100/16")
        raise click.UsageError(say(text, number=LONGEST))
    try:
        return Scope.of(chosen, day_of(as_of) if as_of else so_far(chosen), Basis(basis), language, symbol)
    except DayOutsideQuarterError as error:
        raise click.UsageError(say("{word}: {problem}", word="--as-of", problem=text_of(error))) from error


def guarded(output: Path, book: Book, suffix: str) -> Path:
    """Return a path that may be written: of the right ending, and neither a file of the book nor among its documents.

    Raises:
        click.UsageError: for any other.

    """
    real, home = output.resolve(), book.path.parent.resolve()
    if real in {path.resolve() for path in book.files}:
        text = N_("--output {output}: that is a file of the book; name another that ends in {suffix}")
        raise click.UsageError(say(text, output=str(output), suffix=suffix))
    if real.is_relative_to(home / FOLDER):
        text = N_("--output {output}: that is among the documents of the book; name another place")
        raise click.UsageError(say(text, output=str(output)))
    if output.suffix != suffix:
        raise click.UsageError(
            say("--output {output}: name a file that ends in {suffix}", output=str(output), suffix=suffix)
        )
    return output


def checksum_line(path: Path, content: bytes) -> bytes:
    """Return the SHA-256 of a file as `sha256sum --check` reads it."""
    return f"{sha256(content).hexdigest()}  {path.name}\n".encode()
