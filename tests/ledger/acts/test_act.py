"""Acts by themselves, without a door.

Fields are read in order, problems stay beside their field, the draft can be filled in again.
"""

import re
import shlex
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ledger.acts import ACTS, find_act
from ledger.acts.act import Act, Field
from ledger.acts.receipt import Receipt
from ledger.ground.phrases import Text
from tests.acting import plain, stated
from tests.books import COMMITMENT
from tests.conftest import ROOT, Load


@pytest.mark.parametrize("name", ACTS)
def test_the_example_of_an_act_states_fields_that_it_has(name: str) -> None:
    act = find_act(name)
    assert act.name == name
    program, command, *words = shlex.split(act.example)
    assert (program, command) == ("vfund", name)
    known = {f"--{item.word.replace('_', '-')}" for item in act.fields() if not item.argument}
    assert {word for word in words if word.startswith("--")} <= known | {"--by"}
    assert len([item for item in act.fields() if item.argument]) >= bool(words and not words[0].startswith("--"))


@pytest.mark.parametrize("name", ACTS)
def test_no_field_takes_a_word_of_the_command_line_itself(name: str) -> None:
    words = {word for item in find_act(name).fields() for word in (item.name, item.word)}
    assert not words & {"book", "json", "as_json", "yes", "text", "dry_run", "date_is_right", "sure", "by", "help"}


@pytest.mark.parametrize("name", ACTS)
def test_the_schema_of_an_act_names_every_field(name: str) -> None:
    act = find_act(name)
    assert list(act.schema()["properties"]) == [item.name for item in act.fields()]


def test_every_problem_stands_beside_its_field(book: Load) -> None:
    act = Receipt(book(COMMITMENT).fund, plain).fill(stated(donor="Canda", amount="5", day="2062-01-01"))
    assert {(problem.field, problem.kind) for problem in act.problems} == {
        ("donor", "refused"),
        ("amount", "wrong"),
        ("day", "wrong"),
    }


class Person:
    """Answers from a list; keeps what was asked, and what was wrong with the answer before."""

    def __init__(self, answers: dict[str, list[str]]) -> None:
        self.answers, self.heard = answers, []  # type: ignore[var-annotated]

    def ask(self, _act: Act, item: Field[object], _suggestion: Sequence[str], problem: Text) -> Sequence[str]:
        self.heard.append((item.name, str(problem)))
        waiting = self.answers.get(item.name, [])
        return [waiting.pop(0)] if waiting else []

    def insists(self, _act: Act, _item: Field[object], _doubt: Text) -> bool:
        return False


def test_a_wrong_answer_is_asked_for_again_and_no_other_is_lost(book: Load) -> None:
    person = Person({"day": ["2026-04-01"], "donor": ["Canda", "Canada"], "amount": ["350 USD"]})
    act = Receipt(book(COMMITMENT).fund, plain).fill({}, person)
    asked = [name for name, _ in person.heard]
    assert asked.count("donor") == 2
    assert asked.count("day") == asked.count("amount") == 1
    assert any("did you mean 'Canada'?" in problem for name, problem in person.heard if name == "donor")
    assert act.donor is not None
    assert (act.donor.code, act.amount.number, act.day) == ("CAN", Decimal(350), date(2026, 4, 1))


def test_on_another_state_of_the_book_what_was_suggested_is_suggested_anew(book: Load) -> None:
    """Somebody recorded R-2026-0001 meanwhile, which settled the 300 of March."""
    words = stated(donor="CAN", amount="100 USD", day="2026-05-01", bank_reference="N-2", purpose="country-visits")
    first = Receipt(book(COMMITMENT).fund, plain).fill(words)
    meanwhile = """
    2026-04-02 * "Canada" "Contribution" #receipt ^PL-2026-001
      receipt-number: "R-2026-0001"
      Assets:Bank:Operating                              300.00 USD
      Income:Contributions:MemberStates:Canada          -300.00 USD
      Equity:Pledges:Committed:MemberStates:Canada      -300.00 USD {"PL-2026-001/1"}
      Equity:Pledges:Contra                              300.00 USD
    """
    second = first.again(book(COMMITMENT, meanwhile).fund)
    assert (first.receipt_number, second.receipt_number) == ("R-2026-0001", "R-2026-0002")
    assert [take.instalment.label for take in first.takes] == ["PL-2026-001/1"]
    assert [take.instalment.label for take in second.takes] == ["PL-2026-001/2"]
    assert second.bank_reference == "N-2"


def test_the_act_of_the_guide_is_an_act_as_it_stands_there(book: Load) -> None:
    section = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8").split("## An act\n")[1]
    code = re.findall(r"```python\n(.*?)```", section, re.DOTALL)[0]
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - it is our own guide
    fund = book(COMMITMENT, "2016-01-01 open Assets:Bank:Guide\n").fund
    act = names["BankNote"](fund, plain).fill(
        stated(account="Assets:Bank:Guide", words="Signatories changed", day="2026-05-03")
    )
    assert act.problems == []
    (note,) = act.entries().directives
    assert (note.account, note.date, note.comment) == (
        "Assets:Bank:Guide",
        date(2026, 5, 3),
        "note: Signatories changed",
    )
    assert list(act.schema()["properties"]) == ["account", "words", "day", "kind"]
