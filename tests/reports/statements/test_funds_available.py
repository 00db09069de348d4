"""Funds available, and loans to other funds."""

from ledger.ground.periods import Quarter
from reports.figures import total
from reports.report import Report, report
from reports.scope import Scope
from reports.statements.funds_available import FUNDS_AVAILABLE, LOANS
from tests.books import SMALL
from tests.conftest import Load


def test_funds_available_and_loans(q2: Report) -> None:
    available, (loan,) = q2.of[FUNDS_AVAILABLE], q2.of[LOANS]
    lines = {str(line.label): line.value for line in available if line.value}
    # 500 + 625 - 300 - 50 + 70 - 64 - 100 + 40
    assert lines == {"At the bank: Operating": 721, "Less unclaimed receipts": -40}
    assert total(line.value for line in available) == 681
    assert (loan.to, loan.lent, loan.returned, loan.left, loan.overdue) == ("Regular Fund", 100, 40, 60, 10)


def test_a_loan_that_is_reversed_later_is_one_until_then(book: Load) -> None:
    """The reversal of November does not change the report of the third quarter."""
    lent = """
    2004-06-08 open Assets:InterFundLoans

    2016-08-01 * "Regular Fund" "Use of unobligated cash" #loan
      due: 2016-09-30
      Assets:InterFundLoans                              100.00 USD
      Assets:Bank:Operating                             -100.00 USD
    """
    back = """
    2016-11-01 * "Regular Fund" "Use of unobligated cash" #loan #correction
      Assets:InterFundLoans                             -100.00 USD
      Assets:Bank:Operating                              100.00 USD
    """
    before, after = (report(book(SMALL, text), Scope.of(Quarter(2016, 3))) for text in (lent, lent + back))
    assert (before.of[FUNDS_AVAILABLE], before.of[LOANS]) == (after.of[FUNDS_AVAILABLE], after.of[LOANS])
    assert [line.value for line in before.of[LOANS]] == [100]
    assert all(check.holds for check in after.checks)
    assert total(line.value for line in report(book(SMALL, lent, back), Scope.of(Quarter(2016, 4))).of[LOANS]) == 0


def test_purposes_are_told_apart_by_their_slug_and_not_by_their_name(book: Load) -> None:
    alike = """
    2004-06-08 custom "purpose" "school"
      name-en: "Not earmarked"
      basis: "example"

    2016-02-01 * "Mexico" "For the school" #receipt
      receipt-number: "R-2016-0001"
      purpose: "school"
      Assets:Bank:Operating                              100.00 USD
      Income:Contributions:MemberStates:Mexico          -100.00 USD
    """
    made = report(book(alike), Scope.of(Quarter(2016, 1)))
    assert total(line.value for line in made.of[FUNDS_AVAILABLE]) == 0
    assert all(check.holds for check in made.checks)
