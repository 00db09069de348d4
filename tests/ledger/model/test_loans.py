"""Loans to other funds: what is returned settles the oldest."""

from datetime import date

from ledger.model.loans import loans
from tests.conftest import Load

BOOK = """
2004-06-08 open Assets:InterFundLoans

2016-01-10 * "Regular Fund" "First" #loan
  due: 2016-03-01
  Assets:InterFundLoans                                100.00 USD
  Assets:Bank:Operating                               -100.00 USD

2016-02-10 * "Regular Fund" "Second" #loan
  due: 2016-04-01
  Assets:InterFundLoans                                 50.00 USD
  Assets:Bank:Operating                                -50.00 USD

2016-03-10 * "Regular Fund" "Returned" #loan
  Assets:InterFundLoans                               -{returned}.00 USD
  Assets:Bank:Operating                                {returned}.00 USD
"""


def test_what_is_returned_settles_the_oldest_loan_first(book: Load) -> None:
    found = loans(book(BOOK.format(returned=120)).fund)
    assert [(loan.due, loan.lent, loan.outstanding) for loan in found.loans] == [
        (date(2016, 3, 1), 100, 0),
        (date(2016, 4, 1), 50, 30),
    ]
    assert found.beyond == []


def test_more_than_was_lent_is_beyond(book: Load) -> None:
    found = loans(book(BOOK.format(returned=151)).fund)
    assert [(currency, number) for _, currency, number in found.beyond] == [("USD", 1)]


def test_a_day_before_the_return_both_are_out(book: Load) -> None:
    found = loans(book(BOOK.format(returned=120)).fund, date(2016, 3, 9))
    assert [loan.outstanding for loan in found.loans] == [100, 50]
