"""One case passes a rule, for a time."""

from datetime import date

import pytest

from ledger.acts.waive import Waive
from tests.acting import plain, stated
from tests.conftest import Load

WORDS = {"rule": "evidence", "subject": "R-2016-0001", "reason": "Lost", "day": "2016-06-01", "expires": "2016-12-31"}


def waive(book: Load, **texts: str) -> Waive:
    return Waive(book("").fund, plain, officer="treasurer-1", sure=True).fill(stated(**{**WORDS, **texts}))


def test_a_waiver_says_why_until_when_and_by_whom(book: Load) -> None:
    (line,) = waive(book).entries().directives
    assert [word.value for word in line.values] == ["evidence", "R-2016-0001"]
    said = {key: line.meta[key] for key in ("reason", "approved-by", "expires")}
    assert said == {"reason": "Lost", "approved-by": "treasurer-1", "expires": date(2016, 12, 31)}


@pytest.mark.parametrize(
    ("rule", "why"), [("conservation", "cannot be waived"), ("evidenc", "did you mean 'evidence'")]
)
def test_what_holds_the_book_together_is_not_waived_nor_what_is_no_rule(book: Load, rule: str, why: str) -> None:
    (problem,) = waive(book, rule=rule).problems
    assert (problem.field, why in problem.text) == ("rule", True)
