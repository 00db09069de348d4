"""Which rule is in force on a day."""

from datetime import date

import pytest

from ledger.language.law import IndirectCostRecovery, Terms
from ledger.model.dated_law import Law
from plugins.rules import SCHEMA
from tests.conftest import Load

BOOK = """
2010-01-01 custom "rule" "indirect-cost-recovery" "*"
  citation: "example"
  rate: 11
2016-01-01 custom "rule" "indirect-cost-recovery" "other"
  citation: "example"
  rate: 7
2018-01-01 custom "rule" "indirect-cost-recovery" "*"
  citation: "example"
  severity: "off"
  reason: "example"
"""


def rate(law: Law, category: str, year: int) -> object:
    terms = law.terms(IndirectCostRecovery, category, date(year, 6, 1))
    return terms.rate if terms else None


def test_a_special_directive_stands_before_a_general_one_and_a_later_one_supersedes(book: Load) -> None:
    law = Law(book(BOOK).fund.directives.rules, SCHEMA)
    assert [rate(law, "member-state", year) for year in (2012, 2017, 2019)] == [11, 11, None]
    assert [rate(law, "other", year) for year in (2012, 2017, 2019)] == [11, 7, 7]
    assert law.anywhere("indirect-cost-recovery", date(2012, 6, 1)) is not None


def test_a_book_is_silent_about_what_it_never_names() -> None:
    silent = Law([], SCHEMA).silent(["member-state"], date(2016, 1, 1))
    assert ("four-eyes", "*") in silent
    assert not {name for name, _ in silent} & SCHEMA.structure


PLAIN = [name for name, terms in SCHEMA.terms.items() if terms is Terms]
"""The rules without terms of their own."""


def test_terms_that_many_rules_take_answer_for_none_of_them() -> None:
    rules = [
        SCHEMA.terms[name](meta={}, day=date(2010, 1, 1), rule=name, category="*", citation="example") for name in PLAIN
    ]
    law = Law(rules[:1], SCHEMA)
    assert law.on(PLAIN[0], "*", date(2016, 1, 1)) is rules[0]
    assert law.on(PLAIN[1], "*", date(2016, 1, 1)) is None
    with pytest.raises(TypeError, match="ask for one by its id"):
        law.terms(Terms, "*", date(2016, 1, 1))
