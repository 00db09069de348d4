"""The directives of a book by kind."""

from datetime import date

from ledger.model.contents import contents
from tests.conftest import Load

BOOK = """
2016-02-01 price EUR 1.10 USD
2016-03-01 * "Bank" "Interest" #interest
  Assets:Bank:Operating                                  1.00 USD
  Income:Interest                                       -1.00 USD
2016-03-02 balance Assets:Bank:Operating                 1.00 USD
2016-04-01 note Expenses:Travel "A note"
"""


def test_directives_are_sorted_by_kind(book: Load) -> None:
    found = contents(book(BOOK).entries)
    assert ([txn.narration for txn in found.transactions], len(found.balances)) == (["Interest"], 1)
    assert [(price.currency, price.date) for price in found.prices] == [("EUR", date(2016, 2, 1))]
    assert {"Assets:Bank:Operating", "Expenses:Travel"} <= found.mentions.keys()


def test_the_last_day_is_that_of_the_last_transaction(book: Load) -> None:
    assert contents(book(BOOK).entries).last_day == date(2016, 3, 1)
    assert contents([]).last_day == date.min
