"""Every face of a report says the same: workbook, CSV, JSON, page, IATI.

And the bytes are the same in another folder on another day.
"""

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest
import time_machine
from lxml import etree
from openpyxl import load_workbook

from ledger.book.loading import Book, load
from ledger.ground.periods import Quarter
from reports.document import Document, displayed_value, document
from reports.faces import csv_files, iati, json_file, page
from reports.faces.workbook.build import build, tab
from reports.figures import Figure
from reports.report import report
from reports.scope import Basis, Scope
from reports.statements.fund_balance import FUND_BALANCE
from reports.translation import LANGUAGES
from tests.books import MORE, SMALL
from tests.conftest import EXAMPLE, ON_CI, ROOT, Load, needs, shared
from tests.generate_book import write_book

Q2, Q3 = Quarter(2016, 2), Quarter(2016, 3)


def made(book: Book, quarter: Quarter, basis: Basis = Basis.CASH) -> Document:
    return document(report(book, Scope.of(quarter, basis=basis)))


@pytest.fixture(scope="module")
def example() -> Book:
    return load(EXAMPLE)


@pytest.fixture(scope="module")
def q3(example: Book) -> Document:
    return made(example, Q3)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return load(write_book(tmp_path_factory.mktemp("generated"), transactions=600))


class Cells(HTMLParser):
    """The figures of a page by their ids, and what is shown of them."""

    def __init__(self) -> None:
        super().__init__()
        self.figures: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self._open = ""  # a cell of a figure holds text and no element
        if tag == "td" and told.get("id"):
            self._open = str(told["id"])
            self.figures[self._open] = str(told["data-value"])
            self.texts[self._open] = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open] += data.strip()


def figures(of: Document) -> Iterator[tuple[str, int, int, Decimal]]:
    """Return each figure of the document: its table, its row and column from 1, its value."""
    for table in of.tables:
        for row, cells in enumerate(table.rows, 1):
            for column, cell in enumerate(cells, 1):
                value = displayed_value(cell)
                if isinstance(value, Decimal):
                    yield table.key, row, column, value


def all_say_the_same(of: Document) -> int:
    """Hold every figure in every face against the document; give their number."""
    book = load_workbook(io.BytesIO(build(of)), data_only=True)
    data = json.loads(json_file.write(of))
    archive = zipfile.ZipFile(io.BytesIO(csv_files.write(of)))
    read = {}
    for table in of.tables:
        name = f"{of.code}-{of.quarter}-{csv_files.name(table)}.csv"
        read[table.key] = list(csv.reader(archive.read(name).decode("utf-8-sig").splitlines()))
    cells = Cells()
    cells.feed(page.html(of))
    count = 0
    for key, row, column, value in figures(of):
        table = of.table(key)
        place = table.columns[column - 1].key
        assert book[tab(table)].cell(row + 4, column).value == pytest.approx(float(value), abs=1e-9), (key, row, place)
        assert Decimal(read[key][row][column - 1]) == value
        told = next(t for t in data["tables"] if t["key"] == key)["rows"][row - 1][place]
        assert Decimal(told["number"] if isinstance(told, dict) else told) == value
        if key not in page.UNPRINTED:
            assert Decimal(cells.figures[f"{key}.{row}.{place}"]) == value
        count += 1
    return count


def test_all_faces_of_the_example_say_the_same(q3: Document) -> None:
    assert all_say_the_same(q3) > 400


@pytest.mark.parametrize("basis", list(Basis))
def test_all_faces_of_a_generated_book_say_the_same(generated: Book, basis: Basis) -> None:
    assert all_say_the_same(made(generated, Quarter(2012, 3), basis)) > 1000


def test_all_faces_of_the_small_book_say_the_same(book: Load) -> None:
    assert all_say_the_same(made(book(SMALL, MORE), Q2)) > 400


