"""Ask for what the officer left out; without a terminal, name everything that is missing or wrong at once."""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import click

from ledger.periods import OAS_SINCE
from ledger.takes import ComposeError

Parser = Callable[[str], Any]
Given = TypeVar("Given")


@dataclass(slots=True)
class Form:
    """The fields of one entry. `answers` holds what is known so far, by the option's name without dashes."""

    interactive: bool = field(default_factory=sys.stdin.isatty)
    answers: dict[str, Any] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def field(
        self,
        option: str,
        given: str | None,
        question: str,
        parse: Parser = str,
        *,
        default: str | None = None,
    ) -> Any:
        """Give the parsed value of an option: as given, else asked for, else its default.

        Without a terminal, a value that is missing or wrong is kept for `close`, and None is given.
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
            self.answers[option] = value
            return value

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
            raise click.UsageError("\n".join(["this is not complete:", *lines]))
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
        raise ValueError(f"{text} is in the future")
    return value


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
