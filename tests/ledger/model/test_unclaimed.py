"""Unclaimed receipts, from arrival to identification."""

from datetime import date
from decimal import Decimal

from ledger.model.unclaimed import entries_of, links_of, unclaimed
from tests.books import MORE, SMALL
from tests.conftest import Load


def test_a_credit_is_unclaimed_until_it_is_identified(book: Load) -> None:
    (item,) = unclaimed(book(SMALL, MORE).fund.by_kind).values()
    assert (item.link, item.currency) == ("UR-2016-001", "USD")
    assert [item.outstanding(date(2016, *day)) for day in ((4, 14), (4, 15), (6, 10))] == [0, 70, Decimal(40)]
    assert item.age(date(2016, 6, 30)) == 76  # 15 April to 30 June


def test_the_account_is_touched_by_what_comes_in_and_what_is_identified(book: Load) -> None:
    found = entries_of(book(SMALL, MORE).fund.by_kind)
    assert [entry.txn.date for entry in found] == [date(2016, 4, 15), date(2016, 6, 10)]


def test_links_of_pledges_are_none_of_unclaimed_receipts() -> None:
    assert links_of(frozenset({"PL-2016-001", "UR-2016-001"})) == ("UR-2016-001",)
