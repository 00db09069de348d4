"""Exchange rates in force: the newest price on or before a day, never interpolated, one hop only.

House rule after UN practice: the rate of a day is the UN operational rate of exchange in force on it, of which the
newest effective date supersedes the earlier ones. Rates stand in the book as Beancount prices of the currency in the
unit of account.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from beancount.core.data import Price


class Rates:
    """The prices of a book in one unit of account."""

    def __init__(self, prices: Iterable[Price], unit: str) -> None:
        self.unit = unit
        self._days: dict[str, list[tuple[date, Decimal]]] = defaultdict(list)
        for price in prices:
            if price.amount.currency == unit and price.amount.number > 0:
                self._days[price.currency].append((price.date, price.amount.number))
        for days in self._days.values():
            days.sort(key=lambda pair: pair[0])

    def rate(self, currency: str, day: date) -> Decimal | None:
        """Return the unit of account per unit of `currency` in force on `day`, None when the book has none."""
        if currency == self.unit:
            return Decimal(1)
        result = self.newest(currency, day)
        return result[1] if result else None

    def newest(self, currency: str, day: date) -> tuple[date, Decimal] | None:
        """Return the newest rate on or before a day, and since when it is in force."""
        days = self._days.get(currency, [])
        position = bisect_right(days, day, key=lambda pair: pair[0])
        return days[position - 1] if position else None
