"""Indirect cost recovery: the rate, and the charge."""

from datetime import date
from decimal import Decimal

from ledger.model.indirect_costs import charge, rate_on
from tests.books import MORE, SMALL
from tests.conftest import Load


def test_the_charge_is_rounded_half_to_even_to_what_the_currency_can_pay() -> None:
    assert charge(Decimal("640.00"), Decimal(10), "USD") == 64
    assert charge(Decimal("0.50"), Decimal(11), "USD") == Decimal("0.06")  # 0.055
    assert charge(Decimal(1250), Decimal(11), "JPY") == 138  # 137.5


def test_a_receipt_may_have_a_rate_of_its_own(book: Load) -> None:
    law = '2010-01-01 custom "rule" "indirect-cost-recovery" "*"\n  citation: "example"\n  rate: 11\n'
    fund = book(law, SMALL, MORE).fund
    plain = fund.receipts[0].entry.txn
    assert rate_on(fund, "member-state", date(2016, 1, 1), plain) == 11
    own = plain._replace(meta={**plain.meta, "icr-rate": Decimal(5)})
    assert rate_on(fund, "member-state", date(2016, 1, 1), own) == 5
    assert rate_on(fund, "member-state", date(2009, 1, 1), plain) is None
