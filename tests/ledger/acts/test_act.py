"""Acts by themselves, without a door: fields are read in order, problems stay beside their field, the draft can be filled in again."""

import re
import shlex
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ledger.acts import ACTS, find_act
from ledger.acts.act import Act, Field
from ledger.acts.bank import Transfer
from ledger.acts.pledge import Agreement
from ledger.acts.receipt import Receipt
from ledger.acts.wording import words_of
from ledger.ground.periods import Quarter
from ledger.ground.render import render
from ledger.language.accounts import Role
from reports.report import report
from reports.scope import Scope
from reports.statements.fund_balance import FUND_BALANCE
from tests.conftest import ROOT, Load

BOOK = """
2010-01-01 custom "officer" "finance-officer-1" "finance-officer"

2026-01-10 * "Canada" "Accepted" #agreement ^PL-2026-001
  agreement: "letters"
  Equity:Pledges:Committed:MemberStates:Canada       300.00 USD {1 USD, "PL-2026-001/1"}
    due: 2026-03-31
  Equity:Pledges:Committed:MemberStates:Canada       200.00 USD {1 USD, "PL-2026-001/2"}
    due: 2026-06-30
  Equity:Pledges:Contra                             -500.00 USD
"""


def plain(name: str) -> str:
    return name


@pytest.mark.parametrize("name", ACTS)
def test_the_example_of_an_act_states_fields_that_it_has(name: str) -> None:
    act = find_act(name)
    assert act.name == name
    program, command, *words = shlex.split(act.example)
    assert (program, command) == ("vfund", name)
    known = {f"--{item.word.replace('_', '-')}" for item in act.fields() if not item.argument}
    assert {word for word in words if word.startswith("--")} <= known
    assert len([item for item in act.fields() if item.argument]) >= bool(words and not words[0].startswith("--"))


@pytest.mark.parametrize("name", ACTS)
def test_no_field_takes_a_word_of_the_command_line_itself(name: str) -> None:
    words = {word for item in find_act(name).fields() for word in (item.name, item.word)}
    assert not words & {"book", "json", "as_json", "yes", "text", "dry_run", "date_is_right", "sure", "by", "help"}


@pytest.mark.parametrize("name", ACTS)
def test_the_schema_of_an_act_names_every_field(name: str) -> None:
    act = find_act(name)
    assert list(act.schema()["properties"]) == [item.name for item in act.fields()]


def stated(**texts: str) -> dict[str, list[str]]:
    return {name: [text] for name, text in texts.items()}


def test_a_receipt_settles_what_its_donor_owes_the_earliest_due_first(book: Load) -> None:
    """350 settle the 300 of March whole, and 50 of the 200 of June."""
    act = Receipt(book(BOOK).fund, plain).fill(
        stated(donor="canada", amount="350 USD", day="2026-04-01", purpose="country-visits")
    )
    assert act.problems == []
    assert [(take.instalment.label, take.amount.number) for take in act.takes] == [
        ("PL-2026-001/1", Decimal(300)),
        ("PL-2026-001/2", Decimal(50)),
    ]
    words = list(words_of(act.fund, act.entries().directives))
    assert words[0] == "2026-04-01: Canada paid 350.00 USD"
    assert "  PL-2026-001/2: 50.00 USD taken, 150.00 USD left" in words


def test_what_nobody_pledged_is_said(book: Load) -> None:
    act = Receipt(book(BOOK).fund, plain).fill(stated(donor="CAN", amount="350 USD", day="2026-04-01", settles="none"))
    assert (act.problems, act.takes) == ([], [])


def test_every_problem_stands_beside_its_field(book: Load) -> None:
    act = Receipt(book(BOOK).fund, plain).fill(stated(donor="Canda", amount="5", day="2062-01-01"))
    assert {(problem.field, problem.kind) for problem in act.problems} == {
        ("donor", "refused"),
        ("amount", "wrong"),
        ("day", "wrong"),
    }


def test_more_than_is_owed_is_no_part_of_it_until_somebody_says_so(book: Load) -> None:
    fund = book(BOOK).fund
    words = {"donor": "CAN", "amount": "510 USD", "day": "2026-04-01"}
    (problem,) = Receipt(fund, plain).fill(stated(**words)).problems
    assert (problem.field, problem.kind) == ("unpledged", "refused")
    assert "only 500.00 USD is outstanding" in problem.text
    assert Receipt(fund, plain).fill(stated(**words, unpledged="10")).problems == []


