"""What every recording command does at its end: show the entry, ask, append, say what happened."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import wraps
from typing import Any

import click
from beancount.core.data import Transaction

from app import findings
from app.asking import day as parse_day
from app.books import book_option, json_option
from ledger.append import BusyError, RefusedError, append
from ledger.compose import ComposeError
from ledger.language.kinds import METADATA
from ledger.language.nearest import did_you_mean
from ledger.loading import Book
from ledger.render import render

Command = Callable[..., None]

_DATES = frozenset({"due", "instrument-date", "received-date", "recorded", "accepted", "reconfirmed", "value-date"})


@dataclass(frozen=True, slots=True)
class Common:
    """The options that all recording commands share, as given."""

    book: str | None
    day: str | None
    narration: str | None
    meta: tuple[str, ...]
    by: str | None
    dry_run: bool
    yes: bool
    as_json: bool


def recording_options(command: Command) -> Command:
    """Add the shared options; the command gets them as one `common`."""

    @wraps(command)
    def gathered(**given: Any) -> None:
        common = Common(**{item.name: given.pop(item.name) for item in fields(Common)})
        command(common=common, **given)

    options = (
        click.option("--date", "day", metavar="DATE", help="Date of the entry, 2016-09-30 (default: today)."),
        click.option("--narration", metavar="TEXT", help="What happened, in a few words."),
        click.option(
            "--meta", multiple=True, metavar="KEY=VALUE", help="More metadata, --meta source=URL (repeat it)."
        ),
        click.option("--by", metavar="OFFICER", help="Who records: an officer of the book."),
        click.option("--dry-run", is_flag=True, help="Show the entry, judge the book with it, write nothing."),
        click.option("--yes", "-y", is_flag=True, help="Do not ask before writing."),
        json_option,
        book_option,
    )
    decorated: Command = gathered
    for option in reversed(options):
        decorated = option(decorated)
    return decorated


def metadata(common: Common, **known: Any) -> dict[str, Any]:
    """Join metadata from options with `--meta KEY=VALUE`.

    Raises:
        click.UsageError: for a pair without `=`, an unknown key or a date that is none.

    """
    values: dict[str, Any] = {key.replace("_", "-"): value for key, value in known.items()}
    values["recorded-by"] = common.by
    for pair in common.meta:
        key, equals, value = pair.partition("=")
        if not equals or key not in METADATA:
            hint = did_you_mean(key, METADATA)
            raise click.UsageError(f"--meta {pair!r}: write KEY=VALUE with a key that is known; {hint}")
        try:
            values[key] = parse_day(value) if key in _DATES else value
        except ValueError as error:
            raise click.UsageError(f"--meta {key}: {error}") from error
    return values


@contextmanager
def composed() -> Iterator[None]:
    """Turn what cannot be put into an entry into a refusal that the officer reads."""
    try:
        yield
    except ComposeError as error:
        raise click.ClickException(f"nothing was written: {error}") from error


def record(
    book: Book,
    txn: Transaction,
    subject: str,
    common: Common,
    more: Mapping[str, Any] | None = None,
) -> None:
    """Append one entry to the book; exit with 1 when the book refuses it."""
    as_json, dry_run = common.as_json, common.dry_run
    try:
        text = render([txn])
        text.encode()
    except UnicodeEncodeError as error:
        raise click.UsageError("a text holds bytes that are not UTF-8") from error
    if not as_json:
        click.echo(text)
    if not (dry_run or common.yes or as_json) and sys.stdin.isatty():
        click.confirm("Record this entry?", default=True, abort=True)
    try:
        done = append(book, [txn], subject, dry_run=dry_run, author=common.by or "")
    except BusyError as error:
        raise click.ClickException(str(error)) from error
    except RefusedError as error:
        if as_json:
            click.echo(
                json.dumps(
                    {
                        "recorded": False,
                        "reason": str(error),
                        "findings": [findings.as_data(f) for f in error.findings],
                    }
                )
            )
        else:
            findings.show(error.findings, err=True)
            click.echo(f"Refused: {error}", err=True)
        sys.exit(1)
    fresh = [f for f in done.book.warnings if f.message not in {known.message for known in book.warnings}]
    if as_json:
        facts = {
            "recorded": not dry_run,
            "file": str(done.target),
            "entry": done.text,
            "commit": done.commit,
            "notice": done.notice,
        }
        facts |= {"warnings": [findings.as_data(f) for f in fresh], **(more or {})}
        click.echo(json.dumps(facts))
        return
    findings.show(fresh)
    if done.notice:
        click.echo(f"Note: {done.notice}", err=True)
    place = findings.relative(str(done.target))
    if dry_run:
        click.echo(f"Dry run: the book would take this entry into {place}; nothing was written.")
    else:
        click.echo(f"Recorded in {place}" + (f", commit {done.commit}." if done.commit else "."))
