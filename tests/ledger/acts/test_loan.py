"""Loans to another fund, and what comes back."""

from ledger.acts.loan import Loan, Repayment
from ledger.ground.render import render
from tests.acting import filled, made
from tests.conftest import Load

OPEN = "2004-06-08 open Assets:InterFundLoans\n"
WORDS = {"fund_name": "Regular Fund", "amount": "100 USD"}


def test_a_loan_is_due_and_a_repayment_brings_it_back(book: Load) -> None:
    fund = book(OPEN).fund
    lent = render(made(Loan, fund, **WORDS, day="2026-02-01", due="2026-04-01"))
    assert "  due: 2026-04-01" in lent
    assert "  Assets:InterFundLoans   100.00 USD" in lent
    back = made(Repayment, book(OPEN, lent).fund, **WORDS, day="2026-03-01")
    assert "  Assets:InterFundLoans  -100.00 USD" in render(back)


def test_a_loan_without_a_day_on_which_it_is_due_is_not_complete(book: Load) -> None:
    (problem,) = filled(Loan, book(OPEN).fund, **WORDS, day="2026-02-01").problems
    assert (problem.field, problem.kind) == ("due", "missing")
