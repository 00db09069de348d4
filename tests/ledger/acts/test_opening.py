"""A book begins with the balance of a bank account, and what it is for."""

from datetime import date
from decimal import Decimal

import pytest

from ledger.acts.opening import Opening
from ledger.acts.preview import describe
from ledger.ground.errors import InvalidEntryError
from ledger.ground.periods import Quarter
from ledger.ground.render import render
from ledger.model.purposes import purposes
from reports.report import report
from reports.scope import Scope
from reports.statements.fund_balance import FUND_BALANCE
from tests.acting import plain, stated
from tests.conftest import Load

BOOK = """
2004-06-08 open Equity:OpeningBalances
2004-06-08 custom "purpose" "reports"
  name-en: "Reports (example)"
  basis: "AG/RES. 2027 (XXXIV-O/04), operative paragraph 12"

2016-01-05 * "Interest" #interest
  Assets:Bank:Operating                               10.00 USD
  Income:Interest                                    -10.00 USD
"""


def test_a_balance_is_brought_in_for_its_purposes(book: Load) -> None:
    """Of 1,000 there are 400 for the visits and 250 for the reports.

    350, with 10 of interest, are for the fund as a whole.
    """
    fund = book(BOOK).fund
    parts = {"earmark": ["country-visits=400", "reports=250"]}
    act = Opening(fund, plain, sure=True).fill({**stated(amount="1000 USD"), **parts})
    assert (act.problems, act.day) == ([], date(2016, 1, 5))  # the day of the first entry
    entries = act.entries()
    words = list(map(str, describe(fund, entries.directives)))
    assert words[:4] == [
        "2016-01-05: 1,000.00 USD is brought into the book",
        "  Assets:Bank:Operating: 1,000.00 USD in",
        "  400.00 USD of it is for country-visits",
        "  250.00 USD of it is for reports",
    ]
    after = book(BOOK + render(entries.directives))
    assert after.errors == []
    found = purposes(after.fund, date(2016, 12, 31))
    assert [found.balances[name].net for name in ("country-visits", "reports", "")] == [400, 250, 360]
    lines = report(after, Scope.of(Quarter(2016, 1))).of[FUND_BALANCE]
    assert lines.closing() == Decimal(1010)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"earmark": ["reports=600", "country-visits=401"]}, "in all 1,001.00, which is more than 1,000.00 USD"),
        ({"earmark": ["reports=1", "reports=2"]}, "a purpose is named twice"),
        ({"earmark": ["report=1"]}, "the purpose 'report' is not declared; did you mean 'reports'?"),
        ({"earmark": ["reports"]}, "write a part as PURPOSE=NUMBER"),
    ],
)
def test_parts_are_of_the_balance(book: Load, words: dict[str, list[str]], message: str) -> None:
    (problem,) = Opening(book(BOOK).fund, plain, sure=True).fill({**stated(amount="1000 USD"), **words}).problems
    assert problem.field == "earmark"
    assert message in problem.text


def test_an_account_begins_once(book: Load) -> None:
    words = stated(amount="1000 USD", purpose="reports")
    first = Opening(book(BOOK).fund, plain, sure=True).fill(words).entries()
    again = Opening(book(BOOK + render(first.directives)).fund, plain, sure=True).fill(words)
    with pytest.raises(
        InvalidEntryError, match="the book begins with a balance of Assets:Bank:Operating in USD already"
    ):
        again.entries()
