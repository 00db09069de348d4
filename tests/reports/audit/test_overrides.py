"""What was recorded late or set aside."""

from datetime import date

from ledger.book.loading import Book
from reports.audit.overrides import late_entries, overrides
from tests.books import GIFTS
from tests.conftest import Load
from tests.reports.audit.conftest import Q2, pairs


def test_what_was_recorded_late(loaded: Book) -> None:
    assert pairs(late_entries(loaded, Q2)) == [("Another amount", "recorded on 2016-07-20, 79 days later")]


def test_what_was_set_aside(book: Load) -> None:
    waiver = """
    2016-05-01 custom "waiver" "receipt-number" "R-2016-0005"
      reason: "The pad of numbers was lost (example)"
      approved-by: "treasurer-9"
      expires: 2016-12-31
    """
    rows = overrides(book(GIFTS + waiver), Q2).rows
    found = [(row[0], str(row[1]), row[2], row[3]) for row in rows if str(row[1]) == "waiver"]
    assert found == [(date(2016, 5, 1), "waiver", "receipt-number: R-2016-0005", "treasurer-9")]
