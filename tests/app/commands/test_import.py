"""`vfund import`, `match` and `template` as an officer uses them."""

import json
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click import testing

from ledger.book.loading import load
from tests.funds import run
from tests.statements import IBAN, JUNE, PAYMENTS, Paid, camt053, statement

D = Decimal


def test_a_statement_is_imported_with_its_file_its_balance_and_its_reasons(fund: Path, tmp_path: Path) -> None:
    path = statement(tmp_path)
    before = {p: p.read_bytes() for p in fund.parent.rglob("*") if p.is_file() and ".git" not in p.parts}
    dry = run("import", "--dry-run", path, book=fund)
    assert dry.exit_code == 0, dry.output
    assert '+2026-06-28 * "Argentina" "Contribución PL-2026-001/1" #receipt ^PL-2026-001' in dry.output
    assert {p: p.read_bytes() for p in before} == before

    done = run("import", path, "--json", book=fund)
    (file,) = json.loads(done.stdout)["files"]
    assert file["counts"] == {
        "linked": 1,
        "proposed": 1,
        "unclaimed": 1,
        "payment": 1,
        "bank charges": 1,
        "interest": 1,
    }
    by_reference = {line["reference"]: line for line in file["lines"]}
    assert by_reference["FT-1"]["settles"] == ["PL-2026-001/1"]
    assert "the text names PL-2026-001/1" in by_reference["FT-1"]["reasons"]
    assert "bank charges?" in " ".join(by_reference["FT-2"]["reasons"])

    book = load(fund)
    assert [f.message for f in book.errors if not f.open] == []
    assert {f.code for f in book.errors} == {"four-eyes/pending", "evidence/no-document"}
    lacking = [f.entry.narration for f in book.errors if f.code == "evidence/no-document" and f.entry]
    assert lacking == ["Commitment accepted"], "the statement proves the receipt"
    (kept,) = fund.parent.glob("documents/2026/*june.xml")
    assert kept.read_bytes() == path.read_bytes()
    assert "import june.xml: 1 linked" in (fund.parent / ".git" / "COMMIT_EDITMSG").read_text(encoding="utf-8")

    again = run("import", path, statement(tmp_path, "june.sta"), book=fund)
    assert again.exit_code == 0
    assert "12 already known" in again.output
    kept.write_bytes(b"altered")
    assert "evidence/altered" in {f.code for f in load(fund).errors}


def test_a_file_that_cannot_be_imported_does_not_stop_the_others(fund: Path, tmp_path: Path) -> None:
    bad = statement(tmp_path, "bad.xml")
    bad.write_bytes(bad.read_bytes().replace(b"250", b"999", 1).replace(b'<Amt Ccy="USD">0.00', b'<Amt Ccy="USD">7.00'))
    done = run("import", bad, statement(tmp_path), tmp_path / "none.xml", book=fund)
    assert done.exit_code == 1
    assert "Imported 1 file, refused 2." in done.output
    assert "is unexplained" in done.output
    assert "there is no file" in done.output


def test_the_first_statement_of_an_account_brings_its_opening_balance_when_told(fund: Path, tmp_path: Path) -> None:
    path = statement(tmp_path, opening="1000.00")
    refused = run("import", path, book=fund)
    assert refused.exit_code == 1
    assert "1,000.00 is missing in the book" in refused.output
    assert "--opening" in refused.output
    assert run("import", "--opening", path, book=fund).exit_code == 0
    assert [f.code for f in load(fund).errors if not f.open] == []


def test_a_statement_that_is_left_out_is_missed(fund: Path, tmp_path: Path) -> None:
    assert run("import", statement(tmp_path), book=fund).exit_code == 0
    lines = [Paid(date(2026, 8, 3), D("5.00"), "Somebody", "More", "FT-9")]
    august = {"sequence": 8, "begin": date(2026, 8, 1), "end": date(2026, 8, 31)}
    path = tmp_path / "august.xml"
    path.write_bytes(camt053(IBAN, "USD", sum((p.number for p in PAYMENTS), D(0)), lines, **august))  # type: ignore[arg-type]
    gap = run("import", path, book=fund)
    assert "it is statement 8, and the last one in the book is 6 of 2026-06-30: 7 is missing" in gap.output
    path.write_bytes(camt053(IBAN, "USD", D("9.00"), lines, **{**august, "sequence": 7}))  # type: ignore[arg-type]
    money = run("import", path, book=fund)
    assert "Before 2026-08-03 the book has 199,759.00 and the statement opens with 9.00" in money.output


