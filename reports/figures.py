"""Figures: Decimals that know the entries behind them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Self

from ledger.model.entries import Entry


class Figure(Decimal):
    """A figure of a statement. It counts as the `Decimal` it is; `entries` are those that it sums up, each once."""

    __slots__ = ("entries",)
    entries: tuple[Entry, ...]

    def __new__(cls, value: Decimal | int = 0, entries: Iterable[Entry] = ()) -> Self:
        """Make a figure of a value and its entries; an entry counts once."""
        made = super().__new__(cls, value)
        made.entries = tuple(dict.fromkeys(entries))
        return made


class Tally:
    """A sum in the making that remembers what went into it."""

    __slots__ = ("entries", "value")

    def __init__(self) -> None:
        self.value = Decimal(0)
        self.entries: list[Entry] = []

    def add(self, value: Decimal, *entries: Entry) -> None:
        """Add a value with the entries that it comes from."""
        self.value += value
        self.entries += entries

    def figure(self) -> Figure:
        """Give the sum."""
        return Figure(self.value, self.entries)


def total(figures: Iterable[Decimal]) -> Figure:
    """Add figures up; the total knows the entries of all."""
    whole = Tally()
    for figure in figures:
        whole.add(figure, *(figure.entries if isinstance(figure, Figure) else ()))
    return whole.figure()
