"""Odd numbers, dates and marks in the statements of banks."""

from datetime import date
from decimal import Decimal

import pytest

from importers.formats import bai2, camt, mt940, ofx
from importers.ground.files import Source
from importers.ground.refusal import RefusedFileError
from tests.reading import refused
from tests.sample_files import statements_in
from tests.statements import IBAN, Paid, camt053

D = Decimal
DAY = date(2026, 3, 20)


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
