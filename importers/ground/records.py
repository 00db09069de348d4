"""What a bank says, format put aside: statements, their balances and their lines. No accounting in them.

Amounts are `Decimal` in the currency named beside them; a credit to the account is positive, a debit negative.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from beancount.core.amount import Amount

from ledger.ground.money import ZERO


class Coverage(Enum):
    """How much of an account a statement tells."""

    COMPLETE = "statement"
    """Everything between two balances (camt.053, MT940, BAI2 previous day, OFX, CSV with a balance)."""
    PART = "report"
    """Some movements, to be told again by the statement of the day (camt.052, camt.054, MT942)."""


class Nature(Enum):
    """What the bank itself says a line is."""

    PAYMENT = "payment"
    CHARGES = "bank charges"
    INTEREST = "interest"
    RETURN = "returned payment"


class Party(NamedTuple):
    """The other side of a payment, as the bank names it; what it does not say is empty."""

    name: str = ""
    account: str = ""
    bic: str = ""


NO_PARTY = Party()


class StatedBalance(NamedTuple):
    """A balance that the bank states at the end of a day, or (opening) before the first line."""

    number: Decimal
    currency: str
    day: date


@dataclass(frozen=True, slots=True)
class Line:
    """One credit or debit. `reference` is the bank's own, empty when it gives none.

    `instructed` is what the payer ordered, in its currency; `booked` is false for what is only announced. A batch that
    the bank details has its payments in `parts`.
    """

    place: str
    number: Decimal
    currency: str
    day: date
    value_day: date | None = None
    reference: str = ""
    text: str = ""
    party: Party = NO_PARTY
    nature: Nature = Nature.PAYMENT
    instructed: Amount | None = None
    booked: bool = True
    reversal: bool = False
    parts: tuple["Line", ...] = ()


class Records:
    """What a file holds, its format put aside; the class decides what becomes of it (`importers.plans.PLANS`)."""

    __slots__ = ()

    @property
    def begins(self) -> tuple[date, int]:
        """The first day of them, and a number within it: of files of one kind the earliest is taken first."""
        return date.min, 0


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of one account.

    `numbers` are the ways in which the bank writes the account, `sequence` is its running number.
    """

    place: str
    numbers: tuple[str, ...]
    currency: str
    coverage: Coverage
    identity: str
    sequence: int | None
    opening: StatedBalance | None
    closing: StatedBalance | None
    lines: tuple[Line, ...] = field(repr=False)
    ends: bool = True
    """Whether its closing balance is that of the day, and not of a page with others to follow."""

    @property
    def booked(self) -> list[Line]:
        """The lines that moved money, batches taken apart."""
        return [part for line in self.lines if line.booked for part in (line.parts or (line,))]

    @property
    def announced(self) -> list[Line]:
        """The lines that have not moved money yet."""
        return [line for line in self.lines if not line.booked]

    @property
    def net(self) -> Decimal:
        """The sum of what was booked, in the currency of the account."""
        return sum((line.number for line in self.lines if line.booked), ZERO)

    @property
    def first(self) -> date:
        """The earliest day that it tells of."""
        days = [line.day for line in self.lines] + [balance.day for balance in (self.opening, self.closing) if balance]
        return min(days, default=date.max)

    @property
    def last(self) -> date:
        """The day of its closing balance, else its latest line."""
        return (
            self.closing.day
            if self.closing
            else max((line.day for line in self.lines), default=self.opening.day if self.opening else date.min)
        )


@dataclass(frozen=True, slots=True)
class BankStatements(Records):
    """The statements of one file, or of all files in a zip."""

    statements: tuple[Statement, ...]

    @property
    def begins(self) -> tuple[date, int]:
        """The first day of any of them, and their lowest running number."""
        first = min((statement.first for statement in self.statements), default=date.min)
        return first, min((statement.sequence or 0 for statement in self.statements), default=0)
