"""Approvals: who gives them, and what an edit makes of them."""

from pathlib import Path

import pytest

from tests.funds import RECEIPT, YEAR, codes, ok, vfund


def test_a_receipt_is_charged_attached_and_approved(main: Path) -> None:
    shown = ok(RECEIPT)
    assert "2,200.00 USD is charged for indirect costs" in shown  # 11 % of 20,000, an example rate
    assert codes(main) == ["evidence/no-document", "four-eyes/pending"]
    pending = ok("pending")
    assert pending.startswith("Waiting for approval as of ")
    assert f"R-{YEAR}-0001" in pending
    missing = ok("evidence --missing")
    assert missing.startswith("Entries that need a document and have none\n")
    assert f"R-{YEAR}-0001" in missing
    assert "notice.txt is filed as evidence of" in ok(f"attach R-{YEAR}-0001 notice.txt")
    filed = ok("evidence")
    assert filed.startswith("Documents on file\n")
    assert "as filed" in filed
    assert "treasurer-1 approves" in ok(f"approve R-{YEAR}-0001 --by treasurer-1")
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


@pytest.mark.usefixtures("main")
def test_the_recorder_of_an_entry_cannot_approve_it() -> None:
    ok(f"{RECEIPT} --by treasurer-1")
    done = vfund(f"approve R-{YEAR}-0001 --by treasurer-1")
    assert done.exit_code == 1
    assert "cannot approve it" in done.output
    assert "There is nothing to record" in ok("approve --all --by treasurer-1")
