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
    Kind.AMOUNT: "#,##0.00",
    Kind.COUNT: "#,##0",
    Kind.DAYS: "#,##0.0",
    Kind.RATE: "#,##0.0000######",
    Kind.RATIO: "#,##0.0%",
}


def written(cell: Cell, kind: Kind, language: str) -> str:
    """Write a cell; the rounding is only of what is shown (half to even, as the cell itself keeps all its digits)."""
    value = shown(cell)
    if not isinstance(value, Decimal) or not kind.number:
        return value.isoformat() if isinstance(value, date) else str(value or "")
    if not value:
        return DASH
    text = format_decimal(abs(value), _PATTERNS[kind], locale=LANGUAGES[language])
    return f"({text})" if value < 0 else text
