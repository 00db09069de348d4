"""What a request asks for: the language, the quarter and the day, and the entries that Fava's filters leave.

One rule for the day: Fava's filter *Time* chooses it, its last day, and none after today; without it, today. So what is
chosen stays chosen on every page and in the sidebar, on Fava's own pages too. The words `quarter` and `as_of` of a
form, or of an address that somebody kept, go before it: a page leads on to the same page with the filter that they
mean. The account filter and the text filter choose lines: those with a figure of an entry that passes. No figure
changes by a filter: each is that of the statement.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from beancount.core.data import Directive
from fava.context import g
from fava.helpers import FavaAPIError
from fava.util.date import parse_date
from flask import request
from flask_babel import get_locale

from ledger.ground.errors import InvalidQuarterError
from ledger.ground.periods import OAS_SINCE, Quarter, today
from ledger.ground.phrases import Phrase, phrase
from reports.figures import Figure
from reports.scope import LAST_YEAR, Basis, DayOutsideQuarterError, Scope, so_far
from reports.table import Cell
from reports.translation import LANGUAGES
from reports.views.refusal import BadRequestError

PERIOD = frozenset({"quarter", "as_of"})
"""The words of a form that choose the period; `time` says it from then on."""


@dataclass(frozen=True, slots=True)
class ViewRequest:
    """What is asked for.

    `passing` holds the entries (by their places) that pass the account and the text filter; None is no filter. `first`
    is the first line of a long table.

    `time` is what the filter *Time* says for this period; nothing where nobody chose one, so that a page of today stays
    one.
    """

    scope: Scope
    passing: frozenset[tuple[str, int]] | None
    first: int
    time: str = ""

    def passes(self, row: tuple[Cell, ...]) -> bool:
        """Return whether a line is shown: one without figures always is."""
        if self.passing is None:
            return True
        result = [cell.entries for cell in row if isinstance(cell, Figure) and cell.entries]
        return not result or any(_place(entry.txn) in self.passing for entries in result for entry in entries)


def language() -> str:
    """Return the reader's language: that of Fava's option, else of the browser, where it is one of ours."""
    locale = get_locale()
    return locale.language if locale is not None and locale.language in LANGUAGES else "en"


def word(name: str) -> str:
    """Return a word of the request, without what no line of text holds."""
    return " ".join("".join(c for c in request.args.get(name, "") if c.isprintable()).split())[:200]


def parse_request() -> ViewRequest:
    """Read the request.

    Raises:
        BadRequestError: when the quarter or the day is none; the message says what was expected.

    """
    quarter, day = _when()
    try:
        basis = Basis(word("basis") or "cash")
    except ValueError as error:
        raise BadRequestError(one_of("basis", [basis.value for basis in Basis])) from error
    try:
        scope = Scope.of(quarter, day, basis, language())
    except DayOutsideQuarterError as error:
        bounds = {"begin": quarter.begin, "end": quarter.end}
        why = phrase(
            "{day} is not in {quarter}, which is {begin} to {end}", day=day or "", quarter=str(quarter), **bounds
        )
        raise BadRequestError(why) from error
    scope = Scope(scope.quarter, scope.as_of, basis, scope.language, published=False)
    time = _time(scope) if PERIOD & request.args.keys() else request.args.get("time", "")
    return ViewRequest(scope, _entries_passing_filter(), _first(), time)


def requested_day() -> date:
    """Return the day that a request asks for, on Fava's own pages too.

    Raises:
        BadRequestError: when it is none.

    """
    return parse_request().scope.as_of


def _time(scope: Scope) -> str:
    """Return what Fava's filter *Time* says for a period: the quarter, or its days until the one as of which."""
    quarter, day = scope.quarter, scope.as_of
    if day in {quarter.end, today()}:
        return str(quarter)
    return str(day) if day == quarter.begin else f"{quarter.begin} to {day}"


def _when() -> tuple[Quarter, date | None]:
    day = _day(word("as_of"))
    if name := word("quarter"):
        try:
            quarter = Quarter.parse(name)
        except InvalidQuarterError as error:
            raise BadRequestError(phrase("{name!r} is not a quarter: write it as 2016-Q3", name=name)) from error
        _past_day(quarter.begin)
        return quarter, day or so_far(quarter)
    if day is None:
        day = _last_of_filter(request.args["time"]) if request.args.get("time") else today()
    return Quarter.of(day), day


def _last_of_filter(text: str) -> date:
    """Return the last day that Fava's time filter lets pass, and none after today."""
    try:
        begin, end = parse_date(text, g.ledger.fava_options.fiscal_year_end)
    except UNREADABLE:
        begin = end = None
    if begin is None or end is None or end <= begin:
        raise BadRequestError(phrase("the filter {name!r} cannot be read", name=text))
    return _past_day(max(begin, min(end - timedelta(days=1), today())))


UNREADABLE = (FavaAPIError, ValueError, OverflowError, re.error)
"""What Fava raises for a filter that it cannot read."""


def _day(text: str) -> date | None:
    try:
        return _past_day(date.fromisoformat(text)) if text else None
    except ValueError as error:
        raise BadRequestError(phrase("{name!r} is not a day; write it as 2016-09-30", name=text)) from error


def _past_day(day: date) -> date:
    """Return a day that has been, in a year of the OAS."""
    if not OAS_SINCE <= day.year <= LAST_YEAR:
        bounds = {"first": date(OAS_SINCE, 1, 1), "last": date(LAST_YEAR, 12, 31)}
        raise BadRequestError(phrase("{day} is not between {first} and {last}", day=day, **bounds))
    if day > today():
        raise BadRequestError(
            phrase("{day} is ahead of today, {today}: the pages show what stands until today", day=day, today=today())
        )
    return day


def _place(entry: Directive) -> tuple[str, int]:
    return str(entry.meta["filename"]), int(entry.meta["lineno"])


def _entries_passing_filter() -> frozenset[tuple[str, int]] | None:
    account, text = request.args.get("account", ""), request.args.get("filter", "")
    if not account and not text:
        return None
    try:
        entries = g.ledger.get_filtered(account=account, filter=text, time="").entries
    except UNREADABLE as error:
        raise BadRequestError(phrase("the filter {name!r} cannot be read", name=f"{account} {text}".strip())) from error
    return frozenset(_place(entry) for entry in entries)


def _first() -> int:
    text = word("first")
    return max(int(text), 1) if text.isdecimal() and len(text) < 9 else 1  # noqa: PLR2004 - no book has more lines


def one_of(name: str, names: Iterable[str]) -> Phrase:
    """Say what a word of the request may be."""
    return phrase("{name}: one of {names} is expected", name=name, names=", ".join(names))
