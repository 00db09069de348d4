"""Money in another currency: what it is worth, what is realised and what is not (IPSAS 4).

Every figure is worked out by hand.
"""

from datetime import date
from decimal import Decimal

import pytest
from beancount.core.amount import Amount
from beancount.core.data import Price

from ledger.book.loading import Book
from ledger.ground.periods import Quarter
from ledger.language.accounts import IN_TRANSIT
from ledger.model.loans import loans
from ledger.model.positions import worth
from ledger.model.purposes import purposes
from ledger.model.rates import Rates
from reports.figures import total
from reports.report import Report, report
from reports.scope import Basis, Scope
from reports.statements.ageing import AGEING
from reports.statements.contributions import CONTRIBUTIONS
from reports.statements.dormant import DORMANT
from reports.statements.earmarks import EARMARKS
from reports.statements.fund_balance import FUND_BALANCE
from reports.statements.funds_available import FUNDS_AVAILABLE, LOANS
from reports.statements.pledges import PLEDGES
from reports.statements.summary import SUMMARY
from reports.statements.unclaimed import UNCLAIMED
from tests.conftest import Load

HEAD = """
    2004-06-08 open Assets:Bank:Euro
    2004-06-08 open Assets:Bank:InTransit
    2004-06-08 open Assets:InterFundLoans
    2004-06-08 open Liabilities:AccountsPayable
    2004-06-08 open Liabilities:RefundsPayable
    2004-06-08 open Income:ExchangeDifferences

    2004-06-08 custom "rule" "no-spending-on-pledges" "member-state"
      citation: "example"

    2016-01-01 price EUR 1.10 USD
"""
RECEIVED = """
    2016-01-12 * "Spain" "Contribution" #receipt
      receipt-number: "R-2016-0001"
      purpose: "country-visits"
      Assets:Bank:Euro                                  1000.00 EUR @ 1.10 USD
      Income:Contributions:PermanentObservers:Spain    -1000.00 EUR @ 1.10 USD
"""
Q1 = Scope.of(Quarter(2016, 1))


def judged(book: Book, scope: Scope = Q1) -> Report:
    """Build the report of a book without an error; every check of it holds."""
    assert [finding.message for finding in book.errors] == []
    made = report(book, scope)
    assert [(str(c.name), c.one, c.other) for c in made.checks if not c.holds] == []
    return made


def balance(made: Report) -> dict[str, Decimal]:
    """Return the lines of statement 1 that are not nothing, and the closing balance."""
    statement = made.of[FUND_BALANCE]
    lines = {line.key: Decimal(line.quarter) for line in statement.lines if line.quarter}
    return lines | {"closing": statement.closing()}


def held(book: Book, day: date = date(2016, 3, 31)) -> dict[tuple[str, str], tuple[Decimal, Decimal, Decimal]]:
    """Return units, value and unrealised difference of what is left, by account and currency."""
    standing = book.fund.positions.standing(day).values()
    return {
        (x.item.account, x.item.currency): (x.units, x.value, x.unrealised)
        for x in standing
        if x.units and x.item.currency != "USD"
    }


def test_spent_at_a_lower_rate(book: Load) -> None:
    """1,000 EUR at 1.10 are 1,100.

    Spent at 0.95 they bring 950: 150 are lost, by the purpose for which they were given.
    """
    loaded = book(
        HEAD
        + RECEIVED
        + """
    2016-02-01 price EUR 0.95 USD

    2016-02-10 * "All the euros spent" #expenditure
      purpose: "country-visits"
      Expenses:Travel                                   1000.00 EUR @ 0.95 USD
      Assets:Bank:Euro                                 -1000.00 EUR @ 0.95 USD
    """
    )
    made = judged(loaded)
    assert held(loaded) == {}
    assert balance(made) == {
        "contribution:PermanentObservers": 1100,
        "exchange": -150,
        "expenditure": -950,
        "closing": 0,
    }
    (visits, unearmarked) = made.of[EARMARKS].lines
    assert (visits.received, visits.spent, visits.difference, visits.left) == (1100, 950, -150, 0)
    assert unearmarked.left == total(line.value for line in made.of[FUNDS_AVAILABLE]) == 0


