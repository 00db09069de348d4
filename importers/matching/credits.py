"""What is matched: credits, what is outstanding, and how an amount of the one stands to one of the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum

from beancount.core.amount import Amount

from importers.matching.texts import find_doubt, find_references, speaks_of_instalments
from ledger.acts.allocations import Allocation
from ledger.ground.money import ZERO
from ledger.model.fund import Fund
from ledger.model.pledges import Instalment

TOLERANCE = Decimal("0.02")
"""House rule: how far a credit may be, at the rate in force, from an instalment in another currency that it is for."""
ORDERED = Decimal("0.05")
"""House rule: how far a credit may be from what was ordered in another currency, after the banks' rate and charges."""
CHARGES_SHARE = Decimal("0.01")
CHARGES_MOST = Decimal(100)
"""House rule: what banks keep on the way is at most this share of a payment, or this much."""


@dataclass(frozen=True, slots=True)
class Credit:
    """One payment to be matched.

    `gross` is what the payer gave: what was credited, and the charges kept on the way when the bank tells.
    """

    key: str
    day: date
    credited: Amount
    payer: str = ""
    payer_account: str = ""
    text: str = ""
    instructed: Amount | None = None
    payer_bic: str = ""
    by: date | None = None
    """What was promised by this day counts; None for the day of the credit."""

    @property
    def charges(self) -> Decimal:
        """What the bank kept on the way, in the currency of the credit."""
        instructed_amount = self.instructed
        if instructed_amount is None or instructed_amount.currency != self.credited.currency:
            return ZERO
        difference = instructed_amount.number - self.credited.number
        return difference if ZERO < difference <= max(CHARGES_MOST, self.credited.number * CHARGES_SHARE) else ZERO

    @property
    def gross(self) -> Amount:
        """What the payer gave, in the currency of the credit."""
        return Amount(self.credited.number + self.charges, self.credited.currency)

    @property
    def references(self) -> frozenset[str]:
        """The pledges and instalments that the text names, `PL-2016-003` and `PL-2016-003/1`."""
        return find_references(f"{self.text} {self.payer}")

    @property
    def doubt(self) -> str:
        """What in the text makes a person look at it."""
        exactly = bool(self.references) and all("/" in label for label in self.references)
        if not exactly and speaks_of_instalments(self.text):
            return "the text says in words which instalment it is, or that it is a part"
        return find_doubt(f"{self.text} {self.payer}")


@dataclass(slots=True, eq=False)
class OpenInstalment:
    """A committed instalment with what is left of it while credits are taken from it."""

    instalment: Instalment
    outstanding: Decimal

    @property
    def label(self) -> str:
        """Its label."""
        return self.instalment.label

    def take(self, number: Decimal) -> Allocation:
        """Take a part of it, or all."""
        self.outstanding -= number
        return Allocation(self.instalment, Amount(number, self.instalment.currency))


def open_instalments(fund: Fund) -> list[OpenInstalment]:
    """Return every instalment that is outstanding, announced ones too, the earliest due first."""
    result = [
        OpenInstalment(item, outstanding)
        for item in fund.instalments.values()
        if (outstanding := item.outstanding()) > ZERO
    ]
    return sorted(result, key=lambda item: (item.instalment.due or date.max, item.label))


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


def compare(fund: Fund, credit: Credit, item: OpenInstalment) -> Relation:
    """Compare a credit with what is left of an instalment, in either currency."""
    there, currency = item.outstanding, item.instalment.currency
    amounts = [
        amount for amount in (credit.gross, credit.instructed) if amount is not None and amount.currency == currency
    ]
    if credit.credited == Amount(there, currency):
        return Relation.WHOLE
    for amount in amounts:
        if not is_worth(fund, credit, amount):
            return Relation.NONE  # what was ordered and what came in cannot be the same payment
        if amount.number == there:
            return Relation.WHOLE
        if is_short_by_charges(amount.number, there):
            return Relation.SHORT
        return Relation.PART if amount.number < there else Relation.OVER
    return (
        Relation.NEAR if _is_near(fund, credit.gross, Amount(there, currency), credit.day, TOLERANCE) else Relation.NONE
    )


def _is_near(fund: Fund, amount: Amount, target: Amount, day: date, share: Decimal) -> bool:
    """Return whether two amounts in two currencies are worth the same within a share, at the rates in force."""
    mine, theirs = fund.rates.rate(amount.currency, day), fund.rates.rate(target.currency, day)
    if mine is None or theirs is None or amount.currency == target.currency:
        return False
    value: Decimal = target.number * theirs
    return bool(abs(amount.number * mine - value) <= value * share)


def is_worth(fund: Fund, credit: Credit, instructed_amount: Amount) -> bool:
    """Return whether what was ordered in another currency is worth what was credited, at the rates in force."""
    return instructed_amount.currency == credit.credited.currency or _is_near(
        fund, credit.credited, instructed_amount, credit.day, ORDERED
    )


def is_short_by_charges(number: Decimal, target: Decimal) -> bool:
    """Return whether an amount is less than the one wanted by no more than banks may have kept."""
    return ZERO < target - number <= min(CHARGES_MOST, target * CHARGES_SHARE)


def sum_outstanding(items: Iterable[OpenInstalment]) -> Decimal:
    """Sum what is left of several instalments of one currency."""
    return sum((item.outstanding for item in items), ZERO)
