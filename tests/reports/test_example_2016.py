"""The example of 2016, worked out by hand from the press releases, against the statements and the workbook's cells.

By hand, as of 30 September 2016 (all of them member states; sources in ledger/example/entries/2016.beancount):

    announced  Argentina, letter of 26 August                                   200,000
    committed  Argentina, announced earlier, then committed                     117,000
    received   Argentina 83,000 + Mexico 50,000 + United States 2,115,506
               + Chile 80,000 + Panama 150,000 + Colombia 100,000
               + Peru 55,000 + Uruguay 24,000                                 2,657,506

In conversation, and so in no total: United States 100,000, European Union 50,000 EUR, UNHCR 100,000, CAMMINA 100,000.
In the fourth quarter the United States announces 500,000 more by letter of 14 October.
"""

import csv
import io
import re
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ledger.book.loading import Book, load
from ledger.ground.periods import Quarter
from reports.document import document
from reports.faces.workbook.build import build
from reports.faces.workbook.finish import MissingValueError, finish
from reports.faces.workbook.recalculate import recalculate
from reports.report import Report, report
from reports.scope import Basis, Scope
from reports.statements.contributions import CONTRIBUTIONS
from reports.statements.summary import SUMMARY
from tests.conftest import EXAMPLE, needs, shared
from tests.generate_book import write_book

Q3 = Quarter(2016, 3)
ANNOUNCED, COMMITTED, RECEIVED = Decimal(200_000), Decimal(117_000), Decimal(2_657_506)
RECEIPTS = {
    "Argentina": 83_000,
    "Mexico": 50_000,
    "United States": 2_115_506,
    "Chile": 80_000,
    "Panama": 150_000,
    "Colombia": 100_000,
    "Peru": 55_000,
    "Uruguay": 24_000,
}


@pytest.fixture(scope="module")
def example() -> Book:
    return load(EXAMPLE)


@pytest.fixture(scope="module")
def q3(example: Book) -> Report:
    return report(example, Scope.of(Q3))


