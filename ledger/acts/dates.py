"""Dates of what has happened.

Which cannot be, which are unlikely (house rules), and how far apart two days are, in words.
"""

from datetime import date

from ledger.ground.periods import today
from ledger.ground.phrases import Phrase, phrase
from ledger.ground.values import parse_date
from ledger.model.fund import Fund

FAR_AHEAD = 25
"""House rule: how many years ahead a payment may fall due without a question."""

FAR_BACK = 10
"""House rule: a date more years back than this is asked about, unless the book has entries of that time."""

LONG_AGO = 20
"""House rule: a date more years back than this is asked about in every book: 2006 is easily typed for 2026."""


def parse_past_date(text: str) -> date:
    """Read the date of something that has happened.

    Raises:
        ValueError: when it is no date, or in the future.

    """
    value = parse_date(text)
    if value > today():
        ahead = distance(value, today())
        raise ValueError(
            phrase(
                "{text} is in the future, {ahead} ahead of today: nothing has happened on that day yet",
                text=text,
                ahead=ahead,
            )
        )
    return value


def doubt_of(fund: Fund, day: date) -> Phrase | None:
    """Return what is unlikely about the day on which something happened: it is ahead, or long ago; None for nothing."""
    if day > today():
        return phrase("{day} is {distance} ahead of today", day=day, distance=distance(day, today()))
    first = min((entry.txn.date for entry in fund.entries), default=None)
    before = first is None or day < first
    back = day < later(today(), -LONG_AGO) or (before and day < later(today(), -FAR_BACK))
    return phrase("{day} is {distance} back", day=day, distance=distance(today(), day)) if back else None


def doubt_of_due(day: date, begin: date | None, what: str) -> Phrase | None:
    """Return what is unlikely about a day until which something is due: it is before the thing itself, or far ahead.

    None for nothing.
    """
    if begin is not None and day < begin:
        return phrase("{day} is before {begin}, the date of the {what}", day=day, begin=begin, what=what)
    if day <= later(today(), FAR_AHEAD):
        return None
    return phrase("{day} is {distance} ahead of today", day=day, distance=distance(day, today()))


def later(day: date, years: int) -> date:
    """Return the same day some years later (or before); of 29 February, the 28th."""
    return date(day.year + years, day.month, min(day.day, 28) if day.month == 2 else day.day)  # noqa: PLR2004


def distance(late: date, early: date) -> Phrase:
    """Return how far two days are apart, in words: in years, in days when it is less than one."""
    years = late.year - early.year - ((late.month, late.day) < (early.month, early.day))
    days = (late - early).days
    if years:
        return phrase("{number} year", number=years) if years == 1 else phrase("{number} years", number=years)
    return phrase("{number} day", number=days) if days == 1 else phrase("{number} days", number=days)
