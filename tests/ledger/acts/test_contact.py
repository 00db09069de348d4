"""To whom letters go, and reminders."""

from ledger.acts.contact import Remind, SetContact
from ledger.ground.render import render
from tests.acting import filled, made
from tests.books import OVERDUE
from tests.conftest import Load


def test_a_contact_is_recorded_from_its_day_on(book: Load) -> None:
    fund = book("").fund
    (contact,) = made(SetContact, fund, donor="Canada", day="2026-01-01", address="1 Old Street; Ottawa", language="fr")
    assert render([contact]).splitlines() == [
        '2026-01-01 custom "donor-contact" "CAN"',
        '  address: "1 Old Street; Ottawa"',
        '  language: "fr"',
    ]


def test_a_contact_says_something(book: Load) -> None:
    act = filled(SetContact, book("").fund, donor="Canada", day="2026-01-01", language="xx")
    assert [problem.field for problem in act.problems] == ["language"]


def test_a_reminder_is_of_what_is_overdue(book: Load) -> None:
    (reminder,) = made(Remind, book(OVERDUE).fund, donor="Canada", day="2026-04-01", note="by e-mail")
    assert 'custom "reminder" "CAN"' in render([reminder])
