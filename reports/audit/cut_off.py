"""The cut-off test: what happened around the end of a quarter must be in the quarter in which it happened.

Source: the assertion "cut-off" of ISA 315: transactions and events have been recorded in the correct accounting period.
House rule: ten days on either side of the end. The day that counts is that of the bank (`value-date`), of the
acceptance (`accepted`) or of the instrument (`instrument-date`).
"""

from collections.abc import Iterator
from datetime import date, timedelta

from ledger.book.loading import Book
from ledger.ground.periods import Quarter
from ledger.ground.phrases import N_, Text, phrase
from ledger.model.entries import Entry
from ledger.model.numbering import recorded
from reports.audit.lines import entries_table, entry_line
from reports.scope import Scope
from reports.table import Table

DAYS = timedelta(days=10)
_KEYS = ("value-date", "accepted", "instrument-date")
"""Metadata that say on which day something happened, the first that is there."""


def happened(entry: Entry) -> date:
    """Return the day on which something happened, as its metadata say; else the day of the entry."""
    result = (entry.txn.meta.get(key) for key in _KEYS)
    day: date = next((day for day in result if isinstance(day, date)), entry.txn.date)
    return day


def cut_off(book: Book, scope: Scope) -> Table:
    """List the entries around the end of the quarter that are dated in another quarter than they happened, or were recorded after it."""
    result = [entry_line(book, entry, why) for entry, why in _find_lines(book, scope.quarter)]
    return entries_table(
        "cut_off",
        N_("Cut-off"),
        result,
        subtitle=phrase(
            "{begin} to {end}: what is in another quarter than it happened, or was recorded after the end",
            begin=scope.quarter.end - DAYS,
            end=scope.quarter.end + DAYS,
        ),
        notes=(N_("What happened: the value date of the bank, the acceptance, or the date of the instrument."),),
    )


def _find_lines(book: Book, quarter: Quarter) -> Iterator[tuple[Entry, Text]]:
    end = quarter.end
    first, last = end - DAYS, end + DAYS
    for entry in book.fund.entries:
        day, true = entry.txn.date, happened(entry)
        if not (first <= day <= last or first <= true <= last):
            continue
        if Quarter.of(day) != Quarter.of(true):
            yield entry, phrase("is in {booked}, happened on {day}", booked=str(Quarter.of(day)), day=true)
        elif day in quarter and recorded(entry.txn) > last:
            yield entry, phrase("was recorded on {day}", day=recorded(entry.txn))
