"""The seal of a closed quarter."""

from datetime import date
from decimal import Decimal

from ledger.language.models import Close, Reopen
from ledger.law.seal import NOTHING, seal, seal_of, sealed_until
from tests.books import SMALL
from tests.conftest import Load

Q1 = Close.model_validate(
    {
        "day": date(2016, 4, 9),
        "meta": {},
        "quarter": "2016-Q1",
        "digest": "sha256:" + 64 * "a",
        "entries": Decimal(3),
        "by": "treasurer-1",
    }
)
OPENED = Reopen.model_validate(
    {"day": date(2016, 5, 1), "meta": {}, "quarter": "2016-Q1", "reason": "example", "approved-by": "treasurer-1"}
)


def test_a_seal_covers_its_quarter_and_the_one_before(book: Load) -> None:
    entries = book(SMALL).entries
    first = seal(entries, date(2016, 3, 31), date.min, NOTHING)
    second = seal(entries, date(2016, 6, 30), date(2016, 3, 31), first.digest)
    assert (first.entries, second.entries) == (3, 5)
    assert second.digest != seal(entries, date(2016, 6, 30), date(2016, 3, 31), NOTHING).digest
    assert first == seal(list(reversed(entries)), date(2016, 3, 31), date.min, NOTHING)


def test_a_seal_stands_until_its_quarter_is_reopened() -> None:
    assert sealed_until([], []) == date.min
    assert sealed_until([Q1], []) == date(2016, 3, 31)
    assert sealed_until([Q1], [OPENED]) == date.min


def test_the_next_seal_is_chained_to_the_last_that_stands(book: Load) -> None:
    entries = book(SMALL).entries
    found = seal_of(entries, date(2016, 6, 30), [Q1], [])
    assert found == seal(entries, date(2016, 6, 30), date(2016, 3, 31), Q1.digest)
    assert seal_of(entries, date(2016, 6, 30), [Q1], [OPENED]) == seal(entries, date(2016, 6, 30), date.min, NOTHING)
