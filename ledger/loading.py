"""Read a book: Beancount's loader, then what the pipeline plugin built, with every message in our words.

The plugin hands its model over through `publish`, so that a book is parsed, judged and modelled once per load. A book whose
main file does not name the plugin is refused here: Beancount ignores `plugin` lines of included files silently.
"""

import gc
import glob
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from beancount import loader
from beancount.core import data

from ledger.contents import judged_as_of
from ledger.explain import explain
from ledger.findings import Catalogue, Finding, Message
from ledger.fund import Fund
from ledger.phrases import Phrase, Text
from ledger.waivers import Waived

PIPELINE = "plugins.fund"

MESSAGES = Catalogue(
    "book",
    {
        "no-plugin": Message(
            "the main file does not run the fund's rules: no rule was applied.",
            f'add the line `plugin "{PIPELINE}"` to the main file (not to an included one).',
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
    """What one run of the pipeline found."""

    fund: Fund
    findings: list[Finding]
    waived: list[Waived]


_runs: ContextVar[list[Run] | None] = ContextVar("runs", default=None)
_by_others: dict[str, Run] = {}
"""The last run per main file of a book that somebody else loads: Fava does, and its extension takes the run (`adopt`)."""


def publish(fund: Fund, findings: list[Finding], waived: list[Waived]) -> None:
    """Hand the model and its findings to whoever is loading the book (nobody, under `bean-check`)."""
    runs, run = _runs.get(), Run(fund, findings, waived)
    if runs is not None:
        runs.append(run)
    else:
        _by_others[str(fund.options.get("filename", ""))] = run


@dataclass(frozen=True, slots=True)
class Book:
    """A loaded book. `findings` are in the order of file and line; errors make the book unfit for export."""

    path: Path
    entries: list[data.Directive]
    options: dict[str, object]
    fund: Fund
    findings: list[Finding]
    waived: list[Waived]

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
    """Give a path from the root and without `..`, so that the places of a book are told in one way; links keep their names."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - `resolve` follows links


def within(folder: Path, place: str) -> str:
    """Tell a place from the folder of a book, so that what is reported is the same wherever the book lies."""
    return os.path.relpath(place, folder) if place.startswith("/") else place


def told_within(folder: Path, text: Text) -> Text:
    """Tell every place in a phrase from the folder of a book."""
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

    What depends on age (unclaimed receipts, lapsed pledges, loans) is judged as of a day: that of the last transaction, or `as_of`.

    Raises:
        UnreadableError: when Beancount itself fails on the book, or would read other files than it includes.

    """
    if glob.has_magic(str(plain(path).parent)):
        raise UnreadableError(
            f"{path}: the name of a folder on its path has one of * ? [, which Beancount takes for a pattern where a file is included; rename the folder"
        )
    loader.initialize(use_cache=False)
    runs: list[Run] = []
    token = _runs.set(runs)
    try:
        with _no_collector(), judged_as_of(as_of):
            entries, errors, options = loader.load_file(str(plain(path)))
    except Exception as error:  # Beancount has no error of its own for a book that it cannot sort
        raise UnreadableError(f"{path}: Beancount cannot read this book ({type(error).__name__}: {error})") from error
    finally:
        _runs.reset(token)
    return _book(plain(path), entries, errors, options, runs[-1] if runs else None)


def adopt(path: Path, entries: list[data.Directive], errors: list[Any], options: dict[str, object]) -> Book:
    """Give the book that somebody else has just loaded, such as Fava, with what the pipeline built in that load.

    Raises:
        UnreadableError: when the book cannot be understood.

    """
    return _book(path, entries, errors, options, _by_others.pop(str(options.get("filename", "")), None))


def _book(
    path: Path, entries: list[data.Directive], errors: list[Any], options: dict[str, object], run: Run | None
) -> Book:
    if run is None:
        fund = _unjudged(path, entries, options)
        run = Run(fund, [*fund.findings, _not_run(path, errors)], [])
    findings = explain(errors, run.findings, run.fund)
    return Book(path, entries, options, run.fund, sorted(findings, key=lambda item: item.order), run.waived)


def _unjudged(path: Path, entries: list[data.Directive], options: dict[str, object]) -> Fund:
    """Build the model of a book that no rule has judged."""
    try:
        return Fund.build(entries, options)
    except Exception as error:
        raise UnreadableError(f"{path}: the book cannot be understood ({type(error).__name__}: {error})") from error


def _not_run(path: Path, errors: list[Any]) -> Finding:
    """Say why no rule was applied: the main file does not name the plugin, or the plugin failed."""
    at = {"filename": str(path), "lineno": 1}
    failed = [str(e.message).strip().splitlines()[-1] for e in errors if PIPELINE in str(e.message)]
    return MESSAGES.finding("rules-failed", at, error=failed[0]) if failed else MESSAGES.finding("no-plugin", at)


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
