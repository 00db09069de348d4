"""A document as CSV: one file per statement, in one zip whose bytes are always the same.

UTF-8 with a byte-order mark, so that a spreadsheet reads the accents; numbers as the ledger has them, with the digits
that they need, money with at least two; days as 2016-09-30. A text that a spreadsheet would take for a formula has an
apostrophe before it, as OWASP ASVS 1.2.10 asks.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal

from ledger.acts.postings import shorten
from ledger.ground.money import CENT
from reports.document import Document, displayed_value
from reports.table import Cell, ColumnType, Table

_MONEY = frozenset({ColumnType.MONEY, ColumnType.AMOUNT})
_STAMP = (1980, 1, 1, 0, 0, 0)
_LIKE_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_CONTROL = ("\t", "\r", "\n", "\0")


def write(document: Document) -> bytes:
    """Return the bytes of the zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for table in document.tables:
            info = zipfile.ZipInfo(f"{document.code}-{document.quarter}-{name(table)}.csv", _STAMP)
            info.external_attr = 0o644 << 16
            archive.writestr(info, statement(table))
    return buffer.getvalue()


def name(table: Table) -> str:
    """Return what the file of a table is called: its number and its key."""
    return "-".join(part for part in (table.number, table.key) if part)


def statement(table: Table) -> bytes:
    """Return one statement as CSV: the headers, the rows, and the line of totals."""
    kinds = [column.kind for column in table.columns]
    rows = [[guard(str(column.header)) for column in table.columns]]
    rows += [[_field(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in table.rows]
    if table.totals:
        label, *totals = map(_field, table.totals, kinds)
        rows.append([table.total_label if table.totals[0] is None else label, *totals])
    return encode(rows)


def encode(rows: Iterable[Sequence[str]]) -> bytes:
    """Return the bytes of rows of fields, which are guarded already."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def guard(text: str) -> str:
    """Return a text as no spreadsheet takes it for a formula, also where it begins with blanks."""
    bare = text.lstrip()
    return f"'{text}" if bare.startswith(_LIKE_A_FORMULA) or text.startswith(_CONTROL) else text


def _field(cell: Cell, kind: ColumnType) -> str:
    value = displayed_value(cell)
    if isinstance(value, Decimal):
        short = shorten(value)
        return f"{value.quantize(CENT) if kind in _MONEY and value == value.quantize(CENT) else short:f}"
    return "" if value is None else guard(str(value))
