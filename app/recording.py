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
        draft = compose(book.fund)
    for note in draft.notes:
        _note(note)
    if not draft.directives:
        nothing = json.dumps({"recorded": False, **draft.facts}) if options.as_json else None
        click.echo(nothing or translate("There is nothing to record."))
        return None
    if not options.as_json:
        click.echo("\n".join(map(translate, describe(book.fund, draft.directives))))
        click.echo(f"\n{render(draft.directives)}" if options.text else "")
    asking = not (options.dry_run or options.yes or options.as_json) and sys.stdin.isatty()
    _doubt_twice(book.fund, draft, asking=asking)
    if asking:
        question = N_("Record this?") if len(draft.directives) > 1 else N_("Record this entry?")
        confirm(question, default=True, abort=True)
    with refusing(as_json=options.as_json), composing():
        outcome = append(book, compose, dry_run=options.dry_run, author=options.officer or "")
    if render(outcome.entries.directives) != render(draft.directives):
        _note(phrase("somebody else recorded meanwhile; this became: {subject}", subject=outcome.entries.subject))
        click.echo("\n".join(map(translate, describe(outcome.before.fund, outcome.entries.directives))), err=True)
    _report(outcome, options)
    return outcome


def _note(what: Text) -> None:
    """Say something beside what is recorded."""
    click.echo(translate(phrase("Note: {notice}.", notice=what)), err=True)


def _report(outcome: Appended, options: Options) -> None:
    """Say what was recorded, or in a dry run would be."""
    if options.as_json:
        facts = {
            "recorded": not options.dry_run,
            "file": str(outcome.target),
            "entry": outcome.text,
            "commit": outcome.commit,
            "notice": outcome.notice,
            "documents": [paper.source.name for paper in outcome.entries.papers],
            "warnings": [findings.as_data(f) for f in outcome.fresh],
            **outcome.entries.facts,
        }
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    findings.show(outcome.fresh)
    if outcome.notice:
        _note(outcome.notice)
    for waived in outcome.book.waived:
        if outcome.wrote(waived.waiver.meta):
            cases = len(waived.findings)
            text = phrase("Findings that the waiver lets pass: {number}.", number=cases)
            click.echo(translate(text if cases else N_("The waiver lets nothing pass yet.")))
    place = findings.relative(str(outcome.target))
    if options.dry_run:
        text = phrase("Dry run: the book would take this into {place}; nothing was written.", place=place)
    elif outcome.commit:
        text = phrase("Recorded in {place}, commit {commit}.", place=place, commit=outcome.commit)
    else:
        text = phrase("Recorded in {place}.", place=place)
    click.echo(translate(text))


def _doubt_twice(fund: Fund, draft: Entries, *, asking: bool) -> None:
    """Ask, or warn, when the book says the same already."""
    first = draft.directives[0]
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
            result = [findings.as_data(f) for f in error.findings]
            click.echo(json.dumps({"recorded": False, "reason": str(error), "findings": result}, ensure_ascii=False))
        else:
            findings.show(error.findings, err=True)
            click.echo(translate(phrase("Refused: {reason}", reason=text_of(error))), err=True)
        sys.exit(1)
