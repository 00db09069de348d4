"""A credit that the bank takes back.

What it settled is outstanding again, its charge is owed no more, the donor's letter says so.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ledger.book.loading import load
from ledger.ground.periods import Quarter
from reports.letters.account import account_of
from reports.scope import Scope
from tests.funds import balances, run
from tests.statements import IBAN, Paid, camt053

D = Decimal
CREDIT = Paid(
    date(2026, 6, 28),
    D("150000.00"),
    "República Argentina",
    "Contribución PL-2026-001/1",
    "FT-1",
    "DE89370400440532013000",
)
RETURN = Paid(date(2026, 7, 2), D("-150000.00"), "República Argentina", "PL-2026-001/1 RECALLED", "FT-1R", code="RRTN")


def bring(fund: Path, lines: list[Paid], opening: str, sequence: int) -> str:
    """Import a statement; give what was said, on one line."""
    month = 5 + sequence
    days = {"sequence": sequence, "begin": date(2026, month, 1), "end": date(2026, month, 30)}
    path = fund.parent.parent / f"{sequence}.xml"
    path.write_bytes(camt053(IBAN, "USD", D(opening), lines, **days))  # type: ignore[arg-type]
    done = run("import", path, "-y", book=fund)
    assert done.exit_code == 0, done.output
    return " ".join(done.output.split())


def test_an_import_takes_back_what_the_debit_names(fund: Path) -> None:
    assert "1 linked" in bring(fund, [CREDIT], "0.00", 1)
    assert load(fund).fund.pledges["PL-2026-001"].outstanding("USD") == 50_000
    told = bring(fund, [RETURN], "150000.00", 2)
    assert "R-2026-0001 is taken back: what it settled is outstanding again" in told
    book = load(fund)
    assert [f.code for f in book.errors if not f.open] == []
    assert book.fund.pledges["PL-2026-001"].outstanding("USD") == 200_000
    assert balances(fund) == {}  # nothing at the bank, nothing received, no charge, nothing owed
    assert "already known" in bring(fund, [RETURN], "150000.00", 2)


def test_what_it_does_not_name_is_one_command_away(fund: Path) -> None:
    bring(fund, [CREDIT], "0.00", 1)
    told = bring(fund, [Paid(date(2026, 7, 2), D("-150000.00"), "", "Recall", "X-1", code="RRTN")], "150000.00", 2)
    assert "the bank took a credit back: `vfund reverse R-2026-0001` makes what it settled outstanding again" in told
    done = run("reverse", "R-2026-0001", "-y", "--date", "2026-07-03", book=fund)
    assert done.exit_code == 0, done.output
    assert "Liabilities:AccountsPayable: 150,000.00 USD is owed" in done.output
    book = load(fund)
    assert [f.code for f in book.errors if not f.open] == []
    assert book.fund.pledges["PL-2026-001"].outstanding("USD") == 200_000
    assert balances(fund) == {}


def test_without_an_import_the_bank_account_pays(fund: Path) -> None:
    bring(fund, [CREDIT], "0.00", 1)
    done = run(
        "reverse", "R-2026-0001", "-y", "--returned", "--bank-reference", "FT-1R", "--date", "2026-07-03", book=fund
    )
    assert done.exit_code == 0, done.output
    assert balances(fund) == {}


@pytest.mark.parametrize("identified", [False, True])
def test_an_unclaimed_receipt_is_taken_back_too_and_what_identified_it(fund: Path, identified: bool) -> None:  # noqa: FBT001
    gift = Paid(date(2026, 6, 30), D("77.00"), "Somebody", "A gift", "FT-4")
    assert "1 unclaimed" in bring(fund, [gift], "0.00", 1)
    if identified:
        words = ("--donor", "Chile", "--purpose", "rapporteurship", "--agreement", "Letter", "--date", "2026-07-01")
        assert run("identify", "UR-2026-001", *words, "-y", book=fund).exit_code == 0
    told = bring(
        fund, [Paid(date(2026, 7, 2), D("-77.00"), "Somebody", "Recall FT-4", "FT-4R", code="RRTN")], "77.00", 2
    )
    assert "UR-2026-001 is taken back" in told
    book = load(fund)
    assert [f.code for f in book.errors if not f.open] == []
    assert balances(fund) == {}


def test_money_that_is_spent_cannot_be_taken_back_without_a_person(fund: Path) -> None:
    """The receipt is gone and its money with it: the debit is a payment, and the reason is told."""
    bring(fund, [CREDIT], "0.00", 1)
    with (fund.parent / "entries" / "2026.beancount").open("a", encoding="utf-8") as file:
        file.write(
            '\n2026-06-29 * "Visit" #expenditure\n  purpose: "rapporteurship"\n  recorded-by: "finance-officer-1"\n'
            "  Expenses:Travel                  1000.00 USD\n  Liabilities:AccountsPayable     -1000.00 USD\n"
        )
    told = bring(fund, [RETURN], "150000.00", 2)
    assert "1,000.00 USD more is spent than the fund has received" in told
    assert "`vfund reverse R-2026-0001`" in told


def test_the_donors_letter_says_that_the_bank_returned_it(fund: Path) -> None:
    bring(fund, [CREDIT], "0.00", 1)
    bring(fund, [RETURN], "150000.00", 2)
    book = load(fund).fund
    account = account_of(book, book.registry.donors["ARG"], Scope.of(Quarter(2026, 3)))
    assert [(str(line.number), line.value) for line in account.receipts] == [
        ("R-2026-0001", 150_000),
        ("returned by the bank: R-2026-0001", -150_000),
    ]
    assert (account.received, account.outstanding("committed")) == (0, 200_000)
