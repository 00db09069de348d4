"""Dates, numbers and amounts as people write them.

Read where they can be read in one way, asked back where they cannot.
"""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.ground.errors import InvalidAmountError
from ledger.ground.values import parse_amount, parse_date, parse_number

THOUSAND_AND_A_HALF = Decimal("1000.50")


@pytest.mark.parametrize(
    "text",
    [
        "1000.50 USD",
        "1,000.50 USD",
        "1.000,50 USD",
        "1000,50 USD",
        "1 000,50 USD",
        "1'000.50 USD",
        "USD 1.000,50",
        "us$ 1,000.50",
        "1,000.50usd",
        "1\N{NARROW NO-BREAK SPACE}000,50 USD",
    ],
)
def test_an_amount_in_every_manner(text: str) -> None:
    assert tuple(parse_amount(text)) == (THOUSAND_AND_A_HALF, "USD")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1.000 USD", "'1.000' is 1000 or 1.0000: write it in one of these ways"),
        ("1,500 KWD", "'1,500' is 1500 or 1.5000"),
        ("$ 500", "$ can be USD, CAD, MXN and others"),
        ("¥500", "¥ can be JPY or CNY"),
        ("500", "is not an amount"),
        ("USD 500 EUR", "is not an amount"),
        ("-5 USD", "is not an amount"),
        ("0 USD", "is nothing"),
        ("5.5 JPY", "JPY has no decimals"),
        ("0.001 USD", "at most two decimals"),
        ("1,234,56 USD", "is not a number"),
        ("500 US", "'US' is not a currency"),
        (f"1{'0' * 30} USD", "is below 1,000,000,000,000"),
    ],
)
def test_what_is_no_amount_or_several_is_asked_back(text: str, says: str) -> None:
    with pytest.raises(InvalidAmountError) as refused:
        parse_amount(text)
    assert says in str(refused.value)


def test_a_point_before_three_digits_is_the_decimal_mark_of_dinars_and_rates() -> None:
    assert tuple(parse_amount("1.500 KWD")) == (Decimal("1.500"), "KWD")
    assert parse_number("1.125") == Decimal("1.125")
    with pytest.raises(ValueError, match=r"is 1125 or 1\.1250"):
        parse_number("1,125")


@given(st.integers(1, 10**11), st.sampled_from([0, 2, 3]))
def test_what_the_program_writes_is_read_again(number: int, decimals: int) -> None:
    currency = {0: "JPY", 2: "USD", 3: "KWD"}[decimals]
    amount = Decimal(number).scaleb(-decimals)
    for text in (f"{amount:f} {currency}", f"{amount:,.{decimals}f} {currency}"):
        assert parse_amount(text).number == amount


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-31",
        "31/12/2026",
        "12/31/2026",
        "31.12.2026",
        "31 Dec 2026",
        "31 dic 2026",
        "31 de diciembre de 2026",
        "31 déc. 2026",
        "31 dezembro 2026",
    ],
)
def test_a_date_in_every_manner(text: str) -> None:
    assert parse_date(text) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("05/06/2026", "is 2026-06-05 or 2026-05-06"),
        ("2026-02-31", "there is no day 2026-02-31"),
        ("31 febrero 2026", "there is no day 31 febrero 2026"),
        ("tomorrow", "is not a date: write it as 2016-09-30"),
        ("0001-01-01", "before 1948"),
    ],
)
def test_what_is_no_date_or_two_is_asked_back(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        parse_date(text)
    assert says in str(refused.value)


def test_a_day_that_is_also_the_month_is_one_date() -> None:
    assert parse_date("05/05/2026") == date(2026, 5, 5)
