"""Contributions in kind."""

from ledger.acts.in_kind import InKind
from ledger.ground.render import render
from tests.acting import filled, made
from tests.books import COMMITMENT
from tests.conftest import Load

WORDS = {"donor": "Canada", "value": "80 USD", "day": "2026-05-01", "valuation": "letter of the donor"}


def test_a_service_is_income_and_its_use(book: Load) -> None:
    text = render(made(InKind, book(COMMITMENT).fund, **WORDS, use="Services"))
    assert "#in-kind" in text
    assert "Expenses:InKind:Services" in text
    assert "Income:InKind:MemberStates:Canada" in text
    assert "Equity:Pledges" not in text


def test_it_may_convert_an_instalment(book: Load) -> None:
    text = render(made(InKind, book(COMMITMENT).fund, **WORDS, use="Services", converts="PL-2026-001/2=80 USD"))
    assert '-80.00 USD {"PL-2026-001/2"}' in " ".join(text.split())


def test_how_the_value_was_found_is_needed(book: Load) -> None:
    words = {key: text for key, text in WORDS.items() if key != "valuation"}
    assert "valuation" in [p.field for p in filled(InKind, book(COMMITMENT).fund, **words, use="Services").problems]
