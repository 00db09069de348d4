"""A treasurer changes the law from a day on: what is left out stays, and the past is not judged again."""

from datetime import date
from decimal import Decimal

import pytest

from ledger.acts.preview import describe
from ledger.acts.rule import ChangeRule
from ledger.ground.errors import InvalidEntryError
from ledger.ground.render import render
from ledger.language.law import FourEyes
from tests.acting import plain
from tests.conftest import Load

BOOK = """
2010-01-01 custom "rule" "four-eyes" "*"
  citation: "example"
  above: 10000
  days: 5

2016-09-08 * "Mexico" "Contribution" #receipt
  receipt-number: "R-2016-0001"
  recorded-by: "finance-officer-1"
  Assets:Bank:Operating                             6000.00 USD
  Income:Contributions:MemberStates:Mexico         -6000.00 USD
"""
LATER = """
2016-10-03 * "Mexico" "Another contribution" #receipt
  receipt-number: "R-2016-0002"
  recorded-by: "finance-officer-1"
  Assets:Bank:Operating                             6000.00 USD
  Income:Contributions:MemberStates:Mexico         -6000.00 USD
"""
WHY = {"reason": ["Audit of 2015"], "source": ["Memorandum of 1 September"]}


def stated(**texts: str) -> dict[str, list[str]]:
    return {name: [text] for name, text in texts.items()} | WHY


def change(book: Load, text: str = BOOK, officer: str | None = "treasurer-1", **words: str) -> ChangeRule:
    parameters = {"parameter": [words.pop("parameter")]} if "parameter" in words else {}
    return ChangeRule(book(text).fund, plain, officer=officer).fill(stated(**words) | parameters)


def test_a_parameter_changes_and_the_others_stay(book: Load) -> None:
    """Above 5,000 from October on: the 6,000 of September are judged by the 10,000 of then, those of October wait."""
    act = change(book, rule="four-eyes", day="2016-10-01", parameter="above=5000")
    entries = act.entries()
    assert list(map(str, describe(act.fund, entries.directives))) == [
        "2016-10-01: the rule four-eyes changes for donors of every category",
        "  severity: error, as before",
        "  citation: Memorandum of 1 September (until now example)",
        "  reason: Audit of 2015",
        "  above: 5000 (until now 10000)",
        "  days: 5, as before",
        "  what is dated before 2016-10-01 stays judged by the law of its day",
    ]
    after = book(BOOK + render(entries.directives) + LATER)
    (error,) = after.errors
    assert error.entry is not None
    assert (error.code, error.entry.date) == ("four-eyes/pending", date(2016, 10, 3))
    terms = after.fund.law.terms(FourEyes, "member-state", date(2016, 10, 1))
    assert terms is not None
    assert (terms.above, terms.days, terms.reason) == (5000, 5, "Audit of 2015")


def test_what_is_in_force_is_offered(book: Load) -> None:
    act = change(book, rule="four-eyes", day="2016-10-01")
    assert [(choice.text, choice.meaning) for choice in act.in_force()] == [
        ("above=10000", "in force"),
        ("days=5", "in force"),
    ]
    silent = change(book, rule="indirect-cost-recovery", day="2016-10-01")  # off in this book: it has no rate
    assert [(choice.text, choice.meaning) for choice in silent.in_force()] == [("rate=", "")]


def test_a_law_of_one_category_stands_beside_the_general_one(book: Load) -> None:
    special = change(book, rule="four-eyes", category="other", day="2016-10-01", parameter="above=100").entries()
    text = BOOK + render(special.directives)
    fund = book(text).fund
    limits = [fund.law.terms(FourEyes, category, date(2016, 10, 1)) for category in ("other", "member-state")]
    assert [terms.above for terms in limits if terms] == [Decimal(100), Decimal(10000)]
    general = change(book, text, rule="four-eyes", day="2016-11-01", parameter="days=9").entries()
    (first, *_) = map(str, describe(fund, general.directives))
    assert first.endswith("for donors of every category but other, of which the law speaks by itself")


def test_a_rule_is_turned_off_with_its_reason(book: Load) -> None:
    entries = change(book, rule="four-eyes", day="2016-10-01", severity="off").entries()
    words = list(map(str, describe(book(BOOK).fund, entries.directives)))
    assert {"  severity: off (until now error)", "  above: no more (until now 10000)"} < set(words)
    after = book(BOOK + render(entries.directives) + LATER)
    assert after.errors == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"day": "2016-09-08"}, "1 of the entries are dated 2016-09-08 or later, the last 2016-09-08"),
        ({"parameter": "above=10000"}, "four-eyes is like that on 2016-10-01 already: nothing changes"),
        ({"severity": "off"}, "a rule that is off has no parameters: leave parameter out"),
        ({"parameter": "days=40000"}, "'days' is Decimal('40000'), but a smaller number is expected"),
    ],
)
def test_what_the_law_cannot_be_is_refused(book: Load, words: dict[str, str], message: str) -> None:
    act = change(book, **{"rule": "four-eyes", "day": "2016-10-01", "parameter": "above=5000", **words})
    assert act.problems == []
    with pytest.raises(InvalidEntryError) as refused:
        act.entries()
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("words", "field", "message"),
    [
        ({"rule": "conservation"}, "rule", "holds the book together, and no law changes it"),
        ({"rule": "four-eye"}, "rule", "did you mean 'four-eyes'?"),
        ({"rule": "four-eyes", "parameter": "abov=5"}, "parameter", "did you mean 'above'?"),
        ({"rule": "four-eyes", "parameter": "above"}, "parameter", "write above=VALUE"),
        ({"rule": "receipt-number", "parameter": "above=5"}, "parameter", "receipt-number takes no parameters"),
        ({"rule": "four-eyes", "category": "others"}, "category", "did you mean 'other'?"),
    ],
)
def test_every_slip_stands_beside_its_field(book: Load, words: dict[str, str], field: str, message: str) -> None:
    (problem,) = change(book, day="2016-10-01", **words).problems
    assert problem.field == field
    assert message in problem.text
