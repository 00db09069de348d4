"""`vfund approve`: bind an officer to what an entry says now."""

import sys
from datetime import date
from pathlib import Path

import click
from beancount.core.amount import Amount

from app.books import book_option, read
from app.command import Command
from app.language import confirm, translate
from app.officers import by_option, treasurer
from app.recording import refusing, say
from ledger.acts import directives
from ledger.acts.directives import named
from ledger.acts.pointing import find_entry, short
from ledger.acts.relations import excludes
from ledger.acts.takes import ComposeError
from ledger.acts.wording import words_of
from ledger.book.append import append
from ledger.ground import phrases
from ledger.law.approvals import Approvable, approvable
from ledger.model.fund import Fund


@click.command(
    cls=Command,
    relations=(excludes("--all", "ENTRY"),),
    epilog="Examples: vfund approve R-2026-0001 --by treasurer-1 · vfund approve --all --by treasurer-1",
)
@click.argument("entries", nargs=-1, metavar="[ENTRY]...")
@click.option("--all", "everything", is_flag=True, help="Approve all that waits, one after the other.")
@by_option
@click.option("--dry-run", is_flag=True, help="Show the approval, write nothing.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask before writing.")
@book_option
def command(
    entries: tuple[str, ...], by: str | None, book: str | None, *, everything: bool, dry_run: bool, yes: bool
) -> None:
    """Approve ENTRY (a receipt number, a link, FILE:LINE, or the digits that `vfund pending` shows) as it stands now.

    An edit of the entry voids the approval. The recorder of an entry cannot approve it.
    """
    loaded = read(book)
    fund = loaded.fund
    waiting = [item for item in approvable(fund) if not item.approved]
    who = treasurer(fund, by)
    chosen = waiting if everything else [_find(fund, text, waiting) for text in entries]
    if not entries and not everything:
        raise click.UsageError(translate("name an ENTRY, or --all; `vfund pending` lists what waits"))
    own = [item for item in chosen if item.recorder == who]
    if own and not everything:
        raise click.ClickException(
            translate(
                phrases.say(
                    "{officer} recorded {entry} and cannot approve it; another treasurer can",
                    officer=who,
                    entry=named(own[0].entry.txn),
                )
            )
        )
    approvals = []
    for item in chosen:
        if item.recorder == who or not item.recorder:
            entry = named(item.entry.txn)
            recorded_by_self = phrases.say("{entry}: recorded by {officer}; passed over", entry=entry, officer=who)
            unnamed = phrases.say("{entry}: its recorder is not named; passed over", entry=entry)
            click.echo(translate(recorded_by_self if item.recorder else unnamed))
            continue
        head = phrases.say(
            "{digits}  {amount}, recorded by {officer}",
            digits=short(item.digest),
            amount=Amount(item.moved, fund.unit),
            officer=item.recorder,
        )
        click.echo(f"{translate(head)}\n{describe(fund, item)}")
        question = phrases.say("Approve it as {officer}?", officer=who)
        if not yes and not dry_run and sys.stdin.isatty() and not confirm(question, default=False):
            continue
        approvals.append(directives.approval(item.entry.txn, who, date.today()))
    if not approvals:
        click.echo(translate("Nothing was approved."))
        return
    with refusing():
        done = append(loaded, approvals, f"{len(approvals)} approved by {who}", dry_run=dry_run, author=who)
    say(done, translate(phrases.say("Approved: {number}.", number=len(approvals))), dry_run=dry_run)


def describe(fund: Fund, item: Approvable) -> str:
    """Return what is to be approved, in words, with the documents that prove it."""
    filed = fund.documents.get(item.digest, [])
    papers = [phrases.say("document: {file}", file=Path(paper.filename).name) for paper in filed]
    lines = [f"  {translate(paper)}" for paper in papers or [phrases.say("document: none on file")]]
    return "\n".join([*map(translate, words_of(fund, [item.entry.txn], recorded=True)), *lines, ""])


def _find(fund: Fund, text: str, waiting: list[Approvable]) -> Approvable:
    try:
        entry = find_entry(fund, text, [item.entry for item in waiting])
    except ComposeError as error:
        raise click.ClickException(
            translate(phrases.say("nothing was approved: {reason}", reason=phrases.text_of(error)))
        ) from error
    return next(item for item in waiting if item.entry is entry)
