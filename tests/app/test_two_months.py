"""Two months of an officer's work, all by acts.

No file of the book is edited, and every figure at the end is worked out by hand.

June and July 2026. Indirect costs are 11 per cent of what member states give and 12 of what others do (the shipped
example rates); a euro is 1.10 USD in June and 1.12 in July (example rates).
"""

import csv
import json
import shlex
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner

from app.cli import cli
from ledger.book.loading import load

D = Decimal

WORK = """
2026-06-01  init fund
2026-06-01  officer finance-officer-2 finance-officer
2026-06-01  account Euro --number ES9121000418450200051332 --currency EUR
2026-06-01  rate EUR 1.10 --source 'UN operational rates, June 2026 (example)'

2026-06-02  donor 'Fundación Puentes' --kind private-institution --language es --address 'Calle 1; San José'
2026-06-02  clear FUNDACION-PUENTES --until 2027-05-31 --ceiling 50000 --document paper.txt
2026-06-03  receipt --donor FUNDACION-PUENTES --amount '900 USD' --bank-reference B-1 --purpose reports --agreement 'Letter of 1 June' --evidence paper.txt

2026-06-04  pledge --donor Spain --instalment '1000 EUR@2026-06-30' --instalment '1000 EUR@2026-07-15' --instalment '1000 EUR@2026-12-31' --purpose country-visits --evidence paper.txt
2026-06-08  agreement PL-2026-001 --agreement 'Exchange of letters of 8 June' --instalment '1000 EUR@2026-06-30' --instalment '1000 EUR@2026-07-15' --instalment '1000 EUR@2026-12-31' --evidence paper.txt
2026-06-15  increase PL-2026-001 --amount '500 EUR' --due 2026-12-31 --agreement 'Exchange of letters of 15 June' --evidence paper.txt
2026-06-20  receipt PL-2026-001 --amount '600 EUR' --bank Assets:Bank:Euro --bank-reference E-1 --evidence paper.txt

2026-06-21  agreement --donor Mexico --amount '5000 USD' --due 2026-06-30 --agreement 'Note verbale of 20 June' --purpose country-visits --evidence paper.txt
2026-06-25  receipt PL-2026-002 --amount '5185 USD' --charges 15 --unpledged 200 --agreement 'Note verbale of 20 June' --bank-reference B-2 --evidence paper.txt
2026-06-26  in-kind --donor Canada --value '300 USD' --use Services --valuation 'Invoice of the donor' --evidence paper.txt
2026-06-29  expenditure --object Travel --amount '1.250,50 USD' --purpose country-visits --document INV-1 --payee 'Travel agency' --evidence paper.txt --by finance-officer-2

2026-07-01  rate EUR 1.12 --source 'UN operational rates, July 2026 (example)'
2026-07-02  payment --amount '1250.50 USD' --payee 'Travel agency' --bank-reference B-3 --evidence paper.txt
2026-07-03  receipt PL-2026-001 --amount '1400 EUR' --bank Assets:Bank:Euro --bank-reference E-2 --evidence paper.txt
2026-07-06  refund --donor Mexico --amount '200 USD' --reason 'Paid too much, note verbale of 4 July' --bank-reference B-4 --evidence paper.txt
2026-07-07  receipt --donor Chile --amount '70 USD' --bank-reference B-5 --purpose reports --agreement 'Letter of 5 July' --evidence paper.txt
2026-07-08  reverse R-2026-0005 --reason 'Typed 70 for 700'
2026-07-08  receipt --donor Chile --amount '700 USD' --bank-reference B-5 --purpose reports --agreement 'Letter of 5 July' --evidence paper.txt
2026-07-10  unclaimed --amount '500 USD' --bank-reference B-6 --evidence paper.txt
2026-07-20  identify UR-2026-001 --donor Argentina --purpose reports --agreement 'Note verbale of 18 July' --evidence paper.txt
2026-07-21  transfer --amount '1000 EUR' --bank Assets:Bank:Euro --to Assets:Bank:Operating --receives '1130 USD' --bank-reference E-3 --evidence paper.txt
2026-07-31  bank-charge --amount '12 USD' --bank-reference B-7 --purpose country-visits
2026-07-31  interest --amount '3.25 USD' --bank-reference B-8
"""


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book in which all the work is recorded, each line on its day, by two officers in turn."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VFUND_BOOK", str(tmp_path / "fund"))
    monkeypatch.setenv("VFUND_OFFICER", "finance-officer-1")
    Path("paper.txt").write_text("A letter (example)", encoding="utf-8")
    for line in filter(None, WORK.splitlines()):
        day, words = line.split(maxsplit=1)
        with time_machine.travel(f"{day}T12:00:00", tick=False):
            done = CliRunner().invoke(cli, [*shlex.split(words)])
            assert done.exit_code == 0, f"{line}\n{done.output}"
    return tmp_path / "fund" / "main.beancount"


