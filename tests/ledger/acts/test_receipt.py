"""Money that came in, and what it settles."""

from decimal import Decimal

from ledger.acts.preview import describe
from ledger.acts.receipt import Receipt
from ledger.ground.render import render
from tests.acting import plain, stated
from tests.books import COMMITMENT
from tests.conftest import Load


def test_a_receipt_settles_what_its_donor_owes_the_earliest_due_first(book: Load) -> None:
    """350 settle the 300 of March whole, and 50 of the 200 of June."""
    act = Receipt(book(COMMITMENT).fund, plain).fill(
        stated(donor="canada", amount="350 USD", day="2026-04-01", purpose="country-visits")
    )
    assert act.problems == []
    assert [(take.instalment.label, take.amount.number) for take in act.takes] == [
        ("PL-2026-001/1", Decimal(300)),
        ("PL-2026-001/2", Decimal(50)),
    ]
    words = list(map(str, describe(act.fund, act.entries().directives)))
    assert words[0] == "2026-04-01: Canada paid 350.00 USD"
    assert "  PL-2026-001/2: 50.00 USD taken, 150.00 USD left" in words


def test_what_nobody_pledged_is_said(book: Load) -> None:
    act = Receipt(book(COMMITMENT).fund, plain).fill(
        stated(donor="CAN", amount="350 USD", day="2026-04-01", settles="none")
    )
    assert (act.problems, act.takes) == ([], [])


def test_more_than_is_owed_is_no_part_of_it_until_somebody_says_so(book: Load) -> None:
    fund = book(COMMITMENT).fund
    words = {"donor": "CAN", "amount": "510 USD", "day": "2026-04-01"}
    (problem,) = Receipt(fund, plain).fill(stated(**words)).problems
    assert (problem.field, problem.kind) == ("unpledged", "refused")
    assert "only 500.00 USD is outstanding" in problem.text
    assert Receipt(fund, plain).fill(stated(**words, unpledged="10")).problems == []


def test_charges_have_the_decimals_of_the_currency_that_came_in(book: Load) -> None:
    fund = book(COMMITMENT, "2026-01-01 price KWD 3.25 USD\n").fund
    words = {"donor": "MEX", "amount": "100.000 KWD", "day": "2026-04-01"}
    assert Receipt(fund, plain).fill(stated(**words, charges="1.500")).charges == Decimal("1.500")
    (problem,) = Receipt(fund, plain).fill(stated(**{**words, "amount": "100 USD"}, charges="1.500")).problems
    assert (problem.field, "is 1500 or 1.5000" in problem.text) == ("charges", True)


def test_a_part_that_is_said_to_settle_is_not_called_all_that_is_outstanding(book: Load) -> None:
    words = stated(donor="CAN", amount="100 USD", day="2026-04-01", settles="PL-2026-001/1=60 USD")
    (problem,) = Receipt(book(COMMITMENT).fund, plain).fill(words).problems
    assert "100.00 USD came in, but settles takes only 60.00 USD of it, on PL-2026-001" in problem.text


def test_a_pledge_of_which_nothing_is_outstanding_settles_nothing_more(book: Load) -> None:
    fund = book(COMMITMENT).fund
    words = {"pledge": "PL-2026-001", "day": "2026-04-01", "purpose": "country-visits"}
    first = Receipt(fund, plain).fill(stated(**words, amount="500 USD", bank_reference="N-1"))
    after = book(COMMITMENT, render(first.entries().directives)).fund
    (problem,) = Receipt(after, plain).fill(stated(**words, amount="5 USD")).problems
    assert (problem.field, problem.kind) == ("settles", "refused")
    assert "5.00 USD came in, but nothing is outstanding on PL-2026-001 on 2026-04-01" in problem.text
