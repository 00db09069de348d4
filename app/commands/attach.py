"""`vfund attach`: file the documents of an entry."""

from pathlib import Path

import click

from app import findings
from app.books import book_option, read
from app.command import Command
from app.language import translate
from app.officers import by_option, officer
from app.recording import refusing
from ledger.acts.directives import named
from ledger.acts.filing import NotADocumentError, attach
from ledger.acts.pointing import find_entry
from ledger.acts.takes import ComposeError
from ledger.ground.phrases import say, text_of


@click.command(
    cls=Command, epilog="Examples: vfund attach R-2026-0001 notice.pdf · vfund attach PL-2026-001 letter.pdf --dry-run"
)
@click.argument("entry")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@by_option
@click.option("--dry-run", is_flag=True, help="Say what would be filed where, write nothing.")
@book_option
def command(entry: str, files: tuple[Path, ...], by: str | None, book: str | None, *, dry_run: bool) -> None:
    """File FILES as the evidence of ENTRY: a receipt number, a pledge or other link, FILE:LINE, or the digits of its digest.

    The files are copied under `documents/`, and their SHA-256 is recorded; Fava shows them beside the entry.
    """
    loaded = read(book)
    try:
        found = find_entry(loaded.fund, entry)
        who = officer(loaded.fund, by)
        with refusing():
            after = attach(loaded, found.txn, files, who, dry_run=dry_run)
    except (ComposeError, NotADocumentError) as error:
        raise click.ClickException(translate(say("nothing was filed: {reason}", reason=text_of(error)))) from error
    before = {document.filename for document in loaded.fund.contents.documents}
    for document in after.fund.contents.documents:
        if document.filename not in before:
            kept = Path(document.filename)
            click.echo(
                f"{'Would file' if dry_run else 'Filed'} {kept.name if dry_run else findings.relative(str(kept))}  sha256 {document.meta['evidence-sha256'][:16]}…"
            )
    click.echo(f"  of {named(found.txn)}")
    if dry_run:
        click.echo(translate("Dry run: nothing was written."))
