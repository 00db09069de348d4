"""Documents are copied, and bound to their entry."""

from datetime import date
from pathlib import Path

import pytest

from ledger.acts.filing import NotADocumentError, attach, content_of, place, take_away
from ledger.book.loading import load
from tests.books import SMALL
from tests.conftest import Write


def test_a_document_is_filed_under_a_name_that_says_what_it_is(write: Write, tmp_path: Path) -> None:
    paper = tmp_path / "notice of May.txt"
    paper.write_text("A notice (example)", encoding="utf-8")
    book = load(write(SMALL))
    receipt = book.fund.receipts[1].entry
    after = attach(book, receipt.txn, [paper], "finance-officer-1")
    assert (tmp_path / "documents" / "2016" / "R-2016-0001-notice-of-May.txt").read_bytes() == paper.read_bytes()
    assert list(after.fund.documents) == [book.fund.digest(receipt)]
    with pytest.raises(NotADocumentError, match="on file for this entry already"):
        attach(after, receipt.txn, [paper], None)


def test_what_is_refused_leaves_nothing(write: Write, tmp_path: Path) -> None:
    paper = tmp_path / "letter.txt"
    paper.write_text("A letter (example)", encoding="utf-8")
    placed = place(load(write("")), paper, date(2016, 1, 1), "PL-2016-001")
    assert placed.path.exists()
    take_away([placed])
    assert not (tmp_path / "documents").exists()


def test_an_empty_file_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    for name, why in (("empty.txt", "is empty"), ("nowhere.txt", "there is no file")):
        with pytest.raises(NotADocumentError, match=why):
            content_of(tmp_path / name)
