"""A document as CSV: one file per statement, in one zip whose bytes are always the same.

UTF-8 with a byte-order mark, so that a spreadsheet reads the accents; numbers as the ledger has them, days as 2016-09-30. A text that a spreadsheet would
take for a formula has an apostrophe before it, as OWASP ASVS 1.2.10 asks.
"""

import csv
import io
import zipfile
from decimal import Decimal

from reports.document import Document, shown
from reports.table import Cell, Table

_STAMP = (1980, 1, 1, 0, 0, 0)
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


def write(document: Document) -> bytes:
    """Give the bytes of the zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for table in document.tables:
            info = zipfile.ZipInfo(f"{document.code}-{document.quarter}-{name(table)}.csv", _STAMP)
            info.external_attr = 0o644 << 16
            archive.writestr(info, statement(table))
    return buffer.getvalue()


def name(table: Table) -> str:
    """Give what the file of a table is called: its number and its key."""
    return "-".join(part for part in (table.number, table.key) if part)


def statement(table: Table) -> bytes:
    """Give one statement as CSV: the headers, the rows, and the line of totals."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_field(str(column.header)) for column in table.columns])
    for row in table.rows:
        writer.writerow([_field(cell) for cell in row])
    if table.totals:
        label, *totals = table.totals
        writer.writerow([table.total_label if label is None else f"{label:f}", *map(_field, totals)])
    return text.getvalue().encode("utf-8-sig")


def _field(cell: Cell) -> str:
    value = shown(cell)
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_LIKE_A_FORMULA) else text
