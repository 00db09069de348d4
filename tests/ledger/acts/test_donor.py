"""Donors, and the category in which they give."""

from ledger.acts.donor import DonorStatus, RegisterDonor, choose_one, match_pattern
from ledger.ground.render import render
from tests.acting import filled, made
from tests.conftest import Load


def test_a_donor_is_registered_in_a_category(book: Load) -> None:
    found = made(
        RegisterDonor, book("").fund, title="Bridges", code="BRIDGES", kind="private-institution", day="2026-01-01"
    )
    text = render(found)
    assert 'custom "donor" "BRIDGES"' in text
    assert 'custom "donor-status" "BRIDGES" "other"' in text


def test_a_code_that_is_taken_is_refused(book: Load) -> None:
    act = filled(RegisterDonor, book("").fund, title="X", code="CAN", kind="private-institution", day="2026-01-01")
    assert "code" in [problem.field for problem in act.problems]


def test_another_category_has_a_document(book: Load) -> None:
    words = {"donor": "FOUNDATION-1", "category": "other", "day": "2026-01-01"}
    assert [problem.field for problem in filled(DonorStatus, book("").fund, **words).problems] == ["evidence"]
    (status,) = made(DonorStatus, book("").fund, **words, evidence="a letter")
    assert 'custom "donor-status" "FOUNDATION-1" "other"' in render([status])


def test_words_are_held_to_what_is_known() -> None:
    assert choose_one(["en", "es"], "es") == "es"
    assert match_pattern("^[a-z]+$", "abc") == "abc"