def test_a_known_reference_with_another_amount_is_an_error(fund: Path, tmp_path: Path) -> None:
    assert run("import", statement(tmp_path), book=fund).exit_code == 0
    lines = [Paid(date(2026, 7, 3), D("151000.00"), "República Argentina", "PL-2026-001/1", "FT-1")]
    path = tmp_path / "july.xml"
    july = {"sequence": 7, "begin": date(2026, 7, 1), "end": date(2026, 7, 31)}
    path.write_bytes(camt053(IBAN, "USD", D("199759.00"), lines, **july))  # type: ignore[arg-type]
    done = run("import", path, book=fund)
    assert done.exit_code == 1
    told = " ".join(done.output.split())
    assert (
        "the reference 'FT-1' is in the book as: 2026-06-28, 150,000.00, Argentina, Contribución PL-2026-001/1 (2026.beancount:"
        in told
    )
    assert "the file has instead: 2026-07-03, 151,000.00, República Argentina, PL-2026-001/1 (line" in told


def test_what_was_recorded_by_hand_with_the_banks_reference_is_known(fund: Path, tmp_path: Path) -> None:
    by_hand = run(
        "receipt",
        "PL-2026-001/1",
        "--amount",
        "150000 USD",
        "--bank-reference",
        "ft-1",
        "--date",
        "2026-06-28",
        book=fund,
    )
    assert by_hand.exit_code == 0, by_hand.output
    done = run("import", statement(tmp_path), "--json", book=fund)
    assert json.loads(done.stdout)["files"][0]["counts"]["already known"] == 1


def test_two_identical_payments_of_a_day_both_stay(fund: Path, tmp_path: Path) -> None:
    twins = [Paid(date(2026, 6, 3), D("25.00"), "Somebody", "A gift")] * 2
    assert run("import", statement(tmp_path, lines=twins), book=fund).exit_code == 0
    assert sum(1 for e in load(fund).fund.entries if e.txn.payee == "Somebody") == 2
    assert "2 already known" in run("import", statement(tmp_path, "again.xml", lines=twins), book=fund).output


def test_a_receipt_that_the_law_does_not_allow_waits_with_the_reason(fund: Path, tmp_path: Path) -> None:
    with (fund.parent / "policy" / "own.beancount").open("w", encoding="utf-8") as file:
        file.write(
            '2026-01-01 custom "rule" "contribution-form" "member-state"\n  forms: "in-kind"\n  citation: "example"\n'
        )
    (line,) = [
        line
        for line in json.loads(run("import", statement(tmp_path), "--json", book=fund).stdout)["files"][0]["lines"]
        if line["reference"] == "FT-1"
    ]
    assert line["what"] == "unclaimed"
    assert "in-kind" in line["remark"]


def test_charges_that_no_money_may_bear_wait_as_a_payment(fund: Path, tmp_path: Path) -> None:
    lines = [Paid(date(2026, 6, 1), D("77.00"), "Somebody", "A gift", "FT-4"), PAYMENTS[2]]
    done = run("import", statement(tmp_path, lines=lines), "--json", book=fund)
    charges = json.loads(done.stdout)["files"][0]["lines"][-1]
    assert (charges["what"], done.exit_code) == ("payment", 0)
    assert "spent" in charges["remark"]
    assert "--charges-for PURPOSE" in charges["remark"]


def test_a_purpose_bears_the_charges_when_told(fund: Path, tmp_path: Path) -> None:
    done = run("import", statement(tmp_path), "--charges-for", "rapporteurship", book=fund)
    assert done.exit_code == 0, done.output
    (charges,) = [e.txn for e in load(fund).fund.entries if e.txn.narration == "Fees"]
    assert (charges.meta["purpose"], charges.postings[0].account) == ("rapporteurship", "Expenses:BankCharges")
    assert run("import", statement(tmp_path), "--charges-for", "rockets", book=fund).exit_code == 1


def test_control_totals_are_held_to(fund: Path, tmp_path: Path) -> None:
    path = statement(tmp_path)
    wrong = run("import", path, "--expect-count", "7", "--expect-total", "200000 USD", book=fund)
    assert wrong.exit_code == 1
    assert "7 lines were expected, the file has 6" in wrong.output
    assert "a total of 200,000.00 USD was expected, the file has 199,759.00 USD" in wrong.output
    right = run("import", path, "--expect-count", "6", "--expect-total", "199759 USD", book=fund)
    assert right.exit_code == 0, right.output


