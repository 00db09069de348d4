"""The statements on a small book with two currencies, charges, a refund, spending and a reversal; every figure worked out by hand."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from beancount.core.amount import Amount
from beancount.core.convert import get_weight
from beancount.core.data import Posting
from beancount.core.position import Cost
from hypothesis import given
from hypothesis import strategies as st

from ledger.book.loading import load
from ledger.ground.money import ZERO
from ledger.ground.periods import Quarter
from ledger.model.entries import weight
from reports.document import document
from reports.overdue import ORDER
from reports.report import report
from reports.scope import Basis, NotInTheQuarterError, Scope
from reports.statement import Sources
from reports.statements.ageing import AGEING
from reports.statements.agreements import AGREEMENTS
from reports.statements.contributions import CONTRIBUTIONS, RECOGNISED, TREND
from reports.statements.donors import DONORS
from reports.statements.expenditure import EXPENDITURE
from reports.statements.fund_balance import FUND_BALANCE
from reports.statements.pledges import PLEDGES
from reports.statements.receipts import RECEIPTS
from reports.statements.summary import SUMMARY
from tests.books import REVERSAL, SMALL
from tests.conftest import Load
from tests.generate_book import write_book


def test_the_second_quarter_by_hand(book: Load) -> None:
    loaded = book(SMALL)
    assert loaded.findings == []
    q2 = report(loaded, Scope.of(Quarter(2016, 2)))

    balance = q2.of[FUND_BALANCE]
    lines = {line.key: (line.quarter, line.year) for line in balance.lines}
    assert balance.opening() == balance.opening("year") == 500
    assert lines["contribution:PermanentObservers"] == (640, 640)
    assert lines["expenditure"] == (-300, -300)
    assert lines["bank-charges"] == (-15, -15)
    assert lines["refund"] == (-50, -50)
    assert balance.closing() == balance.closing("cumulative") == balance.holdings == 775  # 500 + 640 - 300 - 15 - 50

    mexico, spain = q2.of[CONTRIBUTIONS].lines
    assert (mexico.donor, mexico.quarter, mexico.year, mexico.prior_year, mexico.cumulative) == (
        "Mexico",
        0,
        0,
        500,
        500,
    )
    assert (spain.donor, spain.quarter, spain.cumulative) == ("Spain", 640, 640)

    announced, first, second = q2.of[PLEDGES].lines
    assert (announced.pledged, announced.moved_on, announced.outstanding) == (1000, 1000, 0)
    assert (first.brought_forward, first.received, first.outstanding) == (600, 600, 0)
    assert (first.received_value, first.exchange_difference) == (640, 20)  # 600 x 1.10 = 660 carried, 640 came in
    assert (second.brought_forward, second.reduced, second.outstanding) == (400, 100, 300)
    assert (second.at_pledge, second.committed) == (330, 360)  # at 1.10, and at 1.20 of June
    assert second.ageing == "not yet due"

    (receipt,) = q2.of[RECEIPTS]
    assert (receipt.number, receipt.value, receipt.charges) == ("R-2016-0001", 640, 15)
    assert str(receipt.settles) == "PL-2016-001/1: 600.00 EUR"
    assert all(check.holds for check in q2.checks)
    assert not q2.draft


def test_a_quarter_opens_with_the_close_of_the_one_before(book: Load) -> None:
    loaded = book(SMALL)
    quarters = [
        report(loaded, Scope.of(Quarter(year, number))).of[FUND_BALANCE]
        for year in (2015, 2016)
        for number in (1, 2, 3, 4)
    ]
    for before, after in pairwise(quarters):
        assert after.opening() == after.closing("prior_quarter") == before.closing()


def test_the_ageing_of_a_later_quarter(book: Load) -> None:
    q4 = report(book(SMALL), Scope.of(Quarter(2016, 4)))
    second = q4.of[PLEDGES].lines[-1]
    assert second.due == date(2016, 6, 30)
    assert second.ageing == "181 to 365 days"  # 30 June to 31 December: 184 days


def test_a_receipt_is_shared_among_foreign_instalments_to_the_cent(book: Load) -> None:
    loaded = book(
        """
        2016-02-10 * "Spain" "Agreement" #agreement ^PL-2016-001
          Equity:Pledges:Committed:PermanentObservers:Spain   100.00 EUR {1.10 USD, "PL-2016-001/1"}
            due: 2016-03-31
          Equity:Pledges:Committed:PermanentObservers:Spain   200.00 EUR {1.10 USD, "PL-2016-001/2"}
            due: 2016-06-30
          Equity:Pledges:Contra                              -330.00 USD

        2016-05-05 * "Spain" "Both at once" #receipt ^PL-2016-001
          receipt-number: "R-2016-0001"
          Assets:Bank:Operating                               320.00 USD
          Income:Contributions:PermanentObservers:Spain      -320.00 USD
          Equity:Pledges:Committed:PermanentObservers:Spain  -100.00 EUR {"PL-2016-001/1"}
          Equity:Pledges:Committed:PermanentObservers:Spain  -200.00 EUR {"PL-2016-001/2"}
          Equity:Pledges:Contra                               330.00 USD
        """
    )
    assert loaded.findings == []
    (receipt,) = loaded.fund.receipts
    assert [s.credited for s in receipt.settlements] == [Decimal("106.67"), Decimal("213.33")]  # a third and the rest


def test_a_reversal_takes_everything_back(book: Load) -> None:
    loaded = book(SMALL, REVERSAL)
    assert loaded.findings == []
    q3 = report(loaded, Scope.of(Quarter(2016, 3)))
    first = next(line for line in q3.of[PLEDGES].lines if line.instalment == "PL-2016-001/1")
    assert (first.received, first.outstanding, first.received_value, first.exchange_difference) == (0, 600, 0, 0)
    assert q3.of[CONTRIBUTIONS].total("quarter") == -640
    assert all(check.holds for check in q3.checks)


@given(
    number=st.decimals("-1e6", "1e6", places=2),
    other=st.decimals("0.0001", "1000", places=4),
    held=st.sampled_from(["as it is", "at a price", "at cost"]),
)
def test_a_posting_weighs_what_beancount_says(number: Decimal, other: Decimal, held: str) -> None:
    units, price = Amount(number, "EUR"), Amount(other, "USD") if held == "at a price" else None
    cost = Cost(other, "USD", date(2016, 1, 1), "PL-2016-001") if held == "at cost" else None
    posting = Posting("Assets:Bank:Operating", units, cost, price, None, None)
    number, currency = weight(posting)
    assert abs(number - get_weight(posting).number) < Decimal("1e-11")
    assert currency == get_weight(posting).currency


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


def test_what_was_received_is_the_same_on_every_basis(book: Load) -> None:
    loaded = book(SMALL)
    cash, agreement = (report(loaded, Scope.of(Quarter(2016, 2), basis=b)) for b in (Basis.CASH, Basis.AGREEMENT))
    assert cash.of[SUMMARY] == agreement.of[SUMMARY]
    assert cash.of[CONTRIBUTIONS] == agreement.of[CONTRIBUTIONS]
    assert "recognised" not in {table.key for table in cash.tables}
    spain = next(line for line in agreement.of[RECOGNISED].lines if line.donor == "Spain")
    assert (spain.prior_quarter, spain.quarter, spain.cumulative) == (
        1100,
        -110,
        990,
    )  # 1,000 EUR at 1.10, then less 100 EUR
    assert all(check.holds for check in agreement.checks)


def test_a_receipt_is_taken_back_in_the_category_in_which_it_was_counted(book: Load) -> None:
    """A donor becomes an observer between its agreement and its payment: each category keeps what is its own."""
    loaded = book(
        """
        2016-02-10 * "Togo" "Agreement" #agreement ^PL-2016-001
          Equity:Pledges:Committed:Others:Togo               100.00 USD {1 USD, "PL-2016-001"}
            due: 2024-03-31
          Equity:Pledges:Contra                             -100.00 USD

        2024-05-05 * "Togo" "Payment" #receipt ^PL-2016-001
          receipt-number: "R-2024-0001"
          Assets:Bank:Operating                              100.00 USD
          Income:Contributions:PermanentObservers:Togo      -100.00 USD
          Equity:Pledges:Committed:Others:Togo              -100.00 USD {"PL-2016-001"}
          Equity:Pledges:Contra                              100.00 USD
        """
    )
    made = report(loaded, Scope.of(Quarter(2024, 2), basis=Basis.AGREEMENT)).of[RECOGNISED]
    assert {line.category: line.cumulative for line in made.lines} == {"Others": 100, "Permanent observers": 0}


def test_the_other_statements_of_the_second_quarter_by_hand(book: Load) -> None:
    q2 = report(book(SMALL), Scope.of(Quarter(2016, 2)))
    (spain,) = q2.of[DONORS]
    assert (spain.announced, spain.announced_left, spain.received_early) == (
        0,
        0,
        0,
    )  # the agreement accepted all of it
    assert (spain.committed, spain.given_up, spain.received) == (1100, 110, 660)  # 1.10
    assert spain.committed_left == 360  # 300 EUR at the 1.20 of the reporting day, as in statement 3a
    assert spain.share == Decimal("0.6")
    ages = {str(line.when): (line.count, line.announced, line.committed) for line in q2.of[AGEING].overdue}
    assert ages == {**dict.fromkeys(map(str, ORDER), (0, 0, 0)), "not yet due": (1, 0, 360)}
    expected = {str(line.when): line.committed for line in q2.of[AGEING].expected if line.count}
    assert expected == {"2016-Q2": 360}  # 300 EUR at 1.20 of June, due on the last day of the quarter
    (travel,) = q2.of[EXPENDITURE]
    assert (travel.donor, travel.purpose, travel.object) == ("All donors together", "Not earmarked", "Travel")
    assert (travel.quarter, travel.prior_quarter, travel.year) == (300, 0, 300)
    trend = {str(quarter): sums["PermanentObservers"] for quarter, sums in q2.of[TREND].quarters}
    assert len(trend) == 8
    assert (trend["2014-Q3"], trend["2015-Q4"], trend["2016-Q2"]) == (0, 0, 640)
    assert q2.of[AGREEMENTS] == ()
    (signed,) = report(book(SMALL), Scope.of(Quarter(2016, 1))).of[AGREEMENTS]
    assert (signed.donor, signed.instalments, signed.amount, signed.currency, signed.value) == (
        "Spain",
        2,
        1000,
        "EUR",
        1100,
    )


def test_an_agreement_that_reschedules_commits_only_what_is_new(book: Load) -> None:
    again = """
    2016-06-28 * "Spain" "Second instalment in two, and 50 more" #agreement ^PL-2016-001
      Equity:Pledges:Committed:PermanentObservers:Spain -300.00 EUR {"PL-2016-001/2"}
      Equity:Pledges:Committed:PermanentObservers:Spain  150.00 EUR {1.10 USD, "PL-2016-001/2a"}
        due: 2016-09-30
      Equity:Pledges:Committed:PermanentObservers:Spain  200.00 EUR {1.10 USD, "PL-2016-001/2b"}
        due: 2016-12-31
      Equity:Pledges:Contra                              -55.00 USD
    """
    (signed,) = report(book(SMALL, again), Scope.of(Quarter(2016, 2))).of[AGREEMENTS]
    assert (signed.instalments, signed.amount, signed.value) == (2, 50, 55)


def test_a_donor_who_is_not_named_is_not_named_by_its_expenditure(book: Load) -> None:
    spent = """
    2016-06-29 * "Country visit" #expenditure
      donor: "ESP"
      anonymous: TRUE
      Expenses:Travel                                     10.00 USD
      Assets:Bank:Operating                              -10.00 USD

    2016-06-29 * "Country visit" #expenditure
      donor: "ESP"
      Expenses:Travel                                     20.00 USD
      Assets:Bank:Operating                              -20.00 USD
    """
    lines = report(book(SMALL, spent), Scope.of(Quarter(2016, 2))).of[EXPENDITURE]
    assert {line.donor: line.quarter for line in lines} == {
        "All donors together": 300,
        "Not named, at the donor's wish": 10,
        "Spain": 20,
    }


def test_a_conditional_agreement_is_no_promise(book: Load) -> None:
    conditional = SMALL.replace(
        '"Agreement" #agreement ^PL-2016-001',
        '"Agreement" #agreement ^PL-2016-001\n      conditions: "consent of Parliament"',
    )
    loaded = book(conditional)
    closing = {
        basis: report(loaded, Scope.of(Quarter(2016, 2), basis=basis)).of[FUND_BALANCE].closing() for basis in Basis
    }
    assert closing == {Basis.CASH: 775, Basis.AGREEMENT: 1135, Basis.PROMISE: 775}
    assert report(book(SMALL), Scope.of(Quarter(2016, 2), basis=Basis.PROMISE)).of[FUND_BALANCE].closing() == 1135


def test_a_report_within_its_quarter(book: Load) -> None:
    loaded = book(SMALL)
    early = report(loaded, Scope.of(Quarter(2016, 2), date(2016, 5, 10)))
    assert early.of[FUND_BALANCE].closing() == early.of[FUND_BALANCE].holdings == 1125  # 500 + 640 - 15
    assert early.of[AGEING].total("committed") == 440  # 400 EUR at 1.10, not yet reduced
    with pytest.raises(NotInTheQuarterError, match="2016-04-01 to 2016-06-30"):
        Scope.of(Quarter(2016, 2), date(2016, 7, 1))


@pytest.mark.parametrize("seed", [7, 11])
def test_forty_quarters_of_a_generated_book(tmp_path: Path, seed: int) -> None:
    """Every quarter foots, opens with the close of the one before, and its ageing is what the memorandum accounts hold at the rate of the day."""
    book = load(write_book(tmp_path, transactions=600, seed=seed, approved=False))
    closing = dict.fromkeys(Basis, ZERO)
    for number in range(40):
        quarter = Quarter(2010 + number // 4, number % 4 + 1)
        for basis in Basis:
            balance = Sources(book, Scope.of(quarter, basis=basis))[FUND_BALANCE]
            assert balance.opening() == closing[basis]
            closing[basis] = balance.closing()
            assert closing[basis] == balance.holdings == balance.closing("year") == balance.closing("cumulative")
        scope = Scope.of(quarter)
        made = Sources(book, scope)[AGEING]
        for stage, stem in (("announced", "Equity:Pledges:Announced:"), ("committed", "Equity:Pledges:Committed:")):
            held: dict[tuple[str, str, str], Decimal] = defaultdict(lambda: ZERO)
            for entry in book.fund.entries:
                for posting in entry.txn.postings if entry.txn.date <= quarter.end else ():
                    if posting.account.startswith(stem):
                        held[posting.account, posting.cost.label, posting.units.currency] += posting.units.number
            prices = {p.currency: p.amount.number for p in book.fund.contents.prices if p.date <= quarter.end}
            worth = sum((round(number * prices.get(key[2], Decimal(1)), 2) for key, number in held.items()), ZERO)
            assert made.total(stage) == sum((getattr(x, stage) for x in made.expected), ZERO) == worth
    assert closing[Basis.CASH] > 0


def test_a_figure_knows_its_entries(book: Load) -> None:
    q2 = report(book(SMALL), Scope.of(Quarter(2016, 2)))
    lines = {line.key: line for line in q2.of[FUND_BALANCE].lines}
    (spent,) = lines["expenditure"].quarter.entries
    assert spent.txn.narration == "Country visit"
    second = q2.of[PLEDGES].lines[-1]
    assert [entry.txn.narration for entry in second.outstanding.entries] == ["Agreement", "Reduced by letter"]


def test_a_later_pledge_in_another_currency_is_no_line_of_an_earlier_report(book: Load) -> None:
    later = """
    2017-02-01 * "Mexico" "Later" #pledge ^PL-2017-001
      due: 2017-12-31
      Equity:Pledges:Announced:MemberStates:Mexico         10.00 CHF {1.00 USD, "PL-2017-001"}
      Equity:Pledges:Contra                               -10.00 USD
    """
    scope = Scope.of(Quarter(2016, 2))
    before, after = (document(report(book(SMALL, text), scope)).tables for text in ("", later))
    assert before == after
