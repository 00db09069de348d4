"""Figures as people read them: in the manner of their language, a decrease in parentheses, nothing as a dash."""

from datetime import date
from decimal import Decimal

from babel.numbers import format_decimal

from reports.document import displayed_value
from reports.table import Cell, ColumnType
from reports.translation import LANGUAGES

DASH = "–"
_PATTERNS = {
    ColumnType.MONEY: "#,##0.00",
    ColumnType.COUNT: "#,##0",
    ColumnType.DAYS: "#,##0.0",
    ColumnType.RATE: "#,##0.0000######",
    ColumnType.RATIO: "#,##0.0%",
}


def format_cell(cell: Cell, kind: ColumnType, language: str, decimals: int = 2) -> str:
    """Return a cell as text; an AMOUNT has the `decimals` of its currency (`Table.decimals`)."""
    value = displayed_value(cell)
    if not isinstance(value, Decimal) or not kind.number:
        return value.isoformat() if isinstance(value, date) else str(value or "")
    if not value:
        return DASH
    pattern = f"#,##0.{'0' * decimals}" if kind is ColumnType.AMOUNT else _PATTERNS[kind]
    text = format_decimal(abs(value), pattern, locale=LANGUAGES[language])
    return f"({text})" if value < 0 else text
