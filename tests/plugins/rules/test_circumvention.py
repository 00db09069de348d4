"""Tricks by which an entry was once brought past the law unseen; each is found now, and the honest entry beside it passes."""

from datetime import date
from pathlib import Path
from shutil import copy

import pytest

from ledger.acts.directives import reconfirmation
from ledger.book.append import RefusedError, append
from ledger.book.loading import UnreadableError, load
from tests.books import DECLARATIONS, whole
from tests.conftest import ROOT, Load, Write


def lawful(tmp_path: Path, text: str) -> list[str]:
    """Load entries under the whole shipped law, but for documents; give the codes of what is wrong."""
    policy = f'include "{ROOT}/ledger/policy/*.beancount"\n2004-06-09 custom "rule" "evidence" "*"\n  citation: "example"\n  severity: "off"\n  reason: "x"\n'
    accounts = "".join(
        f"2004-06-08 open {name}\n"
        for name in ("Expenses:IndirectCostRecovery", "Liabilities:Payable", "Assets:InterFundLoans")
    )
    main = tmp_path / "main.beancount"
    purposes = '2004-06-08 custom "purpose" "reports"\n  name-en: "x"\n  basis: "x"\n2004-06-08 custom "purpose" "fund"\n  name-en: "x"\n  basis: "x"\n  general: TRUE\n'
    main.write_text(whole(f"{policy}{accounts}{purposes}\n{text}", DECLARATIONS), encoding="utf-8")
    return sorted({finding.code for finding in load(main).errors})


def receipt(
    number: int,
    amount: str,
    *,
    donor: str = "MemberStates:Mexico",
    purpose: str = "fund",
    charge: str = "",
    day: str = "2016-09-08",
) -> str:
    return (
        f'{day} * "X" "Gift" #receipt\n  receipt-number: "R-2016-{number:04d}"\n  purpose: "{purpose}"\n  agreement: "Note"\n'
        f'  recorded-by: "finance-officer-1"\n  Assets:Bank:Operating  {amount} USD\n  Income:Contributions:{donor}  -{amount} USD\n\n'
        f'{day} * "Indirect costs" #icr\n  on-receipt: "R-2016-{number:04d}"\n  Expenses:IndirectCostRecovery  {charge} USD\n'
        f"  Assets:Bank:Operating  -{charge} USD\n\n"
    )


GIFT = receipt(1, "9000", charge="990")


def spend(day: str, amount: str, more: str = "", tags: str = "#expenditure") -> str:
    return f'{day} * "Travel" {tags}\n{more}  Expenses:Travel  {amount} USD\n  Assets:Bank:Operating  -{amount} USD\n\n'


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


@pytest.mark.parametrize(
    "only", ['2999-01-01 custom "rule" "four-eyes" "*"', '2004-06-08 custom "rule" "four-eyes" "other"']
)
def test_a_law_for_a_far_date_or_one_category_is_silent(write: Write, only: str) -> None:
    main = write(GIFT.partition("\n\n")[0])
    prelude = main.read_text(encoding="utf-8")
    assert '2004-06-08 custom "rule" "four-eyes" "*"' in prelude
    main.write_text(prelude.replace('2004-06-08 custom "rule" "four-eyes" "*"', only), encoding="utf-8")
    silent = [str(finding.what) for finding in load(main).errors if finding.code == "law/silent"]
    assert len(silent) == 1
    assert "'four-eyes'" in silent[0]


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


def test_a_book_that_the_rules_cannot_judge_takes_no_entry(write: Write) -> None:
    main = write("")
    main.write_text(main.read_text(encoding="utf-8").replace('"plugins.fund"', '"plugins.fnd"'), encoding="utf-8")
    before = main.read_bytes()
    with pytest.raises(RefusedError, match="no rule of the fund could be applied"):
        append(load(main), [reconfirmation("PL-2016-001", date(2016, 1, 1), "x")], "x")
    assert main.read_bytes() == before


def test_a_folder_that_beancount_takes_for_a_pattern_is_refused(write: Write, tmp_path: Path) -> None:
    odd = tmp_path / "books [2016]"
    odd.mkdir()
    copy(write(GIFT), odd)
    with pytest.raises(UnreadableError, match="rename the folder"):
        load(odd / "main.beancount")
