"""What later lines change of earlier ones."""

from datetime import date

from ledger.law.approvals import officers_on
from ledger.model.amendments import amended, survivors
from tests.conftest import Load

ENDS = """
2016-01-01 custom "officer" "treasurer-2" "treasurer"
2016-06-30 custom "officer-end" "treasurer-2"
"""


def test_an_office_ends(book: Load) -> None:
    fund = book(ENDS).fund
    assert "treasurer-2" in officers_on(fund, date(2016, 6, 30))
    assert "treasurer-2" not in officers_on(fund, date(2016, 7, 1))


def test_nothing_is_amended_twice(book: Load) -> None:
    directives = book(ENDS).fund.directives
    assert amended(directives) == directives


def test_nobody_is_merged_where_nothing_says_so(book: Load) -> None:
    assert survivors(book("").fund.directives.merges) == {}
