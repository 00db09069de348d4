"""Documents bound to entries, and entries that lack one."""

from hashlib import sha256
from pathlib import Path

from ledger.law.evidence import content_digest, entries_without_document, statements, unasserted
from tests.conftest import Load

BOOK = """
2010-01-01 custom "rule" "evidence" "*"
  citation: "example"
  kinds: "expenditure above 50"
  statement-days: 60

2016-09-01 balance Assets:Bank:Operating               0.00 USD
  import-id: "STMT-2016-08"

2016-09-08 * "Hotel" "Rooms" #expenditure
  Expenses:Travel                                     50.01 USD
  Assets:Bank:Operating                              -50.01 USD

2016-09-09 * "Taxi" "To the airport" #expenditure
  Expenses:Travel                                     50.00 USD
  Assets:Bank:Operating                              -50.00 USD
"""
LATER = """
2016-11-30 * "Bank" "Charge" #payment
  Expenses:BankCharges                                 1.00 USD
  Assets:Bank:Operating                               -1.00 USD
"""


def test_what_is_above_the_threshold_lacks_a_document_until_it_is_filed(book: Load) -> None:
    fund = book(BOOK).fund
    (entry,) = entries_without_document(fund)
    assert entry.txn.payee == "Hotel"
    filed = f'2016-09-08 document Expenses:Travel "bill.txt"\n  evidence-of: "{fund.digest(entry)}"\n'
    assert entries_without_document(book(BOOK, filed).fund) == {}


def test_a_statement_proves_what_names_it(book: Load, tmp_path: Path) -> None:
    (tmp_path / "statement.txt").write_bytes(b"A statement (example)")
    digest = sha256(b"A statement (example)").hexdigest()
    assert content_digest(tmp_path / "statement.txt") == digest
    named = BOOK.replace('"Rooms" #expenditure', f'"Rooms" #expenditure\n  statement-sha256: "{digest}"')
    assert [entry.txn.payee for entry in entries_without_document(book(named).fund)] == ["Hotel"]
    fund = book(named, '2016-09-01 document Assets:Bank:Operating "statement.txt"\n').fund
    assert statements(fund) == {digest}
    assert entries_without_document(fund) == {}


def test_an_account_whose_statements_have_stopped(book: Load) -> None:
    assert list(unasserted(book(BOOK).fund)) == []
    (stopped,) = unasserted(book(BOOK, LATER).fund)
    assert (stopped.balance.account, stopped.entries, stopped.age) == ("Assets:Bank:Operating", 3, 90)
