"""Ask for what the officer left out; without a terminal, name everything that is missing or wrong at once."""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import click

from ledger.acts.takes import ComposeError
from ledger.ground.periods import OAS_SINCE
from ledger.model.fund import Fund

Parser = Callable[[str], Any]
Doubt = Callable[[date], str | None]
Given = TypeVar("Given")

FAR_BACK = 10
"""House rule: a date more years back than this is asked about, unless the book has entries of that time."""

LONG_AGO = 20
"""House rule: a date more years back than this is asked about in every book: 2006 is easily typed for 2026."""

FAR_AHEAD = 25
"""House rule: how many years ahead a payment may fall due without a question."""

sure_option = click.option(
    "--date-is-right",
    "sure",
    is_flag=True,
    help="Take a date that is long ago, far ahead, or due before it begins.",
)


@dataclass(slots=True)
class Form:
    """The fields of one entry. `answers` holds what is known so far, by the option's name without dashes.

    An unlikely date is asked about once, unless the officer is `sure` of it (`--date-is-right`); where nothing is to be confirmed
    (`confirms`: neither `--yes` nor `--json`) or nobody is there to answer, it is refused. `since` is the day of the book's first entry.
    """

    since: date | None = None
    interactive: bool = field(default_factory=sys.stdin.isatty)
    sure: bool = False
    confirms: bool = True
    answers: dict[str, Any] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    certain: set[date] = field(default_factory=set)

    def field(
        self,
        option: str,
        given: str | None,
        question: str,
        parse: Parser = str,
        *,
        default: str | None = None,
        doubt: Doubt | None = None,
    ) -> Any:
        """Give the parsed value of an option: as given, else asked for, else its default.

        Without a terminal, a value that is missing or wrong is kept for `close`, and None is given. `doubt` says what is unlikely about a
        date; what is the default already stands somewhere, and is not doubted.
        """
        if given is None and not self.interactive:
            if default is None:
                self.missing.append(f"{option}  {question}")
                return None
            given = default
        asked = given is None
        while True:
            text = given if given is not None else click.prompt(question, default=default, type=str)
            try:
                value = parse(str(text).strip())
            except ValueError as error:
                if asked:
                    click.echo(f"  {error}")
                    continue
                (self.refused if isinstance(error, ComposeError) else self.wrong).append(f"{option}: {error}")
                return None
            if doubt is not None and value is not None and text != default and not self.stands(option, value, doubt):
                if not (self.interactive and self.confirms):
                    return None
                given, asked = None, True
                continue
            self.answers[option] = value
            return value

    def stands(self, option: str, value: date, doubt: Doubt) -> bool:
        """Return whether a date stands: nothing about it is unlikely, or the officer is sure of it. Else say how to mend it."""
        why = None if self.sure or value in self.certain else doubt(value)
        if why is None:
            return True
        if self.interactive and self.confirms:
            if click.confirm(f"{option}: {why}. Record it with this date?", default=False):
                self.certain.add(value)
                return True
            return False
        self.wrong.append(f"{option}: {why}; correct it, or say --date-is-right")
        return False

    def unlikely(self, value: date) -> str | None:
        """Say what is unlikely about the day on which something happened: it is ahead, or long ago."""
        now = date.today()
        if value > now:
            return f"{value} is {_distance(value, now)} ahead of today"
        before = self.since is None or value < self.since
        back = value < _later(now, -LONG_AGO) or (before and value < _later(now, -FAR_BACK))
        return f"{value} is {_distance(now, value)} back" if back else None

    def read_day(self, option: str, given: str | None, parse: Callable[[str], date]) -> date | None:
        """Give the date of an option that is not asked for; None when it is not given, wrong, or not right."""
        value: date | None = self.read(option, given, parse)
        if value is None or self.stands(option, value, self.unlikely):
            return value
        if self.interactive and self.confirms:
            self.wrong.append(f"{option}: {given} is not right, as you said; correct it")
        return None

    def read(self, option: str, given: Given | None, parse: Callable[[Given], Any]) -> Any:
        """Give the parsed value of an option that is not asked for; None when it is not given or wrong."""
        if given is None:
            return None
        try:
            return parse(given)
        except ValueError as error:
            (self.refused if isinstance(error, ComposeError) else self.wrong).append(f"{option}: {error}")
            return None

    def close(self) -> None:
        """Stop here when anything is missing or wrong: usage errors exit with 2, what the book refuses with 1."""
        lines = [
            *(f"  missing {line}" for line in self.missing),
            *(f"  {line}" for line in self.wrong + self.refused),
        ]
        if self.missing or self.wrong:
            state = "complete" if self.missing else "right"
            raise click.UsageError("\n".join([f"this is not {state}:", *lines]))
        if self.refused:
            raise click.ClickException("\n".join(["nothing was written:", *lines]))


def day(text: str) -> date:
    """Read a date, `2016-09-30`."""
    try:
        value = date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is not a date: write it as 2016-09-30") from error
    if value.year < OAS_SINCE:
        raise ValueError(f"{text} is before {OAS_SINCE}, when the OAS began")
    return value


def past_day(text: str) -> date:
    """Read a date that is not in the future."""
    value = day(text)
    if value > date.today():
        raise ValueError(f"{text} is in the future{_years(value)}: nothing has happened on that day yet")
    return value


def unlikely_due(begin: date | None, what: str) -> Doubt:
    """Give what says that a day until which something is due is unlikely: it is before the thing itself, or far ahead."""

    def doubt(value: date) -> str | None:
        if begin is not None and value < begin:
            return f"{value} is before {begin}, the date of the {what}"
        now = date.today()
        return f"{value} is {_distance(value, now)} ahead of today" if value > _later(now, FAR_AHEAD) else None

    return doubt


def _later(value: date, years: int) -> date:
    """Return the same day some years later (or before); of 29 February, the 28th."""
    return date(value.year + years, value.month, min(value.day, 28) if value.month == 2 else value.day)  # noqa: PLR2004


def _distance(late: date, early: date) -> str:
    """Say how far two days are apart: in years, in days when it is less than one."""
    years = late.year - early.year - ((late.month, late.day) < (early.month, early.day))
    number, word = (years, "year") if years else ((late - early).days, "day")
    return f"{number} {word}{'' if number == 1 else 's'}"


def _years(value: date) -> str:
    return f", {_distance(value, date.today())} ahead of today"


def first_day(fund: Fund) -> date | None:
    """Return the day of the first entry of a book."""
    return min((entry.txn.date for entry in fund.entries), default=None)


def needed(text: str) -> str:
    """Read a text that may not be empty."""
    if not text:
        raise ValueError("this is needed")
    return text


def optional_day(text: str) -> date | None:
    """Read a date or nothing."""
    return day(text) if text else None


def number(text: str) -> Decimal:
    """Read a number that is not negative."""
    if not re.fullmatch(r"\d[\d,]{0,14}(\.\d{1,12})?", text):
        raise ValueError(f"{text!r} is not a number that can be used here: write it as 1234.50, not negative")
    return Decimal(text.replace(",", ""))


def today() -> str:
    """Give today's date as an officer would write it."""
    return date.today().isoformat()