SOLD_BY_STATEMENTS = """
    2016-02-08 * "Euros sold" #transfer
      Assets:Bank:InTransit                             1000.00 EUR @ 1.15 USD
      Assets:Bank:Euro                                 -1000.00 EUR @ 1.15 USD

    2016-02-10 * "Dollars bought" #transfer
      Assets:Bank:Operating                             1140.00 USD
      Assets:Bank:InTransit                            -1140.00 USD
"""
SOLD_BY_HAND = """
    2016-02-10 * "Euros sold" #transfer
      Assets:Bank:Operating                             1140.00 USD
      Assets:Bank:Euro                                 -1000.00 EUR @ 1.14 USD
"""
SOLD_WITH_THE_DIFFERENCE = """
    2016-02-10 * "Euros sold, the difference booked by hand" #transfer
      Assets:Bank:Operating                             1140.00 USD
      Assets:Bank:Euro                                 -1000.00 EUR @ 1.10 USD
      Income:ExchangeDifferences                         -40.00 USD
"""


@pytest.mark.parametrize("sold", [SOLD_BY_STATEMENTS, SOLD_BY_HAND, SOLD_WITH_THE_DIFFERENCE])
def test_a_sale_of_currency(book: Load, sold: str) -> None:
    """1,000 EUR held at 1.10 are sold for 1,140 USD: a gain of 40, nothing in transit."""
    loaded = book(HEAD + RECEIVED + "\n    2016-02-01 price EUR 1.15 USD\n" + sold)
    made = judged(loaded)
    assert held(loaded) == {}
    assert balance(made) == {"contribution:PermanentObservers": 1100, "exchange": 40, "closing": 1140}
    lines = {str(line.label): line.value for line in made.of[FUNDS_AVAILABLE]}
    assert lines["At the bank: Operating"] == 1140
    assert loaded.fund.transit().waiting == []
    assert lines.get("At the bank: InTransit", 0) == 0


def test_the_sale_is_borne_by_the_purpose_whose_euros_were_sold(book: Load) -> None:
    loaded = book(HEAD + RECEIVED + "\n    2016-02-01 price EUR 1.15 USD\n" + SOLD_BY_STATEMENTS)
    visits, unearmarked = judged(loaded).of[EARMARKS].lines
    assert (visits.received, visits.difference, visits.left) == (1100, 40, 1140)
    assert unearmarked.left == 0


def test_two_sales_under_way_at_once_find_their_own_ends(book: Load) -> None:
    """1,000 EUR for 1,140 USD and 400 EUR for 462 USD: the nearest values belong together.

    1,140 + 462 - 1,400 x 1.10 = 62.
    """
    loaded = book(
        HEAD
        + RECEIVED.replace("1000.00", "1400.00")
        + """
    2016-02-08 * "Euros sold" #transfer
      Assets:Bank:InTransit                             1000.00 EUR @ 1.15 USD
      Assets:Bank:Euro                                 -1000.00 EUR @ 1.15 USD

    2016-02-08 * "Euros sold" #transfer
      Assets:Bank:InTransit                              400.00 EUR @ 1.15 USD
      Assets:Bank:Euro                                  -400.00 EUR @ 1.15 USD

    2016-02-09 * "Dollars of the smaller sale" #transfer
      Assets:Bank:Operating                              462.00 USD
      Assets:Bank:InTransit                             -462.00 USD
    """
    )
    assert held(loaded, date(2016, 2, 9))[IN_TRANSIT, "EUR"][0] == 1000
    assert [end.units for end in loaded.fund.transit().waiting] == [1000]
    done = book(
        HEAD
        + RECEIVED.replace("1000.00", "1400.00")
        + SOLD_BY_STATEMENTS
        + SOLD_BY_STATEMENTS.replace("1000.00", "400.00").replace("1140.00", "462.00")
    )
    assert balance(judged(done))["exchange"] == 62


