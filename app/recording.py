"""What every recording command does at its end: show the entry, ask, append, say what happened."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from functools import wraps
from pathlib import Path
from typing import Any

import click
from beancount.core.data import Directive, Transaction

from app import findings
from app.asking import Form, first_day, number, sure_option
from app.asking import day as parse_day
from app.books import book_option, json_option
from app.officers import by_option, officer
from ledger.acts.directives import named
from ledger.acts.duplicates import same_entry
from ledger.acts.filing import NotADocumentError, attach, content_of
from ledger.acts.takes import ComposeError
from ledger.acts.wording import words_of
from ledger.book.append import Appended, BusyError, RefusedError, append
from ledger.book.loading import Book, UnreadableError, load
from ledger.ground.findings import Finding
from ledger.ground.render import render
from ledger.language.kinds import METADATA
from ledger.language.nearest import did_you_mean
from ledger.model.fund import Fund

Command = Callable[..., None]

_OURS = frozenset({"recorded", "recorded-by"})


text_option = click.option("--text", is_flag=True, help="Show the ledger text of the entry beside its words.")


@dataclass(frozen=True, slots=True)
class Common:
    """The options that all recording commands share, as given."""

    book: str | None
    day: str | None
    narration: str | None
    meta: tuple[str, ...]
    by: str | None
    evidence: tuple[Path, ...]
    sure: bool
    dry_run: bool
    yes: bool
    as_json: bool
    text: bool = False

    def form(self, fund: Fund) -> Form:
        """Begin the form of an entry of a book."""
        return Form(first_day(fund), sure=self.sure, confirms=not (self.yes or self.as_json))


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be recorded: the entries, the subject of their commit, and the facts that `--json` prints beside them."""

    entries: Sequence[Directive]
    subject: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""


def recording_options(command: Command) -> Command:
    """Add the shared options; the command gets them as one `common`."""

    @wraps(command)
    def gathered(**given: Any) -> None:
        common = Common(**{item.name: given.pop(item.name) for item in fields(Common) if item.name in given})
        command(common=common, **given)

    options = (
        click.option("--date", "day", metavar="DATE", help="Date of the entry, 2016-09-30 (default: today)."),
        click.option("--narration", metavar="TEXT", help="What happened, in a few words."),
        click.option(
            "--meta", multiple=True, metavar="KEY=VALUE", help="More metadata, --meta source=URL (repeat it)."
        ),
        by_option,
        click.option(
            "--evidence",
            multiple=True,
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="A document to file with the entry (repeat it).",
        ),
        sure_option,
        click.option("--dry-run", is_flag=True, help="Show the entry, judge the book with it, write nothing."),
        click.option("--yes", "-y", is_flag=True, help="Do not ask before writing."),
        json_option,
        book_option,
    )
    decorated: Command = gathered
    for option in reversed(options):
        decorated = option(decorated)
    return decorated


def metadata(fund: Fund, common: Common, when: date | None, **known: Any) -> dict[str, Any]:
    """Join metadata from options with `--meta KEY=VALUE`; an entry that is not dated `when` it is recorded says so in `recorded`.

    Raises:
        click.UsageError: for a pair without `=`, an unknown key, a date that is none or an officer whom the book does not know.

    """
    values: dict[str, Any] = {key.replace("_", "-"): value for key, value in known.items()}
    values["recorded"] = date.today() if when != date.today() else None
    values["recorded-by"] = officer(fund, common.by)
    for pair in common.meta:
        key, equals, value = pair.partition("=")
        if key in _OURS:
            raise click.UsageError(f"--meta {key}: `vfund` writes it itself; say with --by who records")
        if not equals or key not in METADATA:
            hint = did_you_mean(key, METADATA)
            raise click.UsageError(f"--meta {pair!r}: write KEY=VALUE with a key that is known; {hint}")
        try:
            values[key] = _value(key, value)
        except ValueError as error:
            raise click.UsageError(f"--meta {key}: {error}") from error
    return values


def _value(key: str, text: str) -> Any:
    """Read a metadata value as the type that its key has."""
    kind = METADATA[key]
    if kind is date:
        return parse_day(text)
    if kind is Decimal:
        return number(text)
    return text.upper() == "TRUE" if kind is bool and text.upper() in {"TRUE", "FALSE"} else text


@contextmanager
def composed() -> Iterator[None]:
    """Turn what cannot be put into an entry into a refusal that the officer reads."""
    try:
        yield
    except ComposeError as error:
        raise click.ClickException(f"nothing was written: {error}") from error


