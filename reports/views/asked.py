"""What a request asks for: the language, the quarter and the day, and the entries that Fava's filters leave.

The time filter chooses the day as of which: its last. The account filter and the text filter choose lines: those with a figure of an entry that
passes. No figure changes by a filter: each is that of the statement.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from fava.context import g
from fava.helpers import FavaAPIError
from flask import request
from flask_babel import get_locale

from ledger.loading import Book
from ledger.periods import OAS_SINCE, NotAQuarterError, Quarter
from ledger.phrases import Phrase, say
from reports.figures import Figure
from reports.scope import LAST_YEAR, Basis, NotInTheQuarterError, Scope, so_far
from reports.table import Cell
from reports.views.refused import AskedError
from reports.words import LANGUAGES


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for. `passing` holds the entries (by `id`) that pass the account and the text filter; None is no filter. `first` is the first line of a long table."""

    scope: Scope
    passing: frozenset[int] | None
    first: int

    def passes(self, row: tuple[Cell, ...]) -> bool:
        """Tell whether a line is shown: one without figures always is."""
        if self.passing is None:
            return True
        found = [cell.entries for cell in row if isinstance(cell, Figure) and cell.entries]
        return not found or any(id(entry.txn) in self.passing for entries in found for entry in entries)


def language() -> str:
    """Give the reader's language: that of Fava's option, else of the browser, where it is one of ours."""
    locale = get_locale()
    return locale.language if locale is not None and locale.language in LANGUAGES else "en"


def word(name: str) -> str:
    """Give a word of the request, without what no line of text holds."""
    return " ".join("".join(c for c in request.args.get(name, "") if c.isprintable()).split())[:200]


def asked(book: Book) -> Asked:
    """Read the request.

    Raises:
        AskedError: when the quarter or the day is none; the message says what was expected.

    """
    quarter, day = _when(book)
    try:
        basis = Basis(word("basis") or "cash")
    except ValueError as error:
        raise AskedError(one_of("basis", [basis.value for basis in Basis])) from error
    try:
        scope = Scope.of(quarter, day, basis, language())
    except NotInTheQuarterError as error:
        bounds = {"begin": quarter.begin, "end": quarter.end}
        why = say("{day} is not in {quarter}, which is {begin} to {end}", day=day or "", quarter=str(quarter), **bounds)
        raise AskedError(why) from error
    return Asked(Scope(scope.quarter, scope.as_of, basis, scope.language, published=False), _passing(), _first())


def _when(book: Book) -> tuple[Quarter, date | None]:
    day = _day(word("as_of"))
    if name := word("quarter"):
        try:
            quarter = Quarter.parse(name)
            _known(quarter.begin)
            return quarter, day or so_far(quarter)
        except NotAQuarterError as error:
            raise AskedError(say("{name!r} is not a quarter: write it as 2016-Q3", name=name)) from error
    if day is None and request.args.get("time"):
        day = _last_of_filter()
    if day is not None:
        return Quarter.of(day), day
    days = (entry.txn.date for entry in book.fund.entries if entry.txn.date.year <= LAST_YEAR)
    newest = Quarter.of(max(days, default=date.today()))
    return newest, so_far(newest)


def _last_of_filter() -> date | None:
    """Give the last day that Fava's time filter lets pass."""
    try:
        found = g.filtered.date_range
        day = found.end - timedelta(days=1) if found is not None else None
    except UNREADABLE as error:
        raise AskedError(say("the filter {name!r} cannot be read", name=request.args["time"])) from error
    return _known(day)


UNREADABLE = (FavaAPIError, ValueError, OverflowError, re.error)
"""What Fava raises for a filter that it cannot read."""


def _so_far(quarter: Quarter, day: date | None) -> tuple[Quarter, date | None]:
    """Show a quarter that is not over as of today, where nobody names a day."""
    today = date.today()
    return quarter, today if day is None and today in quarter else day


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError as error:
        raise AskedError(say("{name!r} is not a day; write it as 2016-09-30", name=text)) from error
    return _known(day)


def _known(day: date | None) -> date | None:
    if day is not None and not OAS_SINCE <= day.year <= LAST_YEAR:
        bounds = {"first": date(OAS_SINCE, 1, 1), "last": date(LAST_YEAR, 12, 31)}
        raise AskedError(say("{day} is not between {first} and {last}", day=day, **bounds))
    return day


def _passing() -> frozenset[int] | None:
    account, text = request.args.get("account", ""), request.args.get("filter", "")
    if not account and not text:
        return None
    try:
        entries = g.ledger.get_filtered(account=account, filter=text, time="").entries
    except UNREADABLE as error:
        raise AskedError(say("the filter {name!r} cannot be read", name=f"{account} {text}".strip())) from error
    return frozenset(id(entry) for entry in entries)


def _first() -> int:
    text = word("first")
    return max(int(text), 1) if text.isdecimal() and len(text) < 9 else 1  # noqa: PLR2004 - no book has more lines


def one_of(name: str, known: Iterable[str]) -> Phrase:
    """Say what a word of the request may be."""
    return say("{name}: one of {names} is expected", name=name, names=", ".join(known))
