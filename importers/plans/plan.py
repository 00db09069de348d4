"""What a plan is made from, and what it says: outcomes of lines, and entries to be added."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from beancount.core.amount import Amount
from beancount.core.data import Balance, Directive, Transaction

from importers.ground.configuration import Configuration
from importers.ground.records import Line
from importers.matching.matcher import Match
from ledger.ground.findings import Finding
from ledger.model.fund import Fund


class OutcomeKind(Enum):
    """What became of a line; the values are the words of reports."""

    KNOWN = "already known"
    LINKED = "linked"
    PROPOSED = "proposed"
    UNCLAIMED = "unclaimed"
    PAYMENT = "payment"
    CHARGES = "bank charges"
    INTEREST = "interest"
    TRANSFER = "transfer"
    RETURNED = "returned"
    ANNOUNCED = "announced, not booked"
    NOTHING = "without an amount"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line and what became of it; `remark` is for the person who looks at it."""

    line: Line
    bank: str
    kind: OutcomeKind
    match: Match | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a person wants files imported."""

    officer: str | None = None
    """Who records."""
    opening: bool = False
    """Bring the first opening balance of an account into the book."""
    bank: str | None = None
    """Where statements go whose number is not known."""
    count: int | None = None
    """How many lines a file must have (None for any number)."""
    total: Amount | None = None
    """What the lines of a file must add up to (None for any sum)."""
    closing: Amount | None = None
    """The balance after the last line of a statement that states none, as the bank shows it to the person."""
    currencies: tuple[str, ...] = ()
    """Whose rates are taken too."""
    charges_for: str | None = None
    """The purpose that bears bank charges (None for the fund as a whole)."""
    today: date = field(default_factory=date.today)


@dataclass(frozen=True, slots=True)
class PlanContext:
    """What a plan is made from beside the records of the file, whose digest is `sha256`."""

    fund: Fund
    configuration: Configuration
    options: ImportOptions
    sha256: str
    held: Mapping[str, Finding] = field(default_factory=dict)
    """What the rules refused to have booked as it was planned before, by import id: it waits for a person."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would add to a book."""

    entries: tuple[Directive, ...]
    counted: tuple[tuple[str, int], ...]
    """What was found, in words, and how many of it."""
    account: str
    """Where the original of the file is filed."""
    count: int
    """How many lines the file has, and (`totals`) what they add up to, by currency: what control totals are held to."""
    totals: Mapping[str, Decimal] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()
    notes: tuple[str, ...] = ()
    superseded: tuple[Balance, ...] = ()
    """Assertions in the book that a later statement of the same day goes on from."""

    @property
    def transactions(self) -> list[Transaction]:
        """The transactions among the entries."""
        return [entry for entry in self.entries if isinstance(entry, Transaction)]

    @property
    def day(self) -> date:
        """The day of the last transaction, else of the first entry: there the original is filed."""
        first: date = self.entries[0].date
        return max((txn.date for txn in self.transactions), default=first)
