"""A document is filed as the evidence of an entry that is there."""

from pathlib import Path

from ledger.acts.attach import Attach
from tests.acting import filled
from tests.books import SMALL
from tests.conftest import Load


def test_a_document_says_which_entry_it_proves(book: Load, tmp_path: Path) -> None:
    paper = tmp_path / "notice.txt"
    paper.write_text("A notice (example)", encoding="utf-8")
    fund = book(SMALL).fund
    act = filled(Attach, fund, entry="R-2016-0001", files=str(paper))
    (line,), (copy,) = act.entries().directives, act.entries().papers
    assert line.meta["evidence-of"] == fund.digest(fund.receipts[1].entry)
    assert (line.filename, line.meta["evidence-sha256"]) == (str(copy.copy), copy.sha256)


def test_an_entry_and_a_document_are_needed(book: Load) -> None:
    problems = filled(Attach, book(SMALL).fund).problems
    assert [(problem.field, problem.kind) for problem in problems] == [("entry", "missing"), ("files", "missing")]
