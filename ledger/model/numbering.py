"""Running numbers: the next receipt number and the next pledge id."""

import re
from datetime import date
from typing import NamedTuple

from beancount.core.data import Transaction

from ledger.model.fund import Fund

_NUMBER = re.compile(r"(?P<series>.*?)(?P<digits>\d+)")


class Number(NamedTuple):
    """A receipt number taken apart: `R-2016-0007` is number 7 of the series `R-2016-`, written with 4 digits."""

    series: str
    value: int
    width: int

    def then(self, value: int) -> str:
        """Write another number of the same series."""
        return f"{self.series}{value:0{self.width}d}"


def read(text: str) -> Number | None:
    """Take a receipt number apart; None when it does not end in digits."""
    match = _NUMBER.fullmatch(text.strip().upper())
    return Number(match["series"], int(match["digits"]), len(match["digits"])) if match else None


def recorded(txn: Transaction) -> date:
    """Return the day on which an entry was recorded, its own date where it does not say."""
    day = txn.meta.get("recorded")
    return day if isinstance(day, date) else txn.date


def next_receipt_number(fund: Fund, day: date) -> str:
    """Continue the series of the newest receipt of the year of `day`; else begin `R-<year>-0001`."""
    numbers = [(r.day, number) for r in fund.receipts if (number := read(r.number)) is not None]
    of_year = [pair for pair in numbers if pair[0].year == day.year]
    if not of_year:
        return f"R-{day.year}-0001"
    newest = max(of_year, key=lambda pair: (pair[0], pair[1].value))[1]
    return newest.then(max(number.value for _, number in numbers if number.series == newest.series) + 1)


def next_pledge_id(fund: Fund, day: date) -> str:
    """Return the next free pledge id of the year of `day`, `PL-2016-004`."""
    prefix = f"PL-{day.year}-"
    numbers = [int(pledge[len(prefix) :]) for pledge in fund.pledges if pledge.startswith(prefix)]
    return f"{prefix}{max(numbers, default=0) + 1:03d}"


def next_unclaimed_link(fund: Fund, day: date) -> str:
    """Return the next free link of an unclaimed receipt of the year of `day`, `UR-2016-004`."""
    prefix = f"UR-{day.year}-"
    numbers = [int(link[len(prefix) :]) for link in fund.unclaimed if link.startswith(prefix)]
    return f"{prefix}{max(numbers, default=0) + 1:03d}"
