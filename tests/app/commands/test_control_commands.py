"""The commands of control as officers use them: documents, approvals, waivers, clearances, unclaimed money, the law."""

import json
import shlex
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from app.cli import cli
from ledger.book.loading import load
from ledger.ground.findings import Finding

DAY = date.today().isoformat()
YEAR = date.today().year
RECEIPT = f"receipt --donor Mexico --amount '20000 USD' --bank-reference FT-1 --date {DAY} --purpose country-visits --agreement Note"


@pytest.fixture(autouse=True)
def notice(main: Path) -> None:
    """Put a notice to file beside the book."""
    (main.parent.parent / "notice.txt").write_text("Bank notice (example)", encoding="utf-8")


def run(line: str) -> Result:
    return CliRunner().invoke(cli, shlex.split(line))


def ok(line: str) -> str:
    done = run(line)
    assert done.exit_code == 0, line + "\n" + done.output
    return done.output


def files(main: Path) -> dict[str, str]:
    found = [path for path in main.parent.rglob("*") if path.is_file() and path.name != ".vfund.lock"]
    return {str(path): sha256(path.read_bytes()).hexdigest() for path in found}


def codes(main: Path) -> list[str]:
    return sorted(finding.code for finding in load(main).errors)


def test_a_receipt_is_charged_attached_and_approved(main: Path) -> None:
    shown = ok(RECEIPT)
    assert "2,200.00 USD is charged for indirect costs" in shown  # 11 % of 20,000, an example rate
    assert codes(main) == ["evidence/no-document", "four-eyes/pending"]
    assert f"R-{YEAR}-0001" in ok("pending")
    assert f"R-{YEAR}-0001" in ok("evidence --missing")
    assert "Filed fund/documents" in ok(f"attach R-{YEAR}-0001 notice.txt")
    assert "as filed" in ok("evidence")
    assert "Approved: 1" in ok(f"approve R-{YEAR}-0001 --by treasurer-1")
    assert codes(main) == []
    assert "Nothing waits" in ok("pending")
    assert "no errors" in ok("check")


def test_an_edit_voids_the_approval_and_the_document(main: Path) -> None:
    ok(f"{RECEIPT} --evidence notice.txt")
    ok("approve --all --by treasurer-1")
    entries = main.parent / "entries" / f"{YEAR}.beancount"
    entries.write_text(
        entries.read_text(encoding="utf-8").replace('agreement: "Note"', 'agreement: "Notes"'), encoding="utf-8"
    )
    assert codes(main) == ["evidence/no-document", "evidence/of-nothing", "four-eyes/pending", "four-eyes/void"]


