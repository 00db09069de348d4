"""`vfund export`: write the report of a quarter, as a workbook and in its other formats."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import Progress

from app import findings
from app.books import book_option, read_to_show
from app.command import Command
from app.language import say
from app.output import as_of_option, basis_option, checksum_line, guarded, language_option, scope_of
from ledger.acts.relations import excludes
from ledger.book.loading import Book
from ledger.ground.phrases import N_, text_of
from ledger.ground.writing import replace_file
from reports.faces.every import FORMATS, faces, stem

if TYPE_CHECKING:
    from reports.report import Report


@click.command(
    cls=Command,
    relations=(excludes("--symbol", "--format=csv"),),
    epilog="Examples: vfund export 2016-Q3 · vfund export 2016-Q3 --lang es --format all --output out",
)
@click.argument("quarter", required=False)
@click.option(
    "--format",
    "formats",
    type=click.Choice([*FORMATS, "all"]),
    multiple=True,
    help="xlsx (the default), json, csv (one file per statement, in a zip), iati (2.03), html, pdf; repeat it, or say all.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="The file to write, or for several formats the folder (default: <code>-<quarter> here, with what else differs).",
)
@language_option
@as_of_option
@basis_option
@click.option("--symbol", default="", metavar="TEXT", help="The symbol of the document, such as CP/doc.5100/16.")
@click.option("--draft", is_flag=True, help="Write it even when the book has errors, marked as a draft.")
@click.option("--dry-run", is_flag=True, help="Print the figures, write nothing.")
@book_option
def command(
    quarter: str | None,
    formats: tuple[str, ...],
    output: Path | None,
    language: str,
    as_of: str | None,
    basis: str,
    symbol: str,
    book: str | None,
    *,
    draft: bool,
    dry_run: bool,
) -> None:
    """Write the report of QUARTER, written 2016-Q3, and print its figures by category.

    Refuses while something dated by its end is wrong or open, except as a draft. Beside each file stands its SHA-256;
    `vfund verify` builds a file again.
    """
    if quarter is None and not sys.stdin.isatty():
        raise click.UsageError(say("name the quarter, such as 2016-Q3"))
    named = quarter if quarter is not None else click.prompt(say("Quarter, such as 2016-Q3"))
    scope = scope_of(named, as_of, basis, language, symbol)
    chosen_formats = list(FORMATS) if "all" in formats else list(dict.fromkeys(formats)) or ["xlsx"]
    loaded = read_to_show(book, scope.as_of)
    from reports.document import document  # noqa: PLC0415
    from reports.faces.iati import MissingFundError  # noqa: PLC0415
    from reports.faces.page import PdfUnavailableError  # noqa: PLC0415
    from reports.faces.terminal import show  # noqa: PLC0415 - the statements load only for an export
    from reports.report import report  # noqa: PLC0415

    whole = report(loaded, scope)
    if whole.draft and not draft:
        _refuse(whole)
    targets = _targets(chosen_formats, output, stem(whole.code, scope, draft=whole.draft), loaded)
    if scope.as_of < scope.quarter.end and as_of is None:
        note = say(
            "Note: {quarter} is not over yet; this is as of today, {day}.", quarter=str(scope.quarter), day=scope.as_of
        )
        click.echo(note, err=True)
    pages = document(whole)
    show(pages.table("summary"), f"{pages.title} · {pages.quarter}", language)
    if dry_run:
        click.echo(say("Dry run: nothing was written."))
        return
    files: list[tuple[Path, bytes]] = []
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(say("Making the report …"), total=len(chosen_formats))
        try:
            for name, content in faces(loaded.fund, scope, pages, chosen_formats):
                files.append((targets[name], content))
                progress.advance(task)
        except (PdfUnavailableError, MissingFundError) as error:
            raise click.ClickException(say("nothing was written: {reason}", reason=text_of(error))) from error
    _write(files)


def _write(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write each file, and beside it its SHA-256."""
    for path, content in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        replaced = path.exists()
        replace_file(path, content)
        replace_file(path.with_name(f"{path.name}.sha256"), checksum_line(path, content))
        workbook = path.suffix == ".xlsx"
        place = say("Workbook: {path}", path=str(path)) if workbook else say("File: {path}", path=str(path))
        click.echo(f"{place} (" + say("replaced") + ")" if replaced else place)


def _targets(chosen_formats: Sequence[str], output: Path | None, called: str, book: Book) -> dict[str, Path]:
    """Return the path of each format."""
    if output is None or len(chosen_formats) > 1 or output.is_dir():
        folder = output or Path()
        if folder.is_file():
            raise click.UsageError(
                say("--output {output}: several formats go into a folder; name one", output=str(output))
            )
        paths = {name: folder / f"{called}{FORMATS[name]}" for name in chosen_formats}
    else:
        paths = {chosen_formats[0]: output}
    return {name: guarded(path, book, f".{FORMATS[name].rpartition('.')[2]}") for name, path in paths.items()}


def _refuse(whole: "Report") -> None:
    """Say why nothing is written, and stop: what is wrong by the day of the report, and the checks that fail."""
    wrong = [finding for finding in whole.findings if finding.severity == "error"]
    findings.show(wrong, err=True)
    for check in whole.checks:
        if not check.holds:
            click.echo(say("Check fails: {name}", name=check.name), err=True)
    why = findings.count_in_words(wrong) or N_("a check of the report fails")
    text = N_("Refused as of {day}: {why}; mend it, or write a draft with --draft.")
    click.echo(say(text, day=whole.scope.as_of, why=why), err=True)
    sys.exit(1)
