"""The words of the reports: texts are marked where they stand and said by a face, so that no statement depends on a language.

A `Term` or a `Phrase` is the program's and is translated; a plain text is the book's and stays as somebody wrote it. The catalogues are
`locale/<language>.po`; English is what stands in the program.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from beancount.core.amount import Amount

LANGUAGES = {"en": "en_US", "es": "es_419", "fr": "fr_FR", "pt": "pt_BR"}
"""The official languages of the OAS, with the locale that writes their dates and numbers (house rule: as its member states do)."""
FIRST = {"fr": "1er", "pt": "1º"}
"""How the first day of a month is written where it is an ordinal, which the locale data leave out."""
CATALOGUES = Path(__file__).parent / "locale"


class NotTranslatedError(RuntimeError):
    """A text of the program has no translation: a defect of this program, which a test finds."""


class Term(str):
    """A text of the program, in English."""

    __slots__ = ()


class Phrase(NamedTuple):
    """An English text of the program with what stands in its `{places}`: a name, a day, a figure. A `layout` has no words of its own."""

    text: str
    given: "tuple[tuple[str, str | date | Decimal | Phrase], ...]" = ()
    layout: bool = False

    def __str__(self) -> str:
        return Words("en").say(self)


Text = str | Phrase
"""A text as a statement holds it."""


def N_(text: str) -> Term:  # noqa: N802 - gettext's own name for a text that is marked here and translated elsewhere
    """Mark a text of the program, to tell it from what the book says."""
    return Term(text)


def say(text: str, **given: "str | date | Decimal | Phrase") -> Phrase:
    """Make a phrase."""
    return Phrase(text, tuple(given.items()))


def laid_out(text: str, **given: "str | date | Decimal | Phrase") -> Phrase:
    """Make a phrase of `{places}` and marks, which needs no translation."""
    return Phrase(text, tuple(given.items()), layout=True)


def money(amount: Amount) -> Phrase:
    """Say an amount in its currency, with the figures of the language."""
    return laid_out("{number} {currency}", number=amount.number, currency=amount.currency)


def joined(texts: "Sequence[Text]", mark: str = ", ") -> "Text":
    """Put texts in a row, with a mark between them."""
    whole = texts[0] if texts else ""
    for text in texts[1:]:
        whole = laid_out("{one}" + mark + "{other}", one=whole, other=text)
    return whole


class Words:
    """Says texts in one of `LANGUAGES`."""

    def __init__(self, language: str) -> None:
        self.language, self._locale = language, LANGUAGES[language]

    def say(self, text: "str | date | Decimal | Phrase") -> str:
        """Give a text in the language; a day in words, a figure with two decimals or more.

        Raises:
            NotTranslatedError: when the catalogue has no translation.

        """
        if isinstance(text, Phrase):
            pattern = text.text if text.layout else self._of(text.text)
            return pattern.format(**{name: self.say(value) for name, value in text.given})
        if isinstance(text, Term):
            return self._of(text)
        if isinstance(text, date):
            said = format_date(text, "long", locale=self._locale)
            return said.replace("1", FIRST[self.language], 1) if text.day == 1 and self.language in FIRST else said
        if isinstance(text, Decimal):
            return format_decimal(text, "#,##0.00######", locale=self._locale)
        return text

    def _of(self, text: str) -> str:
        if self.language == "en":
            return str(text)
        translated = _catalogue(self.language).get(text)
        if not translated:
            raise NotTranslatedError(f"{self.language}: {text}")
        return translated


@cache
def _catalogue(language: str) -> dict[str, str]:
    """Read the catalogue of a language: English text to translation."""
    with (CATALOGUES / f"{language}.po").open(encoding="utf-8") as file:
        return {str(message.id): str(message.string) for message in read_po(file, locale=language) if message.id}
