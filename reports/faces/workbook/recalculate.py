"""Let an independent spreadsheet engine calculate a workbook again, and hold every formula against the value that stands in its cell."""

import math
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import ironcalc
from openpyxl import load_workbook

TOLERANCE = 1e-6
"""A spreadsheet counts in binary fractions of some fifteen digits; the figures are in cents."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that says something else than it should."""

    sheet: str
    place: str
    found: str
    expected: str


def recalculate(content: bytes) -> tuple[int, list[Difference]]:
    """Calculate every formula.

    Give their number, and the cells whose value (`found`) is not what the engine gives (`expected`).
    """
    with tempfile.TemporaryDirectory(prefix="vfund-") as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(content)
        model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    count, wrong = 0, []
    for number, (sheet, place, row, column, value) in _formulas(content):
        count += 1
        result = model.get_cell_value(number, row, column)
        if not same(value, result):
            wrong.append(Difference(sheet, place, write_value(value), write_value(result)))
    return count, wrong


def same(one: Any, other: Any) -> bool:
    """Return whether two cells say the same."""
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isfinite(one) and abs(one - other) <= TOLERANCE * max(1.0, abs(other) * 1e-9)
    return bool(one == other)


def write_value(value: Any) -> str:
    """Write a value of a cell."""
    whole = isinstance(value, float) and value.is_integer()
    return "" if value is None else str(int(value) if whole else value)


def _formulas(content: bytes) -> Iterator[tuple[int, tuple[str, str, int, int, Any]]]:
    """Return the number of the sheet, the place and the cached value of every formula."""
    texts, values = load_workbook(BytesIO(content)), load_workbook(BytesIO(content), data_only=True)
    for number, sheet in enumerate(texts):
        values_of_sheet = values[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    value = values_of_sheet.cell(cell.row, cell.column).value
                    yield number, (sheet.title, cell.coordinate, cell.row, cell.column, value)
