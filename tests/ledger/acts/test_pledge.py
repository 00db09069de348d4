"""What a donor promises."""

from ledger.acts.pledge import Agreement, AnnouncePledge
from tests.acting import made, plain, stated
from tests.books import COMMITMENT
from tests.conftest import Load


def test_an_agreement_in_parts_asks_for_the_rate_that_the_book_lacks(book: Load) -> None:
    words = stated(donor="Spain", instalment="100 CHF@2026-12-31", agreement="letters", day="2026-02-01")
    (problem,) = Agreement(book(COMMITMENT).fund, plain).fill(words).problems
    assert (problem.field, "the book has no rate of CHF on 2026-02-01" in problem.text) == ("rate", True)


def test_a_pledge_has_the_next_id(book: Load) -> None:
    (txn,) = made(AnnouncePledge, book(COMMITMENT).fund, donor="Chile", amount="100 USD", day="2026-02-01")
    assert txn.links == {"PL-2026-002"}
    assert [(p.units.number, p.units.currency) for p in txn.postings] == [(100, "USD"), (-100, "USD")]