def test_far_ends_are_joined_by_a_link(book: Load) -> None:
    """1,000 EUR at 1.10 sold for 900 USD, 18 % away: not taken for one sale, until both entries have one link.

    Then 200 are lost.
    """
    far = SOLD_BY_STATEMENTS.replace("1140.00", "900.00").replace("1.15", "1.10")
    apart = book(HEAD + RECEIVED + far)
    assert {end.currency for end in apart.fund.transit().waiting} == {"EUR", "USD"}
    linked = book(HEAD + RECEIVED + far.replace("#transfer", "#transfer ^FX-2016-001"))
    assert balance(judged(linked)) == {"contribution:PermanentObservers": 1100, "exchange": -200, "closing": 900}


REFUNDED = """
    2016-02-10 * "Spain" "Returned in full" #refund
      purpose: "country-visits"
      Income:Contributions:PermanentObservers:Spain     1000.00 EUR @ 1.30 USD
      Assets:Bank:Euro                                 -1000.00 EUR @ 1.30 USD
"""


def test_worth_more_and_refunded(book: Load) -> None:
    """1,000 EUR held from 1.10 while the rate is 1.30: worth 1,300, of it 200 unrealised.

    Refunded in full, 200 are realised and nothing is left.
    """
    rate = "\n    2016-02-01 price EUR 1.30 USD\n"
    kept = book(HEAD + RECEIVED + rate)
    made = judged(kept)
    assert held(kept) == {("Assets:Bank:Euro", "EUR"): (1000, 1300, 200)}
    assert balance(made) == {"contribution:PermanentObservers": 1100, "unrealised": 200, "closing": 1300}
    (bank, *_) = made.of[FUNDS_AVAILABLE]
    assert (bank.amount, bank.unrealised, bank.value) == (1000, 200, 1300)
    returned = book(HEAD + RECEIVED + rate + REFUNDED)
    assert held(returned) == {}
    assert balance(judged(returned)) == {
        "contribution:PermanentObservers": 1100,
        "exchange": 200,
        "refund": -1300,
        "closing": 0,
    }


def test_the_next_quarter_opens_with_what_the_last_closed_with(book: Load) -> None:
    """1,100 at 1.10 is 1,300 at the end of March.

    At 1.20 at the end of June it is 1,200: 100 lost in the quarter, 100 gained in the year.
    """
    loaded = book(HEAD + RECEIVED + "\n    2016-02-01 price EUR 1.30 USD\n    2016-06-01 price EUR 1.20 USD\n")
    statement = judged(loaded, Scope.of(Quarter(2016, 2))).of[FUND_BALANCE]
    unrealised = next(line for line in statement.lines if line.key == "unrealised")
    assert (statement.opening(), unrealised.quarter, statement.closing()) == (1300, -100, 1200)
    assert (unrealised.prior_quarter, unrealised.year, unrealised.cumulative) == (200, 100, 100)


CHARGED = """
    2016-02-01 * "Charged" #expenditure
      purpose: "country-visits"
      Expenses:Travel                                    360.00 EUR @ 1.12 USD
      Liabilities:AccountsPayable                       -360.00 EUR @ 1.12 USD
"""