NOTHING = (0, 0, 0, 0, 0)
A, C, R = 200_000, 117_000, 2_657_506  # announced, committed, received: see test_example_2016
US, TOP3, TOP5 = 2_115_506, 2_115_506 + 150_000 + 100_000, 2_115_506 + 150_000 + 100_000 + 83_000 + 80_000
BY_DONOR = (83_000, 80_000, 100_000, 50_000, 150_000, 55_000, 2_115_506, 24_000)  # in the order of their names
HAND: dict[str, list[tuple[object, ...]]] = {
    "summary": [(A, C, R, R, R), NOTHING, NOTHING, NOTHING],
    "fund_balance": [NOTHING, (R, 0, 0, R, R), *[NOTHING] * 8],
    "contributions": [(n, 0, 0, n, 0, n) for n in BY_DONOR],
    "quarters": [*[NOTHING] * 7, (R, 0, 0, 0, R)],
    "pledges": [(C, 0, 0, 0, 0, 0, C, 0), (0, C, 0, 0, 0, 0, 0, C), (A, 0, 0, 0, 0, 0, 0, A)],
    "pledge_values": [(0, 0, 0, 0, 0, 0), (0, C, C, 0, 0, 0), (A, 0, A, 0, 0, 0)],
    "ageing": [(2, A, C), *[(0, 0, 0)] * 5],
    "expected_cash": [(0, 0, 0), (2, A, C), *[(0, 0, 0)] * 8],
    "donors": [(A, C, 0, 0, 0, A, C, 0)],
    "receipts": [(n, 0) for n in (83_000, 50_000, 2_115_506, 80_000, 150_000, 100_000, 55_000, 24_000)],
    "agreements": [(1, C, C)],
    "expenditure": [],
    "earmarks": [(R, 0, 0, 0, R)],
    "covers": [],
    "in_kind": [],
    "in_kind_register": [],
    "indirect_costs": [(R, 0, 0, R, 0, 0, R, 0, 0), *[(0,) * 9] * 3],
    "unclaimed": [],
    "funds_available": [(0, R), (0, 0), (0, 0), (0, 0)],
    "loans": [],
    "dormant": [],
    "rates": [],
    "indicators": [(0, C, 0), *[(n, R, round(Decimal(n) / R, 6)) for n in (US, TOP3, TOP5)] * 2],
    "days": [(0, 0, 0), (0, 0, 0)],
    "breadth": [(35, 8, 8, 8, Decimal("0.228571")), (69, 0, 0, 0, 0), (27, 0, 0, 0, 0), (2, 0, 0, 0, 0)],  # 8 of 35
    "exceptions": [],
    "waivers": [],
    "restatements": [],
    "control_totals": [  # 8 receipts; 2 pledges and an agreement
        *[(16, R, R, 0)] * 2,
        *[(6, A + C + C, A + C + C, 0)] * 2,
    ],
    "seals": [(11,)],
    "confirmations": [],
}
"""Every figure of every statement of the example's third quarter, by hand from the entries in ledger/example; rows in
their order, columns of figures only."""


def test_every_figure_of_the_example_by_hand(q3: Document) -> None:
    found = {
        table.key: [
            tuple(
                displayed_value(cell)
                for column, cell in zip(table.columns, row, strict=True)
                if column.kind.number and cell is not None
            )
            for row in table.rows
        ]
        for table in q3.tables
        if table.key in HAND
    }
    for key, rows in HAND.items():
        assert found[key] == rows, key
    others = {"law", "checks", "evidence", "entries", "documents"}
    assert {table.key for table in q3.tables} - HAND.keys() == others  # words, and what is drawn from the others
    registry = (ROOT / "ledger" / "registry" / "permanent_observers.beancount").read_text(encoding="utf-8")
    began = re.findall(r'(?m)^([\d-]{10}) custom "donor-status" "\w+" "permanent-observer"', registry)
    assert sum(day <= "2016-09-30" for day in began) == 69


def test_the_hand_figures_of_the_example_stand_in_every_face(q3: Document, example: Book) -> None:
    """Argentina gave 83,000; all gave 2,657,506 (worked out by hand in test_example_2016)."""
    data = json.loads(json_file.write(q3))
    given = next(table for table in data["tables"] if table["key"] == "contributions")
    assert (given["rows"][0]["donor"], given["rows"][0]["quarter"]) == ("Argentina", "83000.00")
    assert given["totals"]["quarter"] == "2657506.00"
    lines = csv_files.statement(q3.table("contributions")).decode("utf-8-sig").splitlines()
    assert lines[1].startswith("Member states,Argentina,83000.00,")
    assert lines[-1].startswith("Total,,2657506.00,")
    cells = Cells()
    cells.feed(page.html(q3))
    assert cells.texts["contributions.1.quarter"] == "83,000.00"
    assert cells.texts["contributions.total.quarter"] == "2,657,506.00"
    assert cells.texts["contributions.1.prior_quarter"] == "–"
    activity = etree.fromstring(iati.write(example.fund, Scope.of(Q3)))
    sums: dict[str, Decimal] = {}
    for made_ in activity.iter("transaction"):
        kind = made_.find("transaction-type").get("code")
        sums[kind] = sums.get(kind, Decimal(0)) + Decimal(made_.findtext("value"))
    assert sums == {"13": 200_000, "11": 117_000, "1": 2_657_506}


