"""Figures: Decimals that know the entries behind them."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

from ledger.model.entries import Entry


class Figure(Decimal):
    """A figure of a statement. It counts as the `Decimal` it is; `entries` are those that it sums up, each once.

    A sum, a difference and a negative know the entries of both sides; a product or a share is a plain Decimal.
    """

    __slots__ = ("entries",)
    entries: tuple[Entry, ...]

    def __new__(cls, value: Decimal | int = 0, entries: Iterable[Entry] = ()) -> Self:
        """Make a figure of a value and its entries; an entry counts once."""
        figure = super().__new__(cls, value)
        figure.entries = tuple(dict.fromkeys(entries))
        return figure

    def __add__(self, other: Decimal | int) -> "Figure":
        """Return the sum."""
        return Figure(super().__add__(other), (*self.entries, *entries_of(other)))

    def __radd__(self, other: Decimal | int) -> "Figure":
        """Return the sum."""
        return Figure(super().__radd__(other), (*entries_of(other), *self.entries))

    def __sub__(self, other: Decimal | int) -> "Figure":
        """Return the difference."""
        return Figure(super().__sub__(other), (*self.entries, *entries_of(other)))

    def __rsub__(self, other: Decimal | int) -> "Figure":
        """Return the difference."""
        return Figure(super().__rsub__(other), (*entries_of(other), *self.entries))

    def __neg__(self) -> "Figure":
        """Return the negative."""
        return Figure(super().__neg__(), self.entries)


def entries_of(value: Decimal | int) -> tuple[Entry, ...]:
    """Return the entries behind a number: none, unless it is a figure."""
    return value.entries if isinstance(value, Figure) else ()


class Tally:
    """A sum in the making that remembers what went into it."""

    __slots__ = ("entries", "value")

    def __init__(self) -> None:
        self.value = Decimal(0)
        self.entries: list[Entry] = []

    def add(self, value: Decimal, *entries: Entry) -> None:
        """Add a value with the entries that it comes from."""
        self.value = Decimal.__add__(self.value, value)  # a plain Decimal: the entries are listed once, at the end
        self.entries += entries

    def figure(self) -> Figure:
        """Return the sum."""
        return Figure(self.value, self.entries)


def total(figures: Iterable[Decimal]) -> Figure:
    """Add figures up; the total knows the entries of all."""
    whole = Tally()
    for figure in figures:
        whole.add(figure, *entries_of(figure))
    return whole.figure()


def ratio(part: Decimal, whole: Decimal) -> Decimal:
    """Return a share; of nothing it is nothing.

    House rule: rounded to six decimals, half away from nothing, as a spreadsheet's ROUND does.
    """
    return (part / whole).quantize(Decimal("0.000001"), ROUND_HALF_UP) if whole else Decimal(0)


def ratio_formula(part: str, whole: str) -> str:
    """Return `ratio` of two columns, by their keys, as a live formula."""
    return f"IF({{{whole}}}=0,0,ROUND({{{part}}}/{{{whole}}},6))"