@pytest.mark.parametrize(
    ("money", "paid"),
    [
        (
            "Assets:Bank:Operating  1000.00 USD\n      Income:Contributions:MemberStates:Mexico  -1000.00 USD",
            "Assets:Bank:Operating  -432.00 USD",
        ),
        (
            "Assets:Bank:Euro  360.00 EUR @ 1.20 USD\n      Income:Contributions:MemberStates:Mexico  -360.00 EUR @ 1.20 USD",
            "Assets:Bank:Euro  -360.00 EUR @ 1.20 USD",
        ),
    ],
)
def test_a_payable_is_settled_at_another_rate(book: Load, money: str, paid: str) -> None:
    """360 EUR charged at 1.12 are 403.20; paid at 1.20 they cost 432: 28.80 are lost and nothing is owed."""
    loaded = book(
        HEAD
        + CHARGED
        + f"""
    2016-01-10 * "Mexico" "Contribution" #receipt
      receipt-number: "R-2016-0001"
      purpose: "country-visits"
      {money}

    2016-03-01 price EUR 1.20 USD

    2016-03-02 * "Paid to the cent" #payment
      Liabilities:AccountsPayable                        360.00 EUR @ 1.20 USD
      {paid}
    """
    )
    made = judged(loaded)
    assert held(loaded) == {}
    assert balance(made)["exchange"] == Decimal("-28.80")
    owed = {str(line.label): line.value for line in made.of[FUNDS_AVAILABLE]}
    assert owed["Less accounts payable (obligations)"] == 0
    visits, unearmarked = made.of[EARMARKS].lines
    assert (visits.difference, unearmarked.left) == (Decimal("-28.80"), 0)


def test_a_loan_returned_to_the_cent_is_returned(book: Load) -> None:
    """1,000 EUR lent at 1.10 and returned at 1.20: the loan gained 100, and the bank holds 1,000 EUR, worth 1,200."""
    loaded = book(
        HEAD
        + RECEIVED
        + """
    2016-01-20 * "Regular Fund" "Use of unobligated cash" #loan
      due: 2016-03-01
      Assets:InterFundLoans                             1000.00 EUR @ 1.10 USD
      Assets:Bank:Euro                                 -1000.00 EUR @ 1.10 USD

    2016-02-15 price EUR 1.20 USD

    2016-03-01 * "Regular Fund" "Returned" #loan
      Assets:InterFundLoans                            -1000.00 EUR @ 1.20 USD
      Assets:Bank:Euro                                  1000.00 EUR @ 1.20 USD
    """
    )
    found = loans(loaded.fund)
    assert ([loan.outstanding for loan in found.loans], found.beyond) == ([0], [])
    assert held(loaded) == {("Assets:Bank:Euro", "EUR"): (1000, 1200, 0)}
    assert balance(judged(loaded)) == {"contribution:PermanentObservers": 1100, "exchange": 100, "closing": 1200}
    half_way = judged(loaded, Scope.of(Quarter(2016, 1), date(2016, 2, 20)))
    (loan,) = half_way.of[LOANS]
    assert (loan.currency, loan.lent, loan.left, loan.value) == ("EUR", 1000, 1000, 1200)


def test_a_refund_set_aside_is_paid_to_the_cent(book: Load) -> None:
    """1,000 EUR set aside at 1.10 and paid at 1.30: 200 lost on what was owed, 200 gained on what was held."""
    loaded = book(
        HEAD
        + RECEIVED
        + """
    2016-01-20 * "Spain" "To be returned" #refund
      purpose: "country-visits"
      Income:Contributions:PermanentObservers:Spain     1000.00 EUR @ 1.10 USD
      Liabilities:RefundsPayable                       -1000.00 EUR @ 1.10 USD

    2016-02-01 price EUR 1.30 USD

    2016-02-10 * "Spain" "Returned" #refund
      Liabilities:RefundsPayable                        1000.00 EUR @ 1.30 USD
      Assets:Bank:Euro                                 -1000.00 EUR @ 1.30 USD
    """
    )
    assert held(loaded) == {}
    assert balance(judged(loaded)) == {"contribution:PermanentObservers": 1100, "refund": -1100, "closing": 0}


