"""Read a book: Beancount's loader, then what the pipeline plugin built, with every message in our words.

The plugin hands its model over through `publish`, with the way to judge it as of another day, so that a book is parsed and modelled once per load. By
itself a book is judged as of its last transaction, as `bean-check` does, which knows the book alone; whoever shows or exports it as of a day asks for
`judged`. A book whose main file does not name the plugin is refused here: Beancount ignores `plugin` lines of included files silently.
"""

import gc
import glob
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from beancount import loader
from beancount.core import data

from ledger.book.explain import explain
from ledger.ground.findings import Catalogue, Finding, Message
from ledger.ground.phrases import Phrase, Text, say
from ledger.language.law import Schema
from ledger.law.judgement import Waived
from ledger.model.fund import Fund

PIPELINE = "plugins.fund"

MESSAGES = Catalogue(
    "book",
    {
        "no-plugin": Message(
            "the main file does not run the fund's rules: no rule was applied.",
            'add the line `plugin "{pipeline}"` to the main file (not to an included one).',
        ),
        "rules-failed": Message(
            "the fund's rules failed, and none was applied: {error}.",
            "take the newest change back and report it; `vfund` records nothing until the rules run again.",
        ),
    },
)


class UnreadableError(Exception):
    """Beancount itself fails on the book; the message says on what."""


@dataclass(frozen=True, slots=True)
class Run:
    """What the rules found as of a day: that of the fund."""

    fund: Fund
    findings: list[Finding]
    waived: list[Waived]


Judge = Callable[[date | None], Run]
"""Applies the rules to a book that is loaded, as of a day; None is that of its last transaction."""
KEPT = 8
"""Judgements that a book keeps, each as of another day: as many as somebody looks at in turn."""

_judges: ContextVar[list[Judge] | None] = ContextVar("judges", default=None)
_by_others: dict[str, Judge] = {}
"""The last judge per main file of a book that somebody else loads: Fava does, and its extension takes it (`adopt`)."""


def publish(options: dict[str, Any], judge: Judge) -> None:
    """Hand the way to judge a book to whoever is loading it (nobody, under `bean-check`)."""
    judges = _judges.get()
    if judges is not None:
        judges.append(judge)
    else:
        _by_others[str(options.get("filename", ""))] = judge


@dataclass(frozen=True, slots=True)
class Book:
    """A loaded book, judged as of the day of its fund. `findings` are in the order of file and line; errors make the book unfit for export.

    `judge` applies the rules as of another day (`judged`); what it found is kept in it, for the newest days, and goes with the book.
    """

    path: Path
    entries: list[data.Directive]
    options: dict[str, object]
    fund: Fund
    findings: list[Finding]
    waived: list[Waived]
    judge: Judge = field(repr=False, compare=False)

    @property
    def errors(self) -> list[Finding]:
        """The findings that stop closing and export."""
        return [finding for finding in self.findings if finding.severity == "error"]

    @property
    def warnings(self) -> list[Finding]:
        """The findings that only show."""
        return [finding for finding in self.findings if finding.severity == "warning"]

    @property
    def files(self) -> list[Path]:
        """Every file that was read."""
        included = self.options["include"]
        return [Path(name) for name in included] if isinstance(included, list) else []


def plain(path: Path) -> Path:
    """Return a path from the root and without `..`, so that the places of a book are told in one way; links keep their names."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - `resolve` follows links


def within(folder: Path, place: str) -> str:
    """Return a place as seen from the folder of a book, so that what is reported is the same wherever the book lies."""
    return os.path.relpath(place, folder) if place.startswith("/") else place


def told_within(folder: Path, text: Text) -> Text:
    """Return a phrase with every place in it as seen from the folder of a book."""
    if not isinstance(text, Phrase):
        return text
    root = f"{folder}/"
    given = tuple(
        (name, within(folder, value) if isinstance(value, str) and value.startswith(root) else value)
        for name, value in text.given
    )
    return text._replace(given=given)


def load(path: Path, as_of: date | None = None) -> Book:
    """Load the book whose main file is `path`. Mistakes in it are findings, never exceptions.

    It is judged as of a day: that of its last transaction, or `as_of`.

    Raises:
        UnreadableError: when Beancount itself fails on the book, or would read other files than it includes.

    """
    if glob.has_magic(str(plain(path).parent)):
        raise UnreadableError(
            say(
                "{path}: the name of a folder on its path has one of * ? [, which Beancount takes for a pattern where a file is included; rename the folder",
                path=str(path),
            )
        )
    loader.initialize(use_cache=False)
    judges: list[Judge] = []
    token = _judges.set(judges)
    try:
        with _no_collector():
            entries, errors, options = loader.load_file(str(plain(path)))
    except Exception as error:  # Beancount has no error of its own for a book that it cannot sort
        reason = f"{type(error).__name__}: {error}"
        raise UnreadableError(
            say("{path}: Beancount cannot read this book ({reason})", path=str(path), reason=reason)
        ) from error
    finally:
        _judges.reset(token)
    book = _book(plain(path), entries, errors, options, judges[-1] if judges else None)
    return book if as_of is None else judged(book, as_of)


def judged(book: Book, as_of: date) -> Book:
    """Return a book as it is judged as of a day, without loading it again: what depends on age, and on the law of the day."""
    run = book.judge(as_of)
    return replace(book, fund=run.fund, findings=run.findings, waived=run.waived)


def adopt(path: Path, entries: list[data.Directive], errors: list[Any], options: dict[str, object]) -> Book:
    """Return the book that somebody else has just loaded, such as Fava, with what the pipeline built in that load.

    Raises:
        UnreadableError: when the book cannot be understood.

    """
    return _book(path, entries, errors, options, _by_others.pop(str(options.get("filename", "")), None))


def _book(
    path: Path, entries: list[data.Directive], errors: list[Any], options: dict[str, object], judge: Judge | None
) -> Book:
    found = judge or _without_rules(path, entries, errors, options)

    @lru_cache(maxsize=KEPT)
    def explained(day: date | None) -> Run:
        run = found(day)
        return replace(run, findings=sorted(explain(errors, run.findings, run.fund), key=lambda item: item.order))

    run = explained(None)
    return Book(path, entries, options, run.fund, run.findings, run.waived, explained)


def _without_rules(path: Path, entries: list[data.Directive], errors: list[Any], options: dict[str, object]) -> Judge:
    """Build the model of a book to which no rule was applied; that is found as of every day."""
    try:
        fund = Fund.build(entries, options, Schema())
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise UnreadableError(
            say("{path}: the book cannot be understood ({reason})", path=str(path), reason=reason)
        ) from error
    findings = [*fund.findings, _not_run(path, errors)]
    return lambda day: Run(fund if day is None else fund.at(day), findings, [])


def _not_run(path: Path, errors: list[Any]) -> Finding:
    """Return why no rule was applied: the main file does not name the plugin, or the plugin failed."""
    at = {"filename": str(path), "lineno": 1}
    failed = [str(e.message).strip().splitlines()[-1] for e in errors if PIPELINE in str(e.message)]
    return (
        MESSAGES.finding("rules-failed", at, error=failed[0])
        if failed
        else MESSAGES.finding("no-plugin", at, pipeline=PIPELINE)
    )


@contextmanager
def _no_collector() -> Iterator[None]:
    """Keep the cyclic collector off while millions of objects are made that live to the end: a fifth of a load."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if enabled:
            gc.enable()
