"""`vfund letter`: what is written to donors.

A statement of account, the acknowledgement of a receipt, the reminder of what is overdue, the letter that asks to confirm
an account.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.books import book_option, read
from app.command import Command
from app.language import say, translate
from app.listing import listing, write_csv
from app.output import day_of, guarded, quarter_of, scope_of
from ledger.acts.lookup import find_donor
from ledger.acts.relations import excludes, needs
from ledger.ground.errors import InvalidEntryError
from ledger.ground.phrases import N_, text_of
from ledger.ground.writing import replace_file
from ledger.language.models import Donor
from ledger.model.confirmations import donors_to_confirm
from ledger.model.fund import Fund
from reports.scope import Scope
from reports.table import Cell, ColumnType
from reports.translation import LANGUAGES

if TYPE_CHECKING:
    from reports.letters.letters import Dates, Letter

KINDS = ("statement", "receipt", "confirmation", "reminder")


@click.command(
    cls=Command,
    relations=(
        excludes("--all", "WHOM", "KIND=receipt"),
        excludes("KIND=receipt", "--quarter", "--as-of"),
        needs("--reply-by", "KIND=confirmation"),
        excludes("--csv", "--dry-run"),
    ),
    epilog="Examples: vfund letter receipt R-2016-0001 · vfund letter statement Mexico --quarter 2016-Q4 · vfund letter reminder --all · vfund letter confirmation --all --quarter 2016-Q4 --output letters",
)
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("whom", required=False)
@click.option(
    "--quarter",
    metavar="QUARTER",
    help="At the end of a quarter, or today where it is not over (default: the quarter of today).",
)
@click.option("--as-of", "as_of", metavar="DATE", help="At the end of a day of the quarter.")
@click.option("--date", "issued", metavar="DATE", help="Day of issue (default: the day as of which it speaks).")
@click.option("--reply-by", metavar="DATE", help="Of a confirmation: answer asked for by (default: 30 days later).")
@click.option(
    "--all",
    "everybody",
    is_flag=True,
    help="One to each donor that gave in the year or has a commitment; of reminders, that has something overdue.",
)
@click.option("--lang", "language", type=click.Choice(sorted(LANGUAGES)), help="Language (default: the donor's own).")
@click.option(
    "--format", "form", type=click.Choice(["html", "pdf"]), default="html", show_default=True, help="Kind of file."
)
@click.option("--output", type=click.Path(path_type=Path), help="The file to write, or with --all the folder.")
@click.option("--dry-run", is_flag=True, help="Print what the letters say, write nothing.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the list of the letters as CSV, write nothing.")
@book_option
def command(
    kind: str,
    whom: str | None,
    quarter: str | None,
    as_of: str | None,
    issued: str | None,
    reply_by: str | None,
    language: str | None,
    form: str,
    output: Path | None,
    book: str | None,
    *,
    everybody: bool,
    dry_run: bool,
    as_csv: bool,
) -> None:
    """Write a letter of a KIND: `statement`, `reminder` and `confirmation` to a donor, `receipt` by its number.

    A reminder that was sent is recorded with `vfund remind DONOR`.
    """
    from reports.faces.page import PdfUnavailableError, letter_html, pdf  # noqa: PLC0415 - its libraries load only for a letter
    from reports.letters.letters import MissingReceiptError, NothingOverdueError  # noqa: PLC0415

    loaded = read(book)
    if whom is None and not everybody:
        raise click.UsageError(
            say(
                "name the donor (or with `receipt` its number), or say --all for statements, reminders and confirmations"
            )
        )
    if wrong := [finding for finding in loaded.errors if not finding.open]:
        raise click.ClickException(
            say("the book has {number} errors, and no letter is written from it; see `vfund check`", number=len(wrong))
        )
    scope = scope_of(quarter_of(quarter, as_of), as_of, "cash", language or "en")
    dates = _dates(kind, issued, reply_by, scope)
    files: list[tuple[Path, bytes]] = []
    rows: list[tuple[Cell, ...]] = []
    try:
        letters = list(_letters(loaded.fund, kind, whom, scope, language, dates))
        alone = not everybody and len(letters) == 1 and output is not None and not output.is_dir()
        for name, letter in letters:
            path = output if alone and output is not None else (output or Path()) / f"{name}.{form}"
            guarded(path, loaded, f".{form}")
            rows.append(
                (
                    letter.code,
                    letter.to,
                    letter.language,
                    letter.reference,
                    letter.subject,
                    "; ".join(letter.address),
                    str(path),
                )
            )
            if as_csv:
                continue
            if dry_run:
                click.echo("\n".join([f"{letter.to}: {letter.subject}", *(f"  {line}" for line in letter.paragraphs)]))
                continue
            page = letter_html(letter)
            files.append((path, pdf(page, letter.subject) if form == "pdf" else page.encode()))
    except (MissingReceiptError, NothingOverdueError, PdfUnavailableError) as error:
        raise click.ClickException(translate(text_of(error))) from error
    if as_csv:
        write_csv(listing(dict.fromkeys(_COLUMNS, ColumnType.TEXT), rows))
    for path, content in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, content)
        click.echo(say("Letter: {path}", path=str(path)))
    if dry_run:
        click.echo(say("Dry run: nothing was written."))


_COLUMNS = (N_("Code"), N_("To"), N_("Language"), N_("Reference"), N_("Subject"), N_("Address"), N_("File"))
"""The columns of the list of letters."""


def _dates(kind: str, issued: str | None, reply_by: str | None, scope: Scope) -> "Dates":
    """Read the days of a letter, which follow each other: what it is about, its issue, its answer."""
    from reports.letters.letters import Dates  # noqa: PLC0415

    dates = Dates(day_of(issued, "--date") if issued else None, day_of(reply_by, "--reply-by") if reply_by else None)
    if any(day is not None and day.year > scope.as_of.year + 50 for day in (dates.issued, dates.reply_by)):
        raise click.UsageError(say("--date, --reply-by: that is more than fifty years after what the letter is about"))
    if dates.issued is not None and kind != "receipt" and dates.issued < scope.as_of:
        text = N_("--date {day} is before {as_of}, as of which the letter speaks")
        raise click.UsageError(say(text, day=dates.issued, as_of=scope.as_of))
    if dates.reply_by is not None and dates.reply_by <= (dates.issued or scope.as_of):
        raise click.UsageError(say("--reply-by {day} is no day after the letter itself", day=dates.reply_by))
    return dates


def _letters(
    fund: Fund, kind: str, whom: str | None, scope: Scope, language: str | None, dates: "Dates"
) -> "Iterator[tuple[str, Letter]]":
    """Return the letters that are meant, each with the name of its file."""
    from reports.letters.letters import acknowledgements, letter_to, reminder, to_remind  # noqa: PLC0415

    if kind == "receipt":
        for letter in acknowledgements(fund, str(whom), language, dates):
            yield _plain(f"receipt-{whom}-{letter.code}"), letter
        return
    reminds = kind == "reminder"
    everybody = to_remind if reminds else donors_to_confirm
    donors = everybody(fund, scope.as_of) if whom is None else [_donor(fund, whom)]
    if not donors and reminds:
        raise click.ClickException(say("nothing is overdue on {day}: there is nobody to remind", day=scope.as_of))
    if not donors:
        raise click.ClickException(
            say(
                "no donor gave in {year} up to {day} or has a commitment outstanding",
                year=scope.quarter.year,
                day=scope.as_of,
            )
        )
    for donor in donors:
        letter = (
            reminder(fund, donor, scope, language, dates)
            if reminds
            else letter_to(fund, donor, scope, language, dates, confirm=kind == "confirmation")
        )
        yield _plain(f"{kind}-{letter.code}-{scope.quarter}"), letter


def _donor(fund: Fund, whom: str) -> Donor:
    try:
        return find_donor(fund, whom)
    except InvalidEntryError as error:
        raise click.UsageError(translate(text_of(error))) from error


def _plain(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name)
