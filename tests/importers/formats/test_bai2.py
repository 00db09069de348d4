"""BAI2 as banks send it; the totals of each file are worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from importers.formats import bai2
from importers.ground.files import Source
from importers.ground.records import Coverage, Nature, Statement
from importers.ground.wire_labels import find_party
from tests.reading import mistakes

FILE = """01,122000001,FUND,260302,0200,1,65,,2/
02,FUND,122000001,1,260301,2359,USD,{modifier}/
03,9876500001,USD,010,500000,,,015,1197850,,,100,700000,2,,190/
88,500000,,,110,200000,,/
16,195,500000,S,100000,200000,200000,WIRE1,,PL-2026-003/
16,218,200000,V,260302,,SP4738,YRC065321/
88,PROCEEDS OF A LETTER, OF CREDIT
16,275,0,D,2,0,10,1,20,REF3,,ZERO BALANCE TRANSFER
WRAPPED WITHOUT A RECORD OF ITS OWN
16,961,2150,Z,REF4,,OWN CODE OF THE BANK/
16,890,,,,,ONLY TEXT/
49,3800000,{records}/
98,3800000,1,{group}/
99,3800000,1,{whole}/
"""
TOTAL = 500000 + 1197850 + 700000 + 500000 + 200000 + 500000 + 200000 + 2150
"""Of every amount above: 3,800,000."""


def read(text: str) -> list[Statement]:
    return bai2.read(Source("x.bai2", text.encode()))


def file(modifier: str = "2", records: object = 9, group: object = 11, whole: object = 13) -> str:
    return FILE.format(modifier=modifier, records=records, group=group, whole=whole)


def test_a_file_of_a_bank_of_washington() -> None:
    assert TOTAL == 3800000
    (statement,) = read(file())
    assert statement.opening is not None
    assert statement.closing is not None
    assert (statement.opening.number, statement.closing.number) == (5000, Decimal("11978.50"))
    assert [(line.number, line.reference, line.text) for line in statement.lines] == [
        (5000, "WIRE1", "PL-2026-003"),
        (2000, "SP4738", "PROCEEDS OF A LETTER, OF CREDIT YRC065321"),
        (0, "REF3", "ZERO BALANCE TRANSFER WRAPPED WITHOUT A RECORD OF ITS OWN"),
        (Decimal("-21.50"), "REF4", "OWN CODE OF THE BANK"),
    ]
    assert statement.lines[1].value_day == date(2026, 3, 2)
    assert statement.lines[3].nature is Nature.PAYMENT
    assert (statement.coverage, statement.net) == (Coverage.COMPLETE, Decimal("6978.50"))


@pytest.mark.parametrize("modifier", ["1", "3"])
def test_an_interim_report_is_a_part(modifier: str) -> None:
    (statement,) = read(file(modifier))
    assert (statement.coverage, statement.opening) == (Coverage.PART, None)


def test_counts_that_are_left_out_are_not_proven() -> None:
    assert len(read(file(records="", group="", whole=""))) == 1


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (file(records=8), "line 12: the count of records is 8, but the file has 9."),
        (file().replace("49,3800000", "49,3800001"), "line 12: the control total is 3800001, but the file has 3800000."),
        (file().replace("16,195,", "16,095,"), "line 5: type '095' is neither a credit nor a debit."),
        (file().replace(",V,", ",Q,"), "line 6: the type of funds is 'Q'; one of 0, 1, 2, S, V, D, Z is expected."),
        (file().partition("99,")[0], "the file ends within the file: it was cut off, its trailer (record 99) is missing."),
        (file().replace("FUND,122000001,1,", "FUND,122000001,4,"), "line 2: the group is a test (status 4)."),
        (file().replace("16,195,500000", "16,195,5000.00"), "line 5: the amount is '5000.00'; a whole number is expected."),
        (file().replace("03,98", "98,98"), "line 3: the count of accounts is 'USD'; a whole number is expected."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line(text: str, wrong: str) -> None:
    assert any(found.startswith(wrong) for found in mistakes(lambda: read(text)))


@pytest.mark.parametrize(
    ("text", "name", "account"),
    [
        ("TYPE:WIRE IN DATE: 031426 TRN:20260314 ORIG:EXAMPLE MINISTRY OF FINANCE ID:000123 SND BK:A BANK ID:026 PMT DET:PL-1", "EXAMPLE MINISTRY OF FINANCE", "000123"),
        ("ORIG CO NAME:EXAMPLE MISSION ORIG ID:12345 CO ENTRY DESCR:PAYMENT SEC:CCD IND NAME:FUND", "EXAMPLE MISSION", ""),
        ("FEDWIRE CREDIT VIA: A BANK/121 B/O: EXAMPLE MISSION REF: NYC/BNF=FUND/AC-000 OBI=PL-2026-001", "EXAMPLE MISSION", ""),
        ("WT FED#00123 A BANK /ORG=EXAMPLE MINISTRY SRF# 0000 TRN#123", "EXAMPLE MINISTRY", ""),
        ("FR:X PY:RP123 BI:2222 BO:11111111 BO1:EXAMPLE DONOR", "EXAMPLE DONOR", "11111111"),
        ("PAYMENT OF THE MISSION, NO LABELS", "", ""),
    ],
)  # fmt: skip
def test_who_paid_stands_in_the_labels_of_the_text(text: str, name: str, account: str) -> None:
    party = find_party(text, credit=True)
    assert (party.name, party.account) == (name, account)
