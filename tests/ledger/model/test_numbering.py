"""Running numbers continue the series that the book has."""

from datetime import date

import pytest

from ledger.model.numbering import Number, next_pledge_id, next_receipt_number, next_unclaimed_link, read
from tests.books import MORE, SMALL
from tests.conftest import Load


@pytest.mark.parametrize(
    ("text", "number"), [("R-2016-0007", Number("R-2016-", 7, 4)), ("42", Number("", 42, 2)), ("R-2016-A", None)]
)
def test_a_receipt_number_is_taken_apart(text: str, number: Number | None) -> None:
    assert read(text) == number
    assert number is None or number.then(number.value) == text


def test_the_next_numbers_of_a_book(book: Load) -> None:
    fund = book(SMALL, MORE).fund
    assert next_receipt_number(fund, date(2016, 12, 1)) == "R-2016-0003"
    assert next_pledge_id(fund, date(2016, 12, 1)) == "PL-2016-002"
    assert next_unclaimed_link(fund, date(2016, 12, 1)) == "UR-2016-002"


def test_a_year_begins_at_one(book: Load) -> None:
    fund = book(SMALL, MORE).fund
    assert next_receipt_number(fund, date(2017, 1, 1)) == "R-2017-0001"
    assert next_pledge_id(fund, date(2017, 1, 1)) == "PL-2017-001"
