"""What donors are asked to confirm."""

from datetime import date

from ledger.model.confirmations import donors_to_confirm, to_confirm
from tests.books import SMALL
from tests.conftest import Load


def test_a_donor_is_asked_of_what_it_gave_in_the_year_and_still_owes(book: Load) -> None:
    fund = book(SMALL).fund
    assert [donor.code for donor in donors_to_confirm(fund, date(2015, 12, 31))] == ["MEX"]
    year = [(item.account.donor, item.received, item.committed) for item in to_confirm(fund, date(2015, 12, 31))]
    assert year == [("Mexico", 500, 0)]