def test_the_json_is_of_the_published_shape_and_builds_the_workbook_again(q3: Document) -> None:
    content = json_file.write(q3)
    schema = json.loads((ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(content))
    again = json_file.read(content)
    assert json_file.write(again) == content
    assert build(again) == build(q3)


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        (b"{", "the file"),
        (b'{"format": "vfund-report/2"}', "format"),
        (b"[]", "the file"),
        (b"\xff\xfe", "the file"),
    ],
)
def test_what_is_no_report_is_refused(wrong: bytes, place: str) -> None:
    with pytest.raises(json_file.InvalidReportError, match=place):
        json_file.read(wrong)


@pytest.mark.parametrize("kind", ["example", "generated"])
def test_the_iati_file_is_valid_and_ties_to_the_statements(kind: str, example: Book, generated: Book) -> None:
    book, quarter = (example, Q3) if kind == "example" else (generated, Quarter(2012, 3))
    content = iati.write(book.fund, Scope.of(quarter))
    schema = etree.XMLSchema(etree.parse(shared("schemas/iati-activities-schema.xsd")))
    root = etree.fromstring(content)
    schema.assertValid(root)
    sums: dict[tuple[str, str], Decimal] = {}
    for item in root.iter("transaction"):
        value = item.find("value")
        key = (item.find("transaction-type").get("code"), value.get("currency"))
        sums[key] = sums.get(key, Decimal(0)) + Decimal(value.text)
    balance = {line.key: line for line in report(book, Scope.of(quarter)).of[FUND_BALANCE].lines}
    given = sum(line.cumulative for key, line in balance.items() if key.startswith("contribution:") or key == "refund")
    assert sums["1", "USD"] == given
    promised: dict[tuple[str, str], Decimal] = {}
    for item in book.fund.instalments.values():  # what is promised is what is outstanding and what was received
        key = ("13" if item.stage == "announced" else "11", item.currency)
        paid = sum(m.number for m in item.movements if m.effect.value == "received" and m.day <= quarter.end)
        if any(m.day <= quarter.end for m in item.movements):
            promised[key] = promised.get(key, Decimal(0)) + item.outstanding(quarter.end) + paid
    assert {key: value for key, value in sums.items() if key[0] != "1"} == promised


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_iati_file_and_the_page_come_in_every_language(example: Book, language: str) -> None:
    scope = Scope.of(Q3, language=language)
    said = {text for text in etree.fromstring(iati.write(example.fund, scope)).itertext() if "EX-2016-001" in text}
    word = {"en": "Contribution", "es": "Contribución", "fr": "Contribution", "pt": "Contribuição"}[language]
    assert said == {f"{word} EX-2016-001"}
    assert f'<html lang="{language}">' in page.html(document(report(example, scope)))


