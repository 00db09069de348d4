"""Statements 7 to 14 on the small book of test_statements, with an unclaimed receipt, indirect costs and a loan; every figure worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from ledger.book.loading import Book
from ledger.ground.periods import Quarter
from reports.figures import total
from reports.report import Report, report
from reports.scope import Scope
from reports.statements.contributions import CONTRIBUTIONS
from reports.statements.dormant import DORMANT
from reports.statements.funds_available import FUNDS_AVAILABLE, LOANS
from reports.statements.history import CONTROL_TOTALS, RESTATEMENTS, SEALS
from reports.statements.in_kind import IN_KIND, IN_KIND_REGISTER
from reports.statements.indicators import BREADTH, DAYS, INDICATORS
from reports.statements.indirect_costs import INDIRECT_COSTS
from reports.statements.rates_used import RATES
from reports.statements.receipts import RECEIPTS
from reports.statements.unclaimed import UNCLAIMED
from tests.books import MORE, REVERSAL, SMALL
from tests.conftest import Load


@pytest.fixture
def loaded(book: Load) -> Book:
    return book(SMALL, MORE)


@pytest.fixture
def q2(loaded: Book) -> Report:
    return report(loaded, Scope.of(Quarter(2016, 2)))


def test_all_checks_hold(q2: Report) -> None:
    assert [str(check.name) for check in q2.checks if not check.holds] == []
    assert (
        len(q2.checks) == 19
    )  # 5 of the balance, 1 of the register, 3 by donor, 5 of the money, 3 of the memorandum, 2 of statement 3d


def test_in_kind(q2: Report) -> None:
    (panama,), (line,) = q2.of[IN_KIND], q2.of[IN_KIND_REGISTER]
    assert (panama.donor, panama.quarter, panama.prior_quarter, panama.year, panama.cumulative) == (
        "Panama",
        80,
        0,
        80,
        80,
    )
    assert (line.day, line.what, line.used_as, line.valuation, line.value) == (
        date(2016, 6, 25),
        "Rooms for a session",
        "Services",
        "letter of the donor (example)",
        80,
    )


def test_indirect_costs(q2: Report) -> None:
    lines = {str(x.category): (x.received_quarter, x.charged_quarter, x.rate_quarter) for x in q2.of[INDIRECT_COSTS]}
    assert lines["Permanent observers"] == (640, 64, Decimal("0.1"))
    assert lines["Member states"] == (30, 0, 0)  # what was identified
    member_states = q2.of[INDIRECT_COSTS][0]
    assert (member_states.received_year, member_states.received_cumulative) == (30, 530)  # and 500 of Mexico in 2015


def test_unclaimed_receipts(q2: Report) -> None:
    (item,) = q2.of[UNCLAIMED].lines
    assert (item.link, item.bank_reference, item.came_in, item.cleared, item.left) == (
        "UR-2016-001",
        "FT-7",
        70,
        30,
        40,
    )
    assert (item.days, item.age) == (76, "1 to 90 days")  # 15 April to 30 June
    assert q2.of[UNCLAIMED].booked == 40


def test_an_identified_receipt_has_the_bank_reference_of_its_credit(q2: Report) -> None:
    (line,) = [line for line in q2.of[RECEIPTS] if line.number == "R-2016-0002"]
    assert (line.donor, line.bank_reference) == ("Chile", "FT-7")


def test_funds_available_and_loans(q2: Report) -> None:
    available, (loan,) = q2.of[FUNDS_AVAILABLE], q2.of[LOANS]
    lines = {str(line.label): line.value for line in available if line.value}
    # 500 + 625 - 300 - 50 + 70 - 64 - 100 + 40
    assert lines == {"At the bank: Operating": 721, "Less unclaimed receipts": -40}
    assert total(line.value for line in available) == 681
    assert (loan.to, loan.lent, loan.returned, loan.left, loan.overdue) == ("Regular Fund", 100, 40, 60, 10)


def test_expired_and_inactive(loaded: Book) -> None:
    assert report(loaded, Scope.of(Quarter(2016, 2))).of[DORMANT] == ()
    spain, unearmarked = report(loaded, Scope.of(Quarter(2017, 3))).of[DORMANT]
    assert (spain.state, spain.name, spain.due, spain.moved) == (
        "expired",
        "PL-2016-001",
        date(2016, 6, 30),
        date(2016, 6, 20),
    )
    assert (spain.days, spain.announced, spain.committed, spain.at_hand) == (467, 0, 360, 0)  # 300 EUR at 1.20
    assert (unearmarked.state, unearmarked.name, unearmarked.at_hand) == ("inactive", "Not earmarked", 741)


def test_a_purpose_with_money_that_nothing_moves(book: Load) -> None:
    earmarked = """
    2004-06-08 custom "purpose" "country-visits"
      name-en: "Country visits"
      basis: "AG/RES. 2027"

    2016-02-01 * "Mexico" "For country visits" #receipt
      receipt-number: "R-2016-0001"
      purpose: "country-visits"
      Assets:Bank:Operating                              100.00 USD
      Income:Contributions:MemberStates:Mexico          -100.00 USD
    """
    loaded = book(earmarked)
    assert report(loaded, Scope.of(Quarter(2016, 4))).of[DORMANT] == ()
    made = report(loaded, Scope.of(Quarter(2017, 1)))
    (line,) = made.of[DORMANT]
    assert (line.state, line.what, line.name, line.moved, line.at_hand) == (
        "inactive",
        "purpose",
        "Country visits",
        date(2016, 2, 1),
        100,
    )
    assert total(line.value for line in made.of[FUNDS_AVAILABLE]) == 0  # all that is at the bank is earmarked
    assert all(check.holds for check in made.checks)


def test_exchange_rates(q2: Report) -> None:
    old, new = q2.of[RATES]
    assert (old.currency, old.since, old.rate, old.entries) == ("EUR", date(2016, 1, 1), Decimal("1.10"), 1)
    assert (new.currency, new.since, new.rate, new.entries) == ("EUR", date(2016, 6, 1), Decimal("1.20"), 1)


def test_indicators(q2: Report) -> None:
    shares = {str(line.name): (line.part, line.whole) for line in q2.of[INDICATORS]}
    assert shares["Conversion: received of what was committed"] == (660, 1100)
    assert shares["Concentration: the largest donor: Year to date"] == (640, 670)
    assert shares["Concentration: the 3 largest donors: Since the beginning"] == (1170, 1170)
    taken, late = q2.of[DAYS]
    assert (taken.cases, taken.middle, taken.longest) == (1, 116, 116)  # 10 January to 5 May
    assert (late.cases, late.middle, late.longest) == (1, 35, 35)  # 31 March to 5 May
    breadth = {line.category: line for line in q2.of[BREADTH]}
    states = breadth["Member states"]
    assert (states.quarter, states.year, states.cumulative) == (1, 1, 2)  # Chile; Mexico in 2015
    assert states.registered == 35  # 35 member states; Cuba is one (facts 5)


def test_control_totals(q2: Report) -> None:
    totals = {(x.half, str(x.period)): (x.currency, x.debits, x.credits) for x in q2.of[CONTROL_TOTALS]}
    # 640 received, 300 spent, 50 refunded, 80 in kind, 70 unclaimed, 30 identified, 64 charged, 100 lent, 40 returned
    assert totals["Money", "2016-Q2"] == ("USD", 1374, 1374)
    assert totals["Pledges (memorandum)", "2016-Q2"] == ("USD", 770, 770)  # 660 received, 110 reduced


def test_a_correction_of_the_quarter_is_a_restatement(book: Load) -> None:
    correction = """
    2016-08-01 * "Country visit, charged twice" #expenditure #correction
      reason: "the invoice was of another fund (example)"
      Expenses:Travel                                   -300.00 USD
      Assets:Bank:Operating                              300.00 USD
    """
    loaded = book(SMALL, correction)
    (line,) = report(loaded, Scope.of(Quarter(2016, 3))).of[RESTATEMENTS]
    assert (line.kind, line.day, line.reason, line.amount) == (
        "correction",
        date(2016, 8, 1),
        "the invoice was of another fund (example)",
        300,
    )
    assert report(loaded, Scope.of(Quarter(2016, 4))).of[RESTATEMENTS] == ()


def test_the_digest_is_the_seal_that_the_quarter_gets(book: Load) -> None:
    """A `close` with the digest of the report stands, and makes the report that of a sealed quarter."""
    open_report = report(book(SMALL), Scope.of(Quarter(2016, 2)))
    assert not open_report.of[SEALS].sealed
    *_, now = open_report.of[SEALS].lines
    officer = '    2004-06-08 custom "officer" "treasurer-1" "treasurer"\n'
    with_officer = report(book(officer, SMALL), Scope.of(Quarter(2016, 2))).of[SEALS]
    close = f"""
    2016-07-12 custom "close" "2016-Q2"
      digest: "{with_officer.digest}"
      entries: {now.entries}
      by: "treasurer-1"
    """
    loaded = book(officer, SMALL, close)
    assert loaded.findings == []
    sealed = report(loaded, Scope.of(Quarter(2016, 2)))
    assert sealed.of[SEALS].sealed
    assert sealed.of[SEALS].digest == with_officer.digest
    early = report(loaded, Scope.of(Quarter(2016, 2), date(2016, 6, 29)))
    assert not early.of[SEALS].sealed


def test_a_loan_that_is_reversed_later_is_one_until_then(book: Load) -> None:
    """The reversal of November does not change the report of the third quarter."""
    lent = """
    2004-06-08 open Assets:InterFundLoans

    2016-08-01 * "Regular Fund" "Use of unobligated cash" #loan
      due: 2016-09-30
      Assets:InterFundLoans                              100.00 USD
      Assets:Bank:Operating                             -100.00 USD
    """
    back = """
    2016-11-01 * "Regular Fund" "Use of unobligated cash" #loan #correction
      Assets:InterFundLoans                             -100.00 USD
      Assets:Bank:Operating                              100.00 USD
    """
    before, after = (report(book(SMALL, text), Scope.of(Quarter(2016, 3))) for text in (lent, lent + back))
    assert (before.of[FUNDS_AVAILABLE], before.of[LOANS]) == (after.of[FUNDS_AVAILABLE], after.of[LOANS])
    assert [line.value for line in before.of[LOANS]] == [100]
    assert all(check.holds for check in after.checks)
    assert total(line.value for line in report(book(SMALL, lent, back), Scope.of(Quarter(2016, 4))).of[LOANS]) == 0


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


def test_what_was_taken_back_is_no_payment_and_no_donor(book: Load) -> None:
    made = report(book(SMALL, REVERSAL), Scope.of(Quarter(2016, 3))).of
    assert [line.cases for line in made[DAYS]] == [0, 0]
    observers = next(line for line in made[BREADTH] if line.category == "Permanent observers")
    assert (observers.year, observers.cumulative) == (0, 0)
    shares = {str(line.name): (line.part, line.whole) for line in made[INDICATORS]}
    assert shares["Conversion: received of what was committed"] == (0, 1100)
    assert shares["Concentration: the largest donor: Since the beginning"] == (500, 500)  # Mexico in 2015


def test_an_identification_that_was_taken_back_leaves_the_receipt_unclaimed(book: Load) -> None:
    back = """
    2016-07-05 * "Chile" "Not of Chile after all" #identify #correction ^UR-2016-001
      corrects: "R-2016-0002"
      Liabilities:UnclaimedReceipts                      -30.00 USD
      Income:Contributions:MemberStates:Chile             30.00 USD
    """
    (item,) = report(book(SMALL, MORE, back), Scope.of(Quarter(2016, 3))).of[UNCLAIMED].lines
    assert (item.came_in, item.cleared, item.left) == (70, 0, 70)


def test_purposes_are_told_apart_by_their_slug_and_not_by_their_name(book: Load) -> None:
    alike = """
    2004-06-08 custom "purpose" "school"
      name-en: "Not earmarked"
      basis: "example"

    2016-02-01 * "Mexico" "For the school" #receipt
      receipt-number: "R-2016-0001"
      purpose: "school"
      Assets:Bank:Operating                              100.00 USD
      Income:Contributions:MemberStates:Mexico          -100.00 USD
    """
    made = report(book(alike), Scope.of(Quarter(2016, 1)))
    assert total(line.value for line in made.of[FUNDS_AVAILABLE]) == 0
    assert all(check.holds for check in made.checks)
