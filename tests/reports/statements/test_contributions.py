"""Contributions received, and recognised on another basis."""

from ledger.ground.periods import Quarter
from reports.report import report
from reports.scope import Basis, Scope
from reports.statements.contributions import CONTRIBUTIONS, RECOGNISED
from reports.statements.pledges import PLEDGES
from reports.statements.summary import SUMMARY
from tests.books import REVERSAL, SMALL
from tests.conftest import Load


def test_a_reversal_takes_everything_back(book: Load) -> None:
    loaded = book(SMALL, REVERSAL)
    assert loaded.findings == []
    q3 = report(loaded, Scope.of(Quarter(2016, 3)))
    first = next(line for line in q3.of[PLEDGES].lines if line.instalment == "PL-2016-001/1")
    assert (first.received, first.outstanding, first.received_value, first.exchange_difference) == (0, 600, 0, 0)
    assert q3.of[CONTRIBUTIONS].total("quarter") == -640
    assert all(check.holds for check in q3.checks)


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


def test_a_donor_who_is_not_named_is_not_given_away_by_what_belongs_to_its_gift(book: Load) -> None:
    """The mark stands on one entry; the pledge, the charge and the reversal around it carry none."""
    gift = """
    2016-07-01 * "Peru" "Letter of Peru" #pledge ^PL-2016-002
      anonymous: TRUE
      Equity:Pledges:Announced:MemberStates:Peru          90.00 USD {1 USD, "PL-2016-002"}
      Equity:Pledges:Contra                              -90.00 USD

    2016-07-02 * "Peru" "Agreement of Peru" #agreement ^PL-2016-002
      agreement: "Note verbale of Peru"
      Equity:Pledges:Announced:MemberStates:Peru         -90.00 USD {"PL-2016-002"}
      Equity:Pledges:Committed:MemberStates:Peru          90.00 USD {1 USD, "PL-2016-002/1"}
        due: 2016-12-31

    2016-07-03 * "Peru" "Paid by Peru" #receipt ^PL-2016-002
      receipt-number: "R-2016-0002"
      bank-reference: "PERU/77"
      source: "Letter of Peru"
      Assets:Bank:Operating                               90.00 USD
      Income:Contributions:MemberStates:Peru             -90.00 USD
      Equity:Pledges:Committed:MemberStates:Peru         -90.00 USD {"PL-2016-002/1"}
      Equity:Pledges:Contra                               90.00 USD

    2016-07-04 * "Peru" "Returned to Peru" #receipt #correction ^PL-2016-002
      corrects: "R-2016-0002"
      reason: "the bank of Peru asked for it"
      Assets:Bank:Operating                              -90.00 USD
      Income:Contributions:MemberStates:Peru              90.00 USD
      Equity:Pledges:Committed:MemberStates:Peru          90.00 USD {1 USD, 2016-07-02, "PL-2016-002/1"}
      Equity:Pledges:Contra                              -90.00 USD
    """
    made = report(book(SMALL, gift), Scope.of(Quarter(2016, 3)))
    told = {table.key: repr(table.rows) for table in made.tables}
    assert [key for key, text in told.items() if "Peru" in text or "PERU" in text] == []
    unnamed = [line for line in made.of[CONTRIBUTIONS].lines if line.donor.startswith("Not named")]
    assert [line.quarter for line in unnamed] == [0]  # 90 received and 90 taken back
