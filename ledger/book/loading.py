"""Read a book: Beancount's stages, then what the pipeline plugin built, with every message in our words.

The plugin hands its model over through `publish`, with the way to judge it as of a day, so that a book is parsed and
modelled once per load, and judged only where its findings are asked for. By itself a book is judged as of its last
transaction, as `bean-check` does, which knows the book alone; whoever shows or exports it as of a day asks for
`judged`. A book whose main file does not name the plugin is refused here: Beancount ignores `plugin` lines of included
files silently.
"""

import gc
import glob
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from beancount.core import data
from beancount.core.data import Balance

from ledger.book import source
from ledger.book.explain import explain
from ledger.book.papers import Paper
from ledger.book.source import Source
from ledger.ground.errors import UnreadableBookError
from ledger.ground.findings import Catalogue, Finding, Message
from ledger.ground.phrases import Phrase, Text, phrase
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


@dataclass(frozen=True, slots=True)
class Model:
    """What the pipeline makes of a book: the fund, and the way to judge it."""

    fund: Fund
    judge: Judge


_models: ContextVar[list[Model] | None] = ContextVar("models", default=None)
_awaiting_adoption: dict[str, Model] = {}
"""The last model per main file of a book that somebody else loads: Fava does, and its extension takes it (`adopt`)."""


def publish(options: dict[str, Any], model: Model) -> bool:
    """Hand the model of a book to whoever is loading it.

    Return whether that judges it too (`bean-check` and Fava do not).
    """
    models = _models.get()
    if models is not None:
        models.append(model)
        return True
    _awaiting_adoption[str(options.get("filename", ""))] = model
    return False


@dataclass(frozen=True, slots=True)
class Unwritten:
    """What a rehearsal added to a book: bytes at the end of a file, with the papers that belong to them."""

    file: Path
    content: bytes
    papers: Sequence[Paper]


@dataclass(frozen=True, slots=True)
class Book:
    """A loaded book; it is judged when its findings are first asked for, as of the day of its fund.

    `judge` applies the rules as of a day (`judged`); what it found is kept in it, for the newest days. `source` is the
    text that it was made from, to which more can be added; None where somebody else loaded the book.
    """

    path: Path
    entries: list[data.Directive]
    options: dict[str, Any]
    fund: Fund
    judge: Judge = field(repr=False, compare=False)
    as_of: date | None = None
    source: Source | None = field(default=None, repr=False, compare=False)
    unwritten: tuple[Unwritten, ...] = ()
    """What earlier rehearsals added, and no file holds."""

    @property
    def findings(self) -> list[Finding]:
        """What is wrong or open, in the order of file and line; errors make the book unfit for export."""
        return self.judge(self.as_of).findings

    @property
    def waived(self) -> list[Waived]:
        """The findings that a waiver lets pass."""
        return self.judge(self.as_of).waived

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
        return [Path(name) for name in self.options["include"]]


def plain(path: Path) -> Path:
    """Return a path from the root and without `..`, so that the places of a book are told in one way.

    Links keep their names.
    """
    return Path(os.path.abspath(path))  # noqa: PTH100 - `resolve` follows links


def within(folder: Path, place: str) -> str:
    """Return a place as seen from the folder of a book, so that what is reported is the same wherever the book lies."""
    return os.path.relpath(place, folder) if place.startswith("/") else place


def relative_places(folder: Path, text: Text) -> Text:
    """Return a phrase with every place in it as seen from the folder of a book."""
    if not isinstance(text, Phrase):
        return text
    root = f"{folder}/"
    values = tuple(
        (name, within(folder, value) if isinstance(value, str) and value.startswith(root) else value)
        for name, value in text.values
    )
    return text._replace(values=values)


def load(path: Path, as_of: date | None = None) -> Book:
    """Load the book whose main file is `path`. Mistakes in it are findings, never exceptions.

    It is judged as of a day: that of its last transaction, or `as_of`.

    Raises:
        UnreadableBookError: when Beancount itself fails on the book, or would read other files than it includes.

    """
    main = plain(path)
    if glob.has_magic(str(main.parent)):
        raise UnreadableBookError(
            phrase(
                "{path}: the name of a folder on its path has one of * ? [, which Beancount takes for a pattern where a file is included; rename the folder",
                path=str(path),
            )
        )
    book = _understand(main, lambda: source.read_source(main))
    return book if as_of is None else judged(book, as_of)


