"""Amounts of money as people write them, and as they are shown.

Money is `Decimal` with a currency (Beancount's `Amount`). What is converted is rounded once, to the cent, where it is booked or measured.
"""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from beancount.core.amount import Amount

ZERO = Decimal(0)

HALF_A_CENT = Decimal("0.005")
"""House rule: two sums agree when they differ by less than this. It absorbs the last digit of a rate, never a cent."""

CENT = Decimal("0.01")

LARGEST = Decimal(10) ** 12
"""House rule: with two decimals, an amount below this keeps every digit in a spreadsheet, which holds fifteen."""

Name = TypeVar("Name")

_WRITTEN = re.compile(r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)\s*(?P<currency>[A-Z]{3})")


class NotAnAmountError(ValueError):
    """The text is not a positive amount with a three-letter currency."""


def parse_amount(text: str) -> Amount:
    """Read `200000 USD`, `200,000.00 USD` or `200000.00USD`.

    Raises:
        NotAnAmountError: when the text is anything else (a comma as decimal mark, a sign, no currency).

    """
    match = _WRITTEN.fullmatch(text.strip())
    number = Decimal(match["number"].replace(",", "")) if match else ZERO
    if match is None or number == ZERO:
        message = f"{text!r} is not an amount: write a positive number with at most two decimals, then its currency, such as 200,000.00 USD"
        raise NotAnAmountError(message)
    if number >= LARGEST or number % CENT:
        message = f"{text!r}: an amount has at most two decimals and is below {LARGEST:,}"
        raise NotAnAmountError(message)
    return Amount(number, match["currency"])


def show_number(number: Decimal) -> str:
    """Give the number with thousands separators and at least two decimals: `-1,234.50`."""
    exponent = number.normalize().as_tuple().exponent
    decimals = max(2, -exponent if isinstance(exponent, int) else 2)
    return f"{number:,.{decimals}f}"


def show(amount: Amount) -> str:
    """Give `200,000.00 USD`."""
    return f"{show_number(amount.number)} {amount.currency}"


def rounded(number: Decimal) -> Decimal:
    """Return a converted amount rounded to the cent, half to even; one too large for that as it is (a rule refuses it)."""
    try:
        return number.quantize(CENT)
    except InvalidOperation:
        return number


def apportion(number: Decimal, weights: Mapping[Name, Decimal], quantum: Decimal = CENT) -> dict[Name, Decimal]:
    """Return the parts of a number in proportion to positive weights, each in whole quanta; the largest takes what rounding leaves."""
    whole = sum(weights.values(), ZERO)
    parts = {name: (number * weight / whole).quantize(quantum) for name, weight in weights.items()}
    largest = max(weights, key=lambda name: weights[name])
    parts[largest] += number - sum(parts.values(), ZERO)
    return parts
