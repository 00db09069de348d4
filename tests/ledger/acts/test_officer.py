"""Officers are roles."""

from ledger.acts.officer import AppointOfficer
from ledger.ground.render import render
from tests.acting import filled, made
from tests.conftest import Load


def test_an_officer_is_appointed_from_a_day_on(book: Load) -> None:
    found = made(
        AppointOfficer, book("").fund, who="treasurer-2", role="treasurer", day="2026-06-01", until="2027-05-31"
    )
    assert render(found).splitlines() == [
        '2026-06-01 custom "officer" "treasurer-2" "treasurer"',
        "  until: 2027-05-31",
    ]


def test_a_role_is_one_of_three(book: Load) -> None:
    act = filled(AppointOfficer, book("").fund, who="treasurer-2", role="tresurer", day="2026-06-01")
    assert [(problem.field, "treasurer" in problem.text) for problem in act.problems] == [("role", True)]
