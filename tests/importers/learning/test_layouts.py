"""How a bank lays out its table is learnt from one file; the figures below are worked out by hand.

The files are invented, each after the manner of a kind of bank.
"""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from importers import formats
from importers.ground.configuration import Configuration
from importers.ground.files import Source
from importers.ground.records import BankStatements, Coverage, Statement
from importers.ground.refusal import RefusedFileError
from importers.learning.days import UnsureError
from importers.learning.layouts import Layout, Stated, learn

SAMPLES = {
    "a label, notes below": (
        """Datum von:;2026-01-01
Konto:;CH0000000000000000001
Währung:;CHF

Buchungsdatum;Avisierungstext;Gutschrift in CHF;Lastschrift in CHF;Valuta;Saldo in CHF
2026-03-30;"GUTSCHRIFT EXAMPLE MISSION";1500.00;;2026-03-30;2480.50
2026-03-15;"PREIS FÜR KONTOFÜHRUNG";;-5.00;2026-03-15;980.50
2026-03-01;"ÜBERTRAG";;-14.50;2026-03-01;985.50

Disclaimer:
Dies ist kein Dokument der Bank.
""",
        [("CHF", 3, "1480.50", "1000.00", "2480.50")],
    ),
    "details without a date": (
        """"Datum";"Buchungstext";"Whg";"Betrag Detail";"ZKB-Referenz";"Belastung CHF";"Gutschrift CHF";"Valuta";"Saldo CHF"
"31.03.2026";"Belastungen (2)";"";"";"Z1";"300.00";"";"31.03.2026";"1700.00"
"";"Example vendor A";"CHF";"100.00";"";"";"";"";""
"";"Example vendor B";"CHF";"200.00";"";"";"";"";""
"30.03.2026";"Gutschrift Example mission";"";"";"Z2";"";"1000.00";"30.03.2026";"2000.00"
""",
        [("CHF", 3, "700.00", "1000.00", "1700.00")],
    ),
    "the balance of the day, and a sum below": (
        """Bookings,Example account
Account,CH00 0000 0000 0000 0000 2
Currency,CHF
"Booking Date","Text","Debit","Credit","Value Date","Balance"
"31.03.2026","Payment, vendor","20.00","","31.03.2026",""
"31.03.2026","Fee","5.00","","31.03.2026","975.00"
"30.03.2026","Credit mission","","1'000.00","30.03.2026","1'000.00"
"Total bookings","","25.00","1'000.00","",""
""",
        [("CHF", 3, "975.00", "0.00", "975.00")],
    ),
    "a fee beside the amount, and what is pending": (
        """Type,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance
TRANSFER,2026-03-14 09:12:01,2026-03-14 09:12:05,From Example,1000.00,0.00,CHF,COMPLETED,1000.00
CARD_PAYMENT,2026-03-15 10:00:00,2026-03-16 07:00:00,Shop,-12.30,0.00,CHF,COMPLETED,987.70
CARD_PAYMENT,2026-03-17 10:00:00,,Shop,-5.00,0.00,CHF,PENDING,
TRANSFER,2026-03-18 10:00:00,2026-03-18 10:00:00,Abroad,-100.00,1.50,CHF,COMPLETED,886.20
""",
        [("CHF", 3, "886.20", "0.00", "886.20")],
    ),
    "a text of two lines, a blank between thousands": (
        'Date d\'exécution;Libellé;Débit;Crédit;Date valeur;Solde CHF\n31.03.26;Frais;5,00;;31.03.26;995,00\n30.03.26;"Virement de \nMission exemple";;1 000,00;30.03.26;1 000,00\n',
        [("CHF", 2, "995.00", "0.00", "995.00")],
    ),
    "the month first, as a balance of another month shows": (
        """Details,Posting Date,Description,Amount,Type,Balance,Currency
CREDIT,03/16/2026,"WIRE EXAMPLE MISSION",25000.00,WIRE_INCOMING,124985.00,USD
DEBIT,03/02/2026,"FEE",-15.00,FEE_TRANSACTION,99985.00,USD
""",
        [("USD", 2, "24985.00", "100000.00", "124985.00")],
    ),
    "numbers that a spreadsheet is to leave alone": (
        """sep=;
Datum;Text;Betrag CHF;Saldo;Konto
31.03.2026;="0012 Zahlung";-1’000.00;500.00;="123-456"
30.03.2026;Eingang;1’500.00;1’500.00;="123-456"
""",
        [("CHF", 2, "500.00", "0.00", "500.00")],
    ),
    "the side in a column": (
        """Buchungstag;Wertstellung;Vorgang;Umsatz EUR;S/H;Saldo
30.03.2026;30.03.2026;Eingang;1.500,00;H;1.500,00
31.03.2026;31.03.2026;Gebühr;5,00;S;1.495,00
""",
        [("EUR", 2, "1495.00", "0.00", "1495.00")],
    ),
    "a row that goes on with the text above": (
        """IBAN;Booked At;Text;Credit/Debit Amount CHF;Balance;Valuta Date
CH0000000000000000003;2026-03-26 00:00:00.0;Transfer;-971.32;1057.36;2026-03-26 00:00:00.0
;;Example supplier, invoice 12;;;
CH0000000000000000003;2026-03-28 00:00:00.0;Credit;1000;2057.36;2026-03-30 00:00:00.0
;;Example mission PL-2026-001;;;
""",
        [("CHF", 2, "28.68", "2028.68", "2057.36")],
    ),
    "several currencies": (
        """ID,Date,Amount,Currency,Description,Running Balance,Payer Name
T-2,15-03-2026,-12.30,EUR,Fee,987.70,
T-1,14-03-2026,1000.00,EUR,Received money,1000.00,Example Ministry
T-3,14-03-2026,500.00,USD,Received money,500.00,Example Mission
""",
        [("EUR", 2, "987.70", "0.00", "987.70"), ("USD", 1, "500.00", "0.00", "500.00")],
    ),
    "gross, fee and net": (
        """"Date","Name","Status","Currency","Gross","Fee","Net","Transaction ID","Balance"
"14/03/2026","A donor","Completed","USD","100.00","-3.20","96.80","T-1","1,096.80"
"15/03/2026","","Completed","USD","-1,000.00","0.00","-1,000.00","T-2","96.80"
"16/03/2026","Another","Pending","USD","50.00","-1.75","48.25","T-3","96.80"
""",
        [("USD", 2, "-903.20", "1000.00", "96.80")],
    ),
    "balances above the table": (
        """Numéro de compte:;0000 00000000.0X;
IBAN:;CH00 0000 0000 0000 0000 X;
Solde initial:;10000.10;
Solde final:;11'990.10;
Évaluation en:;CHF;

Date de transaction;Date comptable;Date de valeur;Monnaie;Débit;Crédit;Sous-montant;Numéro de transaction;Description1
2026-05-21;2026-05-21;2026-05-21;CHF;-10.00;;;TX2;"Frais"
2026-05-20;2026-05-20;2026-05-20;CHF;;2000.00;;TX1;"Mission exemple"
""",
        [("CHF", 2, "1990.00", "10000.10", "11990.10")],
    ),
}


