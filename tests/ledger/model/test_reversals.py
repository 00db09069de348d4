"""Which entry a reversal takes back."""

from datetime import date

from ledger.model.reversals import originals
from tests.books import REVERSAL, SMALL
from tests.conftest import Load


def test_a_reversal_takes_back_the_receipt_that_it_names(book: Load) -> None:
    fund = book(SMALL, REVERSAL).fund
    ((back, entry),) = originals(fund.entries).items()
    assert back.txn.date == date(2016, 8, 1)
    assert entry is not None
    assert entry.txn.meta["receipt-number"] == "R-2016-0001"


def test_the_second_reversal_of_one_entry_takes_nothing_back(book: Load) -> None:
    fund = book(SMALL, REVERSAL, REVERSAL).fund
    assert [entry is None for entry in originals(fund.entries).values()] == [False, True]


def test_an_entry_stands_until_the_day_of_its_reversal(book: Load) -> None:
    fund = book(SMALL, REVERSAL).fund
    assert fund.reversed_entries(date(2016, 7, 31)) == frozenset()
    assert len(fund.reversed_entries(date(2016, 8, 1))) == 1
