"""What all acts have that record an entry."""

import pytest

from ledger.acts.entry import EntryAct, bank_of, day_of, narration
from ledger.acts.unclaimed import RecordUnclaimed
from tests.acting import filled
from tests.conftest import Load

WORDS = {"amount": "5 USD", "day": "2016-07-01"}


def test_an_entry_says_when_it_was_recorded_where_that_is_another_day(book: Load) -> None:
    act = filled(RecordUnclaimed, book("").fund, **WORDS, meta="source=a letter")
    assert isinstance(act, EntryAct)
    notes = act.notes()
    assert notes["source"] == "a letter"
    assert "recorded" in notes


@pytest.mark.parametrize("field", [day_of("Date"), narration("Text"), bank_of()])
def test_these_fields_are_suggested(field: object) -> None:
    assert field.suggests  # type: ignore[attr-defined]
