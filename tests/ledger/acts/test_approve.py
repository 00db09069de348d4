"""A treasurer approves what another officer recorded."""

import pytest

from ledger.acts.approve import Approve
from tests.acting import plain, stated
from tests.conftest import Load

BOOK = """
2010-01-01 custom "rule" "four-eyes" "*"
  citation: "example"
  above: 100
  days: 7

2016-09-01 * "Mexico" "Contribution" #receipt
  receipt-number: "R-2016-0001"
  bank-reference: "FT-1"
  recorded-by: "finance-officer-1"
  Assets:Bank:Operating                             500.00 USD
  Income:Contributions:MemberStates:Mexico         -500.00 USD

2016-09-02 * "Chile" "Contribution" #receipt
  receipt-number: "R-2016-0002"
  bank-reference: "FT-2"
  recorded-by: "treasurer-1"
  Assets:Bank:Operating                             400.00 USD
  Income:Contributions:MemberStates:Chile          -400.00 USD
"""


def approve(book: Load, **texts: str) -> Approve:
    return Approve(book(BOOK).fund, plain, officer="treasurer-1").fill(stated(**texts))


def test_one_entry_is_approved_as_it_stands(book: Load) -> None:
    act = approve(book, chosen="R-2016-0001")
    (line,) = act.entries().directives
    assert line.values[0].value == act.fund.digest(act.fund.receipts[0].entry)
    assert line.meta["by"] == "treasurer-1"


def test_all_that_waits_is_approved_but_for_what_the_officer_recorded(book: Load) -> None:
    entries = approve(book, everything="yes").entries()
    assert len(entries.directives) == 1
    assert [str(note) for note in entries.notes] == [
        "2016-09-02, R-2016-0002, Chile, Contribution: recorded by treasurer-1; passed over"
    ]


@pytest.mark.parametrize(
    ("text", "why"), [("R-2016-0002", "cannot approve it"), ("R-2016-0009", "no entry is meant by")]
)
def test_an_own_entry_is_refused_and_one_that_is_not_there(book: Load, text: str, why: str) -> None:
    (problem,) = approve(book, chosen=text).problems
    assert (problem.kind, why in problem.text) == ("refused", True)
