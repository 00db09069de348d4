"""An entry as the tests show it: when, what, how much, and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.book.loading import Book, within
from ledger.ground.phrases import N_, Term, Text
from ledger.model.entries import Entry
from reports.figures import Figure
from reports.table import Column, ColumnType, Table, table


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry that a test points at.

    `value` is what it moves, in the unit of account; `why` says what the test sees in it.
    """

    day: date
    kind: str
    payee: str
    narration: str
    value: Figure
    why: Text
    where: str


def entry_line(book: Book, entry: Entry, why: Text = "", value: Decimal | None = None) -> EntryLine:
    """Make the line of an entry: with what it moves, or with another value."""
    txn = entry.txn
    return EntryLine(
        day=txn.date,
        kind=entry.kind.value if entry.kind else "",
        payee=txn.payee or "",
        narration=txn.narration or "",
        value=Figure(entry.moved if value is None else value, (entry,)),
        why=why,
        where=within(book.path.parent, entry.place),
    )


MOVED = N_("Amount of the entry")


def entries_table(
    key: str,
    title: Term,
    lines: Sequence[EntryLine],
    *,
    subtitle: Text = "",
    notes: Sequence[Text] = (),
    before: Sequence[Column] = (),
    movement_label: Text = MOVED,
    rows: Sequence[tuple[object, ...]] | None = None,
) -> Table:
    """Make the table of such lines.

    `before` are columns of a test's own, with `rows` of their values; `movement_label` is what the amount is.
    """
    columns = [
        *before,
        Column("day", N_("Date"), ColumnType.DAY, 12),
        Column("kind", N_("Kind"), ColumnType.TEXT, 14),
        Column("payee", N_("Payee"), ColumnType.TEXT, 26),
        Column("narration", N_("What"), ColumnType.TEXT, 44),
        Column("value", movement_label, ColumnType.MONEY, 18),
        Column("why", N_("Why it is listed"), ColumnType.TERM, 50),
        Column("where", N_("Where"), ColumnType.TEXT, 34),
    ]
    own = rows if rows is not None else [()] * len(lines)
    cells = [
        (*values, x.day, x.kind, x.payee, x.narration, x.value, x.why, x.where)
        for values, x in zip(own, lines, strict=True)
    ]
    return table(key, "", title, title, columns, cells, subtitle=subtitle, notes=notes)
