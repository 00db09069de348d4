"""The rate of a day: the newest on or before it."""

from datetime import date
from decimal import Decimal

from beancount.core.amount import Amount
from beancount.core.data import Price

from ledger.model.rates import Rates

D = Decimal
PRICES = [
    Price({}, date(2016, 6, 1), "EUR", Amount(D("1.20"), "USD")),
    Price({}, date(2016, 1, 1), "EUR", Amount(D("1.10"), "USD")),
    Price({}, date(2016, 1, 1), "CHF", Amount(D("0.90"), "EUR")),
]


def test_a_rate_holds_until_the_next_one() -> None:
    rates = Rates(PRICES, "USD")
    days = (date(2015, 12, 31), date(2016, 1, 1), date(2016, 5, 31), date(2016, 6, 1))
    assert [rates.rate("EUR", day) for day in days] == [None, D("1.10"), D("1.10"), D("1.20")]
    assert rates.newest("EUR", date(2016, 12, 31)) == (date(2016, 6, 1), D("1.20"))


def test_a_rate_is_never_worked_out_over_another_currency() -> None:
    rates = Rates(PRICES, "USD")
    assert rates.rate("CHF", date(2016, 12, 31)) is None
    assert rates.rate("USD", date(1900, 1, 1)) == 1
