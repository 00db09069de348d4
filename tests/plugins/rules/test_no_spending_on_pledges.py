"""no-spending-on-pledges: what is spent was received before, in total and for its purpose, at the end of every day."""

from datetime import date
from pathlib import Path

from plugins.rules.no_spending_on_pledges import RULE
from tests.conftest import Load
from tests.lawful import lawful, spend
from tests.rules import Case, DatedRule


class TestNoSpendingOnPledges(DatedRule):
    rule = RULE
    case = Case("spent-beyond-received", "beyond-received", ("50.01", "50.00"), date(2016, 9, 9), "", "2016-09-09 *")


def test_a_waiver_of_one_cent_hides_no_later_overspending(book: Load) -> None:
    text = (
        '2010-01-01 custom "rule" "no-spending-on-pledges" "*"\n  citation: "x"\n'
        '2016-01-04 * "A" #expenditure ^PL-2016-001\n  Expenses:Travel  0.01 USD\n  Assets:Bank:Operating  -0.01 USD\n'
        '2016-01-01 custom "waiver" "no-spending-on-pledges" "PL-2016-001"\n  reason: "x"\n  approved-by: "treasurer-1"\n  expires: 2016-01-04\n'
        '2016-02-02 * "B" #expenditure\n  Expenses:Travel  9999 USD\n  Assets:Bank:Operating  -9999 USD\n'
    )
    found = [f for f in book(text).errors if f.rule == "no-spending-on-pledges"]
    assert "no-spending-on-pledges/beyond-received" in {
        f.code for f in found if f.entry is not None and str(f.entry.date) == "2016-02-02"
    }


def test_a_later_agreement_does_not_change_what_an_earlier_receipt_was_given_for(tmp_path: Path) -> None:
    agreement = (
        '2016-08-0{n} * "Argentina" "Letters" #agreement ^PL-2016-001\n  agreement: "Letters"\n  instrument-date: 2016-08-01\n  accepted: 2016-08-01\n'
        '  purpose: "{purpose}"\n  Equity:Pledges:Committed:MemberStates:Argentina  {amount} USD {{1 USD, "PL-2016-001/{n}"}}\n    due: 2016-12-31\n'
        "  Equity:Pledges:Contra  -{amount} USD\n\n"
    )
    paid = (
        '2016-08-10 * "Argentina" "Paid" #receipt ^PL-2016-001\n  receipt-number: "R-2016-0001"\n  Assets:Bank:Operating  100 USD\n'
        '  Income:Contributions:MemberStates:Argentina  -100 USD\n  Equity:Pledges:Committed:MemberStates:Argentina  -100 USD {"PL-2016-001/1"}\n'
        '  Equity:Pledges:Contra  100 USD\n\n2016-08-10 * "Charge" #icr\n  on-receipt: "R-2016-0001"\n  Expenses:IndirectCostRecovery  11 USD\n  Assets:Bank:Operating  -11 USD\n\n'
    )
    first, later = (
        agreement.format(n=1, purpose="country-visits", amount="100"),
        agreement.format(n=2, purpose="fund", amount="0.01"),
    )
    spent = spend("2016-08-20", "80", '  purpose: "reports"\n')
    assert lawful(tmp_path, first + paid + spent) == ["no-spending-on-pledges/beyond-earmark"]
    assert lawful(tmp_path, first + later + paid + spent) == ["no-spending-on-pledges/beyond-earmark"]
    assert lawful(tmp_path, first + later + paid + spent.replace("reports", "country-visits")) == []


def test_a_reversal_gives_each_purpose_back_what_it_took(tmp_path: Path) -> None:
    mixed = (
        '2016-09-08 * "X" "Two purposes" #receipt{tag}\n  {meta}\n  agreement: "Note"\n  Assets:Bank:Operating  {s}150 USD\n'
        '  Income:Contributions:MemberStates:Mexico  {r}100 USD\n    purpose: "country-visits"\n  Income:Contributions:MemberStates:Mexico  {r}50 USD\n    purpose: "reports"\n\n'
        '2016-09-08 * "Charge" #icr{tag}\n  on-receipt: "R-2016-0001"\n  corrects: "R-2016-0001"\n  Expenses:IndirectCostRecovery  {s}11 USD\n    purpose: "country-visits"\n'
        '  Expenses:IndirectCostRecovery  {s}5.50 USD\n    purpose: "reports"\n  Assets:Bank:Operating  {r}16.50 USD\n\n'
    )
    there = mixed.format(tag="", meta='receipt-number: "R-2016-0001"', s="", r="-")
    back = mixed.format(tag=" #correction", meta='corrects: "R-2016-0001"', s="-", r="")
    assert lawful(tmp_path, there + back) == []
    spent = spend("2016-09-09", "0.01", '  purpose: "country-visits"\n')
    assert lawful(tmp_path, there + spent) == []
    without = ["no-spending-on-pledges/beyond-received", "no-spending-on-pledges/overdrawn"]
    assert lawful(tmp_path, there + back + spent) == without
