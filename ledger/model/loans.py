"""Loans to other funds: money that is lent changes no fund balance, and what is returned settles the oldest loan first.

Source: CP/RES. 987 (1814/11) authorizes the use of unobligated cash of specific funds for up to 60 days (facts 1.6).
"""

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ledger.ground.money import ZERO
from ledger.language.accounts import Role
from ledger.language.kinds import Kind
from ledger.model.entries import Entry
from ledger.model.fund import Fund


@dataclass(slots=True)
class Loan:
    """One loan, in the currency in which it was lent, with the day and the part of each return."""

    entry: Entry
    currency: str
    lent: Decimal
    returns: list[tuple[date, Decimal, Entry]] = field(default_factory=list)

    @property
    def due(self) -> date | None:
        """The day by which it is to be returned; None where the entry does not say."""
        due = self.entry.txn.meta.get("due")
        return due if isinstance(due, date) else None

    @property
    def outstanding(self) -> Decimal:
        """What is not returned."""
        return self.lent - sum((number for _, number, _ in self.returns), ZERO)


@dataclass(frozen=True, slots=True)
class Loans:
    """All loans of a book in the order of their days.

    `beyond` is what was returned, in which currency, without having been lent.
    """

    loans: list[Loan]
    beyond: list[tuple[Entry, str, Decimal]]


def loans(fund: Fund, as_of: date = date.max) -> Loans:
    """Build the loans up to the end of a day.

    An entry that was taken back by then, and its reversal, are no loan and no return.

    A loan is returned in its own currency, whatever the rate of that day: 1,000 EUR settle 1,000 EUR.
    """
    result = Loans([], [])
    queues: dict[str, deque[Loan]] = defaultdict(deque)
    for entry, currency, number in _movements(fund, as_of):
        if number > ZERO:
            result.loans.append(Loan(entry, currency, number))
            queues[currency].append(result.loans[-1])
            continue
        rest, standing = -number, queues[currency]
        while rest and standing:
            part = min(standing[0].outstanding, rest)
            standing[0].returns.append((entry.txn.date, part, entry))
            rest -= part
            if not standing[0].outstanding:
                standing.popleft()
        if rest:
            result.beyond.append((entry, currency, rest))
    return result


def _movements(fund: Fund, as_of: date) -> Iterator[tuple[Entry, str, Decimal]]:
    reversals = fund.reversed_entries(as_of) | fund.reversals.keys()
    both = [e for kind in (Kind.OPENING, Kind.LOAN) for e in fund.by_kind[kind] if e.txn.date <= as_of]
    for entry in sorted(both, key=lambda item: item.txn.date):
        if entry in reversals:
            continue
        sums: dict[str, Decimal] = {}
        for part, posting, _ in entry.money:
            if part.role is Role.LOAN:
                currency = posting.units.currency
                sums[currency] = sums.get(currency, ZERO) + posting.units.number
        yield from ((entry, currency, number) for currency, number in sums.items() if number)
