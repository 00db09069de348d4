"""Loans to other funds: money that is lent changes no fund balance, and what is returned settles the oldest loan first.

Source: CP/RES. 987 (1814/11) authorizes the use of unobligated cash of specific funds for up to 60 days (facts 1.6).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ledger import entries
from ledger.accounts import Role
from ledger.entries import Entry
from ledger.fund import Fund
from ledger.language.kinds import Kind
from ledger.money import ZERO
from ledger.reversals import originals, taken_back


@dataclass(slots=True)
class Loan:
    """One loan, in the unit of account, with the day and the part of each return."""

    entry: Entry
    lent: Decimal
    returns: list[tuple[date, Decimal, Entry]] = field(default_factory=list)

    @property
    def due(self) -> date | None:
        """The day by which it is to be returned; None where the entry does not say."""
        due = self.entry.txn.meta.get("due")
        return due if isinstance(due, date) else None

    @property
    def left(self) -> Decimal:
        """What is not returned."""
        return self.lent - sum((number for _, number, _ in self.returns), ZERO)


@dataclass(frozen=True, slots=True)
class Loans:
    """All loans of a book in the order of their days; `beyond` is what was returned without having been lent."""

    loans: list[Loan]
    beyond: list[tuple[Entry, Decimal]]


def loans(fund: Fund, as_of: date = date.max) -> Loans:
    """Build the loans up to the end of a day; an entry that was taken back by then, and its reversal, are no loan and no return."""
    found = Loans([], [])
    oldest = 0
    for entry, number in _movements(fund, as_of):
        if number > ZERO:
            found.loans.append(Loan(entry, number))
            continue
        returned = -number
        while returned and oldest < len(found.loans):
            loan = found.loans[oldest]
            part = min(loan.left, returned)
            if part:
                loan.returns.append((entry.txn.date, part, entry))
                returned -= part
            oldest += not loan.left
        if returned:
            found.beyond.append((entry, returned))
    return found


def _movements(fund: Fund, as_of: date) -> Iterator[tuple[Entry, Decimal]]:
    gone = taken_back(fund, as_of) | fund.once(originals).keys()
    both = [e for kind in (Kind.OPENING, Kind.LOAN) for e in fund.by_kind[kind] if e.txn.date <= as_of]
    for entry in sorted(both, key=lambda item: item.txn.date):
        number = sum((entries.value(p) for part, p in entry.money if part.role is Role.LOAN), ZERO)
        if number and id(entry.txn) not in gone:
            yield entry, number
