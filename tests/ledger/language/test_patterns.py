"""How the words of directives are written."""

import re

import pytest

from ledger.language import patterns


@pytest.mark.parametrize(
    ("pattern", "right", "wrong"),
    [
        (patterns.SLUG, "country-visits", "Country visits"),
        (patterns.CODE, "FUNDACION-1", "fundacion"),
        (patterns.QUARTER, "2016-Q3", "2016-Q5"),
        (patterns.PLEDGE, "PL-2016-003", "PL-16-3"),
        (patterns.KINDS, "receipt, loan above 1000", "receipt above"),
        (patterns.CATEGORY, "*", "Member"),
    ],
)
def test_a_pattern_takes_what_it_asks_for_in_words(pattern: str, right: str, wrong: str) -> None:
    assert re.fullmatch(pattern, right)
    assert not re.fullmatch(pattern, wrong)
    assert pattern in patterns.IN_WORDS
