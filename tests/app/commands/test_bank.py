"""`vfund bank`: a bank's table is learnt at the door, and the next file of the bank needs nothing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import cli
from importers.ground import configuration
from ledger.book.loading import load
from tests.terminal import on_a_terminal

FIRST = """IBAN;Booked At;Text;Credit/Debit Amount;Balance
CH0000000000000000003;2026-03-26 00:00:00.0;Transfer;-971.32;1057.36
;;Example supplier, invoice 12;;
CH0000000000000000003;2026-03-28 00:00:00.0;Credit;1000;2057.36
"""
NEXT = """IBAN;Booked At;Text;Credit/Debit Amount;Balance
CH0000000000000000003;2026-04-02 00:00:00.0;Credit;42.64;2100.00
"""


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.fixture
def main(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    assert run("init", tmp_path / "fund", "--no-git").exit_code == 0
    path = tmp_path / "fund" / "main.beancount"
    monkeypatch.setenv("VFUND_BOOK", str(path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "first.csv").write_text(FIRST, encoding="utf-8")
    (tmp_path / "next.csv").write_text(NEXT, encoding="utf-8")
    assert run("account", "Francs", "--currency", "CHF", "--date", "2026-01-01", "-y").exit_code == 0
    for day in ("2026-01-01", "2026-03-01", "2026-04-01"):
        assert run("rate", "CHF", "1.10", "--source", "x", "--date", day, "-y").exit_code == 0
    return path


def test_what_is_learnt_once_serves_this_file_and_the_next(main: Path) -> None:
    learnt = run("bank", "first.csv", "--account", "Francs", "-y")
    assert learnt.exit_code == 0, learnt.output
    assert "2 lines: 2,028.68 + 28.68 = 2,057.36 CHF, as the bank says." in learnt.output
    assert [item.number for item in load(main).fund.directives.bank_accounts] == ["CH0000000000000000003"]
    for file in ("first.csv", "next.csv"):
        done = run("import", file, "--opening", "-y") if file == "first.csv" else run("import", file, "-y")
        assert done.exit_code == 0, done.output
    book = load(main)
    assert [finding.code for finding in book.errors if not finding.open] == []
    held = sum(p.units.number for e in book.fund.entries for _, p, _ in e.money if p.account == "Assets:Bank:Francs")
    assert held == 2100
    assert "it is read as it is (bank table)" in run("bank", "next.csv").output


def test_a_rehearsal_shows_it_and_writes_nothing(main: Path) -> None:
    before = (main.parent / "import.toml").read_bytes()
    shown = run("bank", "first.csv", "--account", "Francs", "--dry-run", "--text")
    assert 'undated = "text"' in shown.output
    facts = json.loads(run("bank", "first.csv", "--account", "Francs", "--dry-run", "--json").output)
    assert (facts["learnt"], facts["written"], facts["account"]) == (True, False, "Assets:Bank:Francs")
    assert facts["statements"][0]["net"] == "28.68"
    assert (main.parent / "import.toml").read_bytes() == before


def test_what_is_not_certain_is_asked_on_a_terminal(main: Path) -> None:
    output = on_a_terminal(main, ["bank", "first.csv"], ["CHF", "Assets:Bank:Francs", "y"])
    assert "In which currency is the account" in output
    (table,) = configuration.read(main).table
    assert (table.currency, table.account) == ("CHF", "IBAN")


def test_without_a_terminal_it_is_refused_by_the_name_of_the_option(main: Path) -> None:
    assert "say --currency, such as --currency CHF" in run("bank", "first.csv").output.replace("Say", "say")
    assert "--account: say which account of the book it is" in run("bank", "first.csv", "--currency", "CHF").output
    assert not configuration.read(main).table


def test_a_file_without_balances_is_proven_by_the_one_that_the_officer_gives(main: Path, tmp_path: Path) -> None:
    assert (
        run("opening", "--bank", "Assets:Bank:Francs", "--amount", "100 CHF", "--date", "2026-02-28", "-y").exit_code
        == 0
    )
    text = "Konto:;0000 8003 0000 0001\nDatum;Text;Gutschrift in CHF;Belastung in CHF\n04.03.2026;Spesen;;5.00\n02.03.2026;Mission;1'500.00;\n"
    (tmp_path / "part.csv").write_text(text, encoding="utf-8")
    assert "and no balance" in run("bank", "part.csv", "--account", "Francs", "-y").output
    wrong = run("import", "part.csv", "--closing", "1600 CHF", "-y")
    assert "the bank says 1,600.00: 5.00 is missing in the book" in wrong.output
    done = run("import", "part.csv", "--closing", "1595 CHF", "-y")
    assert done.exit_code == 0, done.output
    assert "balance Assets:Bank:Francs" in "".join(p.read_text() for p in (main.parent / "entries").iterdir())


@pytest.mark.usefixtures("main")
def test_qif_is_refused_with_what_to_ask_for(tmp_path: Path) -> None:
    (tmp_path / "x.qif").write_text("!Type:Bank\nD01/02/2026\nT5.00\n^\n", encoding="utf-8")
    assert "ask the bank for camt.053" in run("import", "x.qif", "-y").output.replace("Ask", "ask")
    assert "`vfund bank first.csv` learns it" in run("import", "first.csv", "-y").output