def test_an_account_that_nobody_declared_is_refused_and_names_the_command_that_does(fund: Path, tmp_path: Path) -> None:
    (fund.parent / "import.toml").write_text("", encoding="utf-8")
    done = run("import", statement(tmp_path), book=fund)
    assert done.exit_code == 1
    assert f"`vfund account NAME --number {IBAN}`" in done.output
    here = ("--bank", "Assets:Bank:Operating")
    assert run("import", statement(tmp_path), *here, "--dry-run", book=fund).exit_code == 0
    assert run("account", "Operating", "--number", IBAN, book=fund).exit_code == 0
    needless = run("import", statement(tmp_path), *here, book=fund)
    assert needless.exit_code == 2
    assert "contradicts the number of these statements, which is that of Assets:Bank:Operating" in needless.output
    done = run("import", statement(tmp_path), book=fund)
    assert done.exit_code == 0, done.output
    (entry,) = (e for e in load(fund).fund.entries if e.txn.meta.get("bank-reference") == "FT-1")
    assert "Assets:Bank:Operating" in {posting.account for posting in entry.txn.postings}


def test_a_bank_that_leaves_numbers_out_says_so_in_the_book(fund: Path, tmp_path: Path) -> None:
    """Statement 9 follows 6: two are missing, unless the bank leaves numbers out."""
    july = {"sequence": 9, "begin": date(2026, 7, 1), "end": date(2026, 7, 31)}
    assert run("import", statement(tmp_path), book=fund).exit_code == 0
    path = tmp_path / "july.xml"
    path.write_bytes(camt053(IBAN, "USD", D("199759.00"), [], **july))  # type: ignore[arg-type]
    refused = run("import", path, book=fund)
    way = f"account Assets:Bank:Operating --number {IBAN} --unnumbered"
    assert f"`vfund {way}`" in refused.output
    assert run(*way.split(), book=fund).exit_code == 0
    done = run("import", path, book=fund)
    assert done.exit_code == 0, done.output


def test_a_statement_in_another_currency_wants_the_rates_of_its_month(fund: Path, tmp_path: Path) -> None:
    lines = [Paid(date(2026, 6, 5), D("100.00"), "Somebody", "A gift", "FT-9")]
    path = tmp_path / "euro.xml"
    path.write_bytes(camt053(IBAN, "EUR", D(0), lines, **JUNE))  # type: ignore[arg-type]
    refused = run("import", path, book=fund)
    assert "no UN operational rate of EUR in force from 2026-06-01" in refused.output
    assert "Import the publication of June 2026 first" in refused.output
    rates = tmp_path / "rates.xls"
    rates.write_bytes(b"Rates (example)\r\n\r\nEuro area\tEuro\tEUR\t01 Jun 2026\t0.9\r\n\r\nNote\r\n")
    done = run("import", path, rates, book=fund)
    assert done.exit_code == 0, done.output
    assert load(fund).fund.rates.rate("EUR", date(2026, 6, 5)) == D("1.111111111")


def test_a_program_is_told_the_notes_that_a_person_reads(fund: Path, tmp_path: Path) -> None:
    rates = tmp_path / "rates.xls"
    rates.write_bytes(
        b"Rates (example)\r\n\r\nEuro area\tEuro\tEUR\t01 Jun 2026\t0.9\r\nJapan\tYen\tJPY\t01 Jun 2026\t125\r\n\r\nNote\r\n"
    )
    done = run("import", rates, "--currency", "EUR", "--dry-run", "--json", book=fund)
    (file,) = json.loads(done.output)["files"]
    (note,) = file["notes"]
    assert note.startswith("1 other currencies of the publication are not used in the book")


def test_a_zip_of_statements_is_imported_and_kept_as_it_came(fund: Path, tmp_path: Path) -> None:
    path = tmp_path / "june.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.xml", statement(tmp_path).read_bytes())
    assert run("import", path, book=fund).exit_code == 0
    assert list(fund.parent.glob("documents/2026/*june.zip"))


