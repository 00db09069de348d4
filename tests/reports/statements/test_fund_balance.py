"""Statement 1 on the small book, on every basis; every figure worked out by hand."""

from itertools import pairwise

from ledger.ground.periods import Quarter
from reports.report import report
from reports.scope import Basis, Scope
from reports.statements.fund_balance import FUND_BALANCE
from reports.statements.pledges import PLEDGES
from tests.books import SMALL
from tests.conftest import Load


def test_a_quarter_opens_with_the_close_of_the_one_before(book: Load) -> None:
    loaded = book(SMALL)
    quarters = [
        report(loaded, Scope.of(Quarter(year, number))).of[FUND_BALANCE]
        for year in (2015, 2016)
        for number in (1, 2, 3, 4)
    ]
    for before, after in pairwise(quarters):
        assert after.opening() == after.closing("prior_quarter") == before.closing()


def test_the_second_quarter_on_agreements_by_hand(book: Load) -> None:
    balance = report(book(SMALL), Scope.of(Quarter(2016, 2), basis=Basis.AGREEMENT)).of[FUND_BALANCE]
    lines = {line.key: line.quarter for line in balance.lines}
    assert balance.opening() == 1600  # 500 in cash, and 1,000 EUR committed at 1.10
    assert (
        lines["contribution:PermanentObservers"] == -110
    )  # the reduction; the instalment was income when it was committed
    assert lines["exchange"] == -20  # 600 x 1.10 = 660 carried, 640 came in
    assert lines["revaluation"] == 30  # 300 EUR, from 1.10 to 1.20
    assert balance.closing() == balance.closing("cumulative") == balance.holdings == 1135  # 775 in cash, and 300 x 1.20


def test_a_conditional_agreement_is_no_promise(book: Load) -> None:
    conditional = SMALL.replace(
        '"Agreement" #agreement ^PL-2016-001',
        '"Agreement" #agreement ^PL-2016-001\n  conditions: "consent of Parliament"',
    )
    loaded = book(conditional)
    closing = {
        basis: report(loaded, Scope.of(Quarter(2016, 2), basis=basis)).of[FUND_BALANCE].closing() for basis in Basis
    }
    assert closing == {Basis.CASH: 775, Basis.AGREEMENT: 1135, Basis.PROMISE: 775}
    assert report(book(SMALL), Scope.of(Quarter(2016, 2), basis=Basis.PROMISE)).of[FUND_BALANCE].closing() == 1135


def test_a_figure_knows_its_entries(book: Load) -> None:
    q2 = report(book(SMALL), Scope.of(Quarter(2016, 2)))
    lines = {line.key: line for line in q2.of[FUND_BALANCE].lines}
    (spent,) = lines["expenditure"].quarter.entries
    assert spent.txn.narration == "Country visit"
    second = q2.of[PLEDGES].lines[-1]
    assert [entry.txn.narration for entry in second.outstanding.entries] == ["Agreement", "Reduced by letter"]