def run(line: str) -> str:
    """Run a command on the last day of the two months."""
    with time_machine.travel("2026-07-31T12:00:00", tick=False):
        done = CliRunner().invoke(cli, shlex.split(line))
    assert done.exit_code == 0, done.output
    return done.output


def test_the_book_is_right_and_says_what_was_done(book: Path) -> None:
    """What is left of Spain's 3,500 EUR after 600 and 1,400: 1,500. Mexico's 5,000 is settled, with 200 beyond."""
    loaded = load(book)
    fund = loaded.fund
    assert loaded.errors == []
    assert {finding.code for finding in loaded.findings} == {"exchange-rate/not-published"}  # by hand, and so it says
    assert fund.pledges["PL-2026-001"].outstanding("EUR") == D(1500)
    assert fund.pledges["PL-2026-002"].outstanding("USD") == 0
    assert [r.number for r in fund.receipts if r.number] == [f"R-2026-000{number}" for number in range(1, 8)]
    recorders = {str(entry.txn.meta["recorded-by"]) for entry in fund.entries}
    assert recorders == {"finance-officer-1", "finance-officer-2"}


def test_the_banks_hold_what_came_in_and_went_out(book: Path) -> None:
    """Operating: 900 + 5,185 - 1,250.50 - 200 + 700 + 500 + 1,130 - 12 + 3.25 (70 in, 70 out).

    Euro: 600 + 1,400 - 1,000.
    """
    sums: dict[tuple[str, str], Decimal] = {}
    for entry in load(book).fund.entries:
        for posting in entry.txn.postings:
            if posting.account.startswith("Assets:Bank"):
                key = (posting.account.rpartition(":")[2], posting.units.currency)
                sums[key] = sums.get(key, D(0)) + posting.units.number
    assert sums == {("Operating", "USD"): D("6955.75"), ("Euro", "EUR"): D(1000)}


YEAR = {
    "Contributions received: Member states": "6400.00",  # 5,200 of Mexico, 700 of Chile, 500 of Argentina
    "Contributions received: Permanent observers": "2228.00",  # 600 EUR at 1.10, 1,400 at 1.12
    "Contributions received: Others": "900.00",
    "Interest": "3.25",
    "Exchange differences, realised": "16.00",  # 1,000 EUR sold for 1,130; the 2,000 came in at 2,228
    "Exchange differences, unrealised": "4.56",  # 6.00 on 1,000 EUR held at 1,114; -1.44 on 240 EUR owed at 267.36
    "Expenditure": "-1250.50",
    "Indirect cost recovery": "-1057.36",  # 108, 79.20, 188.16 of the others; 550, 77, 55 of member states
    "Bank charges": "-27.00",
    "Refunds to donors": "-200.00",
    "Closing balance": "7016.95",
}
"""Statement 1, the year to the end of July."""


@pytest.mark.usefixtures("book")
def test_the_statement_of_changes_in_fund_balance() -> None:
    lines = csv.DictReader(StringIO(run("report 1 2026-Q3 --csv").removeprefix("\ufeff")))
    figures = {line["Line"]: line["Year to date"] for line in lines}
    assert {name: figure for name, figure in figures.items() if Decimal(figure)} == YEAR


@pytest.mark.usefixtures("book")
def test_the_report_of_the_second_quarter_comes_in_spanish() -> None:
    """900 + 5,200 + 660 - 1,250.50 - 108 - 79.20 - 572 - 15: what the fund has at the end of June."""
    run("export 2026-Q2 --lang es --format json --output q2.json")
    report = json.loads(Path("q2.json").read_text(encoding="utf-8"))
    assert report["kind"] == "Informe trimestral al Consejo Permanente, 2026-Q2"
    (balance,) = (table for table in report["tables"] if table["key"] == "fund_balance")
    assert (balance["total_label"], balance["totals"]["quarter"]) == ("Saldo final", "4735.30")
