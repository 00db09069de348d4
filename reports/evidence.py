"""Evidence: from each figure of a report to the entries behind it, and from these to the documents that prove them.

A figure has an id, `table.row.column`, with the row counted from 1. Entries are numbered donor by donor, so that a sum
over a donor is a range of numbers. House rule, which keeps the evidence of a long book as long as its year: the entries
of the year of the report are listed, and of a figure of no more than 50 entries the older ones too; what is older is
counted, and stands in the evidence of its own year.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from beancount.core.data import Document as Filed
from beancount.core.data import Transaction

from ledger.book.loading import within
from ledger.ground.phrases import N_, Text, phrase
from ledger.language.kinds import BY_TAG
from ledger.law.publication import WITHHELD
from ledger.model.entries import Entry
from ledger.model.fund import Fund
from reports.figures import Figure
from reports.scope import Scope
from reports.table import Column, ColumnType, Table, table

FEW = 50
"""Entries of a figure that are listed whatever their year (house rule)."""


@dataclass(frozen=True, slots=True)
class Traced:
    """One figure: its value, the entries that are listed, and the number of older ones that are not."""

    id: str
    value: Decimal
    entries: tuple[Entry, ...]
    older: int


def traced(tables: Sequence[Table], year: int) -> Iterator[Traced]:
    """Return every figure that is not nothing, with its entries."""
    for one in tables:
        for row, cells in enumerate(one.rows, 1):
            for column, cell in zip(one.columns, cells, strict=True):
                if isinstance(cell, Figure) and cell and cell.entries:
                    entries = [e for e in cell.entries if e.txn.date.year == year or len(cell.entries) <= FEW]
                    yield Traced(
                        f"{one.key}.{row}.{column.key}", cell, tuple(entries), len(cell.entries) - len(entries)
                    )


def evidence_tables(fund: Fund, folder: Path, tables: Sequence[Table], scope: Scope) -> tuple[Table, Table, Table]:
    """Return the figures, the entries and the documents as tables.

    Places in files are told from the folder of the book.
    """
    figures = list(traced(tables, scope.quarter.year))
    secret = fund.unnamed if scope.published else frozenset[Entry]()
    entries_behind = {entry for figure in figures for entry in figure.entries}
    entries_in_order = sorted((entry for entry in fund.entries if entry in entries_behind), key=partial(_order, secret))
    numbers = {entry: n for n, entry in enumerate(entries_in_order, 1)}
    proofs = fund.documents
    proving = {entry: proofs.get(fund.digest(entry), []) for entry in entries_in_order} if proofs else {}
    documents = sorted(
        {_place(d): d for result in proving.values() for d in result}.values(), key=lambda d: (d.date, d.filename)
    )
    places = {_place(document): n for n, document in enumerate(documents, 1)}
    withheld = {_place(document) for entry in secret for document in proving.get(entry, ())}
    rows = []
    for entry in entries_in_order:
        txn, placeholder = entry.txn, WITHHELD[scope.language] if entry in secret else ""
        rows.append(
            (
                Decimal(numbers[entry]),
                txn.date,
                _kind(txn),
                placeholder or txn.payee or "",
                placeholder or txn.narration or "",
                within(folder, entry.place),
                ranges([places[_place(document)] for document in proving.get(entry, ())]),
                fund.digest(entry),
            )
        )
    return (
        _figures([(f.id, f.value, _list_ranges(f, numbers)) for f in figures]),
        _entries(rows),
        _documents(
            [
                (
                    Decimal(n),
                    d.date,
                    WITHHELD[scope.language] if _place(d) in withheld else within(folder, d.filename),
                    str(d.meta.get("evidence-sha256", "")),
                )
                for n, d in enumerate(documents, 1)
            ]
        ),
    )


def ranges(numbers: Sequence[int]) -> str:
    """Write numbers shortly: 1-3, 7."""
    parts: list[list[int]] = []
    for number in sorted(set(numbers)):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(a) if a == z else f"{a}-{z}" for a, z in parts)


def _list_ranges(figure: Traced, numbers: dict[Entry, int]) -> Text:
    row_ranges = ranges([numbers[entry] for entry in figure.entries])
    if not figure.older:
        return row_ranges
    if not row_ranges:
        return phrase("{number} entries of earlier years", number=str(figure.older))
    return phrase("{entries}, and {number} entries of earlier years", entries=row_ranges, number=str(figure.older))


def _order(secret: frozenset[Entry], entry: Entry) -> tuple[str, str, str, date, str, int]:
    """Sort donor by donor, then by kind and day: a sum over a donor is then a range."""
    donor_legs, txn = entry.owned, entry.txn
    whose = (
        (donor_legs[0].account.category, donor_legs[0].account.donor)
        if donor_legs and entry not in secret
        else ("~", "")
    )
    kind = entry.kind.value if entry.kind else ""
    return (*whose, kind, txn.date, str(txn.meta["filename"]), int(txn.meta["lineno"]))


def _kind(txn: Transaction) -> str:
    return " ".join(tag for tag in sorted(txn.tags or ()) if tag in BY_TAG)


def _place(document: Filed) -> tuple[str, int]:
    """Return where the directive of a document stands: each counts once."""
    return str(document.meta["filename"]), int(document.meta["lineno"])


def _figures(rows: Sequence[tuple[str, Decimal, Text]]) -> Table:
    columns = [
        Column("figure", N_("Figure"), ColumnType.TEXT, 44),
        Column("value", N_("Value"), ColumnType.AMOUNT, 22),
        Column("entries", N_("Entries"), ColumnType.TERM, 80),
    ]
    return table(
        "evidence",
        "15",
        N_("Evidence"),
        N_("Evidence: the entries behind each figure"),
        columns,
        rows,
        subtitle=N_("Figure: table, row counted from 1, column · entries by their number in table 15a"),
        notes=(
            N_("A figure with a formula is worked out from others; an opening balance is the closing one before it."),
            N_(
                "Of a figure with more than 50 entries those of the year are listed; the others stand in earlier reports."
            ),
        ),
    )


def _entries(rows: Sequence[tuple[Decimal | date | str, ...]]) -> Table:
    columns = [
        Column("number", N_("Number"), ColumnType.COUNT, 10),
        Column("day", N_("Date"), ColumnType.DAY, 12),
        Column("kind", N_("Kind"), ColumnType.TEXT, 14),
        Column("payee", N_("Payee"), ColumnType.TEXT, 20),
        Column("narration", N_("Narration"), ColumnType.TEXT, 36),
        Column("where", N_("File and line"), ColumnType.TEXT, 27),
        Column("documents", N_("Documents"), ColumnType.TEXT, 12),
        Column("digest", N_("Digest (SHA-256)"), ColumnType.TEXT, 42),
    ]
    return table(
        "entries",
        "15a",
        N_("Entries"),
        N_("Entries of the book"),
        columns,
        rows,
        subtitle=N_("Donor by donor · documents by their number in table 15b"),
        notes=(N_("A digest is the SHA-256 of what the entry says; docs/language.md tells how the text is made."),),
    )


def _documents(rows: Sequence[tuple[Decimal | date | str, ...]]) -> Table:
    columns = [
        Column("number", N_("Number"), ColumnType.COUNT, 10),
        Column("day", N_("Date"), ColumnType.DAY, 12),
        Column("file", N_("File"), ColumnType.TEXT, 60),
        Column("sha256", N_("SHA-256 of the file"), ColumnType.TEXT, 68),
    ]
    return table(
        "documents",
        "15b",
        N_("Documents"),
        N_("Documents that prove the entries"),
        columns,
        rows,
        subtitle=N_("In the folder of the book"),
        notes=(N_("The SHA-256 is that of the file when it was filed."),),
    )
