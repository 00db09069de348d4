"""Round amounts, and payments below a threshold that are above it together."""

from ledger.book.loading import Book
from reports.audit.amounts import round_amounts, split_amounts
from tests.books import GIFTS
from tests.conftest import Load
from tests.reports.audit.conftest import Q2, pairs


def test_round_amounts(loaded: Book) -> None:
    assert [str(why) for _, why in pairs(round_amounts(loaded, Q2))] == ["4,000.00 USD", "4,000.00 USD"]


def test_two_payments_of_one_bill(book: Load) -> None:
    """Under a threshold of 1,000 neither of 600 and 500 needs an approval; together they would."""
    law = '2016-02-01 custom "rule" "four-eyes" "*"\n  above: 1000\n  severity: "warning"\n  citation: "example"\n'
    found = pairs(split_amounts(book(law + GIFTS), Q2))
    assert found == [
        (name, "2 entries within 7 days, together 1,100.00; the threshold is 1,000.00")
        for name in ("Printing, a", "Printing, b")
    ]
