"""What a bank does by itself, and transfers between accounts of the fund."""

from decimal import Decimal

from ledger.acts.bank import Transfer
from ledger.ground.periods import Quarter
from ledger.ground.render import render
from ledger.language.accounts import Role
from reports.report import report
from reports.scope import Scope
from reports.statements.fund_balance import FUND_BALANCE
from tests.acting import plain, stated
from tests.conftest import Load

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
    after = book(FOREIGN, render(act.entries().directives))
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
