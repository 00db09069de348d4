"""What a refund does to the charge for indirect costs, on ledger text.

Every figure worked out by hand: the rate is 11 %.
"""

from decimal import Decimal
from textwrap import dedent

import pytest

from ledger.acts.act import Act
from ledger.acts.preview import describe
from ledger.acts.refund import Refund
from ledger.acts.reverse import Reverse
from ledger.ground.errors import InvalidEntryError
from ledger.ground.periods import Quarter
from ledger.ground.render import render
from ledger.language.accounts import Role
from ledger.language.kinds import Kind
from reports.report import report
from reports.scope import Scope
from reports.statements.indirect_costs import INDIRECT_COSTS
from tests.acting import made, plain
from tests.books import MORE, SMALL
from tests.conftest import Load

CHARGED = """
    2010-01-01 custom "rule" "indirect-cost-recovery" "*"
      citation: "example"
      rate: 11

    2004-06-08 open Expenses:IndirectCostRecovery
    2004-06-08 open Liabilities:AccountsPayable
    2016-01-01 price EUR 1.10 USD

    2016-05-02 * "Canada" "First" #receipt
      receipt-number: "R-2016-0001"
      purpose: "country-visits"
      Assets:Bank:Operating                            10000.00 USD
      Income:Contributions:MemberStates:Canada        -10000.00 USD

    2016-05-02 * "Indirect costs of R-2016-0001" #icr
      on-receipt: "R-2016-0001"
      Expenses:IndirectCostRecovery                     1100.00 USD
      Liabilities:AccountsPayable                      -1100.00 USD

    2016-06-02 * "Canada" "Second, 5,000 too much" #receipt
      receipt-number: "R-2016-0002"
      purpose: "country-visits"
      Assets:Bank:Operating                            15000.00 USD
      Income:Contributions:MemberStates:Canada        -15000.00 USD

    2016-06-02 * "Indirect costs of R-2016-0002" #icr
      on-receipt: "R-2016-0002"
      Expenses:IndirectCostRecovery                     1650.00 USD
      Liabilities:AccountsPayable                      -1650.00 USD

    2016-06-03 * "Spain" "In euros" #receipt
      receipt-number: "R-2016-0003"
      purpose: "country-visits"
      Assets:Bank:Operating                             1000.00 EUR @ 1.10 USD
      Income:Contributions:PermanentObservers:Spain    -1000.00 EUR @ 1.10 USD

    2016-06-03 * "Indirect costs of R-2016-0003" #icr
      on-receipt: "R-2016-0003"
      Expenses:IndirectCostRecovery                      110.00 EUR @ 1.10 USD
      Liabilities:AccountsPayable                       -110.00 EUR @ 1.10 USD
"""


class Life:
    """A book that grows by acts; each must leave it without an error."""

    def __init__(self, load: Load) -> None:
        self.load, self.text = load, dedent(CHARGED)
        self.book = self.load(self.text)
        assert self.book.errors == []

    def do(self, act: type[Act], **stated: str) -> list[str]:
        """Record an act, and give its preview."""
        filled = act(self.book.fund, plain).fill({name: [text] for name, text in stated.items()})
        assert filled.problems == []
        made = list(filled.entries().directives)
        said = list(map(str, describe(self.book.fund, made)))
        self.text += "\n" + render(made)
        self.book = self.load(self.text)
        assert self.book.errors == []
        return said

    def charged(self, number: str) -> Decimal:
        """Return the charge that stands on a receipt, in the unit of account."""
        legs = [
            leg
            for entry in self.book.fund.by_kind[Kind.INDIRECT_COSTS]
            if entry.txn.meta["on-receipt"] == number
            for leg in entry.money
        ]
        return sum((leg.value for leg in legs if leg.account.role is Role.INDIRECT_COSTS), Decimal(0))


def test_a_refund_takes_the_charge_back_in_proportion(book: Load) -> None:
    life = Life(book)
    said = life.do(Refund, donor="Canada", amount="5000 USD", day="2016-07-01", reason="Overpaid (example)")
    assert life.charged("R-2016-0002") == 1100  # 11 % of 15,000 - 5,000
    assert life.charged("R-2016-0001") == 1100
    assert "  5,000.00 USD of it was received as R-2016-0002" in said
    assert "2016-07-01: taken back: 1,650.00 USD is charged for indirect costs" in said
    assert "2016-07-01: 1,100.00 USD is charged for indirect costs" in said
    owed = report(life.book, Scope.of(Quarter(2016, 3))).of[INDIRECT_COSTS]
    members = next(line for line in owed if line.category == "Member states")
    assert (members.charged_quarter, members.charged_year) == (-550, 2200)


