"""Which entries need another officer's approval, and which have it."""

from datetime import date

from ledger.law.approvals import approvable, limits_of, officers_on, only_finance_officer
from tests.conftest import Load

BOOK = """
2010-01-01 custom "rule" "four-eyes" "*"
  citation: "example"
  above: 100
2016-01-01 custom "officer" "treasurer-2" "treasurer"
  until: 2016-06-30

2016-09-08 * "Mexico" "Contribution" #receipt
  receipt-number: "R-2016-0001"
  recorded-by: "finance-officer-1"
  Assets:Bank:Operating                              100.01 USD
  Income:Contributions:MemberStates:Mexico          -100.01 USD

2016-09-09 * "Chile" "Contribution" #receipt
  receipt-number: "R-2016-0002"
  recorded-by: "finance-officer-1"
  Assets:Bank:Operating                              100.00 USD
  Income:Contributions:MemberStates:Chile           -100.00 USD
"""
APPROVAL = '2016-09-10 custom "approval" "{digest}"\n  by: "{officer}"\n'


def test_what_is_above_the_threshold_waits_for_another_officer(book: Load) -> None:
    fund = book(BOOK).fund
    (item,) = approvable(fund)
    assert (item.entry.txn.payee, item.moved, item.above, item.approved) == ("Mexico", item.entry.moved, 100, False)
    assert [limit.above for limit in limits_of(fund).values()] == [100, 100]
    by_treasurer = book(BOOK, APPROVAL.format(digest=item.digest, officer="treasurer-1")).fund
    assert [one.approved for one in approvable(by_treasurer)] == [True]
    by_another = book(BOOK, APPROVAL.format(digest=item.digest, officer="finance-officer-1")).fund
    assert [one.approved for one in approvable(by_another)] == [False]


def test_officers_are_in_office_until_their_last_day(book: Load) -> None:
    fund = book(BOOK).fund
    assert officers_on(fund, date(2016, 6, 30), "treasurer") == {"treasurer-1", "treasurer-2"}
    assert officers_on(fund, date(2016, 7, 1), "treasurer") == {"treasurer-1"}
    assert only_finance_officer(fund, date(2016, 7, 1)) == "finance-officer-1"
