"""Documents are bound to their entry."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ledger.acts.filing import documents_of, with_documents
from ledger.acts.pledge import Agreement
from ledger.book.append import Entries, append
from ledger.book.loading import load
from ledger.ground.canonical import digest
from ledger.ground.errors import InvalidDocumentError
from tests.acting import made
from tests.books import SMALL
from tests.conftest import Load, Write


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A notice."""
    path = tmp_path / "notice of May.txt"
    path.write_text("A notice (example)", encoding="utf-8")
    return path


def test_a_document_is_filed_under_a_name_that_says_what_it_is(write: Write, paper: Path) -> None:
    book = load(write(SMALL))
    receipt = book.fund.receipts[1].entry
    filed = documents_of(book.fund, receipt.txn, [paper], "finance-officer-1")
    after = append(book, lambda _fund: filed).book
    kept = paper.parent / "documents" / "2016" / "R-2016-0001-notice-of-May.txt"
    assert kept.read_bytes() == paper.read_bytes()
    assert list(after.fund.documents) == [book.fund.digest(receipt)]
    with pytest.raises(InvalidDocumentError, match="on file for this entry already"):
        documents_of(after.fund, receipt.txn, [paper], None)


def test_a_new_entry_is_bound_by_the_digest_that_it_will_have(book: Load, paper: Path) -> None:
    """A lot that opens has the day of its entry, which the text leaves out."""
    loaded = book(SMALL)
    (txn,) = made(
        Agreement, loaded.fund, donor="Chile", amount="9 USD", due="2017-01-31", day="2016-08-01", agreement="x"
    )
    filed = with_documents(Entries([txn], "x"), loaded.fund, [paper], None)
    after = append(loaded, lambda _fund: filed, dry_run=True).book
    entry = after.fund.entries[-1]
    assert filed.directives[1].meta["evidence-of"] == digest(entry.txn)
    assert entry.txn.postings[0].cost.date == date(2016, 8, 1)
    assert entry.txn.postings[0].units.number == Decimal(9)
