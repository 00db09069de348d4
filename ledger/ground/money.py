"""Amounts of money as people write them, and as they are shown.

Money is `Decimal` with a currency (Beancount's `Amount`). What is converted is rounded once, to the cent, where it is
booked or measured.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TypeVar

from beancount.core.amount import Amount

ZERO = Decimal(0)

HALF_A_CENT = Decimal("0.005")
"""House rule: two sums agree when they differ by less than this. It absorbs the last digit of a rate, never a cent."""

CENT = Decimal("0.01")

LARGEST = Decimal(10) ** 12
"""House rule: with two decimals, an amount below this keeps every digit in a spreadsheet, which holds fifteen."""

Name = TypeVar("Name")

_TWO = 2


@lru_cache(maxsize=512)
def minor_units(currency: str) -> int | None:
    """Return how many decimals a currency has: the minor unit of ISO 4217 (yen 0, dinars of Kuwait 3).

    None where the standard has none (XDR).

    House rule: a currency that is not, or no more, in the standard's table has two.
    """
    from iso4217 import raw_table  # noqa: PLC0415 - the table is read once it is asked for, not by `vfund --help`

    entry = raw_table.get(currency)
    units = str(entry["CcyMnrUnts"]) if entry is not None else str(_TWO)
    return int(units) if units.isdigit() else None


def quantum(currency: str) -> Decimal:
    """Return the smallest amount of a currency; a hundredth where the standard has none."""
    units = minor_units(currency)
    return CENT if units is None else Decimal(1).scaleb(-units)


def too_fine(number: Decimal, currency: str) -> bool:
    """Return whether a number has more decimals than its currency."""
    exponent = number.normalize().as_tuple().exponent
    units = minor_units(currency) if isinstance(exponent, int) and exponent < 0 else None
    return units is not None and isinstance(exponent, int) and -exponent > units


def decimals_of(currency: str) -> str:
    """Return in words how many decimals a currency has: `no decimals`, `at most two decimals`."""
    units = minor_units(currency)
    number = {1: "one", 2: "two", 3: "three", 4: "four"}.get(_TWO if units is None else units, str(units))
    return "no decimals" if units == 0 else f"at most {number} decimal{'' if units == 1 else 's'}"


def show_number(number: Decimal, least: int = _TWO) -> str:
    """Return the number with thousands separators and at least `least` decimals: `-1,234.50`."""
    exponent = number.normalize().as_tuple().exponent
    decimals = max(least, -exponent if isinstance(exponent, int) else least)
    return f"{number:,.{decimals}f}"


def show(amount: Amount) -> str:
    """Return an amount with the decimals of its currency, or more where it has more.

    `200,000.00 USD`, `100,001 JPY`.
    """
    units = minor_units(amount.currency)
    return f"{show_number(amount.number, _TWO if units is None else units)} {amount.currency}"


def rounded(number: Decimal) -> Decimal:
    """Return a converted amount rounded to the cent, half to even.

    One too large for that as it is (a rule refuses it).
    """
    try:
        return number.quantize(CENT)
    except InvalidOperation:
        return number


def apportion(number: Decimal, weights: Mapping[Name, Decimal], quantum: Decimal = CENT) -> dict[Name, Decimal]:
    """Return the parts of a number in proportion to positive weights, each in whole quanta.

    The largest takes what rounding leaves.
    """
    whole = sum(weights.values(), ZERO)
    parts = {name: (number * weight / whole).quantize(quantum) for name, weight in weights.items()}
    largest = max(weights, key=lambda name: weights[name])
    parts[largest] += number - sum(parts.values(), ZERO)
    return parts
