"""Statements of ISO 20022: returns, batches, and those for whom a payer acts."""

from datetime import date
from decimal import Decimal

import pytest
from beancount.core.amount import Amount

from importers.formats import camt
from importers.ground.continuity import prove
from importers.ground.files import Source
from importers.ground.records import Coverage, Line, Nature
from tests.statements import IBAN, Paid, camt053

D = Decimal
DAY = date(2026, 3, 20)


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


def test_charges_on_the_payments_of_a_batch_explain_its_amount() -> None:
    details = "".join(
        f"<TxDtls><AmtDtls><TxAmt><Amt Ccy='USD'>{n}</Amt></TxAmt></AmtDtls><Chrgs><Rcrd><Amt Ccy='USD'>5</Amt></Rcrd></Chrgs></TxDtls>"
        for n in (305, 305)
    )
    text = camt053(IBAN, "USD", D(0), [Paid(DAY, D(600), "", "x", "B1")], sequence=1, begin=DAY, end=DAY).decode()
    head, _, rest = text.partition("<TxDtls>")
    (statement,) = camt.read(Source("x", ("\n" + head + details + rest.partition("</TxDtls>")[2]).encode()))
    assert [(part.number, part.instructed) for part in statement.booked] == [(300, Amount(D(305), "USD"))] * 2


def entry(amount: str, side: str, *details: str) -> str:
    return (
        f"<Ntry><Amt Ccy='EUR'>{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-05-16</Dt></BookgDt>"
        f"<AcctSvcrRef>A1</AcctSvcrRef><NtryDtls>{''.join(details)}</NtryDtls></Ntry>"
    )


def detail(amount: str, charge: str = "", side: str = "DBIT") -> str:
    kept = f"<Chrgs><Rcrd><Amt Ccy='EUR'>{charge}</Amt><CdtDbtInd>{side}</CdtDbtInd></Rcrd></Chrgs>" if charge else ""
    return f"<TxDtls><Amt Ccy='EUR'>{amount}</Amt>{kept}<RmtInf><Ustrd>x</Ustrd></RmtInf></TxDtls>"


def statement_of(*entries: str, opening: str = "5000.00", closing: str) -> str:
    def balance(code: str, number: str, day: str) -> str:
        return f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='EUR'>{number}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"

    begins = balance("OPBD", opening, "2026-05-15") if opening else ""
    ends = balance("CLBD", closing, "2026-05-16")
    return (
        "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.08'><BkToCstmrStmt><GrpHdr/><Stmt><Id>S</Id>"
        f"<Acct><Id><IBAN>NL00EXAM0123456789</IBAN></Id><Ccy>EUR</Ccy></Acct>{begins}{ends}{''.join(entries)}</Stmt></BkToCstmrStmt></Document>"
    )


def lines_of(text: str) -> list[Line]:
    (statement,) = camt.read(Source("x.xml", text.encode()))
    assert prove([statement]) == []
    return statement.booked


def test_what_the_bank_kept_of_one_credit_is_a_charge_on_what_was_given() -> None:
    (line,) = lines_of(statement_of(entry("974.00", "CRDT", detail("1000.00", "26.00")), closing="5974.00"))
    assert (line.number, line.instructed) == (974, Amount(Decimal("1000.00"), "EUR"))


def test_a_charge_that_was_not_kept_changes_nothing() -> None:
    (line,) = lines_of(statement_of(entry("1000.00", "CRDT", detail("1000.00", "26.00")), closing="6000.00"))
    assert (line.number, line.instructed) == (1000, None)


@pytest.mark.parametrize(
    ("details", "parts"),
    [
        ([detail("1000.00", "26.00")], [-1000, -26]),
        ([detail("600.00", "20.00"), detail("400.00", "6.00")], [-600, -400, -20, -6]),
    ],
)
def test_what_the_bank_took_beside_a_debit_is_a_line_of_its_own(details: list[str], parts: list[int]) -> None:
    lines = lines_of(statement_of(entry("1026.00", "DBIT", *details), closing="3974.00"))
    assert [line.number for line in lines] == parts
    assert [line.nature for line in lines] == [Nature.PAYMENT if n <= -400 else Nature.CHARGES for n in parts]


def test_a_statement_without_an_opening_balance_is_left_to_what_the_book_has() -> None:
    (statement,) = camt.read(Source("x.xml", statement_of(entry("5.00", "CRDT"), opening="", closing="15.00").encode()))
    assert (statement.coverage, statement.opening, prove([statement])) == (Coverage.COMPLETE, None, [])
