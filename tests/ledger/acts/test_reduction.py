"""What of a pledge will not come."""

from ledger.acts.reduction import Reduce, WriteOff
from ledger.ground.render import render
from tests.acting import filled, made
from tests.books import COMMITMENT
from tests.conftest import Load

WORDS = {"pledge": "PL-2026-001", "reason": "letter", "day": "2026-05-01"}


def test_a_part_is_taken_from_what_falls_due_first(book: Load) -> None:
    text = render(made(Reduce, book(COMMITMENT).fund, **WORDS, amount="250 USD"))
    assert "#reduction" in text
    assert 'Canada  -250.00 USD {"PL-2026-001/1"}' in text


def test_without_an_amount_all_of_it(book: Load) -> None:
    text = render(made(WriteOff, book(COMMITMENT).fund, **WORDS))
    assert "#write-off" in text
    assert "-300.00 USD" in text
    assert "-200.00 USD" in text


def test_no_more_than_is_outstanding(book: Load) -> None:
    (problem,) = filled(Reduce, book(COMMITMENT).fund, **WORDS, amount="501 USD").problems
    assert "is more than is outstanding on PL-2026-001" in problem.text
