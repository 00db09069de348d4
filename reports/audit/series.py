"""Duplicates and gaps: two entries that may be one, and numbers that are missing from a series.

House rule: two entries of one kind for one donor over the same amount within seven days may be one; a bank reference
that stands twice is an error of the book already (rule `bank-reference-once`), and a missing receipt number too (rule
`receipt-number`), and both are listed here all the same.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from ledger.book.loading import Book
from ledger.ground.phrases import N_, Text, phrase
from ledger.law.scopes import donors_of
from ledger.model.entries import Entry
from ledger.model.numbering import read
from reports.audit.lines import entries_table, entry_line
from reports.scope import Scope
from reports.table import Column, ColumnType, Table, table

NEAR = timedelta(days=7)


def duplicates(book: Book, scope: Scope) -> Table:
    """List the entries of the quarter that say what another entry says."""
    result = [entry_line(book, entry, why) for entry, why in _find_lines(book, scope)]
    return entries_table(
        "duplicates",
        N_("Possible duplicates"),
        result,
        subtitle=N_("The same kind, donor and amount within seven days, or the same bank reference"),
    )


def _find_lines(book: Book, scope: Scope) -> Iterator[tuple[Entry, Text]]:
    alike: dict[tuple[str, str, Decimal], tuple[date, Entry]] = {}
    references: dict[tuple[str, str], date] = {}
    for entry in book.fund.entries:
        day = entry.txn.date
        if entry.kind is None or entry.reversal or day > scope.as_of:
            continue
        inside = day >= scope.quarter.begin
        whose = ", ".join(donors_of(book.fund, entry)) or entry.txn.payee or ""
        key = (entry.kind.value, whose, entry.moved)
        before = alike.get(key)
        if inside and before is not None and day - before[0] <= NEAR:
            yield entry, phrase("says what the entry of {day} says", day=before[0])
        alike[key] = (day, entry)
        reference = str(entry.txn.meta.get("bank-reference") or "")
        if reference:
            if inside and (entry.kind.value, reference) in references:
                yield (
                    entry,
                    phrase("has the bank reference of the entry of {day}", day=references[entry.kind.value, reference]),
                )
            references[entry.kind.value, reference] = day


def gaps(book: Book, scope: Scope) -> Table:
    """List the series of receipt numbers with their first and last number, and what is missing between them."""
    series: dict[str, set[int]] = defaultdict(set)
    width: dict[str, int] = {}
    for receipt in book.fund.receipts:
        number = read(receipt.number)
        if number is not None and receipt.day <= scope.as_of:
            series[number.series].add(number.value)
            width[number.series] = number.width
    rows = []
    for name, numbers in sorted(series.items()):
        missing = [f"{name}{n:0{width[name]}d}" for n in range(1, max(numbers)) if n not in numbers]
        rows.append(
            (name, Decimal(len(numbers)), Decimal(max(numbers)), Decimal(len(missing)), ", ".join(missing[:20]))
        )
    columns = [
        Column("series", N_("Series"), ColumnType.TEXT, 20),
        Column("used", N_("Numbers used"), ColumnType.COUNT, 14),
        Column("last", N_("Last number"), ColumnType.COUNT, 14),
        Column("missing", N_("Missing"), ColumnType.COUNT, 12),
        Column("which", N_("Which"), ColumnType.TEXT, 60),
    ]
    return table(
        "gaps",
        "",
        N_("Receipt numbers"),
        N_("Receipt numbers: gaps in the series"),
        columns,
        rows,
        subtitle=phrase("As of {day}", day=scope.as_of),
    )
