"""Texts of the program with what stands in their places."""

from datetime import date
from decimal import Decimal

from beancount.core.amount import Amount

from ledger.ground.phrases import count, join, layout, money, phrase


def test_a_phrase_in_english() -> None:
    said = phrase("{amount} on {day}", amount=Decimal("1234.5"), day=date(2016, 9, 8))
    assert str(said) == "1,234.50 on 2016-09-08"
    assert str(money(Amount(Decimal("1234.5"), "USD"))) == "1,234.50 USD"


def test_texts_in_a_row() -> None:
    assert str(join(["a", phrase("{n}", n=2), "c"])) == "a, 2, c"
    assert join([]) == ""
    assert layout("{a}: {b}", a="x", b="y").layout


def test_a_whole_number_is_said_without_decimals() -> None:
    assert [count(Decimal(text)) for text in ("60", "7.5")] == [60, Decimal("7.5")]
    assert isinstance(count(Decimal("60.0")), int)
