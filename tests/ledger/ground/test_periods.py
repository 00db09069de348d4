"""Quarters of the calendar year, and days some months later."""

from datetime import date

import pytest

from ledger.ground.errors import InvalidQuarterError
from ledger.ground.periods import Quarter, months_later


def test_a_quarter_has_three_months() -> None:
    quarter = Quarter.parse("2016-q4")
    assert (str(quarter), quarter.begin, quarter.end) == ("2016-Q4", date(2016, 10, 1), date(2016, 12, 31))
    assert (str(quarter.before()), str(quarter.after())) == ("2016-Q3", "2017-Q1")
    assert Quarter.of(date(2016, 10, 1)) == quarter
    assert date(2017, 1, 1) not in quarter


@pytest.mark.parametrize("text", ["2016", "2016-Q5", "Q3", "16-Q3"])
def test_anything_else_is_no_quarter(text: str) -> None:
    with pytest.raises(InvalidQuarterError, match="write it as 2016-Q3"):
        Quarter.parse(text)


def test_a_month_that_has_no_such_day_ends_earlier() -> None:
    assert months_later(date(2016, 1, 31), 1) == date(2016, 2, 29)
    assert months_later(date(2016, 11, 30), 3) == date(2017, 2, 28)
