"""What is matched: credits on the one side, what is outstanding on the other, and how an amount of the one stands to one of the other."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum

from beancount.core.amount import Amount

from ledger.fund import Fund
from ledger.money import ZERO
from ledger.pledges import Instalment
from ledger.takes import Take

TOLERANCE = Decimal("0.02")
"""House rule: how far a credit may be from an instalment in another currency, at the rate in force, to be taken for it."""
CHARGES_SHARE = Decimal("0.01")
CHARGES_MOST = Decimal(100)
"""House rule: what banks keep on the way is at most this share of a payment, or this much."""

_REFERENCE = re.compile(
    r"(?<![A-Z0-9])P\s?L[\s\-./]{0,2}(\d{4})[\s\-./]{0,2}(\d{3,6})(?:\s?[/.\-]\s?(\d{1,2}[A-Z]?))?(?![0-9])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Credit:
    """One payment to be matched. `gross` is what the payer gave: what was credited, and the charges kept on the way when the bank tells."""

    key: str
    day: date
    credited: Amount
    payer: str = ""
    payer_account: str = ""
    text: str = ""
    instructed: Amount | None = None
    by: date | None = None
    """What was promised by this day counts; None for the day of the credit."""

    @property
    def charges(self) -> Decimal:
        """What the bank kept on the way, in the currency of the credit."""
        ordered = self.instructed
        if ordered is None or ordered.currency != self.credited.currency:
            return ZERO
        kept = ordered.number - self.credited.number
        return kept if ZERO < kept <= max(CHARGES_MOST, self.credited.number * CHARGES_SHARE) else ZERO

    @property
    def gross(self) -> Amount:
        """What the payer gave, in the currency of the credit."""
        return Amount(self.credited.number + self.charges, self.credited.currency)

    @property
    def named(self) -> frozenset[str]:
        """The pledges and instalments that the text names, `PL-2016-003` and `PL-2016-003/1`."""
        return references(f"{self.text} {self.payer}")


def references(text: str) -> frozenset[str]:
    """Find the pledges and instalments that a text names, however they are written."""
    found = set()
    for year, number, part in _REFERENCE.findall(text):
        pledge = f"PL-{year}-{number}"
        found.add(f"{pledge}/{part.lower()}" if part else pledge)
    return frozenset(found)


@dataclass(slots=True)
class Open:
    """A committed instalment with what is left of it while credits are taken from it."""

    instalment: Instalment
    left: Decimal

    @property
    def label(self) -> str:
        """Its label."""
        return self.instalment.label

    def take(self, number: Decimal) -> Take:
        """Take a part of it, or all."""
        self.left -= number
        return Take(self.instalment, Amount(number, self.instalment.currency))


def outstanding(fund: Fund) -> list[Open]:
    """Give every instalment that is outstanding, announced ones too, the earliest due first."""
    found = [Open(item, left) for item in fund.instalments.values() if (left := item.outstanding()) > ZERO]
    return sorted(found, key=lambda item: (item.instalment.due or date.max, item.label))


class Relation(IntEnum):
    """How what came in stands to what is outstanding."""

    NONE = 0
    OVER = 1
    PART = 2
    SHORT = 3
    """Less by what banks may have kept."""
    NEAR = 4
    """In another currency, within the tolerance at the rate in force."""
    WHOLE = 5


def relation(fund: Fund, credit: Credit, item: Open, left: Decimal | None = None) -> Relation:
    """Compare a credit with what is left of an instalment (or with `left`), in either currency."""
    there = item.left if left is None else left
    currency = item.instalment.currency
    for amount in (credit.gross, credit.credited, credit.instructed):
        if amount is not None and amount.currency == currency:
            if amount.number == there:
                return Relation.WHOLE
            if amount is credit.credited and credit.instructed is not None and credit.instructed.currency == currency:
                continue
            if kept_by_banks(amount.number, there):
                return Relation.SHORT
            return Relation.PART if amount.number < there else Relation.OVER
    if credit.credited.currency == currency:
        return Relation.NONE
    mine, theirs = fund.rates.rate(credit.credited.currency, credit.day), fund.rates.rate(currency, credit.day)
    if mine is None or theirs is None:
        return Relation.NONE
    value, wanted = credit.gross.number * mine, there * theirs
    return Relation.NEAR if abs(value - wanted) <= wanted * TOLERANCE else Relation.NONE


def kept_by_banks(number: Decimal, wanted: Decimal) -> bool:
    """Tell whether an amount is less than the one wanted by no more than banks may have kept."""
    return ZERO < wanted - number <= min(CHARGES_MOST, wanted * CHARGES_SHARE)


def total(items: Iterable[Open]) -> Decimal:
    """Sum what is left of several instalments of one currency."""
    return sum((item.left for item in items), ZERO)