def test_what_is_more_than_the_newest_receipt_pays_back_the_one_before(book: Load) -> None:
    life = Life(book)
    life.do(Refund, donor="Canada", amount="16000 USD", day="2016-07-01", reason="letter (example)")
    assert (life.charged("R-2016-0002"), life.charged("R-2016-0001")) == (0, 990)  # 11 % of 10,000 - 1,000
    life.do(Refund, donor="Canada", amount="500 USD", day="2016-07-02", reason="letter (example)")
    assert (life.charged("R-2016-0002"), life.charged("R-2016-0001")) == (0, 935)  # 11 % of 10,000 - 1,500


def test_the_officer_names_the_receipt_or_leaves_the_charge(book: Load) -> None:
    life = Life(book)
    life.do(Refund, donor="CAN", amount="2000 USD", receipt="R-2016-0001", day="2016-07-01", reason="letter (example)")
    assert (life.charged("R-2016-0001"), life.charged("R-2016-0002")) == (880, 1650)  # 11 % of 8,000
    said = life.do(Refund, donor="CAN", amount="100 USD", receipt="none", day="2016-07-02", reason="agreement, art. 7")
    assert (life.charged("R-2016-0001"), life.charged("R-2016-0002")) == (880, 1650)
    assert "indirect costs" not in " ".join(said)


def test_a_refund_in_another_currency_is_at_the_rate_of_its_receipt(book: Load) -> None:
    life = Life(book)
    life.text += "\n2016-07-01 price EUR 1.30 USD\n"
    life.book = book(life.text)
    life.do(Refund, donor="Spain", amount="400 EUR", day="2016-07-01", reason="letter (example)")
    assert life.charged("R-2016-0003") == Decimal("72.60")  # 11 % of 600 EUR, at the 1.10 of the receipt


def test_a_reversed_refund_puts_the_charge_back(book: Load) -> None:
    life = Life(book)
    life.do(Refund, donor="Canada", amount="5000 USD", day="2016-07-01", reason="Overpaid (example)")
    (refund,) = life.book.fund.by_kind[Kind.REFUND]
    life.do(Reverse, entry=life.book.fund.digest(refund), day="2016-07-05", reason="Typed twice")
    assert life.charged("R-2016-0002") == 1650
    life.do(Refund, donor="Canada", amount="15000 USD", day="2016-07-06", reason="All of it (example)")
    assert life.charged("R-2016-0002") == 0


def test_receipts_that_do_not_hold_so_much_are_refused(book: Load) -> None:
    fund = book(CHARGED).fund
    stated = {"donor": ["Canada"], "amount": ["11000 USD"], "day": ["2016-07-01"], "reason": ["letter"]}
    act = Refund(fund, plain).fill(stated | {"receipt": ["R-2016-0001"]})
    with pytest.raises(InvalidEntryError, match=r"only 10,000\.00 USD is left to pay back of R-2016-0001"):
        act.entries()
    act = Refund(fund, plain).fill(stated | {"receipt": ["R-2016-0003"]})  # of Spain
    assert [(item.field, item.kind) for item in act.problems] == [("receipt", "refused")]
    assert "is no receipt of the donor that is charged" in act.problems[0].text


def test_a_refund_of_no_receipt_of_the_book_is_found(book: Load) -> None:
    unknown = """
    2016-07-01 * "Canada" "Refund" #refund
      purpose: "country-visits"
      reason: "letter (example)"
      Income:Contributions:MemberStates:Canada           100.00 USD
        on-receipt: "R-2016-0009"
      Assets:Bank:Operating                             -100.00 USD
    """
    (finding,) = book(CHARGED + unknown).errors
    assert finding.code == "indirect-cost-recovery/unknown-receipt"
    assert "R-2016-0009" in str(finding.what)


def test_a_charge_that_the_refund_left_standing_is_found(book: Load) -> None:
    refund = """
    2016-07-01 * "Canada" "Refund" #refund
      purpose: "country-visits"
      reason: "letter (example)"
      Income:Contributions:MemberStates:Canada          5000.00 USD
        on-receipt: "R-2016-0002"
      Assets:Bank:Operating                            -5000.00 USD
    """
    (finding,) = book(CHARGED + refund).errors
    assert finding.code == "indirect-cost-recovery/wrong-charge"
    assert "R-2016-0002 is charged 1,650.00 USD" in str(finding.what)
    assert "11 % of 10,000.00 USD is 1,100.00 USD" in str(finding.what)


WORDS = {"day": "2016-07-01", "reason": "unspent"}


def test_a_donor_is_paid_back_from_the_bank(book: Load) -> None:
    text = render(made(Refund, book(SMALL).fund, donor="Mexico", amount="20 USD", **WORDS))
    assert "Income:Contributions:MemberStates:Mexico   20.00 USD" in text
    assert "Assets:Bank:Operating                     -20.00 USD" in text


def test_an_unclaimed_receipt_goes_back_to_its_sender(book: Load) -> None:
    text = render(made(Refund, book(SMALL, MORE).fund, unclaimed="UR-2016-001", **WORDS))
    assert "^UR-2016-001" in text
    assert "Liabilities:UnclaimedReceipts   40.00 USD" in text  # 70 came in, 30 were identified