def is_included(book: Book, file: Path) -> bool:
    """Return whether a file belongs to a loaded book, or would if it were there."""
    return book.source is not None and source.is_included(book.source, file)


def with_text(book: Book, file: Path, text: str, first_line: int, superseded: Sequence[Balance] = ()) -> Book:
    """Return a loaded book as it would be with a text at the end of one of its files, which begins on `first_line` there.

    Assertions that the text supersedes are left out.

    Raises:
        UnreadableBookError: when Beancount fails on it.

    """
    known = book.source
    if known is None:
        raise UnreadableBookError(
            phrase("{path}: the book was loaded by somebody else; load it again", path=str(book.path))
        )
    return _understand(book.path, lambda: source.add_text(source.without(known, superseded), file, text, first_line))


def judged(book: Book, as_of: date) -> Book:
    """Return a book as it is judged as of a day, without loading it again.

    What depends on age, and on the law of the day.
    """
    return replace(book, fund=book.judge(as_of).fund, as_of=as_of)


def adopt(path: Path, entries: list[data.Directive], errors: list[Any], options: dict[str, Any]) -> Book:
    """Return the book that somebody else has just loaded, such as Fava, with what the pipeline built in that load.

    Raises:
        UnreadableBookError: when the book cannot be understood.

    """
    return _book(path, entries, options, _awaiting_adoption.pop(str(options.get("filename", "")), None), lambda: errors)


def _understand(main: Path, read: Callable[[], Source]) -> Book:
    """Make a book of a source; Beancount's own checks of its entries wait until findings are asked for."""
    models: list[Model] = []
    token = _models.set(models)
    try:
        with _no_collector():
            text = read()
            entries, errors, options = source.transform(text)
    except Exception as error:  # Beancount has no error of its own for a book that it cannot sort
        reason = f"{type(error).__name__}: {error}"
        refusal = phrase("{path}: Beancount cannot read this book ({reason})", path=str(main), reason=reason)
        raise UnreadableBookError(refusal) from error
    finally:
        _models.reset(token)
    result = lru_cache(maxsize=1)(lambda: errors + source.validate(entries, options))
    return _book(main, entries, options, models[-1] if models else None, result, text)


def _book(
    path: Path,
    entries: list[data.Directive],
    options: dict[str, Any],
    model: Model | None,
    errors: Callable[[], list[Any]],
    text: Source | None = None,
) -> Book:
    result = model or _without_rules(path, entries, errors(), options)

    @lru_cache(maxsize=KEPT)
    def explained(day: date | None) -> Run:
        try:
            run = result.judge(day)
        except Exception as error:  # noqa: BLE001 - a rule that fails must not hide that nothing was judged
            failed = MESSAGES.finding("rules-failed", _first_line(path), error=f"{type(error).__name__}: {error}")
            run = Run(result.fund, [*result.fund.findings, failed], [])
        return replace(run, findings=sorted(explain(errors(), run.findings, run.fund), key=lambda item: item.order))

    return Book(path, entries, options, result.fund, explained, source=text)


def _without_rules(path: Path, entries: list[data.Directive], errors: list[Any], options: dict[str, Any]) -> Model:
    """Build the model of a book to which no rule was applied; that is found as of every day."""
    try:
        fund = Fund.build(entries, options, Schema())
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise UnreadableBookError(
            phrase("{path}: the book cannot be understood ({reason})", path=str(path), reason=reason)
        ) from error
    findings = [*fund.findings, _not_run(path, errors)]
    return Model(fund, lambda day: Run(fund if day is None else fund.at(day), findings, []))


def _not_run(path: Path, errors: list[Any]) -> Finding:
    """Return why no rule was applied: the main file does not name the plugin, or the plugin failed."""
    failed = [str(e.message).strip().splitlines()[-1] for e in errors if PIPELINE in str(e.message)]
    if failed:
        return MESSAGES.finding("rules-failed", _first_line(path), error=failed[0])
    return MESSAGES.finding("no-plugin", _first_line(path), pipeline=PIPELINE)


def _first_line(path: Path) -> dict[str, Any]:
    return {"filename": str(path), "lineno": 1}


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
