"""Tables, registers, rates and extracts: what people fill in by hand, and every mistake in it at once."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from beancount.core.data import Transaction
from openpyxl import Workbook, load_workbook

from importers import formats
from importers.formats import expenditure, rates, register, table
from importers.formats.register import Register
from importers.ground import configuration, files
from importers.ground.configuration import BankTable, Configuration, Expenditure
from importers.ground.files import Source
from importers.ground.format import Format, R
from importers.ground.records import BankStatements
from importers.ground.refusal import RefusedFileError
from importers.plans import pledging, publication, spending
from importers.plans.plan import ImportOptions, PlanContext
from importers.register_template import build_workbook
from ledger.ground.render import render
from ledger.model.fund import Fund
from tests.conftest import Load
from tests.sample_files import NOTHING_DECLARED

TODAY = date(2026, 1, 15)
BOOK = """
    2004-06-08 open Liabilities:AccountsPayable
    2004-06-08 open Expenses:Travel
    2026-01-01 price EUR 1.10 USD
    2004-06-08 custom "purpose" "visits"
      name-en: "Country visits"
      name-es: "Visitas a los países"
      basis: "example"
    2004-06-08 custom "purpose" "reports"
      name-en: "Reports"
      basis: "example"
"""


@pytest.fixture
def fund(book: Load) -> Fund:
    return book(BOOK).fund


def opened(
    known: Format[R], text: str | bytes, declared: Configuration = NOTHING_DECLARED, encoding: str | None = None
) -> R:
    """Open a text as a format that must recognise it."""
    content = text.encode() if isinstance(text, str) else text
    records = known.open(Source("file", content, encoding), declared)
    assert records is not None
    return records


def context(fund: Fund, declared: Configuration = NOTHING_DECLARED, **options: Any) -> PlanContext:
    return PlanContext(fund, declared, ImportOptions(**{"today": TODAY, **options}), "ab" * 32)


def mistakes(work: Callable[[], object]) -> list[str]:
    with pytest.raises(RefusedFileError) as caught:
        work()
    return [str(mistake) for mistake in caught.value.mistakes]


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


def test_a_bank_table_needs_something_that_proves_it(tmp_path: Path) -> None:
    (tmp_path / "import.toml").write_text(
        '[[table]]\nname = "a"\nnumber = "123"\ncurrency = "USD"\ndate = "D"\namount = "A"\ncolour = "red"\n'
    )
    (wrong,) = mistakes(lambda: configuration.read(tmp_path / "main.beancount"))
    assert "colour" in wrong
    (tmp_path / "import.toml").write_text(
        '[[table]]\nname = "a"\nnumber = "123"\ncurrency = "USD"\ndate = "D"\namount = "A"\n'
    )
    (wrong,) = mistakes(lambda: configuration.read(tmp_path / "main.beancount"))
    assert "nothing would prove that such a file is whole" in wrong


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


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
def test_the_register_comes_back_in_every_language_with_columns_moved_and_dates_as_text(
    fund: Fund, tmp_path: Path, language: str
) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(build_workbook(fund, language, ["USD", "EUR"]))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    assert {validation.type for validation in sheet.data_validations.dataValidation} == {"list", "date", "decimal"}
    columns = {heading.key: number for number, heading in enumerate(register.HEADINGS, 1)}
    rows = [
        {"number": "7/a", "donor": "ARG · Argentina", "amount": 1500, "currency": "USD", "letter": "13/01/2026", "purpose": fund.directives.purposes[-1].name(language)},
        {"number": "8", "donor": "México", "amount": "1.250,50", "currency": "eur", "letter": date(2026, 1, 5), "due": "2026-03-31", "agreement": "Letters", "accepted": "10.01.2026"},
        {"number": "8", "donor": "MEX", "amount": 1000, "currency": "EUR", "letter": date(2026, 1, 5), "due": date(2026, 6, 30), "agreement": "Letters", "accepted": "10.01.2026"},
    ]  # fmt: skip
    for at, row in enumerate(rows, 3):  # one row stays blank
        for key, value in row.items():
            sheet.cell(at, columns[key], value)
    sheet.move_range("A1:B5", cols=20)
    book[register.CONTROL[language]].cell(2, 2, 3)
    book[register.CONTROL[language]].cell(4, 2, Decimal("2250.50"))
    book.save(path)
    source = files.read_file(path)
    known, records = formats.open_file(source, NOTHING_DECLARED)
    assert known is register.FORMAT
    assert isinstance(records, Register)
    found = pledging.plan(records, context(fund, officer="finance-officer-1"))
    assert [(txn.date, txn.payee, sorted(txn.tags)) for txn in found.transactions] == [
        (date(2026, 1, 13), "Argentina", ["pledge"]),
        (date(2026, 1, 10), "Mexico", ["agreement"]),
    ]
    assert found.totals == {"USD": 1500, "EUR": Decimal("2250.50")}
    opened = [(p.units.number, p.cost.label, p.meta["due"]) for p in found.transactions[1].postings if p.cost]
    assert opened == [
        (Decimal("1250.50"), "PL-2026-002/1", date(2026, 3, 31)),
        (1000, "PL-2026-002/2", date(2026, 6, 30)),
    ]
    assert found.transactions[0].meta["purpose"] == fund.directives.purposes[-1].slug


REGISTER = "Your number;Donor;Amount;Currency;Date of the letter;Due date;Purpose;Agreement;Date of acceptance\n"


def test_all_mistakes_of_all_rows_come_at_once_each_with_its_cell(fund: Fund) -> None:
    text = REGISTER + (
        "1;Argentinia;1000;USD;2026-01-03;;visits;;\n"
        "2;Mexico;-5;US;yesterday;;spaceships;;\n"
        ";Chile;1,000;USD;2026-01-03;;;Letters;\n"
        "4;Chile;10.005;USD;2026-01-03;;;Letters;2025-12-31\n"
    )
    found = mistakes(lambda: pledging.plan(opened(register.FORMAT, text), context(fund)))
    assert [item.partition(":")[0] for item in found] == [
        "line 2, column 2",
        "line 3, column 3",
        "line 3, column 4",
        "line 3, column 5",
        "line 3, column 7",
        "line 4, column 1",
        "line 4, column 3",
        "line 5, column 3",
        "line 5, column 9",
    ]
    assert "did you mean 'Argentina'?" in found[0]
    assert "may be read in two ways" in found[6]


def test_a_register_is_known_the_second_time_and_a_changed_one_is_an_error(book: Load, fund: Fund) -> None:
    text = REGISTER + "1;Argentina;1000;USD;2026-01-03;;visits;;\n"
    planned = pledging.plan(opened(register.FORMAT, text), context(fund, officer="finance-officer-1"))
    after = book(BOOK + "\n".join("    " + line for line in render(planned.transactions).splitlines())).fund
    again = pledging.plan(opened(register.FORMAT, text), context(after))
    assert (again.transactions, dict(again.counted)["already known"]) == ([], 1)
    changed = text.replace("1000", "2000")
    (wrong,) = mistakes(lambda: pledging.plan(opened(register.FORMAT, changed), context(after)))
    assert (
        "the pledge '1' is in the book as: Argentina, 2026-01-03, 1,000.00 USD due not said, visits (main.beancount:"
        in wrong
    )
    assert "the file has instead: Argentina, 2026-01-03, 2,000.00 USD due not said, visits (line 2, column 1)" in wrong


UN = (
    "United Nations operational rates of exchange (example)\r\nRates of exchange per 1 US dollar\r\n\r\n"
    "Belarus\tRuble\tBYN\t01 Aug 2016\t2.01\r\nEuro area\tEuro\tEUR\t01 Aug 2016\t0.902\r\nEuro area\tEuro\tEUR\t15 Aug 2016\t0.885\r\n"
    "Japan\tYen\tJPY\t01 Aug 2016\t105.3\r\n\r\nNote (example)\r\n"
)


def taken(fund: Fund, text: str, *wanted: str) -> publication.NewPrices:
    return publication.select_prices(fund, opened(rates.FORMAT, text), "0" * 64, set(wanted))


def test_rates_are_inverted_to_ten_digits_with_the_published_figure_beside(fund: Fund) -> None:
    assert formats.recognise(Source("rates.xls", UN.encode()), NOTHING_DECLARED)[0] is rates.FORMAT
    found = taken(fund, UN, "EUR", "BYN", "BYR")
    assert [(p.date, p.currency, str(p.amount.number), p.meta["published"]) for p in found.prices] == [
        (date(2016, 8, 1), "BYN", "0.4975124378", "2.01 BYN for 1 USD"),
        (
            date(2016, 8, 1),
            "BYR",
            "0.00004975124378",
            "2.01 BYN for 1 USD; 10000 BYR are 1 BYN (ISO 4217 amendment 161)",
        ),
        (date(2016, 8, 1), "EUR", "1.108647450", "0.902 EUR for 1 USD"),
        (date(2016, 8, 15), "EUR", "1.129943503", "0.885 EUR for 1 USD"),
    ]
    assert found.left == ["JPY"]
    for price in found.prices:
        published = Decimal(price.meta["published"].split()[0]) * (10000 if price.currency == "BYR" else 1)
        assert abs(price.amount.number * published - 1) < Decimal("1e-9")


def test_a_currency_that_ended_or_had_not_begun_is_refused(fund: Fund) -> None:
    (ended,) = mistakes(lambda: taken(fund, UN.replace("BYN", "BYR"), "BYR"))
    assert "BYR was replaced by BYN on 2016-07-01" in ended
    (begun,) = mistakes(lambda: taken(fund, UN.replace("01 Aug 2016\t2.01", "01 Jun 2016\t2.01"), "BYN"))
    assert "BYN began on 2016-07-01" in begun


def test_rates_that_are_cut_off_or_contradict_the_book_or_jump_are_refused(book: Load) -> None:
    for size in range(1, UN.index("\r\n\r\nNote") + 3):
        with pytest.raises(RefusedFileError):
            rates.read(Source("rates.xls", UN[:size].encode()))
    had = book("2016-08-01 price EUR 1.20 USD\n").fund
    (wrong,) = mistakes(lambda: taken(had, UN, "EUR"))
    assert "EUR is 1.108647450 USD from 2016-08-01, but the book has 1.20" in wrong
    (jump,) = mistakes(lambda: taken(book("2016-07-01 price JPY 0.9 USD\n").fund, UN, "JPY"))
    assert "more than 5 times" in jump


ERP = "Date,Document,Object,Purpose,Description,Amount,Currency\n2026-01-05,D1,Staff travel,SRMW-1,Visit,120.50,USD\n2026-01-06,D2,Travel,visits,Visit,79.50,EUR\nTotal,,,,,200.00,\n"
EXTRACT = Configuration(expenditure=Expenditure(objects={"Staff travel": "Travel"}, purposes={"SRMW-1": "visits"}))


def test_an_extract_is_proven_by_its_control_line_and_owed_until_paid(fund: Fund) -> None:
    text = ERP.replace("EUR", "USD")
    extract = opened(expenditure.FORMAT, text, EXTRACT)
    found = spending.plan(extract, context(fund, EXTRACT, officer="finance-officer-1"))
    assert {txn.meta["statement-sha256"] for txn in found.transactions} == {"ab" * 32}
    assert [[(p.account, p.units.number) for p in txn.postings] for txn in found.transactions] == [
        [("Expenses:Travel", Decimal("120.50")), ("Liabilities:AccountsPayable", Decimal("-120.50"))],
        [("Expenses:Travel", Decimal("79.50")), ("Liabilities:AccountsPayable", Decimal("-79.50"))],
    ]
    assert {txn.meta["purpose"] for txn in found.transactions} == {"visits"}


def test_what_an_extract_has_wrong_is_named_cell_by_cell(fund: Fund) -> None:
    (several,) = mistakes(lambda: opened(expenditure.FORMAT, ERP, EXTRACT))
    assert "several currencies" in several
    (control,) = mistakes(lambda: opened(expenditure.FORMAT, ERP.replace("200.00", "201.00"), EXTRACT))
    assert "the control line says 201.00; the 2 lines add up to 200.00" in control
    (cut,) = mistakes(lambda: opened(expenditure.FORMAT, ERP.partition("Total")[0], EXTRACT))
    assert "was cut off" in cut
    text = (
        ERP.replace("EUR", "USD")
        .replace("Staff travel", "Rockets")
        .replace("SRMW-1", "moon")
        .replace("D2,Travel", "D2,")
    )
    (empty,) = mistakes(lambda: opened(expenditure.FORMAT, text, EXTRACT))
    assert empty.startswith("line 3, column 3: 'Object' is empty")
    extract = opened(expenditure.FORMAT, text.replace("D2,,", "D2,Travel,"), EXTRACT)
    found = mistakes(lambda: spending.plan(extract, context(fund, EXTRACT)))
    assert [item.partition(":")[0] for item in found] == ["line 2, column 3", "line 2, column 4"]


def after(book: Load, transactions: Sequence[Transaction]) -> Fund:
    """Return the fund after an import."""
    return book(BOOK + "\n".join("    " + line for line in render(transactions).splitlines())).fund


DOC9 = (
    "Date,Document,Object,Purpose,Description,Amount,Currency\n"
    "2026-03-05,DOC-9,Travel,visits,Leg 1,10.00,USD\n2026-03-05,DOC-9,Travel,visits,Leg 2,15.00,USD\nTotal,,,,,25.00,\n"
)


@pytest.mark.parametrize(
    ("old", "new", "in_the_book", "in_the_file"),
    [
        ("10.00", "12.00", "10.00 USD for Travel", "12.00 USD for Travel"),
        (
            "2026-03-05,DOC-9,Travel,visits,Leg 1",
            "2026-03-07,DOC-9,Travel,visits,Leg 1",
            "2026-03-05, 10.00",
            "2026-03-07, 10.00",
        ),
        ("visits,Leg 1", "reports,Leg 1", "10.00 USD for Travel, visits", "10.00 USD for Travel, reports"),
        ("Leg 2", "Leg two", "'Leg 2'", "'Leg two'"),
        (
            "2026-03-05,DOC-9,Travel,visits,Leg 2,15.00,USD\n",
            "2026-03-05,D-10,Travel,visits,New,15.00,USD\n",
            "15.00 USD",
            "has not any more",
        ),
    ],
)
def test_a_changed_line_of_an_extract_is_shown_as_the_book_and_as_the_file_has_it(
    book: Load, fund: Fund, old: str, new: str, in_the_book: str, in_the_file: str
) -> None:
    extract = opened(expenditure.FORMAT, DOC9, EXTRACT)
    had = after(book, spending.plan(extract, context(fund, EXTRACT)).transactions)
    assert dict(spending.plan(extract, context(had, EXTRACT)).counted)["already known"] == 2
    text = DOC9.replace(old, new, 1)
    total = sum(Decimal(row.split(",")[5]) for row in text.splitlines()[1:-1])
    changed = opened(expenditure.FORMAT, text.replace("25.00,\n", f"{total},\n"), EXTRACT)
    (wrong,) = mistakes(lambda: spending.plan(changed, context(had, EXTRACT)))
    assert in_the_book in wrong
    assert in_the_file in wrong
    assert "main.beancount:" in wrong


def test_a_document_may_get_a_further_line(book: Load, fund: Fund) -> None:
    extract = opened(expenditure.FORMAT, DOC9, EXTRACT)
    had = after(book, spending.plan(extract, context(fund, EXTRACT)).transactions)
    more = DOC9.replace("Total,,,,,25.00", "2026-03-06,DOC-9,Travel,visits,Leg 3,5.00,USD\nTotal,,,,,30.00")
    plan = spending.plan(opened(expenditure.FORMAT, more, EXTRACT), context(had, EXTRACT))
    assert (dict(plan.counted)["already known"], len(plan.transactions)) == (2, 1)
