"""What every recording command does at its end: show the entry, ask, append, say what happened."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click
from beancount.core.data import Transaction

from app import findings
from app.language import confirm, translate
from ledger.acts.directives import describe_entry
from ledger.acts.duplicates import same_entry
from ledger.acts.preview import describe
from ledger.book.append import Appended, Entries, append
from ledger.book.loading import Book
from ledger.ground.errors import (
    BookLockedError,
    InvalidDocumentError,
    InvalidEntryError,
    NothingNewError,
    RefusedEntryError,
    UnreadableBookError,
)
from ledger.ground.phrases import N_, Text, phrase, text_of
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
    except (InvalidEntryError, InvalidDocumentError) as error:
        refusal = phrase("nothing was written: {reason}", reason=text_of(error))
        raise click.ClickException(translate(refusal)) from error


def record(book: Book, compose: Callable[[Fund], Entries], options: Options) -> Appended | None:
    """Append what `compose` makes to the book; exit with 1 when the book refuses it.

    Return None when there is nothing to record.

    It is composed again under the lock, so that what somebody else has written meanwhile counts, and its running
    numbers are free.
    """
    with composing():
        drawn = compose(book.fund)
    for note in drawn.notes:
        _note(note)
    if not drawn.directives:
        nothing = json.dumps({"recorded": False, **drawn.facts}) if options.as_json else None
        click.echo(nothing or translate("There is nothing to record."))
        return None
    if not options.as_json:
        click.echo("\n".join(map(translate, describe(book.fund, drawn.directives))))
        click.echo(f"\n{render(drawn.directives)}" if options.text else "")
    asking = not (options.dry_run or options.yes or options.as_json) and sys.stdin.isatty()
    _doubt_twice(book.fund, drawn, asking=asking)
    if asking:
        question = N_("Record this?") if len(drawn.directives) > 1 else N_("Record this entry?")
        confirm(question, default=True, abort=True)
    with refusing(as_json=options.as_json), composing():
        done = append(book, compose, dry_run=options.dry_run, author=options.officer or "")
    if render(done.entries.directives) != render(drawn.directives):
        _note(phrase("somebody else recorded meanwhile; this became: {subject}", subject=done.entries.subject))
        click.echo("\n".join(map(translate, describe(done.before.fund, done.entries.directives))), err=True)
    _report(done, options)
    return done


def _note(what: Text) -> None:
    """Say something beside what is recorded."""
    click.echo(translate(phrase("Note: {notice}.", notice=what)), err=True)


def _report(done: Appended, options: Options) -> None:
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
        _note(done.notice)
    for waived in done.book.waived:
        if done.wrote(waived.waiver.meta):
            cases = len(waived.findings)
            text = phrase("Findings that the waiver lets pass: {number}.", number=cases)
            click.echo(translate(text if cases else N_("The waiver lets nothing pass yet.")))
    place = findings.relative(str(done.target))
    if options.dry_run:
        text = phrase("Dry run: the book would take this into {place}; nothing was written.", place=place)
    elif done.commit:
        text = phrase("Recorded in {place}, commit {commit}.", place=place, commit=done.commit)
    else:
        text = phrase("Recorded in {place}.", place=place)
    click.echo(translate(text))


def _doubt_twice(fund: Fund, drawn: Entries, *, asking: bool) -> None:
    """Ask, or warn, when the book says the same already."""
    first = drawn.directives[0]
    known = same_entry(fund, first) if isinstance(first, Transaction) else None
    if known is None:
        return
    facts = {"place": findings.relative(known.place), "entry": describe_entry(known.txn)}
    if asking:
        question = phrase("The book says the same already: {place}, {entry}. Record it again?", **facts)
        confirm(question, default=False, abort=True)
    else:
        warning = phrase(
            "Warning: the book says the same already: {place}, {entry}. If it happened once, take one back.", **facts
        )
        click.echo(translate(warning), err=True)


@contextmanager
def refusing(*, as_json: bool = False) -> Iterator[None]:
    """Say why the book refuses, and exit with 1."""
    try:
        yield
    except (BookLockedError, UnreadableBookError) as error:
        raise click.ClickException(translate(text_of(error))) from error
    except NothingNewError as error:
        nothing = translate("somebody else has recorded this meanwhile; nothing was written")
        raise click.ClickException(nothing) from error
    except RefusedEntryError as error:
        if as_json:
            found = [findings.as_data(f) for f in error.findings]
            click.echo(json.dumps({"recorded": False, "reason": str(error), "findings": found}, ensure_ascii=False))
        else:
            findings.show(error.findings, err=True)
            click.echo(translate(phrase("Refused: {reason}", reason=text_of(error))), err=True)
        sys.exit(1)
