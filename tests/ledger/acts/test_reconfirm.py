"""A donor still means to pay."""

from ledger.acts.reconfirm import Reconfirm
from ledger.ground.render import render
from tests.acting import filled, made
from tests.books import COMMITMENT
from tests.conftest import Load


def test_a_pledge_is_reconfirmed_by_its_letter(book: Load) -> None:
    text = render(made(Reconfirm, book(COMMITMENT).fund, pledge="pl-2026-001", source="a note", day="2026-05-03"))
    assert text.splitlines()[0] == '2026-05-03 custom "reconfirmation" "PL-2026-001"'


def test_a_pledge_that_is_not_there_is_refused(book: Load) -> None:
    (problem,) = filled(Reconfirm, book(COMMITMENT).fund, pledge="PL-2026-009", source="x", day="2026-05-03").problems
    assert "no pledge 'PL-2026-009' is in the book" in problem.text
