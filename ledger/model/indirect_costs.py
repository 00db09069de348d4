"""Indirect cost recovery: the rate in force on a receipt, and the charge that it makes.

General Standards art. 80(c): a line for the recovery of indirect costs; the rate depends on the donor group (facts 1.4).
"""

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from beancount.core.data import Transaction

from ledger.ground.money import quantum
from ledger.language.law import IndirectCostRecovery
from ledger.model.fund import Fund


def rate_on(fund: Fund, category: str, day: date, receipt: Transaction) -> Decimal | None:
    """Return the per cent charged on a receipt: its own `icr-rate`, else that of the category; None where the law sets none."""
    own = receipt.meta.get("icr-rate")
    if isinstance(own, Decimal) and 0 <= own <= 100:  # noqa: PLR2004 - per cent
        return own
    terms = fund.law.terms(IndirectCostRecovery, category, day)
    return terms.rate if terms is not None else None


def charge(received: Decimal, rate: Decimal, currency: str) -> Decimal:
    """Return the charge on what was received, rounded to what the currency can pay, half to even (house rule)."""
    return (received * rate / 100).quantize(quantum(currency), ROUND_HALF_EVEN)
