"""Which columns of a table are its days, and whether the day or the month stands first in them."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Literal

from importers.ground.refusal import Mistake, RefusedFileError
from importers.learning.columns import Column, Table
from importers.learning.words import Role
from ledger.ground.spelling import spell

Order = Literal["dmy", "mdy"]
_ORDERS: tuple[Order, ...] = ("dmy", "mdy")
_NO_LANGUAGE = frozenset({"date", "amount", "balance", "description", "details", "type", "reference", "currency"})
"""Words of headings that are English, where both orders are usual."""
_BOOKING = re.compile("book|buchung|comptab|contab|post|boek")


class UnsureError(RefusedFileError):
    """A file that may be read in two ways: `option` says which is meant."""

    def __init__(self, what: str, option: str, mend: str) -> None:
        super().__init__([Mistake("", what, mend)])
        self.option = option


def day_columns(table: Table) -> list[Column]:
    """Return the columns of days."""
    return [column for column in table.columns if any(column.days(order) for order in _ORDERS)]


def choose_days(days: Sequence[Column]) -> tuple[Column, Column | None]:
    """Return the column of the booking date, and that of the value date where there is one."""
    full = [column for column in days if len(column.filled) == len(column.cells)] or days
    values = [column for column in days if Role.VALUE_DATE in column.roles]
    rest = [column for column in full if column not in values] or full
    booking = next((column for column in rest if _BOOKING.search(" ".join(spell(column.name)))), rest[0])
    return booking, next((column for column in values if column is not booking), None)


def find_order(days: Sequence[Column], booking: Column, table: Table, newest_first: bool | None) -> Order:  # noqa: FBT001 - what the balances prove, as it was found out
    """Return which of day and month stands first.

    Only one order may give days at all, or days that stand in the order of the rows; else the language of the headings
    says it, where that is not English.

    Raises:
        UnsureError: when it cannot be told.

    """
    possible: dict[Order, list[date | None]] = {}
    for order in _ORDERS:
        read = booking.days(order)
        if read is not None and all(column.days(order) is not None for column in days):
            possible[order] = read
    if len(possible) == 1 or possible.get("dmy") == possible.get("mdy"):
        return next(iter(possible), "dmy")
    steady = [order for order, read in possible.items() if _is_steady([day for day in read if day], newest_first)]
    if len(steady) == 1:
        return steady[0]
    words = {word for column in table.columns for word in spell(column.name)}
    marks = {mark for text in booking.texts for mark in text if mark in "./"}
    if marks == {"."} or not words & _NO_LANGUAGE:
        return "dmy"
    sample = next(text for text in booking.texts if text)
    what = f"{sample!r} may be read in two ways: nothing in the file says whether the day or the month stands first."
    raise UnsureError(what, "date-order", "say --date-order dmy (day first), or mdy.")


def stands_newest_first(booking: Column, order: Order) -> bool:
    """Return whether the newest row stands first, by its day."""
    days = [day for day in booking.days(order) or [] if day]
    return len(days) > 1 and days[0] > days[-1]


def _is_steady(days: Sequence[date], newest_first: bool | None) -> bool:  # noqa: FBT001 - see above
    """Return whether days stand in their order; in either, where it is not known."""
    up = all(a <= b for a, b in pairwise(days))
    down = all(a >= b for a, b in pairwise(days))
    return (up or down) if newest_first is None else down if newest_first else up