def test_the_same_bytes_in_another_folder_on_another_day(q3: Document, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere" / "ledger"
    shutil.copytree(EXAMPLE.parent.parent, copy)
    with time_machine.travel("2031-02-03 04:05:06 +0000"):
        again = made(load(copy / "example" / "main.beancount"), Q3)
        assert json_file.write(again) == json_file.write(q3)
        assert build(again) == build(q3)
        assert csv_files.write(again) == csv_files.write(q3)


def test_a_changed_entry_changes_the_digest(q3: Document, tmp_path: Path) -> None:
    copy = tmp_path / "ledger"
    shutil.copytree(EXAMPLE.parent.parent, copy)
    entries = copy / "example" / "entries" / "2016.beancount"
    text = entries.read_text(encoding="utf-8")
    entries.write_text(text.replace("Extraordinary contribution, sent", "Contribution, sent"), encoding="utf-8")
    again = made(load(copy / "example" / "main.beancount"), Q3)
    assert again.digest != q3.digest
    assert {t.key for t, other in zip(again.tables, q3.tables, strict=True) if t != other} == {"seals", "entries"}


def test_no_text_of_the_book_becomes_a_formula_or_a_tag(book: Load) -> None:
    nasty = '=HYPERLINK("http://example.org")<script>alert(1)</script>'
    loaded = book(SMALL.replace('"Rooms for a session"', json.dumps(nasty)))
    assert loaded.findings == []
    of = made(loaded, Q2)
    sheet = load_workbook(io.BytesIO(build(of)))["7a In kind, register"]
    cell = sheet.cell(5, of.table("in_kind_register").column("what") + 1)
    assert (cell.data_type, cell.value) == ("s", nasty)
    lines = list(csv.reader(csv_files.statement(of.table("in_kind_register")).decode("utf-8-sig").splitlines()))
    assert f"'{nasty}" in lines[1]
    assert "<script>" not in page.html(of)
    assert "&lt;script&gt;" in page.html(of)


def test_every_figure_is_traced_to_its_entries_or_worked_out(book: Load) -> None:
    """A figure that is not nothing has entries, a formula, or is an opening balance.

    What is counted and converted is neither.
    """
    loaded = book(SMALL, MORE)
    whole = report(loaded, Scope.of(Q2))
    traced = {row[0] for row in document(whole).table("evidence").rows}
    untraced = set()
    for table in whole.tables:
        for number, row in enumerate(table.rows, 1):
            for column, cell in zip(table.columns, row, strict=True):
                place = f"{table.key}.{number}.{column.key}"
                is_money = column.kind.value in {"money", "amount"} and not column.formula
                if is_money and isinstance(cell, Decimal) and cell and place not in traced:
                    untraced.add(place)
    beside = (
        "checks.",
        "evidence.",
        "control_totals.",
        "fund_balance.1.",
    )  # of the whole book; the closing balance before
    assert {place for place in untraced if not place.startswith(beside)} == set()
    (line,) = [row for row in document(whole).table("evidence").rows if row[0] == "contributions.3.quarter"]
    entries = {row[0]: row for row in document(whole).table("entries").rows}
    assert line[1] == 640
    assert entries[Decimal(str(line[2]))][4] == "First instalment, 15 kept by the bank"
    assert isinstance(whole.tables[0].rows[0][3], Figure)


def test_a_donor_who_is_not_named_is_named_in_no_face(book: Load) -> None:
    loaded = book(
        """
    2016-05-05 * "Panama" "A gift of Panama" #receipt
      receipt-number: "R-2016-0001"
      anonymous: TRUE
      Assets:Bank:Operating                              625.00 USD
      Income:Contributions:MemberStates:Panama          -625.00 USD
    """
    )
    scope = Scope.of(Q2)
    of = replace(document(report(loaded, scope)), facts=())
    exceptions = {
        "exceptions"
    }  # what is wrong with an entry is told of the entry; this book's law does not let a state be anonymous
    tables = tuple(table for table in of.tables if table.key not in exceptions)
    of = replace(of, tables=tables)
    for text in (
        page.html(of),
        json_file.write(of).decode(),
        csv_files.write(of).decode("utf-8", "replace"),
        iati.write(loaded.fund, scope).decode(),
    ):
        assert "Panama" not in text
        assert "Not named, at the donor" in text


@pytest.mark.office
def test_the_page_as_pdf(q3: Document, tmp_path: Path) -> None:
    pdftotext, pdfinfo = needs("pdftotext", "poppler-utils"), needs("pdfinfo", "poppler-utils")
    try:
        content = page.pdf(page.html(q3), q3.title)
    except page.PdfUnavailableError as error:
        (pytest.fail if ON_CI else pytest.skip)(str(error))
    path = tmp_path / "page.pdf"
    path.write_bytes(content)
    text = subprocess.run([pdftotext, "-layout", path, "-"], check=True, capture_output=True, text=True).stdout
    assert "2,657,506.00" in text
    assert "page 1 / " in text
    assert q3.digest[:23] in text
    info = subprocess.run([pdfinfo, path], check=True, capture_output=True, text=True).stdout
    assert "Tagged:          yes" in info
    assert "792 x 612 pts (letter)" in info
