"""`vfund letter`: a donor's statement of account, the acknowledgement of a receipt, the letter that asks to confirm an account."""

import re
from pathlib import Path

import click

from app.books import book_option, read
from app.exporting import guarded, quarter_of, scope_of
from ledger.fund import Fund
from ledger.language.models import Donor
from ledger.takes import ComposeError, find_donor
from ledger.writing import replace_file
from reports.words import LANGUAGES

KINDS = ("statement", "receipt", "confirmation")


@click.command(
    epilog="Examples: vfund letter receipt R-2016-0001 · vfund letter statement Mexico --quarter 2016-Q4 · vfund letter confirmation --all --quarter 2016-Q4 --output letters"
)
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("whom", required=False)
@click.option("--quarter", metavar="QUARTER", help="At the end of a quarter (default: that of the last entry).")
@click.option("--as-of", "as_of", metavar="DATE", help="At the end of a day of the quarter.")
@click.option("--all", "everybody", is_flag=True, help="One to each donor that gave in the year or has a commitment.")
@click.option(
    "--lang", "language", type=click.Choice(sorted(LANGUAGES)), help="Language (default: the donor's, else English)."
)
@click.option(
    "--format", "form", type=click.Choice(["html", "pdf"]), default="html", show_default=True, help="Kind of file."
)
@click.option("--output", type=click.Path(path_type=Path), help="The file to write, or with --all the folder.")
@click.option("--dry-run", is_flag=True, help="Print what the letters say, write nothing.")
@book_option
def command(
    kind: str,
    whom: str | None,
    quarter: str | None,
    as_of: str | None,
    language: str | None,
    form: str,
    output: Path | None,
    book: str | None,
    *,
    everybody: bool,
    dry_run: bool,
) -> None:
    """Write a letter of a KIND: `statement` and `confirmation` to a donor, `receipt` by its number."""
    from reports.faces.page import NoPdfError, letter_html, pdf  # noqa: PLC0415 - its libraries load only for a letter
    from reports.letters.letters import NoReceiptError, acknowledgements, asked, letter_to  # noqa: PLC0415

    loaded = read(book)
    fund = loaded.fund
    if everybody == (whom is not None) or (everybody and kind == "receipt"):
        raise click.UsageError(
            "name the donor (or with `receipt` its number), or say --all for statements and confirmations"
        )
    scope = scope_of(quarter_of(quarter, as_of, fund), as_of, "cash", language or "en")
    subjects: list[Donor | str] = []
    if everybody:
        subjects += asked(fund, scope.as_of)
    elif whom is not None:
        subjects.append(whom if kind == "receipt" else _donor(fund, whom))
    if not subjects:
        raise click.ClickException(
            f"no donor gave in {scope.quarter.year} up to {scope.as_of} or has a commitment outstanding"
        )
    files: list[tuple[Path, bytes]] = []
    try:
        letters = [
            (f"{kind}-{subject if isinstance(subject, str) else f'{subject.code}-{scope.quarter}'}", letter)
            for subject in subjects
            for letter in (
                acknowledgements(fund, subject, language)
                if isinstance(subject, str)
                else [letter_to(fund, subject, scope, language, confirm=kind == "confirmation")]
            )
        ]
        joint = kind == "receipt" and len(letters) > 1
        for name, letter in letters:
            called = _plain(f"{name}-{letter.to}.{form}" if joint else f"{name}.{form}")
            into = joint or everybody or output is None or output.is_dir()
            path = (output or Path()) / called if into else Path(str(output))
            guarded(path, loaded, f".{form}")
            if dry_run:
                click.echo("\n".join([f"{letter.to}: {letter.subject}", *(f"  {line}" for line in letter.paragraphs)]))
                continue
            page = letter_html(letter)
            files.append((path, pdf(page, letter.subject) if form == "pdf" else page.encode()))
    except (NoReceiptError, NoPdfError) as error:
        raise click.ClickException(str(error)) from error
    for path, content in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, content)
        click.echo(f"Letter: {path}")
    if dry_run:
        click.echo("Dry run: nothing was written.")


def _donor(fund: Fund, whom: str) -> Donor:
    try:
        return find_donor(fund, whom)
    except ComposeError as error:
        raise click.UsageError(str(error)) from error


def _plain(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name)
