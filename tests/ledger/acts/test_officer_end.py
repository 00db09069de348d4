"""An officer leaves office: from the next day on it acts no more; what it did stands."""

from datetime import date

import pytest

from ledger.acts.officer_end import EndOffice
from ledger.ground.errors import InvalidEntryError
from ledger.ground.render import render
from ledger.law.approvals import officers_on
from tests.acting import plain, stated
from tests.conftest import Load

BOOK = """
2016-01-01 custom "officer" "treasurer-2" "treasurer"
2016-01-01 custom "officer" "treasurer-2" "finance-officer"
  until: 2016-03-31

2010-01-01 custom "rule" "recording-delay" "*"
  citation: "example"
  days: 30
"""
WAIVED = """
2016-07-01 custom "waiver" "recording-delay" "R-2016-0001"
  reason: "The notice came late"
  approved-by: "treasurer-2"
  expires: 2016-12-31
"""


def test_an_office_ends_with_its_last_day_and_may_begin_again(book: Load) -> None:
    act = EndOffice(book(BOOK).fund, plain).fill(stated(who="treasurer-2", day="2016-06-30", reason="Rotation"))
    text = BOOK + render(act.entries().directives)
    fund = book(text).fund
    assert "treasurer-2" in officers_on(fund, date(2016, 6, 30), "treasurer")
    assert "treasurer-2" not in officers_on(fund, date(2016, 7, 1))
    assert "treasurer-2" not in officers_on(fund, date(2016, 4, 1), "finance-officer")  # it ended before by itself
    again = book(text + '2016-09-01 custom "officer" "treasurer-2" "treasurer"\n').fund
    assert "treasurer-2" not in officers_on(again, date(2016, 8, 31))
    assert "treasurer-2" in officers_on(again, date(2016, 9, 1), "treasurer")


def test_what_is_approved_after_the_last_day_is_by_nobody(book: Load) -> None:
    end = '2016-06-30 custom "officer-end" "treasurer-2"\n'
    assert [e.code for e in book(BOOK + WAIVED).errors] == ["waiver/unused"]
    assert {e.code for e in book(BOOK + WAIVED + end).errors} == {"waiver/not-a-treasurer", "waiver/unused"}


def test_who_is_not_in_office_does_not_leave_it(book: Load) -> None:
    fund = book(BOOK).fund
    with pytest.raises(InvalidEntryError, match="treasurer-2 is not in office on 2015-12-31"):
        EndOffice(fund, plain).fill(stated(who="treasurer-2", day="2015-12-31", reason="x")).entries()
    (problem,) = EndOffice(fund, plain).fill(stated(who="treasurer-3", reason="x")).problems
    assert "did you mean 'treasurer-2'?" in problem.text


def test_the_end_of_nobody_is_an_error(book: Load) -> None:
    (error,) = book('2016-06-30 custom "officer-end" "treasurer-7"\n').errors
    assert error.code == "language/unknown-reference"
