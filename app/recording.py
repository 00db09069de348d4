"""What every recording command does at its end: show the entry, ask, append, say what happened."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from beancount.core.data import Directive, Transaction

from app import findings
from app.language import confirm, translate
from ledger.acts.act import Entries
from ledger.acts.directives import named
from ledger.acts.duplicates import same_entry
from ledger.acts.filing import attach
from ledger.acts.takes import ComposeError
from ledger.acts.wording import words_of
from ledger.book.append import Appended, BusyError, RefusedError, append
from ledger.book.loading import Book, UnreadableError, load
from ledger.ground import phrases
from ledger.ground.findings import Finding
from ledger.ground.phrases import N_, text_of
from ledger.ground.render import render
from ledger.model.fund import Fund

text_option = click.option("--text", is_flag=True, help="Show the ledger text of the entry beside its words.")


@dataclass(frozen=True, slots=True)
class Options:
    """How something is recorded: by which officer, with which documents, whether it is a rehearsal, is confirmed, is for a program."""

    officer: str | None
    documents: tuple[Path, ...]
    dry_run: bool
    yes: bool
    as_json: bool
    text: bool


@contextmanager
def composed() -> Iterator[None]:
    """Turn what cannot be put into an entry into a refusal that the officer reads."""
    try:
        yield
    except ComposeError as error:
        raise click.ClickException(
            translate(phrases.say("nothing was written: {reason}", reason=text_of(error)))
        ) from error


def record(book: Book, compose: Callable[[Fund], Entries], options: Options) -> None:
    """Append what `compose` makes to the book, and file the documents of its first entry; exit with 1 when the book refuses it.

    The draft is made again under the lock when somebody else has written meanwhile, so that its running numbers are still free.
    """
    as_json, dry_run = options.as_json, options.dry_run
    with composed():
        drafts = [compose(book.fund)]
    text = written(drafts[0].directives)
    if not as_json:
        click.echo("\n".join(map(translate, words_of(book.fund, drafts[0].directives))))
        click.echo(f"\n{text}" if options.text else "")
    asking = not (dry_run or options.yes or as_json) and sys.stdin.isatty()
    _doubt_twice(book.fund, drafts[0], asking=asking)
    if asking:
        several = len(drafts[0].directives) > 1
        question = N_("Record this?") if several else N_("Record this entry?")
        confirm(question, default=True, abort=True)

    def again(fund: Fund) -> tuple[Sequence[Directive], str]:
        drafts.append(compose(fund))
        return drafts[-1].directives, drafts[-1].subject

    with refusing(as_json=as_json), composed():
        first = drafts[0]
        done = append(
            book,
            first.directives,
            first.subject,
            again=again,
            dry_run=dry_run,
            author=options.officer or "",
            file=first.file,
        )
        after = done.book
        if options.documents and not dry_run:
            after = attach(load(book.path), newest(done), options.documents, options.officer)
    if done.text != text:
        became = "\n".join(map(translate, words_of(done.book.fund, drafts[-1].directives, recorded=True)))
        note = phrases.say(
            "Note: somebody else recorded meanwhile; this became: {subject}.", subject=drafts[-1].subject
        )
        click.echo(f"{translate(note)}\n{became}", err=True)
    fresh = findings.fresh(book.findings, after.findings)
    if options.documents and dry_run:
        fresh = [finding for finding in fresh if finding.code != "evidence/no-document"]
    _tell(done, fresh, drafts[-1].facts, options)


def _tell(done: Appended, fresh: Sequence[Finding], facts: Mapping[str, Any], options: Options) -> None:
    """Say what was recorded, or in a dry run would be."""
    if options.as_json:
        told = {
            "recorded": not options.dry_run,
            "file": str(done.target),
            "entry": done.text,
            "commit": done.commit,
            "notice": done.notice,
            "documents": [path.name for path in options.documents],
            "warnings": [findings.as_data(f) for f in fresh],
            **facts,
        }
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    findings.show(fresh)
    if done.notice:
        click.echo(translate(phrases.say("Note: {notice}", notice=done.notice)), err=True)
    place = findings.relative(str(done.target))
    if options.dry_run:
        for path in options.documents:
            click.echo(translate(phrases.say("Dry run: {file} would be filed with it.", file=path.name)))
        click.echo(
            translate(phrases.say("Dry run: the book would take this into {place}; nothing was written.", place=place))
        )
    elif done.commit:
        click.echo(translate(phrases.say("Recorded in {place}, commit {commit}.", place=place, commit=done.commit)))
    else:
        click.echo(translate(phrases.say("Recorded in {place}.", place=place)))


def _doubt_twice(fund: Fund, draft: Entries, *, asking: bool) -> None:
    """Ask, or warn, when the book says the same already."""
    first = draft.directives[0]
    known = same_entry(fund, first) if isinstance(first, Transaction) else None
    if known is None:
        return
    facts = {"place": findings.relative(known.place), "entry": named(known.txn)}
    if asking:
        question = phrases.say("The book says the same already: {place}, {entry}. Record it again?", **facts)
        confirm(question, default=False, abort=True)
    else:
        warning = phrases.say(
            "Warning: the book says the same already: {place}, {entry}. If it happened once, take one back.", **facts
        )
        click.echo(translate(warning), err=True)


def written(entries: Sequence[Directive]) -> str:
    """Return the text of entries.

    Raises:
        click.UsageError: when it holds bytes that are not UTF-8.

    """
    text = render(entries)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise click.UsageError(translate("a text holds bytes that are not UTF-8")) from error
    return text


def say(done: Appended, what: str, *, dry_run: bool) -> None:
    """Show what a command of control wrote, and whether git could note it."""
    click.echo(done.text)
    if done.notice:
        click.echo(translate(phrases.say("Note: {notice}", notice=done.notice)), err=True)
    click.echo(translate("Dry run: nothing was written.") if dry_run else what)


def newest(done: Appended) -> Transaction:
    """Return the first transaction that was appended, as the book has booked it."""
    lines = done.target.read_text(encoding="utf-8").count("\n") - done.text.count("\n")
    return next(
        e.txn
        for e in load(done.book.path).fund.entries
        if e.txn.meta["filename"] == str(done.target) and e.txn.meta["lineno"] > lines
    )


@contextmanager
def refusing(*, as_json: bool = False) -> Iterator[None]:
    """Say why the book refuses, and exit with 1."""
    try:
        yield
    except (BusyError, UnreadableError) as error:
        raise click.ClickException(translate(text_of(error))) from error
    except RefusedError as error:
        if as_json:
            found = [findings.as_data(f) for f in error.findings]
            click.echo(json.dumps({"recorded": False, "reason": str(error), "findings": found}, ensure_ascii=False))
        else:
            findings.show(error.findings, err=True)
            click.echo(translate(phrases.say("Refused: {reason}", reason=text_of(error))), err=True)
        sys.exit(1)