def record(book: Book, compose: Callable[[Fund], Draft], common: Common) -> None:
    """Append what `compose` makes to the book, and file the documents of its first entry; exit with 1 when the book refuses it.

    The draft is made again under the lock when somebody else has written meanwhile, so that its running numbers are still free.
    """
    as_json, dry_run = common.as_json, common.dry_run
    try:
        for path in common.evidence:
            content_of(path)
    except NotADocumentError as error:
        raise click.UsageError(f"--evidence: {error}") from error
    acting = officer(book.fund, common.by)
    with composed():
        drafts = [compose(book.fund)]
    text = written(drafts[0].entries)
    if not as_json:
        click.echo("\n".join(words_of(book.fund, drafts[0].entries)))
        click.echo(f"\n{text}" if common.text else "")
    asking = not (dry_run or common.yes or as_json) and sys.stdin.isatty()
    _doubt_twice(book.fund, drafts[0], asking=asking)
    if asking:
        several = len(drafts[0].entries) > 1
        click.confirm("Record this?" if several else "Record this entry?", default=True, abort=True)

    def again(fund: Fund) -> tuple[Sequence[Directive], str]:
        drafts.append(compose(fund))
        return drafts[-1].entries, drafts[-1].subject

    with refusing(as_json=as_json), composed():
        first = drafts[0]
        done = append(
            book, first.entries, first.subject, again=again, dry_run=dry_run, author=acting or "", file=first.file
        )
        after = done.book
        if common.evidence and not dry_run:
            after = attach(load(book.path), newest(done), common.evidence, acting)
    if done.text != text:
        became = "\n".join(words_of(done.book.fund, drafts[-1].entries, recorded=True))
        click.echo(f"Note: somebody else recorded meanwhile; this became: {drafts[-1].subject}.\n{became}", err=True)
    fresh = findings.fresh(book.findings, after.findings)
    if common.evidence and dry_run:
        fresh = [finding for finding in fresh if finding.code != "evidence/no-document"]
    _tell(done, fresh, drafts[-1].facts, common)


def _tell(done: Appended, fresh: Sequence[Finding], facts: Mapping[str, Any], common: Common) -> None:
    """Say what was recorded, or in a dry run would be."""
    if common.as_json:
        told = {
            "recorded": not common.dry_run,
            "file": str(done.target),
            "entry": done.text,
            "commit": done.commit,
            "notice": done.notice,
            "documents": [path.name for path in common.evidence],
            "warnings": [findings.as_data(f) for f in fresh],
            **facts,
        }
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    findings.show(fresh)
    if done.notice:
        click.echo(f"Note: {done.notice}", err=True)
    place = findings.relative(str(done.target))
    if common.dry_run:
        for path in common.evidence:
            click.echo(f"Dry run: {path.name} would be filed with it.")
        click.echo(f"Dry run: the book would take this into {place}; nothing was written.")
    else:
        click.echo(f"Recorded in {place}" + (f", commit {done.commit}." if done.commit else "."))


def _doubt_twice(fund: Fund, draft: Draft, *, asking: bool) -> None:
    """Ask, or warn, when the book says the same already."""
    first = draft.entries[0]
    known = same_entry(fund, first) if isinstance(first, Transaction) else None
    if known is None:
        return
    what = f"the book says the same already: {findings.relative(known.place)}, {named(known.txn)}"
    if asking:
        click.confirm(f"{what[0].upper()}{what[1:]}. Record it again?", default=False, abort=True)
    else:
        click.echo(f"Warning: {what}. If it happened once, take one back.", err=True)


def written(entries: Sequence[Directive]) -> str:
    """Give the text of entries.

    Raises:
        click.UsageError: when it holds bytes that are not UTF-8.

    """
    text = render(entries)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise click.UsageError("a text holds bytes that are not UTF-8") from error
    return text


def say(done: Appended, what: str, *, dry_run: bool) -> None:
    """Show what a command of control wrote, and whether git could note it."""
    click.echo(done.text)
    if done.notice:
        click.echo(f"Note: {done.notice}", err=True)
    click.echo("Dry run: nothing was written." if dry_run else what)


def newest(done: Appended) -> Transaction:
    """Give the first transaction that was appended, as the book has booked it."""
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
        raise click.ClickException(str(error)) from error
    except RefusedError as error:
        if as_json:
            found = [findings.as_data(f) for f in error.findings]
            click.echo(json.dumps({"recorded": False, "reason": str(error), "findings": found}, ensure_ascii=False))
        else:
            findings.show(error.findings, err=True)
            click.echo(f"Refused: {error}", err=True)
        sys.exit(1)
