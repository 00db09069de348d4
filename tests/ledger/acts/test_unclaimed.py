"""Credits whose donor is not known yet."""

from ledger.acts.unclaimed import RecordUnclaimed
from ledger.ground.render import render
from tests.acting import made
from tests.books import MORE, SMALL
from tests.conftest import Load


def test_a_credit_gets_the_next_link(book: Load) -> None:
    words = {"amount": "5 USD", "day": "2016-07-01", "bank_reference": "FT-9"}
    text = render(made(RecordUnclaimed, book(SMALL, MORE).fund, **words))
    assert "#unclaimed ^UR-2016-002" in text
    assert '  bank-reference: "FT-9"' in text
