"""The languages of the reports.

A face says a text in one of them, so that no statement and no rule depends on a language.

What is said is in `ledger.ground.phrases`. The catalogues are `locale/<language>.po`; English is what stands in the
program.
"""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from beancount.core.amount import Amount

from ledger.ground.errors import VfundError
from ledger.ground.money import minor_units
from ledger.ground.phrases import Phrase, Term

LANGUAGES = {"en": "en_US", "es": "es_419", "fr": "fr_FR", "pt": "pt_BR"}
"""The official languages of the OAS, with the locale that writes their dates and numbers (house rule: as its member
states do)."""
FIRST = {"fr": "1er", "pt": "1º"}
"""How the first day of a month is written where it is an ordinal, which the locale data leave out."""
CATALOGUES = Path(__file__).parent / "locale"


class MissingTranslationError(VfundError, RuntimeError):
    """A text of the program has no translation: a defect of this program, which a test finds."""


class Translator:
    """Says texts in one of `LANGUAGES`."""

    def __init__(self, language: str) -> None:
        self.language, self._locale = language, LANGUAGES[language]

    def say(self, text: object) -> str:
        """Return a text in the language; a day in words, an amount with two decimals or more, a count without.

        What stands between backticks is to be typed, and written as the book writes it: 2016-09-30, 1.10.

        Raises:
            MissingTranslationError: when the catalogue has no translation.

        """
        if isinstance(text, Phrase):
            pattern = text.text if text.layout else self._of(text.text)
            texts = {name: self.say(value) for name, value in text.values}
            plain_texts = {
                name: f"{value:f}" if isinstance(value, Decimal) else str(value) for name, value in text.values
            }
            parts = pattern.split("`")
            return "`".join(part.format(**(plain_texts if n % 2 else texts)) for n, part in enumerate(parts))
        if isinstance(text, Term):
            return self._of(text)
        if isinstance(text, date):
            text_of_day = format_date(text, "long", locale=self._locale)
            return (
                text_of_day.replace("1", FIRST[self.language], 1)
                if text.day == 1 and self.language in FIRST
                else text_of_day
            )
        if isinstance(text, (Amount, Decimal, int)):
            return self._figure(text)
        return str(text)

    def _figure(self, value: Any) -> str:
        if isinstance(value, Amount):
            units = minor_units(value.currency)
            pattern = f"#,##0.{'0' * (2 if units is None else units)}######"
            return f"{format_decimal(value.number, pattern, locale=self._locale)} {value.currency}"
        return format_decimal(value, "#,##0.00######" if isinstance(value, Decimal) else "#,##0", locale=self._locale)

    def _of(self, text: str) -> str:
        if self.language == "en":
            return str(text)
        translation = _catalogue(self.language).get(text)
        if not translation:
            raise MissingTranslationError(f"{self.language}: {text}")
        return translation


@cache
def _catalogue(language: str) -> dict[str, str]:
    """Read the catalogue of a language: English text to translation."""
    with (CATALOGUES / f"{language}.po").open(encoding="utf-8") as file:
        return {str(message.id): str(message.string) for message in read_po(file, locale=language) if message.id}