class Person:
    """Answers from a list; keeps what was asked, and what was wrong with the answer before."""

    def __init__(self, answers: dict[str, list[str]]) -> None:
        self.answers, self.heard = answers, []  # type: ignore[var-annotated]

    def ask(self, _act: Act, item: Field[object], _suggestion: Sequence[str], problem: str) -> Sequence[str]:
        self.heard.append((item.name, problem))
        waiting = self.answers.get(item.name, [])
        return [waiting.pop(0)] if waiting else []

    def insists(self, _act: Act, _item: Field[object], _doubt: str) -> bool:
        return False


def test_a_wrong_answer_is_asked_for_again_and_no_other_is_lost(book: Load) -> None:
    person = Person({"day": ["2026-04-01"], "donor": ["Canda", "Canada"], "amount": ["350 USD"]})
    act = Receipt(book(BOOK).fund, plain).fill({}, person)
    asked = [name for name, _ in person.heard]
    assert asked.count("donor") == 2
    assert asked.count("day") == asked.count("amount") == 1
    assert any("did you mean 'Canada'?" in problem for name, problem in person.heard if name == "donor")
    assert act.donor is not None
    assert (act.donor.code, act.amount.number, act.day) == ("CAN", Decimal(350), date(2026, 4, 1))


def test_on_another_state_of_the_book_what_was_suggested_is_suggested_anew(book: Load) -> None:
    """Somebody recorded R-2026-0001 meanwhile, which settled the 300 of March."""
    words = stated(donor="CAN", amount="100 USD", day="2026-05-01", bank_reference="N-2", purpose="country-visits")
    first = Receipt(book(BOOK).fund, plain).fill(words)
    meanwhile = """
    2026-04-02 * "Canada" "Contribution" #receipt ^PL-2026-001
      receipt-number: "R-2026-0001"
      Assets:Bank:Operating                              300.00 USD
      Income:Contributions:MemberStates:Canada          -300.00 USD
      Equity:Pledges:Committed:MemberStates:Canada      -300.00 USD {"PL-2026-001/1"}
      Equity:Pledges:Contra                              300.00 USD
    """
    second = first.again(book(BOOK + meanwhile).fund)
    assert (first.receipt_number, second.receipt_number) == ("R-2026-0001", "R-2026-0002")
    assert [take.instalment.label for take in first.takes] == ["PL-2026-001/1"]
    assert [take.instalment.label for take in second.takes] == ["PL-2026-001/2"]
    assert second.bank_reference == "N-2"


def test_the_act_of_the_guide_is_an_act_as_it_stands_there(book: Load) -> None:
    section = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8").split("## An act\n")[1]
    code = re.findall(r"```python\n(.*?)```", section, re.DOTALL)[0]
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - it is our own guide
    fund = book(BOOK + "2016-01-01 open Assets:Bank:Guide\n").fund
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


FOREIGN = """
2010-01-01 custom "officer" "finance-officer-1" "finance-officer"
2004-06-08 open Assets:Bank:Euro
2004-06-08 open Assets:Bank:Franc
2004-06-08 open Income:ExchangeDifferences
2004-06-08 custom "rule" "no-spending-on-pledges" "member-state"
  citation: "example"
2016-01-01 price EUR 1.10 USD
2016-01-01 price CHF 1.00 USD

2016-01-12 * "Spain" "Contribution" #receipt
  receipt-number: "R-2016-0001"
  purpose: "country-visits"
  Assets:Bank:Euro                                  1000.00 EUR @ 1.10 USD
  Income:Contributions:PermanentObservers:Spain    -1000.00 EUR @ 1.10 USD

2016-01-13 * "Mexico" "Contribution" #receipt
  receipt-number: "R-2016-0002"
  purpose: "country-visits"
  Assets:Bank:Operating                             1150.00 USD
  Income:Contributions:MemberStates:Mexico         -1150.00 USD
"""


def sold(book: Load, **texts: str) -> tuple[list[str], Decimal, dict[str, Decimal]]:
    """Return the errors of a book with a transfer in it, the realised difference of statement 1, and what each account holds."""
    act = Transfer(book(FOREIGN).fund, plain).fill(stated(day="2016-02-10", **texts))
    assert act.problems == []
    after = book(FOREIGN + render(act.entries().directives))
    lines = report(after, Scope.of(Quarter(2016, 1))).of[FUND_BALANCE].lines
    held: dict[str, Decimal] = {}
    for entry in after.fund.entries:
        for part, posting, _ in entry.money:
            if part.role is Role.BANK:
                key = f"{posting.account.rpartition(':')[2]} {posting.units.currency}"
                held[key] = held.get(key, Decimal(0)) + posting.units.number
    realised = sum((line.quarter for line in lines if line.key == "exchange"), Decimal(0))
    return [f.message for f in after.errors if not f.open], realised, {k: v for k, v in held.items() if v}


