"""Entries that are in another quarter than they happened in."""

from ledger.book.loading import Book
from reports.audit.cut_off import cut_off
from tests.reports.audit.conftest import Q2, pairs


def test_what_is_in_another_quarter_than_it_happened(loaded: Book) -> None:
    assert pairs(cut_off(loaded, Q2)) == [
        ("Value date of July", "is in 2016-Q2, happened on 2016-07-04"),
        ("Of June, booked in July", "is in 2016-Q3, happened on 2016-06-28"),
    ]
