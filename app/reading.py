"""Read the options of a command that is no act, and say all that is wrong with them at once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import click

from app.language import say
from ledger.ground.errors import InvalidEntryError
from ledger.ground.phrases import text_of

Value = TypeVar("Value")


@dataclass(slots=True)
class OptionReader:
    """Reads the values of options, one after the other; `close` stops when anything is wrong with one."""

    wrong: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def read(self, option: str, text: str | None, parse: Callable[[str], Value]) -> Value | None:
        """Return the value of an option; None where it is not given, or wrong."""
        if text is None:
            return None
        try:
            return parse(text)
        except ValueError as error:
            (self.refused if isinstance(error, InvalidEntryError) else self.wrong).append(
                say("{word}: {problem}", word=option, problem=text_of(error))
            )
            return None

    def close(self) -> None:
        """Stop when a value is wrong.

        One that cannot be read is a usage error, one that the book does not have a refusal.
        """
        lines = [f"  {line}" for line in self.wrong + self.refused]
        if self.wrong:
            raise click.UsageError("\n".join([say("this is not right:"), *lines]))
        if self.refused:
            raise click.ClickException("\n".join([say("nothing was written:"), *lines]))
