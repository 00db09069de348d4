"""Which dates are unlikely (house rules), and how far apart two days are, in words."""

from datetime import date

from ledger.ground.periods import today
from ledger.model.fund import Fund

FAR_BACK = 10
"""House rule: a date more years back than this is asked about, unless the book has entries of that time."""

LONG_AGO = 20
"""House rule: a date more years back than this is asked about in every book: 2006 is easily typed for 2026."""


def far_back(fund: Fund, day: date) -> bool:
    """Return whether a day is so long ago that it is asked about."""
    first = min((entry.txn.date for entry in fund.entries), default=None)
    before = first is None or day < first
    return day < later(today(), -LONG_AGO) or (before and day < later(today(), -FAR_BACK))


def later(day: date, years: int) -> date:
    """Return the same day some years later (or before); of 29 February, the 28th."""
    return date(day.year + years, day.month, min(day.day, 28) if day.month == 2 else day.day)  # noqa: PLR2004


def distance(late: date, early: date) -> str:
    """Return how far two days are apart, in words: in years, in days when it is less than one."""
    years = late.year - early.year - ((late.month, late.day) < (early.month, early.day))
    number, word = (years, "year") if years else ((late - early).days, "day")
    return f"{number} {word}{'' if number == 1 else 's'}"