def test_an_unclaimed_receipt_is_owed_at_the_rate_of_the_day(book: Load) -> None:
    """1,000 EUR unclaimed at 1.10, rate 1.30: the bank and the debt both gain 200.

    Identified at its own rate it is income of 1,100.
    """
    arrived = (
        HEAD
        + """
    2016-01-12 * "Credit without a name" #unclaimed ^UR-2016-001
      Assets:Bank:Euro                                  1000.00 EUR @ 1.10 USD
      Liabilities:UnclaimedReceipts                    -1000.00 EUR @ 1.10 USD

    2016-02-01 price EUR 1.30 USD
    """
    )
    waiting = judged(book(arrived))
    assert balance(waiting) == {"closing": 0}
    (line,) = waiting.of[UNCLAIMED].lines
    assert (line.currency, line.left, line.value) == ("EUR", 1000, 1300)
    identified = judged(
        book(
            arrived
            + """
    2016-02-10 * "Spain" "Identified" #identify ^UR-2016-001
      receipt-number: "R-2016-0001"
      Liabilities:UnclaimedReceipts                     1000.00 EUR @ 1.10 USD
      Income:Contributions:PermanentObservers:Spain    -1000.00 EUR @ 1.10 USD
    """
        )
    )
    assert balance(identified) == {"contribution:PermanentObservers": 1100, "unrealised": 200, "closing": 1300}


TWO_PURPOSES = """
    2016-01-12 * "Spain" "For visits" #receipt
      receipt-number: "R-2016-0001"
      purpose: "country-visits"
      Assets:Bank:Euro                                  1000.00 EUR @ 1.10 USD
      Income:Contributions:PermanentObservers:Spain    -1000.00 EUR @ 1.10 USD

    2016-02-01 price EUR 1.20 USD

    2016-02-02 * "Spain" "For reports" #receipt
      receipt-number: "R-2016-0002"
      purpose: "reports"
      Assets:Bank:Euro                                  1000.00 EUR @ 1.20 USD
      Income:Contributions:PermanentObservers:Spain    -1000.00 EUR @ 1.20 USD

    2016-03-01 price EUR 1.30 USD

    2016-03-02 * "Visits" #expenditure
      purpose: "country-visits"
      Expenses:Travel                                   1000.00 EUR @ 1.30 USD
      Assets:Bank:Euro                                 -1000.00 EUR @ 1.30 USD
"""


def test_each_purpose_bears_the_difference_of_its_own_money(book: Load) -> None:
    """Visits held 1,000 EUR from 1.10 and spend them at 1.30.

    They gained 200, though the account carries all its euros at 1.15.
    """
    state = purposes(book(HEAD + TWO_PURPOSES).fund, date(2016, 3, 31))
    visits, reports = state.balances["country-visits"], state.balances["reports"]
    assert (visits.received, visits.spent, visits.difference, visits.net) == (1100, 1300, 200, 0)
    assert (reports.received, reports.difference, reports.net) == (1200, 100, 1300)
    assert state.pool == 0


def test_the_law_can_leave_all_differences_to_unearmarked_money(book: Load) -> None:
    """Then visits lack 200, and unearmarked money, which gained 300 in all, pays for them: 100 are left of it."""
    law = '\n    2010-01-01 custom "rule" "exchange-differences" "*"\n      borne-by: "unearmarked"\n      citation: "example"\n'
    state = purposes(book(HEAD + law + TWO_PURPOSES).fund, date(2016, 3, 31))
    visits, reports = state.balances["country-visits"], state.balances["reports"]
    assert (visits.difference, visits.covered, reports.difference) == (0, 200, 0)
    assert (state.balances[""].difference, state.pool) == (300, 100)


def test_what_a_purpose_spends_is_final_at_the_rate_of_its_entry(book: Load) -> None:
    """Reports have 2,000 USD and pay 500 EUR at 1.10 out of the euros of visits.

    When the euro rises to 1.30, reports lose nothing more.
    """
    loaded = book(
        HEAD
        + RECEIVED
        + """
    2016-01-13 * "Mexico" "For reports" #receipt
      receipt-number: "R-2016-0002"
      purpose: "reports"
      Assets:Bank:Operating                             2000.00 USD
      Income:Contributions:MemberStates:Mexico         -2000.00 USD

    2016-01-20 * "Reports" #expenditure
      purpose: "reports"
      Expenses:Travel                                    500.00 EUR @ 1.10 USD
      Assets:Bank:Euro                                  -500.00 EUR @ 1.10 USD

    2016-02-01 price EUR 1.30 USD
    """
    )
    state = purposes(loaded.fund, date(2016, 3, 31))
    reports, visits = state.balances["reports"], state.balances["country-visits"]
    assert (reports.net, reports.difference) == (1450, 0)  # 2,000 less 550
    assert (visits.net, visits.difference) == (1200, 100)  # 500 EUR at 1.30 and 550 USD; 500 x 0.20 gained
    judged(loaded)


