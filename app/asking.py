"""Ask for what the officer left out; without a terminal, name everything that is missing or wrong at once."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import click

from app.language import confirm, translate
from ledger.acts.dates import doubt_of
from ledger.acts.takes import ComposeError
from ledger.ground.phrases import Text, say, text_of
from ledger.model.fund import Fund

Parser = Callable[[str], Any]
Doubt = Callable[[date], Text | None]
Given = TypeVar("Given")

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
    (`confirms`: neither `--yes` nor `--json`) or nobody is there to answer, it is refused.
    """

    fund: Fund | None = None
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
        question: Text,
        parse: Parser = str,
        *,
        default: str | None = None,
        doubt: Doubt | None = None,
    ) -> Any:
        """Return the parsed value of an option: as given, else asked for, else its default.

        Without a terminal, a value that is missing or wrong is kept for `close`, and None is given. `doubt` says what is unlikely about a
        date; what is the default already stands somewhere, and is not doubted.
        """
        if given is None and not self.interactive:
            if default is None:
                self.missing.append(translate(say("missing {word}  {question}", word=option, question=question)))
                return None
            given = default
        asked = given is None
        while True:
            text = given if given is not None else click.prompt(translate(question), default=default, type=str)
            try:
                value = parse(str(text).strip())
            except ValueError as error:
                if asked:
                    click.echo(f"  {translate(text_of(error))}")
                    continue
                (self.refused if isinstance(error, ComposeError) else self.wrong).append(
                    translate(say("{word}: {problem}", word=option, problem=text_of(error)))
                )
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
            if confirm(say("{word}: {doubt}. Record it with this date?", word=option, doubt=why), default=False):
                self.certain.add(value)
                return True
            return False
        self.wrong.append(translate(say("{word}: {doubt}; correct it, or say --date-is-right", word=option, doubt=why)))
        return False

    def unlikely(self, value: date) -> Text | None:
        """Return what is unlikely about the day on which something happened."""
        return doubt_of(self.fund, value) if self.fund is not None else None

    def read(self, option: str, given: Given | None, parse: Callable[[Given], Any]) -> Any:
        """Return the parsed value of an option that is not asked for; None when it is not given or wrong."""
        if given is None:
            return None
        try:
            return parse(given)
        except ValueError as error:
            (self.refused if isinstance(error, ComposeError) else self.wrong).append(
                translate(say("{word}: {problem}", word=option, problem=text_of(error)))
            )
            return None

    def close(self) -> None:
        """Stop here when anything is missing or wrong: usage errors exit with 2, what the book refuses with 1."""
        lines = [
            *(f"  {line}" for line in self.missing + self.wrong + self.refused),
        ]
        if self.missing or self.wrong:
            state = translate("this is not complete:") if self.missing else translate("this is not right:")
            raise click.UsageError("\n".join([state, *lines]))
        if self.refused:
            raise click.ClickException("\n".join([translate("nothing was written:"), *lines]))
