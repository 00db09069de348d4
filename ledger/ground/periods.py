"""Quarters of the calendar year, the fund's reporting periods.

The OAS fiscal year is the calendar year and its quarterly reports end on 31 March, 30 June, 30 September and
31 December (GS/OAS Quarterly Financial Report, 2016-Q1: "January 1, 2016 to March 31, 2016").
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from ledger.ground.errors import InvalidQuarterError
from ledger.ground.phrases import phrase

OAS_SINCE = 1948
"""The Charter of the OAS was signed in 1948: no date of the fund is before it."""


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """A quarter of a calendar year; `number` is 1 to 4."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "Quarter":
        """Read `2016-Q3` (also `2016q3`).

        Raises:
            InvalidQuarterError: when the text is anything else.

        """
        match = re.fullmatch(r"([12]\d{3})-?[Qq]([1-4])", text.strip())
        if match is None:
            raise InvalidQuarterError(phrase("{text!r} is not a quarter: write it as 2016-Q3", text=text))
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """Return the quarter that the day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    def before(self) -> "Quarter":
        """Return the quarter before this one."""
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    def after(self) -> "Quarter":
        """Return the quarter after this one."""
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)  # noqa: PLR2004 - of a year

    @property
    def begin(self) -> date:
        """The first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self) -> date:
        """The last day."""
        month = 3 * self.number
        return date(self.year, month, monthrange(self.year, month)[1])

    def __contains__(self, day: date) -> bool:
        return self.begin <= day <= self.end

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{self.number}"


def today() -> date:
    """Return the day it is: what is shown stands at it where nobody names another.

    No other place of what is shown asks the clock.
    """
    return date.today()


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
