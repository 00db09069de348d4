"""What every recording command does at its end: show the entry, ask, append, say what happened."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click
from beancount.core.data import Transaction

from app import findings
from ledger.acts.directives import named
from ledger.acts.duplicates import same_entry
from ledger.acts.takes import ComposeError
from ledger.acts.wording import words_of
from ledger.book.append import Appended, BusyError, Entries, NothingToAddError, RefusedError, append
from ledger.book.loading import Book, UnreadableError
from ledger.book.papers import NotADocumentError
from ledger.ground.render import render
from ledger.model.fund import Fund

text_option = click.option("--text", is_flag=True, help="Show the ledger text of the entry beside its words.")


@dataclass(frozen=True, slots=True)
class Options:
    """How something is recorded: by which officer, whether it is a rehearsal, is confirmed, is for a program."""

    officer: str | None
    dry_run: bool
    yes: bool
    as_json: bool
    text: bool


@contextmanager
def composing() -> Iterator[None]:
    """Turn what cannot be put into an entry, or filed with it, into a refusal that the officer reads."""
    try:
        yield
    except (ComposeError, NotADocumentError) as error:
        raise click.ClickException(f"nothing was written: {error}") from error


def record(book: Book, compose: Callable[[Fund], Entries], options: Options) -> Appended | None:
    """Append what `compose` makes to the book; exit with 1 when the book refuses it. Return None when there is nothing to record.

    It is composed again under the lock, so that what somebody else has written meanwhile counts, and its running numbers are free.
    """
    with composing():
        drawn = compose(book.fund)
    for note in drawn.notes:
        click.echo(f"Note: {note}.", err=True)
    if not drawn.directives:
        click.echo(json.dumps({"recorded": False, **drawn.facts}) if options.as_json else "There is nothing to record.")
        return None
    if not options.as_json:
        click.echo("\n".join(words_of(book.fund, drawn.directives)))
        click.echo(f"\n{render(drawn.directives)}" if options.text else "")
    asking = not (options.dry_run or options.yes or options.as_json) and sys.stdin.isatty()
    _doubt_twice(book.fund, drawn, asking=asking)
    if asking:
        several = len(drawn.directives) > 1
        click.confirm("Record this?" if several else "Record this entry?", default=True, abort=True)
    with refusing(as_json=options.as_json), composing():
        done = append(book, compose, dry_run=options.dry_run, author=options.officer or "")
    if render(done.entries.directives) != render(drawn.directives):
        lines = "\n".join(words_of(done.before.fund, done.entries.directives))
        click.echo(f"Note: somebody else recorded meanwhile; this became: {done.entries.subject}.\n{lines}", err=True)
    _tell(done, options)
    return done


def _tell(done: Appended, options: Options) -> None:
    """Say what was recorded, or in a dry run would be."""
    if options.as_json:
        facts = {
            "recorded": not options.dry_run,
            "file": str(done.target),
            "entry": done.text,
            "commit": done.commit,
            "notice": done.notice,
            "documents": [paper.source.name for paper in done.entries.papers],
            "warnings": [findings.as_data(f) for f in done.fresh],
            **done.entries.facts,
        }
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    findings.show(done.fresh)
    if done.notice:
        click.echo(f"Note: {done.notice}", err=True)
    for waived in done.book.waived:
        if done.wrote(waived.waiver.meta):
            count = len(waived.findings)
            passing = f"{count} finding{'' if count == 1 else 's'}" if count else "nothing yet"
            click.echo(f"The waiver lets {passing} pass.")
    place = findings.relative(str(done.target))
    if options.dry_run:
        click.echo(f"Dry run: the book would take this into {place}; nothing was written.")
    else:
        click.echo(f"Recorded in {place}" + (f", commit {done.commit}." if done.commit else "."))


def _doubt_twice(fund: Fund, drawn: Entries, *, asking: bool) -> None:
    """Ask, or warn, when the book says the same already."""
    first = drawn.directives[0]
    known = same_entry(fund, first) if isinstance(first, Transaction) else None
    if known is None:
        return
    what = f"the book says the same already: {findings.relative(known.place)}, {named(known.txn)}"
    if asking:
        click.confirm(f"{what[0].upper()}{what[1:]}. Record it again?", default=False, abort=True)
    else:
        click.echo(f"Warning: {what}. If it happened once, take one back.", err=True)


@contextmanager
def refusing(*, as_json: bool = False) -> Iterator[None]:
    """Say why the book refuses, and exit with 1."""
    try:
        yield
    except (BusyError, UnreadableError) as error:
        raise click.ClickException(str(error)) from error
    except NothingToAddError as error:
        raise click.ClickException("somebody else has recorded this meanwhile; nothing was written") from error
    except RefusedError as error:
        if as_json:
            found = [findings.as_data(f) for f in error.findings]
            click.echo(json.dumps({"recorded": False, "reason": str(error), "findings": found}, ensure_ascii=False))
        else:
            findings.show(error.findings, err=True)
            click.echo(f"Refused: {error}", err=True)
        sys.exit(1)
