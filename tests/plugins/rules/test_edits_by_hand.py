"""What one person with a text editor can do in a small book in which everything above the threshold is approved and has its paper.

Each attempt is one change of the text, and what must be found after it. The book itself is clean.
"""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from ledger.book.loading import load
from ledger.law.approvals import approvable
from ledger.law.evidence import entries_without_document
from tests.books import DECLARATIONS, whole
from tests.conftest import ROOT

PAPER, STATEMENT, RATES = b"A letter (example)\n", b"A statement (example)\n", b"A publication (example)\n"
PAPER_SHA, STATEMENT_SHA, RATES_SHA = (sha256(content).hexdigest() for content in (PAPER, STATEMENT, RATES))

BOOK = f"""
2004-06-08 open Expenses:IndirectCostRecovery
2004-06-08 open Assets:InterFundLoans
2004-06-08 open Equity:OpeningBalances
2004-06-08 custom "purpose" "fund"
  name-en: "The fund as a whole (example)"
  basis: "example"
  general: TRUE

2016-01-01 document Assets:Bank:Operating "documents/statement.txt"
  evidence-sha256: "{STATEMENT_SHA}"
2016-09-01 document Assets:Bank:Operating "documents/rates.txt"
  evidence-sha256: "{RATES_SHA}"
2016-09-01 price EUR 1.10 USD
  publication-sha256: "{RATES_SHA}"

2016-09-05 * "Mexico" "Contribution" #receipt
  receipt-number: "R-2016-0001"
  recorded-by: "finance-officer-1"
  purpose: "fund"
  agreement: "Note"
  statement-sha256: "{STATEMENT_SHA}"
  Assets:Bank:Operating                             50000.00 USD
  Income:Contributions:MemberStates:Mexico         -50000.00 USD

2016-09-05 * "Indirect costs of R-2016-0001" #icr
  on-receipt: "R-2016-0001"
  recorded-by: "finance-officer-1"
  Expenses:IndirectCostRecovery                      5500.00 USD
  Assets:Bank:Operating                             -5500.00 USD

2016-09-06 * "Credit without a name" #unclaimed ^UR-2016-001
  recorded-by: "finance-officer-1"
  statement-sha256: "{STATEMENT_SHA}"
  Assets:Bank:Operating                               700.00 USD
  Liabilities:UnclaimedReceipts                      -700.00 USD

2016-09-07 * "Credit without a name" #unclaimed ^UR-2016-002
  recorded-by: "finance-officer-1"
  statement-sha256: "{STATEMENT_SHA}"
  Assets:Bank:Operating                               300.00 USD
  Liabilities:UnclaimedReceipts                      -300.00 USD

2016-09-08 * "Spain" "Contribution" #receipt
  receipt-number: "R-2016-0002"
  recorded-by: "finance-officer-1"
  purpose: "fund"
  agreement: "Note"
  statement-sha256: "{STATEMENT_SHA}"
  Assets:Bank:Operating                              1000.00 EUR @ 1.10 USD
  Income:Contributions:PermanentObservers:Spain     -1000.00 EUR @ 1.10 USD

2016-09-08 * "Indirect costs of R-2016-0002" #icr
  on-receipt: "R-2016-0002"
  recorded-by: "finance-officer-1"
  Expenses:IndirectCostRecovery                       120.00 EUR @ 1.10 USD
  Assets:Bank:Operating                              -120.00 EUR @ 1.10 USD

2016-10-01 balance Assets:Bank:Operating            45500.00 ~ 0 USD
  import-id: "STMT-2016-09"
2016-10-01 balance Assets:Bank:Operating              880.00 ~ 0 EUR
  import-id: "STMT-2016-09"

2016-10-03 * "Hotel Europa" "Rooms of a visit" #expenditure
  recorded-by: "finance-officer-1"
  purpose: "fund"
  Expenses:Travel                                   12000.00 USD
  Assets:Bank:Operating                            -12000.00 USD
"""


