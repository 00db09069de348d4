"""Entries in words."""

from ledger.acts.preview import describe
from ledger.acts.receipt import Receipt
from ledger.ground.render import render
from tests.acting import plain, stated
from tests.books import COMMITMENT
from tests.conftest import Load


def test_what_is_recorded_already_is_not_taken_twice_in_words(book: Load) -> None:
    """350 of 500 settled: 150 of the second instalment are left, before it is recorded and after."""
    fund = book(COMMITMENT).fund
    act = Receipt(fund, plain).fill(
        stated(donor="CAN", amount="350 USD", day="2026-04-01", purpose="country-visits", bank_reference="N-1")
    )
    found = act.entries().directives
    after = book(COMMITMENT, render(found)).fund
    said = "  PL-2026-001/2: 50.00 USD taken, 150.00 USD left"
    assert said in list(map(str, describe(fund, found)))
    assert said in list(map(str, describe(after, [after.receipts[0].entry.txn], recorded=True)))
