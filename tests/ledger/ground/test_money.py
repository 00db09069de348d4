"""Amounts and currencies: the minor units of ISO 4217, what is read, what is shown, what rounding leaves."""

from decimal import Decimal

import pytest
from beancount.core.amount import Amount
from hypothesis import given
from hypothesis import strategies as st

from importers.ground.cells import Cell, read_amount
from importers.ground.refusal import RefusedFileError
from ledger.ground.errors import InvalidAmountError
from ledger.ground.money import apportion, decimals_of, minor_units, quantum, show, too_fine
from ledger.ground.values import parse_amount
from ledger.model.indirect_costs import charge
from reports.faces.numbers import format_cell
from reports.table import ColumnType
from reports.translation import Translator

UNITS = {  # ISO 4217, list one, column "minor unit"
    "USD": 2,
    "EUR": 2,
    "RSD": 2,
    "ALL": 2,
    "LBP": 2,
    "YER": 2,
    "AFN": 2,
    "IRR": 2,
    "MMK": 2,
    "LAK": 2,
    "SOS": 2,
    "SYP": 2,
    "MGA": 2,
    "KPW": 2,
    "JPY": 0,
    "KRW": 0,
    "CLP": 0,
    "PYG": 0,
    "XAF": 0,
    "XOF": 0,
    "ISK": 0,
    "UGX": 0,
    "VND": 0,
    "TND": 3,
    "KWD": 3,
    "BHD": 3,
    "OMR": 3,
    "JOD": 3,
    "LYD": 3,
    "IQD": 3,
    "CLF": 4,
    "UYW": 4,
}


@pytest.mark.parametrize("currency", UNITS)
def test_minor_units_are_those_of_the_standard(currency: str) -> None:
    assert minor_units(currency) == UNITS[currency]


def test_what_the_standard_does_not_have() -> None:
    assert (minor_units("XDR"), minor_units("XAU")) == (None, None)  # "N.A."
    assert quantum("XDR") == Decimal("0.01")
    assert not too_fine(Decimal("1.23456"), "XDR")
    assert minor_units("HRK") == 2  # withdrawn, not in the table any more: two (house rule)
    assert [decimals_of(code) for code in ("JPY", "USD", "KWD")] == [
        "no decimals",
        "at most two decimals",
        "at most three decimals",
    ]


@pytest.mark.parametrize(
    "text", ["1500.125 TND", "0.001 KWD", "100001 JPY", "1,000,000 JPY", "0.5 USD", "200,000.00USD"]
)
def test_an_amount_with_the_decimals_of_its_currency_is_read(text: str) -> None:
    assert parse_amount(text).number == Decimal(text[:-3].strip().replace(",", ""))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1000000.50 JPY", "JPY has no decimals"),
        ("0.001 USD", "USD has at most two decimals"),
        ("1.0001 KWD", "KWD has at most three decimals"),
        ("10", "not an amount"),
        ("-10 USD", "not an amount"),
        ("0 USD", "is nothing"),
        ("1000000000000 USD", "below 1,000,000,000,000"),
    ],
)
def test_anything_else_is_refused(text: str, why: str) -> None:
    with pytest.raises(InvalidAmountError, match=why):
        parse_amount(text)


@given(st.sampled_from(sorted(UNITS)), st.integers(min_value=1, max_value=10**11))
def test_what_is_shown_is_read_again_as_the_same(currency: str, units: int) -> None:
    amount = Amount(Decimal(units) * quantum(currency), currency)
    assert parse_amount(show(amount)) == amount


def test_an_amount_is_shown_with_the_decimals_of_its_currency() -> None:
    assert show(Amount(Decimal(100001), "JPY")) == "100,001 JPY"
    assert show(Amount(Decimal("1500.1"), "TND")) == "1,500.100 TND"
    assert show(Amount(Decimal(7), "USD")) == "7.00 USD"
    assert Translator("es").say(Amount(Decimal("1500.125"), "TND")) == "1,500.125 TND"
    assert Translator("fr").say(Amount(Decimal(100001), "JPY")) == "100\u202f001 JPY"
    assert format_cell(Decimal(100001), ColumnType.AMOUNT, "en", 0) == "100,001"
    assert format_cell(Decimal("-1500.125"), ColumnType.AMOUNT, "en", 3) == "(1,500.125)"


def test_a_charge_is_what_the_currency_can_pay() -> None:
    """12 % of 100,001 yen are 12,000.12: 12,000; of 1,500.125 dinars 180.015."""
    assert charge(Decimal(100001), Decimal(12), "JPY") == 12_000
    assert charge(Decimal("1500.125"), Decimal(12), "TND") == Decimal("180.015")


@given(
    st.integers(min_value=-(10**9), max_value=10**9).map(lambda cents: Decimal(cents) / 100),
    st.lists(st.integers(min_value=1, max_value=10**6), min_size=1, max_size=6),
)
def test_parts_add_up_to_what_was_apportioned(number: Decimal, weights: list[int]) -> None:
    parts = apportion(number, {place: Decimal(weight) for place, weight in enumerate(weights)})
    assert sum(parts.values()) == number
    assert all(part == part.quantize(Decimal("0.01")) for part in parts.values())


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10", "10"),
        ("+10", "10"),
        ("-10", "-10"),
        ("10-", "-10"),
        ("(10)", "-10"),
        ("1,234.50", "1234.50"),
        ("(1,234.50)", "-1234.50"),
    ],
)
def test_one_sign_is_read(text: str, number: str) -> None:
    assert read_amount(Cell(text, "C4")) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["+-10", "(5", "5)", "10+", "--21.78", "-10-", "(-10)", "((10))", "-(10)", "10 -5", "( )", "1-0"]
)
def test_more_than_one_sign_or_half_of_one_is_refused_with_its_cell(text: str) -> None:
    with pytest.raises(RefusedFileError) as refused:
        read_amount(Cell(text, "C4"))
    (mistake,) = refused.value.mistakes
    assert mistake.place == "C4"
    assert text in mistake.what