@pytest.fixture
def book(tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that writes a text as the book, with its papers and, once, the approvals and documents that the honest text needs."""  # noqa: W505 - one sentence
    papers = tmp_path / "documents"
    papers.mkdir()
    for name, content in (("letter.txt", PAPER), ("statement.txt", STATEMENT), ("rates.txt", RATES)):
        (papers / name).write_bytes(content)
    start = whole(f'include "{ROOT}/ledger/policy/*.beancount"\n', DECLARATIONS)
    main = tmp_path / "main.beancount"
    main.write_text(start + BOOK, encoding="utf-8")
    fund = load(main).fund
    signed = [f'2016-10-04 custom "approval" "{item.digest}"\n  by: "treasurer-1"\n' for item in approvable(fund)]
    filed = [
        f'{entry.txn.date} document Expenses:Travel "documents/letter.txt"\n  evidence-of: "{fund.digest(entry)}"\n  evidence-sha256: "{PAPER_SHA}"\n'
        for entry in entries_without_document(fund)
    ]
    assert (len(signed), len(filed)) == (
        2,
        1,
    )  # the gift of 50,000 and the hotel of 12,000; only the hotel is on no statement

    def written(text: str) -> Path:
        main.write_text("".join([start, text, "\n", *signed, *filed]), encoding="utf-8")
        return main

    return written


def codes(path: Path) -> set[str]:
    return {finding.code for finding in load(path).findings}


def paid(
    day: str, payee: str, number: str, kind: str = "expenditure", account: str = "Expenses:Travel", more: str = ""
) -> str:
    return (
        f'\n{day} * "{payee}" "Payment" #{kind}\n  recorded-by: "finance-officer-1"\n  purpose: "fund"\n{more}'
        f"  {account}  {number} USD\n  Assets:Bank:Operating  -{number} USD\n"
    )


OPENING = """
2016-09-05 * "Balance brought forward" #opening
  recorded-by: "finance-officer-1"
{more}  Assets:Bank:Savings                                5000.00 USD
  Equity:OpeningBalances                            -5000.00 USD
2004-06-08 open Assets:Bank:Savings
"""
LOAN = "  due: 2016-11-01\n"

ADDED = {
    "an expenditure of 9,000 below the threshold without a document": (
        paid("2016-10-03", "Supplier", "9000"),
        {"evidence/no-document"},
    ),
    "two of 9,000 on one day to one supplier": (
        paid("2016-10-03", "Supplier, S.A.", "9000") + paid("2016-10-03", "SUPPLIER SA", "9000"),
        {"evidence/no-document", "four-eyes/split"},
    ),
    "three of 900 in a week to one supplier": (
        "".join(paid(f"2016-10-0{day}", "Supplier", "900") for day in (3, 5, 7)),
        {"evidence/split"},
    ),
    "twelve of 900 in eight days to one supplier": (
        "".join(paid(f"2016-10-{day:02d}", "Supplier", "900") for day in (*range(3, 11), 4, 5, 6, 7)),
        {"evidence/split", "four-eyes/split"},
    ),
    "a loan of 9,000": (
        paid("2016-10-03", "Regular Fund", "9000", "loan", "Assets:InterFundLoans", LOAN),
        {"evidence/no-document"},
    ),
    "an opening balance of 5,000 dated at the beginning and recorded years later": (
        OPENING.format(more="  recorded: 2019-03-05\n"),
        {"evidence/no-document", "four-eyes/late-opening"},
    ),
    "an opening balance of 5,000 that does not say when it was recorded": (
        OPENING.format(more=""),
        {"evidence/no-document"},
    ),
    "a price of 5 USD for the euro on a past day, beside the published one": (
        "2016-09-20 price EUR 5 USD\n",
        {"exchange-rate/beside-published"},
    ),
    "a price of 5 USD for the euro in a month without a publication": (
        "2016-10-02 price EUR 5 USD\n",
        {"exchange-rate/not-published"},
    ),
    "an approval by the one who recorded the entry": (
        paid("2016-10-03", "Supplier", "20000", more='  reason: "Own"\n'),
        {"four-eyes/pending", "evidence/no-document"},
    ),
    "two months without a statement": (
        paid("2016-12-15", "Bank", "10", "payment", "Expenses:BankCharges"),
        {"evidence/unasserted", "unclaimed-age/too-old"},
    ),
}


def cut(text: str, *begins: str) -> str:
    """Take entries out, each with its lines."""
    parts = text.split("\n\n")
    left = [part for part in parts if not any(part.startswith(begin) for begin in begins)]
    assert len(parts) - len(left) == len(begins)
    return "\n\n".join(left)


def test_the_honest_book_is_clean(book: Callable[[str], Path]) -> None:
    assert [f.message for f in load(book(BOOK)).findings] == []


@pytest.mark.parametrize("attempt", ADDED)
def test_what_an_insider_adds_is_found(book: Callable[[str], Path], attempt: str) -> None:
    text, found = ADDED[attempt]
    assert codes(book(BOOK + text)) == found


def test_an_unclaimed_receipt_is_taken_out(book: Callable[[str], Path]) -> None:
    """Of the middle one the number is missing and the balance of the statement is off by it.

    Of the last one only the balance tells.
    """
    assert codes(book(cut(BOOK, '2016-09-06 * "Credit'))) == {"receipt-number/unclaimed-gap", "beancount/BalanceError"}
    assert codes(book(cut(BOOK, '2016-09-07 * "Credit'))) == {"beancount/BalanceError"}


def test_the_last_receipt_is_taken_out_with_its_charge(book: Callable[[str], Path]) -> None:
    assert codes(book(cut(BOOK, '2016-09-08 * "Spain"', '2016-09-08 * "Indirect'))) == {"beancount/BalanceError"}


def test_the_assertion_is_taken_out_with_it(book: Callable[[str], Path]) -> None:
    """Without any assertion after August nothing says so, until the account that statements asserted goes on for two months."""
    earlier = '\n2016-09-01 balance Assets:Bank:Operating  0.00 ~ 0 USD\n  import-id: "STMT-2016-08"\n'
    gone = cut(BOOK, '2016-09-07 * "Credit', "2016-10-01 balance")
    later = paid("2016-11-30", "Bank", "10", "payment", "Expenses:BankCharges")
    assert "evidence/unasserted" in codes(book(gone + earlier + later))


def test_a_line_is_changed_after_its_approval(book: Callable[[str], Path]) -> None:
    found = codes(book(BOOK.replace('"Hotel Europa" "Rooms', '"Hotel Asia" "Rooms')))
    assert found == {"four-eyes/void", "four-eyes/pending", "evidence/of-nothing", "evidence/no-document"}


def test_what_was_taken_back_is_no_part_of_a_split(book: Callable[[str], Path]) -> None:
    """9,000 entered twice by mistake and taken back once is 9,000."""
    back = paid("2016-10-04", "Supplier", "-9000", "expenditure #correction", more='  corrects: "the second"\n')
    found = codes(book(BOOK + paid("2016-10-03", "Supplier", "9000") * 2 + back))
    assert "four-eyes/split" not in found


NEED_KEYS = (
    "appoint a treasurer, then approve as that one: a signature of an officer in office",
    "forge an approval in the treasurer's name: the treasurer's key",
    "turn four-eyes or evidence off from a date with a reason, raise a threshold, set a rate to nothing: changes of the law need another officer's signature",
    "a waiver or a clearance in another's name: the same",
    "swap a document and its digest in both places: the document's digest signed with the entry, a seal, or the history",
)
"""What only keys of the officers will show: statement 14b lists every change of the law until then, and the history of
the book who made it."""
