"""Indirect cost recovery: the rate in force on a receipt, the charge that it makes, and what a refund takes back of it.

General Standards art. 80(c): a line for the recovery of indirect costs; the rate depends on the donor group (facts
1.4).

House rule: a charge is on what stays with the fund. A posting of a `#refund` whose `on-receipt` names a receipt pays a
part of that back, and the charge is on the rest. A refund that names no receipt leaves the charges as they are.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

from beancount.core.data import Transaction

from ledger.ground.money import ZERO, quantum
from ledger.language.accounts import Role
from ledger.language.kinds import Kind
from ledger.language.law import IndirectCostRecovery
from ledger.model.entries import Entry, weight
from ledger.model.fund import Fund


class PaidBack(NamedTuple):
    """What one posting of a refund pays back of a receipt (negative in the reversal of a refund).

    `value` is in the unit of account: at the rate of the receipt where that brought the currency, else at the rate of
    the refund. `donor` is an account component, `purpose` empty where the refund states none.
    """

    receipt: str
    donor: str
    purpose: str
    value: Decimal
    entry: Entry


def paid_back(fund: Fund, refunds: Iterable[Entry]) -> Iterator[PaidBack]:
    """Yield what refunds pay back of receipts that they name."""
    for entry in refunds:
        for part, posting, _ in entry.money:
            number = (posting.meta or {}).get("on-receipt") or entry.txn.meta.get("on-receipt")
            if part.role is Role.CONTRIBUTION and number is not None:
                purpose = (posting.meta or {}).get("purpose") or entry.txn.meta.get("purpose") or ""
                receipt, currency = fund.receipt_entries.get(str(number)), posting.units.currency
                price = price_in(receipt, currency) if receipt is not None else None
                value = weight(posting)[0] if price is None else posting.units.number * price
                yield PaidBack(str(number), part.donor, str(purpose), value, entry)


def price_in(receipt: Entry, currency: str) -> Decimal | None:
    """Return the rate at which a receipt brought a currency, 1 for the unit of account.

    None where it brought none of it.
    """
    contributions = (
        p for part, p, _ in receipt.money if part.role is Role.CONTRIBUTION and p.units.currency == currency
    )
    return next((p.price.number if p.price is not None else Decimal(1) for p in contributions), None)


def left_of(fund: Fund, receipt: Entry, donor: str) -> Decimal:
    """Return what a receipt brought of a donor less what was paid back of it, in the unit of account at its rate."""
    credits_of_donor = (
        leg for leg in receipt.money if leg.account.role is Role.CONTRIBUTION and leg.account.donor == donor
    )
    back = (item for item in paid_back(fund, fund.by_kind[Kind.REFUND]) if item.donor == donor)
    number = str(receipt.txn.meta.get("receipt-number"))
    repayments = sum((item.value for item in back if item.receipt == number), ZERO)
    return -sum((weight(leg.posting)[0] for leg in credits_of_donor), ZERO) - repayments


def rate_on(fund: Fund, category: str, day: date, receipt: Transaction) -> Decimal | None:
    """Return the per cent charged on a receipt: its own `icr-rate`, else that of the category.

    None where the law sets none.
    """
    own = receipt.meta.get("icr-rate")
    if isinstance(own, Decimal) and 0 <= own <= 100:  # noqa: PLR2004 - per cent
        return own
    terms = fund.law.terms(IndirectCostRecovery, category, day)
    return terms.rate if terms is not None else None


def charge(received: Decimal, rate: Decimal, currency: str) -> Decimal:
    """Return the charge on what was received, rounded to what the currency can pay, half to even (house rule)."""
    return (received * rate / 100).quantize(quantum(currency), ROUND_HALF_EVEN)
