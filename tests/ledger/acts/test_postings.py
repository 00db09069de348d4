"""Postings as they are written."""

from datetime import date
from decimal import Decimal

import pytest
from beancount.core.amount import Amount

from ledger.acts.allocations import Allocation
from ledger.acts.postings import (
    allocation_posting,
    entry_of,
    posting_of,
    price_of,
    rate_of,
    shorten,
    value_of,
    with_decimals,
)
from ledger.ground.errors import InvalidEntryError
from ledger.language.kinds import Kind
from tests.books import COMMITMENT, SMALL
from tests.conftest import Load

D = Decimal
DAY = date(2016, 6, 30)


@pytest.mark.parametrize(
    ("number", "currency", "text"), [("1E+2", "USD", "100.00"), ("1500", "JPY", "1500"), ("1.005", "USD", "1.005")]
)
def test_a_number_has_the_decimals_of_its_currency_or_more(number: str, currency: str, text: str) -> None:
    assert str(with_decimals(D(number), currency)) == text


def test_a_number_without_more_digits_than_it_needs() -> None:
    assert [str(shorten(D(text))) for text in ("1.1000", "100.00")] == ["1.1", "100"]


def test_a_rate_is_as_it_is_said_or_as_the_book_has_it(book: Load) -> None:
    fund = book(SMALL).fund
    assert (rate_of(fund, "EUR", DAY, D("1.5")), rate_of(fund, "EUR", DAY, None)) == (D("1.5"), D("1.20"))
    assert price_of(fund, "USD", DAY, None) is None
    with pytest.raises(InvalidEntryError, match="the book has no rate of CHF on 2016-06-30"):
        rate_of(fund, "CHF", DAY, None)


def test_what_is_taken_names_its_lot(book: Load) -> None:
    first = next(iter(book(COMMITMENT).fund.instalments.values()))
    take = Allocation(first, Amount(D(50), "USD"))
    assert (allocation_posting(take).units, allocation_posting(take).cost.label) == (
        Amount(D("-50.00"), "USD"),
        "PL-2026-001/1",
    )
    assert value_of([take]) == 50


def test_metadata_that_say_nothing_are_left_out() -> None:
    posting = posting_of("Assets:Bank:Operating", D(1), "USD")
    txn = entry_of(
        Kind.INTEREST, DAY, "Bank", "Interest", [posting], {"source": "", "note": None, "reason": "x"}, ["UR-1"]
    )
    assert {key for key in txn.meta if key not in {"filename", "lineno"}} == {"reason"}
    assert (txn.tags, txn.links) == ({"interest"}, {"UR-1"})
