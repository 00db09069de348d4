"""The two ends of a sale of currency are found again in what is in transit."""

from datetime import date
from decimal import Decimal

from ledger.model.transit import transit
from tests.conftest import Load

LEFT = """
2004-06-08 open Assets:Bank:InTransit
2016-01-01 price EUR 1.10 USD

2016-01-10 * "Bank" "1,000 euros leave" #transfer
  Assets:Bank:InTransit                                    1000.00 EUR @ 1.10 USD
  Assets:Bank:Operating                              -1000.00 EUR @ 1.10 USD
"""
CAME = """
2016-01-12 * "Bank" "1,090 dollars come in" #transfer
  Assets:Bank:Operating                               1090.00 USD
  Assets:Bank:InTransit                                   -1090.00 USD
"""


def test_the_ends_of_a_sale_are_joined_on_the_day_of_the_second(book: Load) -> None:
    fund = book(LEFT, CAME).fund
    (sale,) = transit(fund.entries, fund.law, fund.rates, date.max).conversions
    assert (sale.day, sorted((end.currency, end.units) for end in sale.ends)) == (
        date(2016, 1, 12),
        [("EUR", Decimal(1000)), ("USD", Decimal(-1090))],
    )


def test_until_then_one_end_waits(book: Load) -> None:
    fund = book(LEFT, CAME).fund
    found = transit(fund.entries, fund.law, fund.rates, date(2016, 1, 11))
    assert (found.conversions, [(end.currency, end.units) for end in found.waiting]) == ([], [("EUR", 1000)])