@pytest.fixture(scope="module")
def workbook(q3: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("out") / "example.xlsx"
    path.write_bytes(build(document(q3)))
    return path


def test_the_book_is_clean(example: Book) -> None:
    assert example.findings == []


def test_the_stages_by_category(q3: Report) -> None:
    figures = {r.category: (r.announced, r.committed, r.received_quarter, r.received_year) for r in q3.of[SUMMARY]}
    nothing = (0, 0, 0, 0)
    assert figures == {
        "Member states": (ANNOUNCED, COMMITTED, RECEIVED, RECEIVED),
        "Permanent observers": nothing,
        "Inter-American system": nothing,
        "Others": nothing,
    }


def test_the_fourth_quarter_has_the_letter_of_the_united_states(example: Book) -> None:
    member_states = report(example, Scope.of(Quarter(2016, 4))).of[SUMMARY][0]
    assert (member_states.announced, member_states.committed) == (ANNOUNCED + 500_000, COMMITTED)
    assert (member_states.received_quarter, member_states.received_year) == (0, RECEIVED)


def test_contributions_by_donor(q3: Report) -> None:
    assert {line.donor: line.quarter for line in q3.of[CONTRIBUTIONS].lines} == RECEIPTS


def test_every_published_amount_of_2016_is_booked_or_noted(example: Book) -> None:
    """Every figure of the facts for 2016 stands in the text of the book.

    As an amount, a note, or a conflicting figure.
    """
    text = "".join(path.read_text(encoding="utf-8") for path in example.files if "example" in str(path))
    with shared("data/real_contributions.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["date_or_year"].startswith("2016")]
    assert len(rows) == 21
    for row in rows:
        number = int(row["amount"])
        assert f"{number}.00" in text or f"{number:,}" in text or number == 400_000, row
        source = row["source"].removeprefix("https://").removeprefix("http://").removeprefix("www.")
        assert source in text, row


def test_the_cells_of_the_workbook(workbook: Path) -> None:
    cells = load_workbook(workbook, data_only=True)
    summary = {row[0]: row[1:] for row in cells["Summary"].iter_rows(min_row=5, max_row=9, values_only=True)}
    assert summary["Member states"] == (200_000, 117_000, 2_657_506, 2_657_506, 2_657_506)
    assert summary["Permanent observers"] == (0, 0, 0, 0, 0)
    assert summary["Total"] == (200_000, 117_000, 2_657_506, 2_657_506, 2_657_506)
    balance = {row[0]: row[1:6] for row in cells["1 Fund balance"].iter_rows(min_row=5, values_only=True) if row[0]}
    assert balance["Opening balance"] == (0, 0, 0, 0, 0)
    assert balance["Contributions received: Member states"] == (2_657_506, 0, 0, 2_657_506, 2_657_506)
    assert balance["Closing balance"] == (2_657_506, 0, 0, 2_657_506, 2_657_506)
    donors = {row[1]: row[2] for row in cells["2 Contributions"].iter_rows(min_row=5, values_only=True) if row[1]}
    assert donors == RECEIPTS
    pledges = {row[2]: (row[3], row[14]) for row in cells["3 Pledges"].iter_rows(min_row=5, values_only=True) if row[2]}
    assert pledges == {
        "PL-2016-001": ("announced", 0),
        "PL-2016-001/1": ("committed", 117_000),
        "PL-2016-002": ("announced", 200_000),
    }
    receipts = [row[0] for row in cells["4 Receipts"].iter_rows(min_row=5, values_only=True)]
    assert receipts[:8] == [f"EX-2016-{n:03d}" for n in range(1, 9)]
    ages = {row[0]: row[1:4] for row in cells["3b Ageing"].iter_rows(min_row=5, max_row=11, values_only=True)}
    assert ages["not yet due"] == ages["Total"] == (2, 200_000, 117_000)  # both due on 31 December
    expected = {row[0]: row[2:4] for row in cells["3c Expected cash"].iter_rows(min_row=5, values_only=True)}
    assert expected["2016-Q4"] == expected["Total"] == (200_000, 117_000)
    (argentina,) = cells["3d Pledged and received"].iter_rows(min_row=5, max_row=5, values_only=True)
    assert argentina == ("Member states", "Argentina", 200_000, 117_000, 0, 0, 0, 200_000, 117_000, 0)
    (agreement,) = cells["5 Agreements"].iter_rows(min_row=5, max_row=5, max_col=10, values_only=True)
    assert (agreement[2:4], agreement[6:]) == (("Argentina", "PL-2016-001"), (1, "USD", 117_000, 117_000))
    assert [row[4] for row in cells["14c Checks"].iter_rows(min_row=5, values_only=True)] == ["OK"] * 19


def formulas(path: Path) -> dict[tuple[str, str], object]:
    """Return the cached value of every formula cell."""
    values, texts = load_workbook(path, data_only=True), load_workbook(path)
    return {
        (sheet.title, cell.coordinate): values[sheet.title][cell.coordinate].value
        for sheet in texts
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def test_an_independent_engine_calculates_every_formula_to_the_cached_value(workbook: Path) -> None:
    # summary 4 x 5 + 5, balance 5, contributions 6, quarters 8 + 5, pledges 3, values 3 + 5, ageing 3, expected 3,
    # donors 1 + 7, receipts 2,
    # agreements 1, expenditure 5, earmarks 1 + 5, in kind 5 + 1, indirect costs 4 x 3 + 6, unclaimed 1, available 2, loans 1, dormant 3,
    # indicators 7, breadth 4 + 4, checks 19 x 2 + 27 figures from other sheets, control totals 4, confirmations 3
    assert all_agree(workbook) == 206


def test_a_planted_wrong_value_is_caught(workbook: Path, tmp_path: Path) -> None:
    planted = tmp_path / "planted.xlsx"
    with zipfile.ZipFile(workbook) as archive, zipfile.ZipFile(planted, "w") as target:
        for name in archive.namelist():
            data = archive.read(name)
            if name == "xl/worksheets/sheet3.xml":  # the statement of changes in fund balance
                data, changed = re.subn(rb"(</f><v>)2657506", rb"\g<1>2657507", data, count=1)
                assert changed
            target.writestr(name, data)
    _, wrong = recalculate(planted.read_bytes())
    assert [(item.sheet, item.found) for item in wrong] == [("1 Fund balance", "2657507")]


@pytest.mark.uncovered
@pytest.mark.parametrize("basis", [Basis.CASH, Basis.AGREEMENT])
def test_and_those_of_a_book_of_ten_thousand_entries(large: Book, basis: Basis, tmp_path: Path) -> None:
    made = report(large, Scope.of(Quarter(2016, 2), basis=basis))
    assert [check.name for check in made.checks if not check.holds] == []
    open_then = {"pledge-lapse/lapsed", "unclaimed-age/too-old"}  # paid, and identified, later
    assert {finding.code for finding in made.findings} == open_then
    path = tmp_path / "large.xlsx"
    path.write_bytes(build(document(made)))
    assert all_agree(path) > 1000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return load(write_book(tmp_path_factory.mktemp("large"), transactions=10_000))


def all_agree(path: Path) -> int:
    """Let the engine calculate every formula, hold each against its cached value, and give their number."""
    count, wrong = recalculate(path.read_bytes())
    assert wrong == []
    assert count == len(formulas(path))
    return count


@pytest.mark.uncovered
@pytest.mark.office
@pytest.mark.parametrize("which", ["example", "large"])
def test_libreoffice_recalculates_to_the_same_values(which: str, workbook: Path, large: Book, tmp_path: Path) -> None:
    if which == "large":
        workbook = tmp_path / "large.xlsx"
        workbook.write_bytes(build(document(report(large, Scope.of(Quarter(2016, 2))))))
    soffice = needs("soffice", "libreoffice-calc-nogui")
    profile = tmp_path / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        '<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">'
        "<value>0</value></prop></item></oor:items>",
        encoding="utf-8",
    )
    command = [
        soffice,
        f"-env:UserInstallation=file://{tmp_path / 'profile'}",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "again"), str(workbook)], check=True, capture_output=True, timeout=180
    )
    again = load_workbook(tmp_path / "again" / workbook.name, data_only=True)
    for (sheet, place), value in formulas(workbook).items():
        found = again[sheet][place].value
        assert found == value if isinstance(value, str) else abs(found - value) < 1e-6, (sheet, place, found, value)


def test_the_same_report_gives_the_same_bytes(q3: Report, workbook: Path) -> None:
    assert build(document(q3)) == workbook.read_bytes()


def test_nothing_in_the_workbook_is_merged_hidden_or_external(workbook: Path) -> None:
    cells = load_workbook(workbook)
    assert all(not sheet.merged_cells.ranges and sheet.sheet_state == "visible" for sheet in cells)
    assert all(
        (sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == "1")
        or sheet.page_setup.paperSize == 1
        for sheet in cells
    )
    assert not [name for name in zipfile.ZipFile(workbook).namelist() if "externalLink" in name]


def test_every_chart_is_told_in_words(q3: Report, workbook: Path) -> None:
    archive = zipfile.ZipFile(workbook)
    drawings = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/drawings/drawing")]
    told = sorted(text for drawing in drawings for text in re.findall(r'<cNvPr descr="([^"]+)"', drawing))
    assert told == sorted(str(table.visible_chart.alt) for table in q3.tables if table.visible_chart)
    assert len(told) == 4


def test_a_formula_without_a_value_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", '<c r="A1"><f>SUM(B1:B2)</f><v></v></c>')
    with pytest.raises(MissingValueError, match="A1"):
        finish(buffer.getvalue(), {}, {})
