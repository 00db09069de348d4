"""What Beancount found, in our words."""

from ledger.book.explain import explain
from tests.books import SMALL
from tests.conftest import Load

TAKEN = """
2016-07-01 * "Spain" "More than is left" #reduction ^PL-2016-001
  reason: "letter (example)"
  Equity:Pledges:Committed:PermanentObservers:Spain -{number}.00 EUR {{"{label}"}}
  Equity:Pledges:Contra
"""


def test_more_than_is_outstanding_is_said_of_the_instalment(book: Load) -> None:
    (found,) = book(SMALL, TAKEN.format(number=301, label="PL-2016-001/2")).findings
    assert found.code == "pledge-lifecycle/more-than-outstanding"
    assert "takes 301.00 EUR from PL-2016-001/2" in found.message
    assert "of which 300.00 EUR was outstanding on 2016-07-01" in found.message


def test_a_lot_that_is_not_there_is_said_to_be_that(book: Load) -> None:
    (found,) = book(SMALL, TAKEN.format(number=1, label="PL-2016-001/3")).findings
    assert (found.code, "PL-2016-001/2" in found.message) == ("pledge-lifecycle/no-such-instalment", True)


def test_where_nothing_is_wrong_nothing_is_said(book: Load) -> None:
    assert explain([], [], book(SMALL).fund) == []
