"""Figures as people read them: in the manner of their language, a decrease in parentheses, nothing as a dash."""

from datetime import date
from decimal import Decimal

from babel.numbers import format_decimal

from reports.document import shown
from reports.table import Cell, Kind
from reports.words import LANGUAGES

DASH = "–"
_PATTERNS = {
    Kind.MONEY: "#,##0.00",
    Kind.COUNT: "#,##0",
    Kind.DAYS: "#,##0.0",
    Kind.RATE: "#,##0.0000######",
    Kind.RATIO: "#,##0.0%",
}


def written(cell: Cell, kind: Kind, language: str, decimals: int = 2) -> str:
    """Return a cell as text; an AMOUNT has the `decimals` of its currency (`Table.decimals`)."""
    value = shown(cell)
    if not isinstance(value, Decimal) or not kind.number:
        return value.isoformat() if isinstance(value, date) else str(value or "")
    if not value:
        return DASH
    pattern = f"#,##0.{'0' * decimals}" if kind is Kind.AMOUNT else _PATTERNS[kind]
    text = format_decimal(abs(value), pattern, locale=LANGUAGES[language])
    return f"({text})" if value < 0 else text
