"""To whom letters go on a day."""

from datetime import date

from ledger.model.contacts import Contact, contact_on, last_reminder, lines_of
from tests.conftest import Load

BOOK = """
2016-01-01 custom "donor-contact" "CAN"
  addressee: "The Ambassador"
  address: "1 Old Street; Ottawa"
  language: "fr"
2016-06-01 custom "donor-contact" "CAN"
  email: "mission@example.org"
2016-03-01 custom "reminder" "CAN"
"""


def test_the_last_contact_by_a_day_counts(book: Load) -> None:
    fund = book(BOOK).fund
    canada = fund.registry.donors["CAN"]
    assert contact_on(fund, canada, date(2015, 12, 31)).lines == ()
    before = contact_on(fund, canada, date(2016, 5, 31))
    assert before == Contact("The Ambassador", ("1 Old Street", "Ottawa"), "", "fr")
    assert contact_on(fund, canada, date(2016, 6, 1)).lines == ("mission@example.org",)


def test_a_reminder_is_of_what_was_due_before_it(book: Load) -> None:
    fund = book(BOOK).fund
    canada = fund.registry.donors["CAN"]
    assert last_reminder(fund, canada, date(2016, 2, 28), date(2016, 12, 31)) == date(2016, 3, 1)
    assert last_reminder(fund, canada, date(2016, 3, 1), date(2016, 12, 31)) is None


def test_an_address_has_lines() -> None:
    assert lines_of(" 1 Old Street ;; Ottawa") == ("1 Old Street", "Ottawa")
    assert lines_of(None) == ()
