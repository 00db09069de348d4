"""Statements in a book: days, references and batches that come again, and credits that are taken back."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from beancount.core.data import Balance

from ledger.book.loading import load
from tests.funds import run
from tests.statements import IBAN, Paid, camt053

D = Decimal
DAY = date(2026, 3, 20)


def file(folder: Path, name: str, sequence: int, day: str, opening: str, *lines: Paid) -> Path:
    path, on = folder / name, date.fromisoformat(day)
    path.write_bytes(camt053(IBAN, "USD", D(opening), lines, sequence=sequence, begin=on, end=on))
    return path


def paid(number: str, reference: str, day: str = "2026-03-10") -> Paid:
    return Paid(date.fromisoformat(day), D(number), "Somebody", f"Gift {reference}", reference)


def test_two_statements_of_one_day_in_two_files(fund: Path, tmp_path: Path) -> None:
    first = file(tmp_path, "b.xml", 1, "2026-03-10", "0", paid("100.00", "F1"))
    second = file(tmp_path, "a.xml", 2, "2026-03-10", "100.00", paid("50.00", "F2"))
    assert run("import", first, book=fund).exit_code == 0
    before = load(fund)
    done = run("import", second, book=fund)
    assert done.exit_code == 0, done.output
    book = load(fund)
    assert [error.code for error in book.errors if not error.open] == []
    assert [entry.amount.number for entry in book.entries if isinstance(entry, Balance)] == [150]
    text = (fund.parent / "entries" / "2026.beancount").read_text()
    assert "; superseded: 2026-03-11 balance Assets:Bank:Operating" in text
    lines = {entry.meta["lineno"] for entry in before.entries if not isinstance(entry, Balance)}
    assert lines <= {entry.meta["lineno"] for entry in book.entries}, "nothing else moved"
    again = run("import", first, second, book=fund)
    assert "Nothing new: the book has all of it." in again.output


def test_a_third_statement_of_the_day_and_a_rehearsal_of_all(fund: Path, tmp_path: Path) -> None:
    files = [
        file(tmp_path, f"{n}.xml", n, "2026-03-10", opening, paid("50.00", f"F{n}"))
        for n, opening in enumerate(("0", "50.00", "100.00"), 1)
    ]
    assert "It would import 3 files" in run("import", *files, "--dry-run", book=fund).output
    assert run("import", *files, book=fund).exit_code == 0
    assert [entry.amount.number for entry in load(fund).entries if isinstance(entry, Balance)] == [150]


def test_a_statement_of_the_day_that_opens_otherwise_is_refused(fund: Path, tmp_path: Path) -> None:
    first = file(tmp_path, "b.xml", 1, "2026-03-10", "0", paid("100.00", "F1"))
    assert run("import", first, book=fund).exit_code == 0
    other = run("import", file(tmp_path, "a.xml", 2, "2026-03-10", "90.00", paid("60.00", "F2")), book=fund)
    assert "that is 160.00, but the bank says 150.00: -10.00 is missing in the book" in other.output


def test_two_statements_of_one_day_in_one_go_are_taken_in_their_order(fund: Path, tmp_path: Path) -> None:
    first = file(tmp_path, "b.xml", 1, "2026-03-10", "0", paid("100.00", "F1"))
    text = file(tmp_path, "a.xml", 2, "2026-03-10", "100.00", paid("50.00", "F2")).read_bytes()
    inner = first.read_bytes().split(b"<Stmt>")[1].split(b"</Stmt>")[0]
    both = tmp_path / "both.xml"
    both.write_bytes(text.replace(b"</Stmt>", b"</Stmt><Stmt>" + inner + b"</Stmt>"))
    done = run("import", both, book=fund)
    assert done.exit_code == 0, done.output


def test_a_reference_that_comes_again_is_a_payment_of_its_own(fund: Path, tmp_path: Path) -> None:
    march = file(tmp_path, "m.xml", 1, "2026-03-10", "0", paid("100.00", "SO1"), paid("5.00", "TRF"))
    april = file(
        tmp_path,
        "n.xml",
        2,
        "2026-04-10",
        "105.00",
        paid("100.00", "SO1", "2026-04-10"),
        paid("6.00", "TRF", "2026-04-10"),
    )
    done = run("import", march, april, book=fund)
    assert done.exit_code == 0, done.output
    assert sum(1 for e in load(fund).fund.entries if e.txn.payee == "Somebody") == 4


BATCH = (
    "<TxDtls><Refs><AcctSvcrRef>P1</AcctSvcrRef></Refs><Amt Ccy='USD'>100</Amt></TxDtls>"
    "<TxDtls><Refs><AcctSvcrRef>P2</AcctSvcrRef></Refs><Amt Ccy='USD'>200</Amt></TxDtls>"
)


@pytest.mark.parametrize("detailed_first", [True, False])
def test_a_batch_told_with_and_without_its_payments_is_one(fund: Path, tmp_path: Path, detailed_first: bool) -> None:  # noqa: FBT001
    alone = file(tmp_path, "alone.xml", 1, "2026-03-10", "0", paid("300", "B1"))
    detailed = tmp_path / "detailed.xml"
    head, _, rest = alone.read_text(encoding="utf-8").partition("<TxDtls>")
    detailed.write_text(head + BATCH + rest.partition("</TxDtls>")[2], encoding="utf-8")
    first, second = (detailed, alone) if detailed_first else (alone, detailed)
    assert run("import", first, book=fund).exit_code == 0
    again = run("import", second, book=fund)
    assert "already known" in again.output, again.output
    assert again.exit_code == 0


def test_a_credit_taken_back_by_the_bank_in_the_file_that_brought_it_is_reversed_by_hand(
    fund: Path, tmp_path: Path
) -> None:
    gifts = [
        Paid(date(2026, 3, 9), D(n), "República Argentina", f"PL-2026-001/{k}", f"F{k}")
        for k, n in ((1, 150000), (2, 50000))
    ]
    path = file(
        tmp_path,
        "a.xml",
        1,
        "2026-03-10",
        "0",
        *gifts,
        Paid(date(2026, 3, 10), D("-150000"), "Argentina", "Recall", "F9", code="RRTN"),
    )
    done = json.loads(run("import", path, "--json", book=fund).stdout)["files"][0]["lines"]
    back = next(line for line in done if line["reference"] == "F9")
    assert back["what"] == "returned"
    assert "`vfund reverse`" in back["remark"]
    (receipt,) = [c for c in load(fund).fund.receipts if c.value == 150000]
    number = str(receipt.entry.txn.meta["receipt-number"])
    words = ("reverse", number, "--returned", "--reason", "Recalled", "--date", "2026-03-10")
    settled = run(*words, book=fund)
    assert settled.exit_code == 0, settled.output
    book = load(fund)
    assert [f.message for f in book.errors if not f.open] == []
    assert sum(c.value for c in book.fund.contributions) == 50000


def test_match_on_a_day_before_the_money_says_so(fund: Path, tmp_path: Path) -> None:
    run("import", file(tmp_path, "a.xml", 1, "2026-03-10", "0", paid("100.00", "F1")), book=fund)
    early = run("match", "UR-2026-001", "--accept", "--date", "2026-03-01", book=fund)
    assert (early.exit_code, "had not come in by 2026-03-01" in early.output) == (1, True)
    assert run("match", "--date", "2030-01-01", book=fund).exit_code == 2
