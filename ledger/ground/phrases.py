"""Texts of the program with what stands in their `{places}`.

Marked where they stand, said in a language by `reports.translation`.

A `Term` or a `Phrase` is the program's and is translated; a plain text is the book's and stays as somebody wrote it.
`str` of a phrase is English as the terminal shows it: a day as 2016-09-08, a figure as 1,234.50.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from beancount.core.amount import Amount

from ledger.ground.money import show, show_number


class Term(str):
    """A text of the program, in English."""

    __slots__ = ()


class Phrase(NamedTuple):
    """An English text of the program with what stands in its `{places}`: a name, a day, a figure.

    A `layout` has no words of its own.
    """

    text: str
    values: tuple[tuple[str, object], ...] = ()
    layout: bool = False

    def __str__(self) -> str:
        return self.text.format(**{name: _plain(value) for name, value in self.values})


Text = str | Phrase
"""A text of the program or of the book."""
PlaceValue: TypeAlias = str | int | date | Decimal | Amount | Phrase
"""What can stand in a place."""


def N_(text: str) -> Term:  # noqa: N802 - gettext's own name for a text that is marked here and translated elsewhere
    """Mark a text of the program, to tell it from what the book says."""
    return Term(text)


def phrase(text: str, /, **values: PlaceValue) -> Phrase:
    """Make a phrase."""
    return Phrase(text, tuple(values.items()))


def layout(text: str, /, **values: PlaceValue) -> Phrase:
    """Make a phrase of `{places}` and marks, which needs no translation."""
    return Phrase(text, tuple(values.items()), layout=True)


def join_with_and(texts: Sequence[Text]) -> Text:
    """Return `a, b and c`."""
    return phrase("{several} and {last}", several=join(texts[:-1]), last=texts[-1]) if len(texts) > 1 else join(texts)


def join_with_or(texts: Sequence[Text]) -> Text:
    """Return `a, b or c`."""
    return phrase("{several} or {last}", several=join(texts[:-1]), last=texts[-1]) if len(texts) > 1 else join(texts)


def text_of(error: Exception) -> Text:
    """Return what an error says: the phrase that it was raised with, else its words as they are."""
    text = error.args[0] if len(error.args) == 1 else None
    return text if isinstance(text, (Phrase, Term)) else str(error)


def replace(text: Text, old: str, new: str) -> Text:
    """Return a text with other words for some of the book's: the texts of the program in it stay what they are."""
    if isinstance(text, Phrase):
        values = ((k, replace(v, old, new) if isinstance(v, (str, Phrase)) else v) for k, v in text.values)
        return text._replace(values=tuple(values))
    return text if isinstance(text, Term) else text.replace(old, new)


def money(amount: Amount) -> Phrase:
    """Return an amount in its currency, with the figures of the language."""
    return Phrase("{amount}", (("amount", amount),), layout=True)


def join(texts: Sequence[Text], mark: str = ", ") -> Text:
    """Put texts in a row, with a mark between them."""
    whole = texts[0] if texts else ""
    for text in texts[1:]:
        whole = layout("{one}" + mark + "{other}", one=whole, other=text)
    return whole


def count(number: Decimal) -> int | Decimal:
    """Return a number of days, years or per cent, which is said without decimals where it has none."""
    whole = int(number)
    return whole if whole == number else number


def _plain(value: object) -> object:
    if isinstance(value, Amount):
        return show(value)
    return show_number(value) if isinstance(value, Decimal) else str(value) if isinstance(value, Phrase) else value
