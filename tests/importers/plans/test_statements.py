"""Payments that look like something they are not: none of them is booked without asking, and no money is lost or doubled."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from beancount.core.amount import Amount
from click.testing import CliRunner

from app.cli import cli
from importers.formats import bai2, camt, expenditure, mt940, ofx, rates, register
from importers.ground.configuration import Configuration
from importers.ground.files import Source
from importers.ground.records import Nature
from importers.ground.refusal import RefusedFileError
from importers.matching.credits import Credit, open_instalments
from importers.matching.matcher import Match, Matcher
from importers.matching.names import Names, Strength
from ledger.book.loading import load
from ledger.model.fund import Fund
from tests.conftest import Load
from tests.funds import run
from tests.importers.formats.test_tables import EXTRACT, REGISTER
from tests.sample_files import statements_in
from tests.statements import IBAN, Paid, camt053

D = Decimal
DAY = date(2026, 3, 20)


def promise(donor: str, category: str, pledge: str, *parts: str) -> str:
    lines = [f'2026-01-05 * "{donor}" "Commitment (example)" #agreement ^{pledge}']
    total = D(0)
    for number, part in enumerate(parts, 1):
        amount, currency = part.split()
        rate = "1.10" if currency == "EUR" else "1"
        total += D(amount) * D(rate)
        lines += [
            f'  Equity:Pledges:Committed:{category}:{donor}  {part} {{{rate} USD, "{pledge}/{number}"}}',
            f"    due: 2026-0{2 + number}-28",
        ]
    return "\n".join("    " + line for line in [*lines, f"  Equity:Pledges:Contra  {-total} USD"]) + "\n"


PROMISES = (
    promise("Mexico", "MemberStates", "PL-2026-001", "10000 USD", "10000 USD", "10000 USD")
    + promise("Spain", "PermanentObservers", "PL-2026-002", "1000 EUR")
    + promise("Spain", "PermanentObservers", "PL-2026-003", "7000 USD")
    + promise("Guatemala", "MemberStates", "PL-2026-004", "7000 USD")
    + promise("Dominica", "MemberStates", "PL-2026-005", "5000 USD")
    + promise("Morocco", "PermanentObservers", "PL-2026-006", "4000 USD")
    + promise("Haiti", "MemberStates", "PL-2026-007", "3000 USD")
    + promise("DominicanRepublic", "MemberStates", "PL-2026-008", "2000 USD")
    + "    2026-01-01 price EUR 1.10 USD\n"
)


@pytest.fixture
def book_of(book: Load) -> Fund:
    return book(PROMISES).fund


def taken(fund_: Fund, payer: str, text: str, amount: str, ordered: str = "", account: str = "") -> Match | None:
    number, currency = amount.split()
    instructed = Amount(D(ordered.split(maxsplit=1)[0]), ordered.split()[1]) if ordered else None
    credit = Credit("x", DAY, Amount(D(number), currency), payer, account, text, instructed)
    return Matcher(fund_, Names.of(fund_), open_instalments(fund_)).match([credit]).get("x")


@pytest.mark.parametrize(
    ("payer", "text", "amount", "ordered"),
    [
        ("MEXICO", "PL-2026-001 - 2 MAY 2026", "10000 USD", ""),
        ("MEXICO", "PL-2026-001. 3 INSTALMENTS IN ALL", "10000 USD", ""),
        ("CITIBANK NA", "PL-2026-001-3 DE MARZO", "10000 USD", ""),
        ("MEXICO", "PL-2026-001/2 MAY 2026", "10000 USD", ""),
        ("MEXICO", "PL-2026-001/ 2 MAY 2026", "10000 USD", ""),
        ("SPAIN", "PL-2026-002", "10 USD", "1000 EUR"),
        ("SPAIN", "PL-2026-002/1", "2200 USD", "1000 EUR"),
        ("SPAIN", "for GUATEMALA", "7000 USD", ""),
        ("SPAIN", "ON BEHALF OF GUATEMALA", "7000 USD", ""),
        ("DOMINICA", "BY ORDER OF DOMINICAN REPUBLIC", "5000 USD", ""),
        ("CITIBANK", "DOMINICAN REPUBLIC PL-2026-005", "5000 USD", ""),
        ("SPAIN", "RETURN OF YOUR PAYMENT ACCOUNT CLOSED", "7000 USD", ""),
        ("Haiti Treasury", "TAX REFUND", "3000 USD", ""),
        ("MEXICO", "PL-2026-001, 003", "10000 USD", ""),
        ("MEXICO", "PL-2026-001/1 AND 2 PARTIAL", "10000 USD", ""),
        ("SPAIN", "INSTEAD OF PL-2026-003", "7000 USD", ""),
        ("SPAIN", "PL-2026-003PL-2026-002", "7000 USD", ""),
        ("EL MAR", "Donation", "4000 USD", ""),
        ("MISSION HAITI", "Donation", "3000 USD", ""),
        ("DOM", "Donation", "2000 USD", ""),
        ("MEXICO", "2ND INSTALMENT OF PL-2026-001", "10000 USD", ""),
        ("MEXICO", "SEGUNDA CUOTA PL-2026-001", "10000 USD", ""),
        ("MEXICO", "PL-2026-001 3", "10000 USD", ""),
        ("MEXICO", "Contribution", "10000 USD", ""),
        ("Domnica", "Contribution", "5000 USD", ""),
    ],
)
def test_what_is_not_certain_is_not_booked(book_of: Fund, payer: str, text: str, amount: str, ordered: str) -> None:
    match = taken(book_of, payer, text, amount, ordered)
    assert match is None or not match.certain, match


@pytest.mark.parametrize(
    ("payer", "text", "amount", "ordered", "label"),
    [
        ("MEXICO", "CONTRIBUCION PL-2026-001/2", "10000 USD", "", "PL-2026-001/2"),
        ("CITIBANK NA", "/RFB/PL 2026 004", "7000 USD", "", "PL-2026-004/1"),
        ("Embajada de España", "Aporte", "7000 USD", "", "PL-2026-003/1"),
        ("Royaume d'Espagne Trésor", "PL-2026-002", "1098 USD", "1000 EUR", "PL-2026-002/1"),
        ("República Dominicana", "", "2000 USD", "", "PL-2026-008/1"),
    ],
)
def test_what_is_certain_still_is(book_of: Fund, payer: str, text: str, amount: str, ordered: str, label: str) -> None:
    match = taken(book_of, payer, text, amount, ordered)
    assert match is not None
    assert ([take.instalment.label for take in match.takes], match.certain) == ([label], True), match


def test_a_remembered_payer_is_that_payer_and_from_that_account(book: Load) -> None:
    known = book(
        PROMISES
        + '    2026-01-06 custom "payer" "MEX" "TESORERIA GENERAL"\n      account: "MX11"\n      by: "finance-officer-1"\n'
    ).fund
    names = Names.of(known)
    assert names.identify("TESORERÍA GENERAL", "MX11").strength is Strength.ACCOUNT
    assert names.identify("Tesoreria General").strength is Strength.NAME
    assert names.identify("TESORERIA GENERAL", "CL22").strength is Strength.ALIKE
    assert names.identify("CONSULATE GENERAL", "CL22").strength < Strength.NAME


def test_the_bank_of_a_payer_adds_to_other_evidence_and_is_none_alone(book: Load) -> None:
    known = book(
        PROMISES
        + '    2026-01-06 custom "payer" "MEX" "TESORERIA GENERAL"\n      bic: "BDEMMXMM"\n      by: "finance-officer-1"\n'
    ).fund
    matcher = Matcher(known, Names.of(known), open_instalments(known))
    # a BIC of eleven letters ends in XXX for the head office (ISO 9362)
    alone = Credit("x", DAY, Amount(D(10000), "USD"), "Somebody", payer_bic="BDEMMXMMXXX")
    named = Credit("y", DAY, Amount(D(10000), "USD"), "Mxico", payer_bic="BDEMMXMMXXX")
    assert "x" not in matcher.match([alone])
    assert "the donor has paid from this bank before" in matcher.match([named])["y"].reasons


def test_a_returned_payment_is_told_by_the_banks_codes() -> None:
    plain = camt053(IBAN, "USD", D(0), [Paid(DAY, D(7), "SPAIN", "x", "F1")], sequence=1, begin=DAY, end=DAY)
    (by_return,) = camt.read(
        Source("x", plain.replace(b"<RmtInf>", b"<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf><RmtInf>"))
    )
    (by_code,) = camt.read(Source("x", plain.replace(b"</Domn>", b"</Domn><Prtry><Cd>NRTI+159+1</Cd></Prtry>")))
    assert [by_return.lines[0].nature, by_code.lines[0].nature] == [Nature.RETURN, Nature.RETURN]


def test_the_one_for_whom_a_payer_acts_stands_in_the_text() -> None:
    plain = camt053(IBAN, "USD", D(0), [Paid(DAY, D(7), "SPAIN", "x", "F1")], sequence=1, begin=DAY, end=DAY)
    ultimate = plain.replace(b"</RltdPties>", b"<UltmtDbtr><Nm>GUATEMALA</Nm></UltmtDbtr></RltdPties>")
    assert camt.read(Source("x", ultimate))[0].lines[0].text == "x for GUATEMALA"


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
    refused = run("import", second, book=fund)
    assert "the book asserts 100.00 for the end of 2026-03-10" in refused.output
    assert "Take the line `2026-03-11 balance Assets:Bank:Operating …` out of the book" in refused.output


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


def test_charges_on_the_payments_of_a_batch_explain_its_amount() -> None:
    details = "".join(
        f"<TxDtls><AmtDtls><TxAmt><Amt Ccy='USD'>{n}</Amt></TxAmt></AmtDtls><Chrgs><Rcrd><Amt Ccy='USD'>5</Amt></Rcrd></Chrgs></TxDtls>"
        for n in (305, 305)
    )
    text = camt053(IBAN, "USD", D(0), [Paid(DAY, D(600), "", "x", "B1")], sequence=1, begin=DAY, end=DAY).decode()
    head, _, rest = text.partition("<TxDtls>")
    (statement,) = camt.read(Source("x", ("\n" + head + details + rest.partition("</TxDtls>")[2]).encode()))
    assert [(part.number, part.instructed) for part in statement.booked] == [(300, Amount(D(305), "USD"))] * 2


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


def refused(work: object, source: bytes, *more: object) -> str:
    with pytest.raises(RefusedFileError) as caught:
        work(Source("x", source), *more)  # type: ignore[operator]
    return str(caught.value)


def test_nothing_below_a_total_is_lost() -> None:
    head = "Date,Document,Object,Purpose,Description,Amount,Currency\n2026-01-05,D1,Travel,visits,V,100.00,USD\n"
    subtotals = head + "Total Travel,,,,,100.00,\n2026-01-05,D2,Travel,visits,V,900.00,USD\nTotal,,,,,1000.00,\n"
    assert "2 lines begin with 'Total'" in refused(expenditure.open_extract, subtotals.encode(), EXTRACT)
    below = head + "Total,,,,,100.00,\n2026-01-05,D2,Travel,visits,V,900.00,USD\n"
    assert "a line with a number stands below the control line" in refused(
        expenditure.open_extract, below.encode(), EXTRACT
    )


def test_a_register_is_read_from_all_its_sheets_and_held_to_all_its_totals() -> None:
    from io import BytesIO  # noqa: PLC0415

    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook()
    book.remove(book.active)
    for name, amount in (("2025", 100), ("2026", 200)):
        sheet = book.create_sheet(name)
        sheet.append(REGISTER.strip().split(";"))
        sheet.append([name, "Argentina", amount, "USD", "2026-01-03"])
    control = book.create_sheet("control totals")
    control.append(["usd", 300])
    out = BytesIO()
    book.save(out)
    found = register.open_register(Source("r.xlsx", out.getvalue()), Configuration())
    assert found is not None
    assert (len(found.rows), found.totals["USD"].text) == (2, "300")
    control.append(["Total USD", 300])
    out = BytesIO()
    book.save(out)
    assert "'Total USD' is no control total" in refused(register.open_register, out.getvalue(), Configuration())


@pytest.mark.parametrize("rate", ["0,862", "1,3", "1.234,5", "0.862,5", "1,300"])
def test_a_decimal_comma_in_a_rate_is_refused(rate: str) -> None:
    text = f"Rates\n\nEuro area\tEuro\tEUR\t01 Aug 2016\t{rate}\n\nNote\n"
    assert "whether the comma parts decimals" in refused(rates.read, text.encode())


def test_rates_parted_by_a_blank_line_are_refused() -> None:
    row = "Euro area\tEuro\t{}\t01 Aug 2016\t0.9\n"
    assert "a blank line parts the rows" in refused(
        rates.read, f"Rates\n\n{row.format('EUR')}\n{row.format('CAD')}\nNote\n".encode()
    )


def test_rates_are_imported_into_a_new_book(tmp_path: Path) -> None:
    assert CliRunner().invoke(cli, ["init", str(tmp_path / "new")]).exit_code == 0
    path = tmp_path / "un.xls"
    path.write_bytes(b"Rates\r\n\r\nEuro area\tEuro\tEUR\t01 Aug 2016\t0.9\r\n\r\nNote\r\n")
    done = run("import", path, book=tmp_path / "new" / "main.beancount")
    assert done.exit_code == 0, done.output


def test_odd_numbers_dates_and_marks_are_refused_or_read_for_what_they_are() -> None:
    lines = [Paid(DAY, D("100.005"), "x", "y", "F1")]
    with pytest.raises(RefusedFileError, match="the currency has at most two decimals"):
        statements_in(Source("x", camt053(IBAN, "USD", D(0), lines, sequence=1, begin=DAY, end=DAY)))
    good = camt053(IBAN, "USD", D(0), [Paid(DAY, D("1"), "x", "y", "F1")], sequence=1, begin=DAY, end=DAY)
    assert "2026-03-2099" in refused(camt.read, good.replace(b"<BookgDt><Dt>2026-03-20", b"<BookgDt><Dt>2026-03-2099"))
    head = "OFXHEADER:100\n<OFX><STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>1</BANKACCTFROM><STMTTRN><DTPOSTED>20260320<TRNAMT>{}</STMTTRN></STMTRS></OFX>"
    assert "1,600" in refused(ofx.read, head.format("1,600").encode())
    assert ofx.read(Source("x", head.format("1,60").encode()))[0].net == D("1.60")
    dashed = ":20:X\n:25:1\n:28C:1\n:60F:C260101USD0,\n:61:2601020102C5,NTRFF1//B1\n:86:Text\n-\nmore\n:62F:C260131USD5,\n-\n"
    assert mt940.read(Source("x", dashed.encode()))[0].net == 5
    text_only = "01,A,B,260102,0000,1,,,2/\n02,B,A,1,260102,,USD,2/\n03,1,USD,010,0,,,015,100,,,/\n16,191,100,,R1,,x/\n16,890,,,,,only text/\n49,200,4/\n98,200,1,6/\n99,200,1,8/"
    assert [line.number for line in bai2.read(Source("x", text_only.encode()))[0].lines] == [1]


def test_match_on_a_day_before_the_money_says_so(fund: Path, tmp_path: Path) -> None:
    run("import", file(tmp_path, "a.xml", 1, "2026-03-10", "0", paid("100.00", "F1")), book=fund)
    early = run("match", "UR-2026-001", "--accept", "--date", "2026-03-01", book=fund)
    assert (early.exit_code, "had not come in by 2026-03-01" in early.output) == (1, True)
    assert run("match", "--date", "2030-01-01", book=fund).exit_code == 2
