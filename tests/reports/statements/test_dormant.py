"""What has expired, and money that nothing moves."""

from datetime import date

from ledger.book.loading import Book
from ledger.ground.periods import Quarter
from reports.figures import total
from reports.report import report
from reports.scope import Scope
from reports.statements.dormant import DORMANT
from reports.statements.funds_available import FUNDS_AVAILABLE
from tests.conftest import Load


def test_expired_and_inactive(loaded: Book) -> None:
    assert report(loaded, Scope.of(Quarter(2016, 2))).of[DORMANT] == ()
    spain, unearmarked = report(loaded, Scope.of(Quarter(2017, 3))).of[DORMANT]
    assert (spain.state, spain.name, spain.due, spain.moved) == (
        "expired",
        "PL-2016-001",
        date(2016, 6, 30),
        date(2016, 6, 20),
    )
    assert (spain.days, spain.announced, spain.committed, spain.at_hand) == (467, 0, 360, 0)  # 300 EUR at 1.20
    assert (unearmarked.state, unearmarked.name, unearmarked.at_hand) == ("inactive", "Not earmarked", 741)


def test_a_purpose_with_money_that_nothing_moves(book: Load) -> None:
    earmarked = """
    2004-06-08 custom "purpose" "country-visits"
      name-en: "Country visits"
      basis: "AG/RES. 2027"

    2016-02-01 * "Mexico" "For country visits" #receipt
      receipt-number: "R-2016-0001"
      purpose: "country-visits"
      Assets:Bank:Operating                              100.00 USD
      Income:Contributions:MemberStates:Mexico          -100.00 USD
    """
    loaded = book(earmarked)
    assert report(loaded, Scope.of(Quarter(2016, 4))).of[DORMANT] == ()
    made = report(loaded, Scope.of(Quarter(2017, 1)))
    (line,) = made.of[DORMANT]
    assert (line.state, line.what, line.name, line.moved, line.at_hand) == (
        "inactive",
        "purpose",
        "Country visits",
        date(2016, 2, 1),
        100,
    )
    assert total(line.value for line in made.of[FUNDS_AVAILABLE]) == 0  # all that is at the bank is earmarked
    assert all(check.holds for check in made.checks)
