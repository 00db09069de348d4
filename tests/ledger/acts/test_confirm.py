"""What a donor answered about its account."""

from ledger.acts.confirm import ConfirmAccount
from tests.acting import filled
from tests.books import SMALL
from tests.conftest import Load

WORDS = {"donor": "Mexico", "quarter": "2015-Q4", "answer": "No reply", "source": "Letter", "day": "2016-02-01"}


def test_an_answer_is_of_a_donor_and_a_quarter(book: Load) -> None:
    entries = filled(ConfirmAccount, book(SMALL).fund, **WORDS).entries()
    (line,) = entries.directives
    assert ([word.value for word in line.values], line.meta["answer"]) == (["MEX", "2015-Q4"], "no-reply")
    assert entries.notes == []


def test_what_is_odd_about_an_answer_is_noted(book: Load) -> None:
    fund = book(SMALL).fund
    (note,) = filled(ConfirmAccount, fund, **{**WORDS, "donor": "Peru"}).entries().notes
    assert str(note) == "PER neither gave in 2015 nor has a commitment at 2015-12-31"
