"""The wish not to be named holds for all that belongs together."""

from ledger.model.unnamed import unnamed
from tests.books import REVERSAL, SMALL
from tests.conftest import Load


def test_one_marked_entry_leaves_its_whole_pledge_unnamed(book: Load) -> None:
    fund = book(
        SMALL.replace('"Letter" #pledge ^PL-2016-001', '"Letter" #pledge ^PL-2016-001\n  anonymous: TRUE'), REVERSAL
    ).fund
    found = unnamed(fund.entries, fund.reversals)
    assert {entry.txn.payee for entry in found} == {"Spain"}
    assert len(found) == 5  # pledge, agreement, receipt, reduction, and the reversal of the receipt


def test_where_nobody_asks_everybody_is_named(book: Load) -> None:
    fund = book(SMALL).fund
    assert unnamed(fund.entries, fund.reversals) == frozenset()
