"""The table of a bank, of the layout that import.toml declares."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook

from importers import formats
from importers.formats import table
from importers.ground import configuration, files
from importers.ground.bank_table import BankTable
from importers.ground.configuration import Configuration
from importers.ground.records import BankStatements, Coverage, Nature
from tests.reading import mistakes, opened

BANK = BankTable(
    name="my-bank", number="US1", currency="USD", delimiter=";", date="Fecha", date_format="%d/%m/%Y", credit="Haber", debit="Debe",
    decimal_mark=",", balance="Saldo", text=["Concepto"], payer="Ordenante", reference="Ref",
)  # fmt: skip
WITH_BANK = Configuration(table=[BANK])
CSV = """Banco de ejemplo;;;;;;
Fecha;Ref;Concepto;Ordenante;Debe;Haber;Saldo
03/01/2026;A1;PL-2026-001;México;;1.500,00;2.500,00
04/01/2026;A2;Comisión;;10,50;;2.489,50
"""


def test_a_bank_table_is_read_with_its_marks_and_proven_by_its_balance() -> None:
    (statement,) = opened(table.FORMAT, CSV.encode("cp1252"), WITH_BANK, "cp1252").statements
    assert [(line.day, line.number, line.party.name, line.reference) for line in statement.lines] == [
        (date(2026, 1, 3), Decimal(1500), "México", "A1"),
        (date(2026, 1, 4), Decimal("-10.50"), "", "A2"),
    ]
    assert statement.opening is not None
    assert statement.closing is not None
    assert (statement.opening.number, statement.closing.number) == (1000, Decimal("2489.50"))


def test_a_bank_table_whose_balance_does_not_follow_names_the_line_and_shows_the_sum() -> None:
    (wrong,) = mistakes(lambda: opened(table.FORMAT, CSV.replace("2.489,50", "2.499,50"), WITH_BANK))
    assert wrong.startswith("line 4: 2,500.00 + -10.50 = 2,489.50, but the balance is 2,499.50.")


def test_a_bank_table_in_a_workbook_is_read_alike(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Banco de ejemplo"])
    book.active.append(["Saldo", "Fecha", "Ref", "Concepto", "Ordenante", "Debe", "Haber"])
    book.active.append([2500, date(2026, 1, 3), "A1", "PL-2026-001", "México", None, 1500])
    book.active.append([2489.5, "04/01/2026", "A2", "Comisión", None, 10.5, None])
    book.save(tmp_path / "bank.xlsx")
    source = files.read_file(tmp_path / "bank.xlsx")
    known, records = formats.open_file(source, WITH_BANK)
    assert known is table.FORMAT
    assert isinstance(records, BankStatements)
    (statement,) = records.statements
    assert [(line.day, line.number, line.place) for line in statement.lines] == [
        (date(2026, 1, 3), Decimal(1500), "Sheet!B3"),
        (date(2026, 1, 4), Decimal("-10.5"), "Sheet!B4"),
    ]


def test_every_wrong_cell_of_a_bank_table_is_named() -> None:
    text = CSV.replace("03/01/2026", "2026-01-03").replace("10,50", "10.50")
    found = mistakes(lambda: opened(table.FORMAT, text, WITH_BANK))
    assert [item.partition(":")[0] for item in found] == ["line 3, column 1", "line 4, column 5"]


def test_a_bank_table_that_nothing_proves_is_a_part(tmp_path: Path) -> None:
    (tmp_path / "import.toml").write_text(
        '[[table]]\nname = "a"\nnumber = "123"\ncurrency = "USD"\ndate = "D"\namount = "A"\ncolour = "red"\n'
    )
    (wrong,) = mistakes(lambda: configuration.read(tmp_path / "main.beancount"))
    assert "colour" in wrong
    text = "D;A\n2026-01-03;100.00\n2026-01-04;-20.00\n"
    declared = BankTable(name="b", number="US1", currency="USD", delimiter=";", date="D", amount="A")
    (statement,) = opened(table.FORMAT, text, Configuration(table=[declared])).statements
    assert (statement.coverage, statement.net) == (Coverage.PART, 80)
    (tmp_path / "import.toml").write_text('[[table]]\nname = "a"\nnumber = "123"\ndate = "D"\namount = "A"\n')
    (wrong,) = mistakes(lambda: configuration.read(tmp_path / "main.beancount"))
    assert "it names no currency" in wrong


def test_a_footer_proves_a_table_too() -> None:
    footed = BankTable(name="b", number="US1", currency="USD", date="Date", amount="Amount", footer="Total")
    declared = Configuration(table=[footed])
    text = "Date,Amount\n2026-01-03,100.00\n2026-01-04,-20.00\nTotal,80.00\n"
    (statement,) = opened(table.FORMAT, text, declared).statements
    assert (statement.net, statement.closing) == (80, None)
    (cut,) = mistakes(lambda: opened(table.FORMAT, text.partition("Total")[0], declared))
    assert "was cut off" in cut
    (wrong,) = mistakes(lambda: opened(table.FORMAT, text.replace("80.00", "81.00"), declared))
    assert "the footer says 81.00; the lines add up to 80.00" in wrong


NATURES = """Fecha;Ref;Tipo;Concepto;Ordenante;Debe;Haber;Saldo
03/01/2026;A1;ABONO;Comisión de estudio;México;;1.500,00;2.500,00
04/01/2026;A2;COMISION;Mantenimiento;;10,50;;2.489,50
05/01/2026;A3;INTERÉS;Enero;;;0,50;2.490,00
"""


def test_words_of_a_column_say_what_is_a_charge_or_interest() -> None:
    told = BANK.model_copy(update={"kind": "Tipo", "charges": ["Comisión", "Gastos"], "interest": ["interes"]})
    (statement,) = opened(table.FORMAT, NATURES, Configuration(table=[told])).statements
    assert [line.nature for line in statement.lines] == [Nature.PAYMENT, Nature.CHARGES, Nature.INTEREST]


def test_without_such_a_column_the_words_stand_in_the_text() -> None:
    told = BANK.model_copy(update={"charges": ["comision de estudio"], "interest": ["Ene"]})
    (statement,) = opened(table.FORMAT, NATURES, Configuration(table=[told])).statements
    assert [line.nature for line in statement.lines] == [Nature.CHARGES, Nature.PAYMENT, Nature.PAYMENT]


def test_words_that_stand_nowhere_are_refused(tmp_path: Path) -> None:
    text = '[[table]]\nname = "a"\nnumber = "123"\ncurrency = "USD"\ndate = "D"\namount = "A"\nbalance = "B"\ncharges = ["Fee"]\n'
    (tmp_path / "import.toml").write_text(text)
    (wrong,) = mistakes(lambda: configuration.read(tmp_path / "main.beancount"))
    assert "nothing says where the words of `charges` and `interest` stand" in wrong
    (tmp_path / "import.toml").write_text(text + 'text = ["T"]\n')
    (known,) = configuration.read(tmp_path / "main.beancount").table
    assert known.charges == ["Fee"]
