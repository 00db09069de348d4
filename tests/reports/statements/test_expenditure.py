"""Expenditure by donor, purpose and object."""

from ledger.ground.periods import Quarter
from reports.report import report
from reports.scope import Scope
from reports.statements.expenditure import EXPENDITURE
from tests.books import SMALL
from tests.conftest import Load


def test_a_donor_who_is_not_named_is_not_named_by_its_expenditure(book: Load) -> None:
    spent = """
    2016-06-29 * "Country visit" #expenditure
      donor: "ESP"
      anonymous: TRUE
      Expenses:Travel                                     10.00 USD
      Assets:Bank:Operating                              -10.00 USD

    2016-06-29 * "Country visit" #expenditure
      donor: "ESP"
      Expenses:Travel                                     20.00 USD
      Assets:Bank:Operating                              -20.00 USD
    """
    lines = report(book(SMALL, spent), Scope.of(Quarter(2016, 2))).of[EXPENDITURE]
    assert {line.donor: line.quarter for line in lines} == {
        "All donors together": 300,
        "Not named, at the donor's wish": 10,
        "Spain": 20,
    }
