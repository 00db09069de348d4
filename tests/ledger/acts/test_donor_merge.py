"""Two registrations are one donor."""

import pytest

from importers.matching.names import Names
from ledger.acts.donor_merge import MergeDonors
from ledger.acts.lookup import find_donor
from ledger.acts.receipt import Receipt
from ledger.acts.refund import Refund
from ledger.ground.errors import InvalidEntryError
from ledger.ground.periods import Quarter
from ledger.ground.render import render
from reports.report import report
from reports.scope import Scope
from reports.statements.receipts import RECEIPTS
from tests.acting import plain, stated
from tests.books import TWO_FOUNDATIONS
from tests.conftest import Load
from tests.giving import given_by_name


def merged(book: Load) -> str:
    act = MergeDonors(book(TWO_FOUNDATIONS).fund, plain, sure=True).fill(
        stated(donor="FOUNDATION-2", into="FOUNDATION-1", reason="Registered twice", day="2016-06-01")
    )
    return TWO_FOUNDATIONS + render(act.entries().directives)


def test_what_the_one_gave_is_found_under_the_other(book: Load) -> None:
    """50 under the one registration and 20 under the other are 70 of one donor; no entry was changed."""
    text = merged(book)
    after = book(text)
    assert after.errors == []
    assert text.startswith(TWO_FOUNDATIONS)
    assert given_by_name(book, text, Quarter(2016, 2)) == {"A foundation (example)": 70}
    assert given_by_name(book, text, Quarter(2016, 1)) == {"A foundation (example)": 50}  # of an earlier day, too
    receipts = report(after, Scope.of(Quarter(2016, 1))).of[RECEIPTS]
    assert [line.donor for line in receipts] == ["A foundation (example)"]
    registry = after.fund.registry
    assert "FOUNDATION-2" not in registry.donors
    found = {find_donor(after.fund, name).code for name in ("FOUNDATION-2", "FoundationTwo", "Puentes", "FOUNDATION-1")}
    assert found == {"FOUNDATION-1"}
    assert Names.of(after.fund).identify("PUENTES SERVICIOS SA").donor == "FOUNDATION-1"
    assert [payer.donor for payer in after.fund.directives.payers] == ["FOUNDATION-1"]


def test_the_survivor_settles_what_the_other_promised_and_is_paid_back_what_it_gave(book: Load) -> None:
    """100 of the 300 that were promised under the old registration are settled by the donor.

    Of 170 in all, 150 go back.
    """
    text = merged(book)
    paid = Receipt(book(text).fund, plain, sure=True).fill(
        stated(donor="Puentes", amount="100 USD", day="2016-07-01", purpose="country-visits")
    )
    (take,) = paid.takes
    assert (take.instalment.label, take.amount.number) == ("PL-2016-001/1", 100)
    text += render(paid.entries().directives)
    after = book(text)
    assert after.errors == []
    assert after.fund.pledges["PL-2016-001"].outstanding("USD") == 200
    back = Refund(after.fund, plain, sure=True).fill(
        stated(donor="FOUNDATION-1", amount="150 USD", day="2016-07-02", reason="letter", purpose="country-visits")
    )
    assert book(text + render(back.entries().directives)).errors == []


def test_one_donor_has_one_category(book: Load) -> None:
    """Canada has entries as a member state on a day on which the foundation is one of the others."""
    more = """
2016-05-09 * "Canada" "Contribution" #receipt
  receipt-number: "R-2016-0003"
  Assets:Bank:Operating                               20.00 USD
  Income:Contributions:MemberStates:Canada           -20.00 USD
"""
    act = MergeDonors(book(TWO_FOUNDATIONS + more).fund, plain).fill(
        stated(donor="CAN", into="FOUNDATION-1", reason="x")
    )
    with pytest.raises(InvalidEntryError, match="on 2016-05-09 CAN gives as member-state and FOUNDATION-1 as other"):
        act.entries()


def test_a_donor_is_merged_once_and_into_another(book: Load) -> None:
    fund = book(merged(book)).fund
    (problem,) = MergeDonors(fund, plain).fill(stated(donor="FOUNDATION-2", into="CAN", reason="x")).problems
    assert problem.text == "FOUNDATION-2 was merged into FOUNDATION-1 before"
    (same,) = MergeDonors(fund, plain).fill(stated(donor="CAN", into="Canada", reason="x")).problems
    assert (same.field, same.text) == ("into", "CAN is the same registration")


def test_a_merge_by_way_of_another_ends_at_the_last(book: Load) -> None:
    text = (
        merged(book)
        + """
1900-01-01 custom "donor" "FOUNDATION-3"
  account: "FoundationThree"
  kind: "private-institution"
  name-en: "Another foundation (example)"
2004-06-08 custom "donor-status" "FOUNDATION-3" "other"
2016-07-01 custom "donor-merge" "FOUNDATION-1" "FOUNDATION-3"
  reason: "Registered three times"
"""
    )
    after = book(text)
    assert after.errors == []
    assert {after.fund.registry.by_account[name].code for name in ("FoundationOne", "FoundationTwo")} == {
        "FOUNDATION-3"
    }
    assert given_by_name(book, text, Quarter(2016, 2)) == {"Another foundation (example)": 70}
