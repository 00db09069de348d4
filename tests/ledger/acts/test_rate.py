"""Rates of exchange."""

import pytest

from ledger.acts.rate import Rate
from ledger.ground.render import render
from tests.acting import filled, made
from tests.conftest import Load

WORDS = {"number": "1.0842", "day": "2026-10-01", "source": "example"}


def test_a_rate_is_a_price_in_the_unit_of_account(book: Load) -> None:
    text = render(made(Rate, book("").fund, currency="eur", **WORDS))
    assert " ".join(text.splitlines()[0].split()) == "2026-10-01 price EUR 1.0842 USD"


@pytest.mark.parametrize(("code", "why"), [("USD", "is the unit of account"), ("EURO", "is not a currency")])
def test_what_has_no_rate_is_refused(book: Load, code: str, why: str) -> None:
    (problem,) = filled(Rate, book("").fund, currency=code, **WORDS).problems
    assert why in problem.text
