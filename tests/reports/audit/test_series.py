"""Numbers that are missing, and entries that may be one."""

from ledger.book.loading import Book
from reports.audit.series import duplicates, gaps
from tests.reports.audit.conftest import Q2, pairs


def test_two_gifts_that_may_be_one(loaded: Book) -> None:
    assert pairs(duplicates(loaded, Q2)) == [("Second, of the same amount", "says what the entry of 2016-04-04 says")]


def test_a_number_is_missing(loaded: Book) -> None:
    assert gaps(loaded, Q2).rows == (("R-2016-", 4, 5, 1, "R-2016-0004"),)
