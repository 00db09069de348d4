"""A receipt is taken back with all that hangs on it."""

from datetime import date

from ledger.acts.reversing import name_of, returned_payment, standing_entries, take_back
from ledger.ground.render import render
from ledger.language.kinds import Kind
from tests.books import MORE, REVERSAL, SMALL
from tests.conftest import Load

DAY = date(2016, 7, 1)


def test_the_charge_goes_back_with_its_receipt(book: Load) -> None:
    fund = book(SMALL, MORE).fund
    receipt = fund.receipts[1].entry
    found = take_back(fund, receipt, day=DAY, narration="Back", meta={"reason": "example"})
    assert [sorted(txn.tags) for txn in found] == [["correction", "receipt"], ["correction", "icr"]]
    after = book(SMALL, MORE, render(found)).fund
    assert len(after.reversed_entries(DAY)) == 2


def test_an_unclaimed_receipt_goes_back_after_what_identified_it(book: Load) -> None:
    fund = book(SMALL, MORE).fund
    (credit,) = fund.by_kind[Kind.UNCLAIMED]
    found = take_back(fund, credit, day=DAY, narration="Back", meta={})
    assert [txn.meta["corrects"] for txn in found] == ["R-2016-0002", "UR-2016-001"]


def test_what_is_taken_back_stands_no_more(book: Load) -> None:
    kinds = frozenset({Kind.RECEIPT})
    assert [name_of(e) for e in standing_entries(book(SMALL).fund, kinds)] == ["R-2015-0001", "R-2016-0001"]
    after = book(SMALL, REVERSAL).fund
    assert [name_of(e) for e in standing_entries(after, kinds)] == ["R-2015-0001"]
    assert returned_payment(after, after.receipts[0].entry) is None