def figures(statement: Statement) -> tuple[str, int, str, str | None, str | None]:
    opening, closing = statement.opening, statement.closing
    return (
        statement.currency,
        len(statement.booked),
        f"{statement.net:.2f}",
        f"{opening.number:.2f}" if opening else None,
        f"{closing.number:.2f}" if closing else None,
    )


def learnt(text: str, stated: Stated | None = None) -> Layout:
    return learn(Source("statement.csv", text.encode()), stated or Stated())


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_layout_is_learnt_and_proven(kind: str) -> None:
    text, expected = SAMPLES[kind]
    layout = learnt(text)
    assert sorted(map(figures, layout.statements)) == expected
    assert all(statement.coverage is Coverage.COMPLETE for statement in layout.statements)


@pytest.mark.parametrize("kind", SAMPLES)
def test_what_was_learnt_reads_the_next_file_of_the_bank(kind: str) -> None:
    """Under the declaration alone, through the door of every other format."""
    text, expected = SAMPLES[kind]
    declared = Configuration(table=[learnt(text).table])
    known, records = formats.open_file(Source("next.csv", text.encode()), declared)
    assert known.name == "bank table"
    assert isinstance(records, BankStatements)
    assert sorted(map(figures, records.statements)) == expected


def test_who_paid_and_what_the_bank_calls_it() -> None:
    gross = learnt(SAMPLES["gross, fee and net"][0]).statements[0].lines[0]
    assert (gross.party.name, gross.reference, gross.number) == ("A donor", "T-1", Decimal("96.80"))
    assert gross.instructed is not None
    assert gross.instructed.number == 100
    (debit,) = [line for line in learnt(SAMPLES["details without a date"][0]).statements[0].lines if line.parts]
    assert [(part.text, part.number) for part in debit.parts] == [
        ("Example vendor A", -100),
        ("Example vendor B", -200),
    ]
    going_on = learnt(SAMPLES["a row that goes on with the text above"][0])
    assert going_on.number == "CH0000000000000000003"
    assert [line.text for line in going_on.statements[0].lines] == [
        "Transfer Example supplier, invoice 12",
        "Credit Example mission PL-2026-001",
    ]


@dataclass(frozen=True)
class Unsure:
    text: str
    option: str
    stated: Stated
    net: str


UNSURE = [
    Unsure("Date;Text;Amount;Balance\n2026-01-02;A;5.00;5.00\n2026-01-03;B;-1.00;4.00\n", "currency", Stated(currency="CHF"), "4.00"),
    Unsure(
        "Date,Description,Amount USD,Balance\n01/02/2026,A,5.00,5.00\n01/03/2026,B,-1.00,4.00\n",
        "date-order",
        Stated(date_order="mdy"),
        "4.00",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", UNSURE, ids=lambda case: case.option)
def test_what_the_file_does_not_prove_is_asked(case: Unsure) -> None:
    with pytest.raises(UnsureError) as asked:
        learnt(case.text)
    assert asked.value.option == case.option
    assert f"{learnt(case.text, case.stated).statements[0].net:.2f}" == case.net


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Date;Text;Amount CHF\n2026-01-02;A;5.00\n2026-01-03;B;1.00\n", "whether it is a credit or a debit"),
        ("Datum;Text;Betrag CHF;Saldo\n02.01.2026;A;5.00;5.00\n03.01.2026;B;-1.00;3.00\n04.01.2026;C;1.00;9.00\n", "do not follow"),
        ("Name;City\nA;B\n", "no table is in it"),
        ("Date;Shares;Total shares\n2026-01-02;5.0;5.0\n2026-01-03;-1.0;4.0\n", "what each row moved"),
    ],
)  # fmt: skip
def test_what_cannot_be_proven_is_refused(text: str, why: str) -> None:
    with pytest.raises(RefusedFileError, match=why):
        learnt(text)


def test_a_file_without_balances_is_a_part() -> None:
    layout = learnt(
        "Conto:;0000 8003 0000 0000\nData;Denominazione;Accredito in CHF;Addebito in CHF\n2026-05-04;SPESE;;5.00\n2026-05-02;MISSIONE;1'500.00;\n"
    )
    (statement,) = layout.statements
    assert (statement.coverage, statement.net, layout.number) == (Coverage.PART, 1495, "0000 8003 0000 0000")
