"""The register of pledges that an office fills in, and every mistake in it at once."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from importers import formats
from importers.formats import register
from importers.formats.register import Register
from importers.ground import files
from importers.ground.configuration import Configuration
from importers.ground.files import Source
from importers.plans import pledging
from importers.register_template import build_workbook
from ledger.ground.render import render
from ledger.model.fund import Fund
from tests.books import PURPOSES
from tests.conftest import Load
from tests.reading import context, mistakes, opened, refused
from tests.sample_files import NOTHING_DECLARED

D = Decimal
DAY = date(2026, 3, 20)


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
def test_the_register_comes_back_in_every_language_with_columns_moved_and_dates_as_text(
    small_fund: Fund, tmp_path: Path, language: str
) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(build_workbook(small_fund, language, ["USD", "EUR"]))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    assert {validation.type for validation in sheet.data_validations.dataValidation} == {"list", "date", "decimal"}
    columns = {heading.key: number for number, heading in enumerate(register.HEADINGS, 1)}
    rows = [
        {"number": "7/a", "donor": "ARG · Argentina", "amount": 1500, "currency": "USD", "letter": "13/01/2026", "purpose": small_fund.directives.purposes[-1].name(language)},
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
    found = pledging.plan(records, context(small_fund, officer="finance-officer-1"))
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
    assert found.transactions[0].meta["purpose"] == small_fund.directives.purposes[-1].slug


REGISTER = "Your number;Donor;Amount;Currency;Date of the letter;Due date;Purpose;Agreement;Date of acceptance\n"


def test_all_mistakes_of_all_rows_come_at_once_each_with_its_cell(small_fund: Fund) -> None:
    text = REGISTER + (
        "1;Argentinia;1000;USD;2026-01-03;;visits;;\n"
        "2;Mexico;-5;US;yesterday;;spaceships;;\n"
        ";Chile;1,000;USD;2026-01-03;;;Letters;\n"
        "4;Chile;10.005;USD;2026-01-03;;;Letters;2025-12-31\n"
    )
    found = mistakes(lambda: pledging.plan(opened(register.FORMAT, text), context(small_fund)))
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


def test_a_register_is_known_the_second_time_and_a_changed_one_is_an_error(book: Load, small_fund: Fund) -> None:
    text = REGISTER + "1;Argentina;1000;USD;2026-01-03;;visits;;\n"
    planned = pledging.plan(opened(register.FORMAT, text), context(small_fund, officer="finance-officer-1"))
    after = book(PURPOSES, render(planned.transactions)).fund
    again = pledging.plan(opened(register.FORMAT, text), context(after))
    assert (again.transactions, dict(again.counted)["already known"]) == ([], 1)
    changed = text.replace("1000", "2000")
    (wrong,) = mistakes(lambda: pledging.plan(opened(register.FORMAT, changed), context(after)))
    assert (
        "the pledge '1' is in the book as: Argentina, 2026-01-03, 1,000.00 USD due not said, visits (main.beancount:"
        in wrong
    )
    assert "the file has instead: Argentina, 2026-01-03, 2,000.00 USD due not said, visits (line 2, column 1)" in wrong


def test_a_register_is_read_from_all_its_sheets_and_held_to_all_its_totals() -> None:
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