def test_printed_columns_add_up(book: Load) -> None:
    """333.33 + 333.33 + 333.34 EUR at 1.1111.

    370.36 + 370.36 + 370.37 = 1,111.09 (1,000 x 1.1111 = 1,111.10, so the largest has the cent).
    """
    loaded = book(
        HEAD.replace("1.10", "1.1111")
        + """
    2016-01-12 * "A joint contribution" #receipt
      receipt-number: "R-2016-0001"
      Assets:Bank:Euro                                  1000.00 EUR @ 1.1111 USD
      Income:Contributions:PermanentObservers:Spain     -333.33 EUR @ 1.1111 USD
      Income:Contributions:PermanentObservers:France    -333.33 EUR @ 1.1111 USD
      Income:Contributions:PermanentObservers:Italy     -333.34 EUR @ 1.1111 USD
    """
    )
    made = judged(loaded)
    given = {line.donor: Decimal(line.quarter) for line in made.of[CONTRIBUTIONS].lines}
    assert given == {"France": Decimal("370.36"), "Italy": Decimal("370.37"), "Spain": Decimal("370.36")}
    assert balance(made) == {
        "contribution:PermanentObservers": Decimal("1111.09"),
        "unrealised": Decimal("0.01"),  # the bank came in at 1,111.09 and is worth 1,111.10
        "closing": Decimal("1111.10"),
    }


def test_a_book_without_rates_keeps_what_it_paid(book: Load) -> None:
    loaded = book(HEAD.replace("2016-01-01 price EUR 1.10 USD", "") + RECEIVED)
    assert held(loaded) == {("Assets:Bank:Euro", "EUR"): (1000, 1100, 0)}
    assert balance(judged(loaded)) == {"contribution:PermanentObservers": 1100, "closing": 1100}


def test_pledges_stand_at_the_rate_of_the_day_wherever_they_are_totalled(book: Load) -> None:
    """700,000 EUR committed at 1.10 are 770,000; at 0.90 630,000 are due, in every statement and on every basis."""
    loaded = book(
        HEAD
        + """
    2016-01-12 * "Spain" "Agreement" #agreement ^PL-2016-001
      Equity:Pledges:Committed:PermanentObservers:Spain   700000.00 EUR {1.10 USD, "PL-2016-001/1"}
        due: 2016-12-31
      Equity:Pledges:Contra                              -770000.00 USD

    2016-03-01 price EUR 0.90 USD
    """
    )
    for basis in Basis:
        made = judged(loaded, Scope.of(Quarter(2016, 1), basis=basis)).of
        assert {line.committed for line in made[SUMMARY]} == {0, 630_000}
        assert made[AGEING].total("committed") == sum(line.committed for line in made[AGEING].expected) == 630_000
        (line,) = made[PLEDGES].lines
        assert (line.committed, line.at_pledge) == (630_000, 770_000)
    assert [x.committed for x in report(loaded, Scope.of(Quarter(2017, 1))).of[DORMANT]] == [630_000]


def test_units_are_worth_the_rate_of_the_day_or_what_they_are_carried_at() -> None:
    price = Price({}, date(2016, 1, 1), "EUR", Amount(Decimal("1.105"), "USD"))
    rates, day = Rates([price], "USD"), date(2016, 6, 30)
    assert worth(rates, "EUR", Decimal(100), Decimal(110), day) == Decimal("110.50")
    assert worth(rates, "CHF", Decimal(100), Decimal(90), day) == 90
    assert worth(rates, "EUR", Decimal(0), Decimal(3), day) == 0
