"""Statements of ISO 20022: returns, batches, and those for whom a payer acts."""

from datetime import date
from decimal import Decimal

from beancount.core.amount import Amount

from importers.formats import camt
from importers.ground.files import Source
from importers.ground.records import Nature
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
