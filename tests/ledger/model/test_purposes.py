"""Earmarks: what was received and spent by purpose, and what unearmarked money covers."""

from datetime import date

from ledger.language.kinds import Kind
from ledger.model.purposes import purpose_of, purposes
from tests.conftest import Load

BOOK = """
2016-02-01 * "Mexico" "For country visits" #receipt
  receipt-number: "R-2016-0001"
  purpose: "country-visits"
  Assets:Bank:Operating                                100.00 USD
  Income:Contributions:MemberStates:Mexico            -100.00 USD

2016-02-02 * "Chile" "For anything" #receipt
  receipt-number: "R-2016-0002"
  Assets:Bank:Operating                                 50.00 USD
  Income:Contributions:MemberStates:Chile              -50.00 USD

2016-03-01 * "A visit" #expenditure
  purpose: "country-visits"
  Expenses:Travel                                      120.00 USD
  Assets:Bank:Operating                               -120.00 USD
"""


def test_unearmarked_money_covers_what_a_purpose_lacks(book: Load) -> None:
    """100 were given for visits, and 120 spent on them: 20 of the 50 that were given for anything."""
    found = purposes(book(BOOK).fund)
    visits = found.balances["country-visits"]
    assert (visits.received, visits.spent, visits.covered) == (100, 120, 20)
    assert (found.covered, found.pool) == (20, 30)
    assert [(cover.day, cover.purpose, cover.amount) for cover in found.covers] == [
        (date(2016, 3, 1), "country-visits", 20)
    ]


def test_on_the_day_before_nothing_is_spent(book: Load) -> None:
    found = purposes(book(BOOK).fund, date(2016, 2, 29))
    assert (found.balances["country-visits"].net, found.pool) == (100, 50)


def test_a_posting_has_the_purpose_of_its_entry(book: Load) -> None:
    fund = book(BOOK).fund
    (spent,) = fund.by_kind[Kind.EXPENDITURE]
    assert purpose_of(fund, spent, spent.txn.postings[0]) == "country-visits"
