"""Money paid back."""

from ledger.acts.refund import Refund
from ledger.ground.render import render
from tests.acting import made
from tests.books import MORE, SMALL
from tests.conftest import Load

WORDS = {"day": "2016-07-01", "reason": "unspent"}


def test_a_donor_is_paid_back_from_the_bank(book: Load) -> None:
    text = render(made(Refund, book(SMALL).fund, donor="Mexico", amount="20 USD", **WORDS))
    assert "Income:Contributions:MemberStates:Mexico   20.00 USD" in text
    assert "Assets:Bank:Operating                     -20.00 USD" in text


def test_an_unclaimed_receipt_goes_back_to_its_sender(book: Load) -> None:
    text = render(made(Refund, book(SMALL, MORE).fund, unclaimed="UR-2016-001", **WORDS))
    assert "^UR-2016-001" in text
    assert "Liabilities:UnclaimedReceipts   40.00 USD" in text  # 70 came in, 30 were identified
