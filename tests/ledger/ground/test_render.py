"""Entries as Beancount text."""

from ledger.ground.render import render
from tests.books import SMALL
from tests.conftest import Load


def test_what_is_rendered_is_read_again_as_the_same(book: Load) -> None:
    said = book(SMALL).fund
    again = book(
        "2016-01-01 price EUR 1.10 USD\n2016-06-01 price EUR 1.20 USD\n", render(said.contents.transactions)
    ).fund
    assert [again.digest(entry) for entry in again.entries] == [said.digest(entry) for entry in said.entries]