def test_a_transfer_between_two_accounts_passes_through_transit(fund: Path, tmp_path: Path) -> None:
    other = "DE14740618130000033626"
    with (fund.parent / "import.toml").open("a", encoding="utf-8") as file:
        file.write(f'[[account]]\nnumber = "{other}"\naccount = "Assets:Bank:Savings"\n')
    with (fund.parent / "accounts.beancount").open("a", encoding="utf-8") as file:
        file.write("2004-06-08 open Assets:Bank:Savings\n")
    into = tmp_path / "savings.xml"
    line = Paid(date(2026, 6, 29), D("40.00"), "The fund", "Transfer", "FT-21", IBAN)
    into.write_bytes(camt053(other, "USD", D(0), [line], **JUNE))  # type: ignore[arg-type]
    out = Paid(date(2026, 6, 30), D("-40.00"), "The fund", "Transfer", "FT-20", other)
    done = run("import", into, statement(tmp_path, lines=[PAYMENTS[0], out]), book=fund)
    assert done.exit_code == 0, done.output
    held: dict[str, Decimal] = {}
    for entry in load(fund).fund.entries:
        for part, posting, _ in entry.money:
            held[part.name] = held.get(part.name, D(0)) + posting.units.number
    assert (held["Assets:Bank:Savings"], held["Assets:Bank:InTransit"], held["Assets:Bank:Operating"]) == (
        40,
        0,
        149960,
    )


def test_a_proposal_is_accepted_and_the_payer_remembered_only_when_a_person_says_so(
    fund: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("import", statement(tmp_path), book=fund).exit_code == 0
    (proposal, nothing) = json.loads(run("match", "--json", book=fund).stdout)["proposals"]
    assert (proposal["donor"], proposal["settles"][0]["instalment"], nothing["donor"]) == ("ARG", "PL-2026-001/2", "")
    assert "no proposal" not in run("match", "--list", book=fund).output
    assert run("match", nothing["link"], "--accept", book=fund).exit_code == 1
    dry = run("match", proposal["link"], "--accept", "--dry-run", "--date", "2026-07-02", book=fund)
    assert "nothing was written" in dry.output

    monkeypatch.setattr(testing._NamedTextIOWrapper, "isatty", lambda _self: True, raising=False)  # noqa: SLF001 - click gives no terminal
    walked = run("match", "--date", "2026-07-02", book=fund, input="a\ny\ny\n")
    assert walked.exit_code == 0, walked.output
    assert "1 settled, 1 still unclaimed" in walked.output
    book = load(fund)
    assert book.fund.pledges["PL-2026-001"].outstanding("USD") == 0
    (payer,) = book.fund.directives.payers
    assert (payer.donor, payer.account) == ("ARG", "DE02120300000000202051")
    receipt = next(r for r in book.fund.receipts if r.entry.txn.date == date(2026, 7, 2))
    assert (receipt.value, receipt.charges) == (50000, 10)
    assert [f.code for f in book.errors if not f.open] == []
    assert "nothing" not in json.loads(run("match", "--json", book=fund).stdout)["proposals"][0]["donor"]


def test_what_is_skipped_stays_and_stopping_keeps_what_was_done(
    fund: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("import", statement(tmp_path), book=fund).exit_code == 0
    monkeypatch.setattr(testing._NamedTextIOWrapper, "isatty", lambda _self: True, raising=False)  # noqa: SLF001 - click gives no terminal
    assert "0 settled, 2 still unclaimed" in run("match", book=fund, input="s\n").output
    assert "0 settled, 2 still unclaimed" in run("match", book=fund, input="q\n").output
    without = run("match", book=fund, input="a\nn\ny\n")
    assert "1 settled" in without.output
    assert load(fund).fund.directives.payers == []


def test_a_pledge_that_is_only_announced_is_not_settled_by_a_match(fund: Path, tmp_path: Path) -> None:
    pledge = run(
        "pledge", "--donor", "Chile", "--amount", "900 USD", "--purpose", "reports", "--date", "2026-05-01", book=fund
    )
    assert pledge.exit_code == 0, pledge.output
    lines = [Paid(date(2026, 6, 3), D("900.00"), "Chile", "PL-2026-002", "FT-1")]
    assert run("import", statement(tmp_path, lines=lines), book=fund).exit_code == 0
    refused = run("match", "UR-2026-001", "--accept", book=fund)
    assert refused.exit_code == 1
    assert "PL-2026-002 is only announced: record its agreement first (`vfund agreement PL-2026-002`)" in refused.output


def test_a_template_is_written_once_unless_forced(fund: Path, tmp_path: Path) -> None:
    path = tmp_path / "pledges.xlsx"
    assert run("template", "pledges", "--output", path, book=fund).exit_code == 0
    assert run("template", "pledges", "--output", path, book=fund).exit_code == 1
    assert run("template", "pledges", "--lang", "fr", "--output", path, "--force", book=fund).exit_code == 0
    empty = run("import", path, book=fund)
    assert empty.exit_code == 1
    assert "the register has no row" in empty.output
