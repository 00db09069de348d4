"""Entries from what an officer knows."""

from datetime import date
from decimal import Decimal

from beancount.core.amount import Amount

from ledger.acts.allocations import PromisedPayment
from ledger.acts.compose import indirect_costs, pledge, refund
from ledger.ground.render import render
from tests.books import SMALL
from tests.conftest import Load

D = Decimal
DAY = date(2016, 7, 1)


def test_a_pledge_in_two_currencies_is_weighed_in_the_unit_of_account(book: Load) -> None:
    """1,000 EUR at 1.20 and 50 USD are 1,250 USD."""
    fund = book(SMALL).fund
    parts = [PromisedPayment(Amount(D(1000), "EUR"), None), PromisedPayment(Amount(D(50), "USD"), date(2016, 12, 31))]
    txn = pledge(fund, fund.registry.donors["ESP"], parts, day=DAY, identity="PL-2016-009", narration="Pledge")
    assert [(p.units.number, p.units.currency) for p in txn.postings] == [(1000, "EUR"), (50, "USD"), (-1250, "USD")]
    assert txn.links == {"PL-2016-009"}


def test_a_charge_is_made_on_a_receipt_where_the_law_says_so(book: Load) -> None:
    law = '2010-01-01 custom "rule" "indirect-cost-recovery" "*"\n  citation: "example"\n  rate: 11\n'
    fund = book(law, SMALL).fund
    receipt = fund.receipts[0].entry.txn
    charge = indirect_costs(fund, receipt, "Assets:Bank:Operating")
    assert charge is not None
    assert [p.units.number for p in charge.postings] == [D("55.00"), D("-55.00")]  # 11 % of 500
    assert indirect_costs(book(SMALL).fund, receipt, "Assets:Bank:Operating") is None


def test_an_entry_that_is_composed_is_one_that_the_book_takes(book: Load) -> None:
    fund = book(SMALL).fund
    txn = refund(
        fund,
        fund.registry.donors["MEX"],
        Amount(D(5), "USD"),
        day=DAY,
        bank="Assets:Bank:Operating",
        narration="Refund",
        meta={"reason": "unspent"},
    )
    assert book(SMALL, render([txn])).findings == []