def test_a_document_that_is_altered_or_lost_is_found(main: Path) -> None:
    ok(f"{RECEIPT} --evidence notice.txt")
    kept = next((main.parent / "documents" / str(YEAR)).iterdir())
    kept.write_text("Bank notice (exemple)", encoding="utf-8")
    assert "evidence/altered" in codes(main)
    listed = run("evidence")
    assert (listed.exit_code, "altered" in listed.output, "has 1 error and 1 open point" in listed.output) == (
        1,
        True,
        True,
    )
    kept.unlink()
    assert "evidence/missing" in codes(main)
    assert not [code for code in codes(main) if code.startswith("beancount/")]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (f"approve R-{YEAR}-0001 --by finance-officer-1", "no treasurer"),
        (f"approve R-{YEAR}-0001 --by treasurer-2", "did you mean 'treasurer-1'?"),
        ("approve R-1999-0001 --by treasurer-1", "no entry is meant by"),
        ("approve --by treasurer-1", "name an ENTRY, or --all"),
        (f"attach R-{YEAR}-0001 nowhere.pdf", "does not exist"),
        (f"attach R-{YEAR}-0009 notice.txt", "no entry is meant by"),
        (f"attach R-{YEAR}-0001 empty.txt", "is empty"),
        (f"{RECEIPT} --evidence nowhere.pdf", "there is no file"),
        ("waive conservation PL-1 --reason x --expires 2030-01-01 --by treasurer-1", "cannot be waived"),
        ("waive conservatio PL-1 --reason x --expires 2030-01-01 --by treasurer-1", "did you mean 'conservation'?"),
        ("waive evidence R-1 --reason x --expires 2030-01-01 --by finance-officer-1", "no treasurer"),
        ("clear UNHCR --until 2030-01-01 --ceiling 10 --document nowhere.pdf", "there is no file"),
        ("clear", "missing DONOR"),
        ("reconfirm PL-2026-001 --source letter", "no pledge 'PL-2026-001' is in the book"),
        ("identify UR-2026-001 --donor Mexico", "nothing is left to identify"),
        ("explain four-eye", "did you mean 'four-eyes'?"),
        ("rules --as-of yesterday", "write it as 2016-09-30"),
        ("check --as-of yesterday", "write it as 2016-09-30"),
        ("unclaimed --list --as-of yesterday", "write it as 2016-09-30"),
        (RECEIPT.replace("country-visits", "visits"), "the purpose 'visits' is not declared"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(main: Path, line: str, says: str) -> None:
    ok(RECEIPT)
    Path("empty.txt").write_text("", encoding="utf-8")
    before = files(main)
    done = run(line)
    assert done.exit_code in {1, 2}, done.output
    assert says in done.output
    assert "Traceback" not in done.output
    assert files(main) == before


@pytest.mark.parametrize(
    "line",
    [
        f"attach R-{YEAR}-0001 notice.txt --dry-run",
        f"approve R-{YEAR}-0001 --by treasurer-1 --dry-run",
        f"waive evidence R-{YEAR}-0001 --reason x --expires 2099-01-01 --by treasurer-1 --dry-run",
        "clear UNHCR --until 2099-01-01 --ceiling 10 --document notice.txt --dry-run",
        f"unclaimed --amount '5 USD' --bank-reference FT-2 --date {DAY} --dry-run",
        RECEIPT.replace("FT-1", "FT-3") + " --evidence notice.txt --dry-run",
    ],
)
def test_a_dry_run_writes_nothing(main: Path, line: str) -> None:
    ok(RECEIPT)
    before = files(main)
    assert "nothing was written" in ok(line)
    assert files(main) == before


def test_the_recorder_of_an_entry_cannot_approve_it() -> None:
    ok(f"{RECEIPT} --by treasurer-1")
    done = run(f"approve R-{YEAR}-0001 --by treasurer-1")
    assert done.exit_code == 1
    assert "cannot approve it" in done.output
    assert "Nothing was approved" in ok("approve --all --by treasurer-1")


def test_a_waiver_lets_one_case_pass_and_is_listed(main: Path) -> None:
    line = RECEIPT.replace(" --agreement Note", "")
    assert run(line).exit_code == 1
    ok(f"waive agreement-required MEX --reason 'Copy follows' --expires {DAY} --by treasurer-1")
    assert "waiver/unused" in codes(main)  # recorded ahead of its entry
    ok(line)
    assert not [code for code in codes(main) if code.startswith(("waiver", "agreement"))]
    facts = json.loads(run("check --json").stdout)
    assert [(item["rule"], len(item["findings"])) for item in facts["waived"]] == [("agreement-required", 1)]
    assert "Waived: 1 finding by 1 waiver" in run("check").output


def test_a_donor_of_the_others_gives_under_a_clearance() -> None:
    line = f"receipt --donor UNHCR --amount '900 USD' --bank-reference FT-2 --date {DAY} --purpose reports --agreement Letter"
    refused = run(line)
    assert refused.exit_code == 1
    assert "has no due-diligence clearance" in refused.output
    ok("clear UNHCR --until 2099-01-01 --ceiling 1000 --document notice.txt")
    ok(line)
    again = run(line.replace("FT-2", "FT-3"))
    assert "whose ceiling is 1,000.00 USD" in again.output


def test_unclaimed_money_is_aged_and_identified_with_both_ends_kept(main: Path) -> None:
    ok(f"unclaimed --amount '500 USD' --bank-reference FT-9 --date {YEAR}-01-10")
    assert "80" in ok(f"unclaimed --list --as-of {YEAR}-03-31")
    listed = json.loads(ok(f"unclaimed --list --as-of {YEAR}-04-11 --json"))
    assert [(i["link"], i["days"], i["left"]) for i in listed["unclaimed"]] == [(f"UR-{YEAR}-001", 91, "500.00")]
    assert "unclaimed-age/too-old" in [
        f["code"] for f in json.loads(run(f"check --json --as-of {YEAR}-04-11").stdout)["errors"]
    ]
    ok(
        f"agreement --donor Mexico --amount '300 USD' --due {YEAR}-12-31 --date {YEAR}-02-01 --agreement Letters --purpose reports"
    )
    ok(f"identify UR-{YEAR}-001 --amount '300 USD' --settles PL-{YEAR}-001/1 --date {YEAR}-03-01")
    ok(f"identify UR-{YEAR}-001 --donor Chile --purpose reports --agreement Letter --date {YEAR}-03-02")
    assert "no unclaimed receipts" in ok("unclaimed --list")
    fund = load(main).fund
    ends = [sorted(entry.txn.links) for entry in fund.entries if f"UR-{YEAR}-001" in entry.txn.links]
    assert ends == [[f"UR-{YEAR}-001"], [f"PL-{YEAR}-001", f"UR-{YEAR}-001"], [f"UR-{YEAR}-001"]]
    assert fund.pledges[f"PL-{YEAR}-001"].outstanding("USD") == 0


def test_a_reversal_takes_the_charge_back(main: Path) -> None:
    ok(RECEIPT)
    ok(f"reverse R-{YEAR}-0001 --reason 'Misread' --date {DAY}")
    fund = load(main).fund
    held = sum(
        p.units.number for e in fund.entries for p in e.txn.postings if p.account == "Expenses:IndirectCostRecovery"
    )
    assert held == 0
    assert not [code for code in codes(main) if code.startswith("indirect")]


def test_a_donor_who_asks_is_named_in_the_book_and_not_in_the_workbook() -> None:
    ok("clear UNHCR --until 2099-01-01 --ceiling 1000 --document notice.txt")
    line = f"receipt --donor UNHCR --amount '900 USD' --bank-reference FT-2 --date {DAY} --purpose reports --agreement Letter"
    ok(f"{line} --meta anonymous=TRUE --evidence notice.txt --narration Gift")
    quarter = f"{YEAR}-Q{(date.today().month + 2) // 3}"
    ok(f"export {quarter} --output report.xlsx")
    book = load_workbook(BytesIO(Path("report.xlsx").read_bytes()))
    text = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert "Not named, at the donor's wish" in text
    assert not [words for words in text if "Refugees" in words]
    assert "High Commissioner" in ok("show")


def test_the_law_is_listed_as_of_a_day_and_explained() -> None:
    early = json.loads(ok("rules --as-of 2010-12-31 --json"))["rules"]
    late = json.loads(ok("rules --as-of 2016-12-31 --json"))["rules"]
    days = [next(rule["parameters"] for rule in rules if rule["rule"] == "interfund") for rules in (early, late)]
    assert days == ["days 0", "days 60"]
    assert "OFF: States need no clearance" in ok("rules")
    assert "to be confirmed" in ok("rules --category member-state")
    shown = ok("explain indirect-cost-recovery")
    for words in ("Breaks it", "Keeps it", "rate 11", "wrong-charge", "example, to be confirmed"):
        assert words in shown
    assert "neither turned off nor waived" in ok("explain conservation")


def test_check_groups_by_rule_counts_and_shows_one_rule() -> None:
    ok(RECEIPT)
    done = run("check")
    assert done.exit_code == 1
    for words in (
        "— evidence: no errors, 1 open point, no warnings —",
        "By rule: evidence 1, four-eyes 1",
        "Source: ",
        "To mend: ",
    ):
        assert words in done.output
    assert "four-eyes" not in run("check --rule evidence").output.replace("By rule", "")


def test_every_finding_of_check_has_its_parts_as_json() -> None:
    ok(RECEIPT)
    (first, *_) = json.loads(run("check --json").stdout)["errors"]
    assert first["open"] is True
    assert first["rule"] in first["code"]
    assert {"what", "mend", "citation", "file", "line", "message"} <= first.keys()
    assert (
        Finding({}, first["what"], None, first["code"], mend=first["mend"], citation=first["citation"]).message
        == first["message"]
    )


def test_an_export_waits_for_open_points_and_prints_the_law() -> None:
    ok(RECEIPT)
    quarter = f"{YEAR}-Q{(date.today().month + 2) // 3}"
    assert run(f"export {quarter} --output report.xlsx").exit_code == 1
    assert not Path("report.xlsx").exists()
    ok(f"export {quarter} --output report.xlsx --draft")
