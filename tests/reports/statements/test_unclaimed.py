"""Receipts that nobody has identified."""

from ledger.ground.periods import Quarter
from reports.report import Report, report
from reports.scope import Scope
from reports.statements.unclaimed import UNCLAIMED
from tests.books import MORE, SMALL
from tests.conftest import Load


def test_unclaimed_receipts(q2: Report) -> None:
    (item,) = q2.of[UNCLAIMED].lines
    assert (item.link, item.bank_reference, item.came_in, item.cleared, item.left) == (
        "UR-2016-001",
        "FT-7",
        70,
        30,
        40,
    )
    assert (item.days, item.age) == (76, "1 to 90 days")  # 15 April to 30 June
    assert q2.of[UNCLAIMED].booked == 40


def test_an_identification_that_was_taken_back_leaves_the_receipt_unclaimed(book: Load) -> None:
    back = """
    2016-07-05 * "Chile" "Not of Chile after all" #identify #correction ^UR-2016-001
      corrects: "R-2016-0002"
      Liabilities:UnclaimedReceipts                      -30.00 USD
      Income:Contributions:MemberStates:Chile             30.00 USD
    """
    (item,) = report(book(SMALL, MORE, back), Scope.of(Quarter(2016, 3))).of[UNCLAIMED].lines
    assert (item.came_in, item.cleared, item.left) == (70, 0, 70)
