"""The words of the reports: texts are marked where they stand and said by a face, so that no statement depends on a language."""

from datetime import date
from typing import NamedTuple


class Phrase(NamedTuple):
    """An English text with what stands in its `{places}`: a name, a date, a figure."""

    text: str
    given: "tuple[tuple[str, str | date | Phrase], ...]" = ()

    def __str__(self) -> str:
        return self.text.format(**{name: str(value) for name, value in self.given})


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for a text that is marked here and translated elsewhere
    """Mark a text of the program, to tell it from what the book says."""
    return text


def say(text: str, **given: "str | date | Phrase") -> Phrase:
    """Make a phrase."""
    return Phrase(text, tuple(given.items()))
