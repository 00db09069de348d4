"""Interest and charges that a bank does not call so: what the import says of them, and how they are named afterwards.

Figures worked out by hand.
"""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ledger.book.loading import load
from ledger.language.kinds import Kind
from tests.funds import balances, run
from tests.statements import Paid, statement

D = Decimal
LINES = [
    Paid(date(2026, 6, 29), D("12.35"), "", "Intereses a su favor", "FT-20"),
    Paid(date(2026, 6, 30), D("-10.00"), "", "Comisión de mantenimiento", "FT-21"),
    Paid(date(2026, 6, 30), D("-0.35"), "Hotel (example)", "Invoice 9", "FT-22"),
]


@pytest.fixture
def main(fund: Path, tmp_path: Path) -> Path:
    """Import the statement; what it says of its lines names the way out."""
    done = run("import", statement(tmp_path, lines=LINES), "-y", book=fund)
    assert done.exit_code == 0, done.output
    said = " ".join(done.output.split())
    assert "12.35: looks like interest: `vfund interest UR-2026-001`" in said
    assert "-10.00: looks like a bank charge: `vfund bank-charge FT-21`" in said
    assert "-0.35: looks like" not in said
    return fund


def test_what_looks_like_interest_is_listed_as_that(main: Path) -> None:
    done = run("match", "--list", "--date", "2026-07-02", book=main)
    assert "UR-2026-001 of 12.35 USD looks like interest: `vfund interest UR-2026-001`" in done.output
    done = run("match", "--json", "--date", "2026-07-02", book=main)
    (proposal,) = json.loads(done.output)["proposals"]
    assert (proposal["link"], proposal["looks-like"]) == ("UR-2026-001", "interest")
    done = run("match", "UR-2026-001", "--accept", "--date", "2026-07-02", book=main)
    assert (done.exit_code, "looks like interest" in done.output) == (1, True)


def test_a_credit_is_named_interest_and_a_payment_a_charge(main: Path, tmp_path: Path) -> None:
    assert balances(main) == {
        "Assets:Bank:Operating": D("2.00"),  # 12.35 - 10.00 - 0.35
        "Liabilities:UnclaimedReceipts": D("-12.35"),
        "Liabilities:AccountsPayable": D("10.35"),
    }
    done = run("interest", "UR-2026-001", "--date", "2026-07-02", "-y", book=main)
    assert done.exit_code == 0, done.output
    done = run("bank-charge", "FT-21", "--date", "2026-07-02", "-y", book=main)
    assert done.exit_code == 0, done.output
    assert balances(main) == {
        "Assets:Bank:Operating": D("2.00"),
        "Income:Interest": D("-12.35"),
        "Expenses:BankCharges": D("10.00"),
        "Liabilities:AccountsPayable": D("0.35"),
    }
    book = load(main)
    assert [f.code for f in book.errors if not f.open] == []
    (interest,) = book.fund.by_kind[Kind.INTEREST]
    assert (interest.txn.date, interest.txn.narration) == (date(2026, 7, 2), "Intereses a su favor")
    assert (interest.txn.meta["bank-reference"], interest.txn.meta["value-date"]) == ("FT-20", date(2026, 6, 29))
    assert [item.outstanding() for item in book.fund.unclaimed.values()] == [0]
    done = run("import", tmp_path / "june.xml", "-y", book=main)
    assert "3 already known" in done.output
    assert len(load(main).entries) == len(book.entries)


def test_a_purpose_bears_a_charge_that_is_named_afterwards(main: Path) -> None:
    done = run("bank-charge", "FT-21", "--purpose", "nobody", "--date", "2026-07-02", "-y", book=main)
    assert (done.exit_code, "the purpose 'nobody' is not declared" in done.output) == (1, True)
    done = run("bank-charge", "FT-21", "--purpose", "reports", "--date", "2026-07-02", "--dry-run", book=main)
    assert "purpose: reports" in done.output


def test_what_is_in_the_book_as_something_else_is_refused_where_it_is_no_longer_whole(main: Path) -> None:
    for words, why in (
        (("interest", "UR-2026-001", "--amount", "1 USD"), "ENTRY and --amount exclude each other"),
        (("interest", "UR-2026-009"), "nothing is left to identify of 'UR-2026-009'"),
        (("bank-charge", "FT-20"), "no entry is meant by 'FT-20'"),  # a credit
    ):
        done = run(*words, "--date", "2026-07-02", "-y", book=main)
        assert (done.exit_code in {1, 2}, why in done.output) == (True, True), done.output
    part = ("--donor", "Mexico", "--amount", "2 USD", "--purpose", "reports", "--agreement", "letter")
    done = run("identify", "UR-2026-001", *part, "--date", "2026-07-01", "-y", book=main)
    assert done.exit_code == 0, done.output
    done = run("interest", "UR-2026-001", "--date", "2026-07-02", "-y", book=main)
    assert (done.exit_code, "of UR-2026-001 only 10.35 USD is left" in done.output) == (1, True)
