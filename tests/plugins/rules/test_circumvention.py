"""Tricks by which an entry was once brought past the law unseen.

Each is found now, and the honest entry beside it passes.
"""

from pathlib import Path

import pytest

from tests.lawful import GIFT, lawful, receipt, spend

TRICKS = {
    "an entry without a kind": (spend("2016-09-09", "5000", tags=""), {"pledge-lifecycle/no-kind"}),
    "spending that calls itself a charge": (
        spend("2016-09-09", "5000", '  on-receipt: "R-2016-0001"\n', "#icr"),
        {"pledge-lifecycle/half-missing", "pledge-lifecycle/wrong-account"},
    ),
    "spending against a liability of no chart": (
        '2016-09-09 * "Travel" #expenditure\n  Expenses:Travel  20000 USD\n  Liabilities:Payable  -20000 USD\n',
        {
            "four-eyes/no-recorder",
            "four-eyes/pending",
            "pledge-lifecycle/half-missing",
            "pledge-lifecycle/wrong-account",
        },
    ),
    "spending taken back that never was": (
        spend("2016-09-09", "-500", '  corrects: "x"\n', "#expenditure #correction"),
        {"pledge-lifecycle/reverses-nothing"},
    ),
    "lending by a transfer": (
        '2016-09-09 * "Loan" #transfer\n  Assets:InterFundLoans  500 USD\n  Assets:Bank:Operating  -500 USD\n',
        {"pledge-lifecycle/wrong-account"},
    ),
    "a private donor behind a state": (
        '2016-09-09 * "Two" #receipt\n  receipt-number: "R-2016-0002"\n  purpose: "fund"\n  agreement: "Note"\n  Assets:Bank:Operating  901 USD\n'
        "  Income:Contributions:MemberStates:Mexico  -1 USD\n  Income:Contributions:Others:FoundationOne  -900 USD\n\n"
        '2016-09-09 * "Charge" #icr\n  on-receipt: "R-2016-0002"\n  Expenses:IndirectCostRecovery  108.11 USD\n  Assets:Bank:Operating  -108.11 USD\n',
        {"due-diligence/no-clearance"},
    ),
    "a rate out of thin air": (
        '2016-09-01 price EUR 1.10 USD\n2016-09-09 * "Travel" #expenditure\n  Expenses:Travel  9000000 EUR @ 0.000001 USD\n  Assets:Bank:Operating  -9000000 EUR @ 0.000001 USD\n',
        {"exchange-rate/far", "no-spending-on-pledges/beyond-received", "no-spending-on-pledges/overdrawn"},
    ),
    "a waiver that names a state in a bank reference": (
        '2016-09-01 custom "waiver" "agreement-required" "CHL"\n  reason: "x"\n  approved-by: "treasurer-1"\n  expires: 2016-12-31\n\n'
        + receipt(2, "100", charge="11", day="2016-09-09").replace('agreement: "Note"', 'bank-reference: "CHL"'),
        {"agreement-required/no-instrument", "waiver/unused"},
    ),
    "a receipt reversed twice": (
        '2016-09-09 * "Back" #receipt #correction\n  corrects: "R-2016-0001"\n  Assets:Bank:Operating  -9000 USD\n  Income:Contributions:MemberStates:Mexico  9000 USD\n\n'
        '2016-09-09 * "Back" #icr #correction\n  corrects: "R-2016-0001"\n  on-receipt: "R-2016-0001"\n  Expenses:IndirectCostRecovery  -990 USD\n  Assets:Bank:Operating  990 USD\n\n'
        * 2,
        {
            "no-spending-on-pledges/beyond-received",
            "no-spending-on-pledges/overdrawn",
            "pledge-lifecycle/reverses-nothing",
        },
    ),
    "a receipt reversed on another donor": (
        '2016-09-09 * "Back" #receipt #correction\n  corrects: "R-2016-0001"\n  Assets:Bank:Operating  -9000 USD\n  Income:Contributions:MemberStates:Canada  9000 USD\n',
        {
            "indirect-cost-recovery/wrong-charge",
            "no-spending-on-pledges/beyond-received",
            "no-spending-on-pledges/overdrawn",
            "pledge-lifecycle/reverses-nothing",
        },
    ),
    "a balance brought forward late": (
        '2004-06-08 open Equity:OpeningBalances\n2016-09-09 * "Found" #opening\n  Assets:Bank:Operating  5000 USD\n  Equity:OpeningBalances  -5000 USD\n',
        {"pledge-lifecycle/opening-late", "four-eyes/late-opening", "four-eyes/no-recorder"},
    ),
    "unclaimed money as interest": (
        '2016-09-09 * "?" #unclaimed ^UR-2016-001\n  Assets:Bank:Operating  500 USD\n  Liabilities:UnclaimedReceipts  -500 USD\n\n'
        '2016-09-09 * "Interest" #interest\n  Liabilities:UnclaimedReceipts  500 USD\n  Income:Interest  -500 USD\n',
        {"pledge-lifecycle/half-missing", "pledge-lifecycle/wrong-account"},
    ),
    "spending another purpose's money by naming its receipt": (
        receipt(2, "100", purpose="reports", charge="11", day="2016-09-09")
        + spend("2016-09-10", "8090", '  purpose: "country-visits"\n  on-receipt: "R-2016-0002"\n'),
        {"no-spending-on-pledges/beyond-earmark"},
    ),
}


def test_the_honest_gift_passes(tmp_path: Path) -> None:
    assert lawful(tmp_path, GIFT) == []


@pytest.mark.parametrize("trick", TRICKS)
def test_a_trick_is_found(tmp_path: Path, trick: str) -> None:
    text, found = TRICKS[trick]
    assert set(lawful(tmp_path, GIFT + text)) == found