def test_euros_that_came_in_at_1_10_are_sold_for_1_140_dollars(book: Load) -> None:
    """1,140 - 1,000 x 1.10 = a gain of 40, realised; no euro is left."""
    texts = {"amount": "1000 EUR", "receives": "1140 USD", "bank": "Assets:Bank:Euro", "to": "Assets:Bank:Operating"}
    assert sold(book, **texts) == ([], Decimal(40), {"Operating USD": Decimal(2290)})


def test_dollars_buy_euros_at_the_rate_of_the_bank(book: Load) -> None:
    """1,150 dollars are worth 1,150 dollars: nothing is gained or lost until the euros are used."""
    texts = {"amount": "1150 USD", "receives": "1000 EUR", "bank": "Assets:Bank:Operating", "to": "Assets:Bank:Euro"}
    assert sold(book, **texts) == ([], Decimal(0), {"Euro EUR": Decimal(2000)})


def test_euros_buy_francs_which_are_worth_the_rate_of_the_book(book: Load) -> None:
    """1,090 francs at 1.00 are 1,090 dollars, for euros that came in at 1,100: a loss of 10."""
    texts = {"amount": "1000 EUR", "receives": "1090 CHF", "bank": "Assets:Bank:Euro", "to": "Assets:Bank:Franc"}
    assert sold(book, **texts) == ([], Decimal(-10), {"Operating USD": Decimal(1150), "Franc CHF": Decimal(1090)})


def test_a_part_of_a_transfer_does_not_vanish(book: Load) -> None:
    words = stated(
        amount="100 USD", receives="95 USD", bank="Assets:Bank:Operating", to="Assets:Bank:Euro", day="2016-02-10"
    )
    (problem,) = Transfer(book(FOREIGN).fund, plain).fill(words).problems
    assert (problem.field, problem.text.partition(":")[0]) == ("receives", "100.00 USD left, and 95.00 USD came in")


def test_charges_have_the_decimals_of_the_currency_that_came_in(book: Load) -> None:
    fund = book(BOOK + "2026-01-01 price KWD 3.25 USD\n").fund
    words = {"donor": "MEX", "amount": "100.000 KWD", "day": "2026-04-01"}
    assert Receipt(fund, plain).fill(stated(**words, charges="1.500")).charges == Decimal("1.500")
    (problem,) = Receipt(fund, plain).fill(stated(**{**words, "amount": "100 USD"}, charges="1.500")).problems
    assert (problem.field, "is 1500 or 1.5000" in problem.text) == ("charges", True)


def test_a_part_that_is_said_to_settle_is_not_called_all_that_is_outstanding(book: Load) -> None:
    words = stated(donor="CAN", amount="100 USD", day="2026-04-01", settles="PL-2026-001/1=60 USD")
    (problem,) = Receipt(book(BOOK).fund, plain).fill(words).problems
    assert "100.00 USD came in, but settles takes only 60.00 USD of it, on PL-2026-001" in problem.text


def test_what_is_recorded_already_is_not_taken_twice_in_words(book: Load) -> None:
    """350 of 500 settled: 150 of the second instalment are left, before it is recorded and after."""
    fund = book(BOOK).fund
    act = Receipt(fund, plain).fill(
        stated(donor="CAN", amount="350 USD", day="2026-04-01", purpose="country-visits", bank_reference="N-1")
    )
    found = act.entries().directives
    after = book(BOOK + render(found)).fund
    said = "  PL-2026-001/2: 50.00 USD taken, 150.00 USD left"
    assert said in list(words_of(fund, found))
    assert said in list(words_of(after, [after.receipts[0].entry.txn], recorded=True))


def test_an_agreement_in_parts_asks_for_the_rate_that_the_book_lacks(book: Load) -> None:
    words = stated(donor="Spain", instalment="100 CHF@2026-12-31", agreement="letters", day="2026-02-01")
    (problem,) = Agreement(book(BOOK).fund, plain).fill(words).problems
    assert (problem.field, "the book has no rate of CHF on 2026-02-01" in problem.text) == ("rate", True)


def test_a_pledge_of_which_nothing_is_outstanding_settles_nothing_more(book: Load) -> None:
    fund = book(BOOK).fund
    words = {"pledge": "PL-2026-001", "day": "2026-04-01", "purpose": "country-visits"}
    first = Receipt(fund, plain).fill(stated(**words, amount="500 USD", bank_reference="N-1"))
    after = book(BOOK + render(first.entries().directives)).fund
    (problem,) = Receipt(after, plain).fill(stated(**words, amount="5 USD")).problems
    assert (problem.field, problem.kind) == ("settles", "refused")
    assert "5.00 USD came in, but nothing is outstanding on PL-2026-001 on 2026-04-01" in problem.text
