"""A report as a whole: its scope, and every quarter of a long book."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ledger.book.loading import load
from ledger.ground.money import ZERO
from ledger.ground.periods import Quarter
from reports.ageing import ORDER
from reports.document import document
from reports.report import report
from reports.scope import Basis, DayOutsideQuarterError, Scope
from reports.statement import Sources
from reports.statements.ageing import AGEING
from reports.statements.agreements import AGREEMENTS
from reports.statements.contributions import CONTRIBUTIONS, TREND
from reports.statements.donors import DONORS
from reports.statements.expenditure import EXPENDITURE
from reports.statements.fund_balance import FUND_BALANCE
from reports.statements.pledges import PLEDGES
from reports.statements.receipts import RECEIPTS
from tests.books import SMALL
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


def test_a_report_within_its_quarter(book: Load) -> None:
    loaded = book(SMALL)
    early = report(loaded, Scope.of(Quarter(2016, 2), date(2016, 5, 10)))
    assert early.of[FUND_BALANCE].closing() == early.of[FUND_BALANCE].holdings == 1125  # 500 + 640 - 15
    assert early.of[AGEING].total("committed") == 440  # 400 EUR at 1.10, not yet reduced
    with pytest.raises(DayOutsideQuarterError, match="2016-04-01 to 2016-06-30"):
        Scope.of(Quarter(2016, 2), date(2016, 7, 1))


@pytest.mark.uncovered
@pytest.mark.parametrize("seed", [7, 11])
def test_forty_quarters_of_a_generated_book(tmp_path: Path, seed: int) -> None:
    """Every quarter foots, and opens with the close of the one before.

    Its ageing is what the memorandum accounts hold at the rate of the day.
    """
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
