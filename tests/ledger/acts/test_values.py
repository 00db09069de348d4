"""The kinds of value that fields have."""

from datetime import date
from decimal import Decimal

import pytest

from ledger.acts.unclaimed import RecordUnclaimed
from ledger.acts.values import METADATA_PAIR, YES, banks, find_bank, find_purpose, open_choices, parse_part
from ledger.ground.errors import InvalidEntryError
from tests.acting import filled, plain
from tests.books import COMMITMENT
from tests.conftest import Load


def test_one_of_several_payments() -> None:
    part = parse_part("150000 USD@2026-10-31")
    assert (part.amount.number, part.due) == (Decimal(150000), date(2026, 10, 31))
    with pytest.raises(ValueError, match="write an instalment as AMOUNT@DUE"):
        parse_part("150000 USD")


def test_names_are_those_of_the_book(book: Load) -> None:
    fund = book("").fund
    assert banks(fund) == ["Assets:Bank:Operating"]
    with pytest.raises(ValueError, match="it has: Assets:Bank:Operating"):
        find_bank(fund, "Assets:Bank:Other")
    with pytest.raises(InvalidEntryError, match="did you mean 'country-visits'"):
        find_purpose(fund, "country-visit")


def test_metadata_have_types_and_some_are_the_programs_own(book: Load) -> None:
    act = RecordUnclaimed(book("").fund, plain)
    assert METADATA_PAIR.read(act, "value-date=2016-05-04") == ("value-date", date(2016, 5, 4))
    assert YES.read(act, "yes") is True
    for text in ("recorded=2016-01-01", "sauce=x", "value-date=soon"):
        with pytest.raises(ValueError, match=r"writes it itself|did you mean|value-date"):
            METADATA_PAIR.read(act, text)


def test_what_is_open_may_be_chosen(book: Load) -> None:
    act = filled(RecordUnclaimed, book(COMMITMENT).fund, day="2026-02-01", amount="5 USD")
    assert [(choice.text, str(choice.meaning)) for choice in open_choices(act)] == [
        ("PL-2026-001/1", "Canada: 300.00 USD, due 2026-03-31"),
        ("PL-2026-001/2", "Canada: 200.00 USD, due 2026-06-30"),
    ]
