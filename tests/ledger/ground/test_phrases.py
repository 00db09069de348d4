"""Texts of the program with what stands in their places."""

from datetime import date
from decimal import Decimal

from beancount.core.amount import Amount

from ledger.ground.phrases import count, join, join_with_and, join_with_or, layout, money, phrase


def test_a_phrase_in_english() -> None:
    said = phrase("{amount} on {day}", amount=Decimal("1234.5"), day=date(2016, 9, 8))
    assert str(said) == "1,234.50 on 2016-09-08"
    assert str(money(Amount(Decimal("1234.5"), "USD"))) == "1,234.50 USD"


def test_texts_in_a_row() -> None:
    assert str(join(["a", phrase("{n}", n=2), "c"])) == "a, 2, c"
    assert join([]) == ""
    assert layout("{a}: {b}", a="x", b="y").layout


def test_texts_in_a_row_have_a_word_before_the_last() -> None:
    rows = (["a"], ["a", "b"], ["a", "b", "c"])
    assert [str(join_with_and(row)) for row in rows] == ["a", "a and b", "a, b and c"]
    assert [str(join_with_or(row)) for row in rows] == ["a", "a or b", "a, b or c"]
    assert [join_with_and([]), join_with_or([])] == ["", ""]


def test_a_whole_number_is_said_without_decimals() -> None:
    assert [count(Decimal(text)) for text in ("60", "7.5")] == [60, Decimal("7.5")]
    assert isinstance(count(Decimal("60.0")), int)
