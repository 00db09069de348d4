"""The workbook can be read by everybody.

The checklist of the UK Analysis Function's spreadsheets, as far as a program can see it, in all languages.

Source: "Releasing statistics in spreadsheets" (UK Government Analysis Function), as the packages gptables and aftables
put it into code; the conventions of financial statements beside it (API-NOTES C 5.3).
"""

import io
import re
import zipfile
from dataclasses import dataclass

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ledger.book.loading import load
from ledger.ground.periods import Quarter
from reports.document import Document, document
from reports.faces.workbook.build import build, tab
from reports.report import report
from reports.scope import Scope
from reports.table import ColumnType
from reports.translation import LANGUAGES
from tests.conftest import EXAMPLE
from tests.generate_book import write_book

VOLATILE = re.compile(r"\b(NOW|TODAY|RAND|RANDBETWEEN|OFFSET|INDIRECT|CELL|INFO)\(", re.IGNORECASE)


@dataclass
class Made:
    of: Document
    content: bytes
    book: Workbook
    values: Workbook

    @property
    def sheets(self) -> list[Worksheet]:
        return list(self.book.worksheets[1:])


@pytest.fixture(scope="module", params=["example", "generated", *(lang for lang in LANGUAGES if lang != "en")])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    language = request.param if request.param in LANGUAGES else "en"
    if request.param == "generated":
        book, quarter = load(write_book(tmp_path_factory.mktemp("generated"), transactions=600)), Quarter(2012, 3)
    else:
        book, quarter = load(EXAMPLE), Quarter(2016, 3)
    of = document(report(book, Scope.of(quarter, language=language, symbol="CP/doc.0000/16 (example)")))
    content = build(of)
    return Made(of, content, load_workbook(io.BytesIO(content)), load_workbook(io.BytesIO(content), data_only=True))


def test_the_document_says_what_it_is(made: Made) -> None:
    properties = made.book.properties
    assert properties.title == f"{made.of.title}, {made.of.quarter}"
    assert properties.language == made.of.language
    assert properties.subject
    assert properties.creator.startswith("vfund ")
    assert properties.identifier == made.of.digest


def test_the_cover_comes_first_and_its_contents_lead_to_every_sheet(made: Made) -> None:
    cover = made.book.worksheets[0]
    links = {
        str(cell.value): cell.hyperlink.location or cell.hyperlink.target
        for row in cover.iter_rows()
        for cell in row
        if cell.hyperlink
    }
    assert list(links) == [sheet.title for sheet in made.sheets]  # the words of a link say where it leads
    for title, target in links.items():
        assert target.lstrip("#") == "'" + title.replace("'", "''") + "'!A1"
    assert str(len(made.sheets)) in " ".join(str(cell.value) for row in cover.iter_rows() for cell in row)


def test_each_sheet_has_one_tagged_table_with_one_header_row(made: Made) -> None:
    for table, sheet in zip(made.of.tables, made.sheets, strict=True):
        assert sheet.title == tab(table)
        assert len(sheet.title) <= 31
        (tagged,) = sheet.tables.values()
        assert tagged.name == table.key
        assert tagged.headerRowCount in {None, 1}
        first, last = tagged.ref.split(":")
        assert first == "A4"
        headers = [sheet.cell(4, n).value for n in range(1, len(table.columns) + 1)]
        assert headers == [str(column.header) for column in table.columns]
        assert all(headers)
        assert sheet.print_title_rows == "$4:$4"
        assert int(re.sub(r"\D", "", last)) == 4 + max(len(table.rows), 1) + bool(table.totals)


def test_no_blank_row_inside_a_table(made: Made) -> None:
    for table, sheet in zip(made.of.tables, made.sheets, strict=True):
        for row in range(5, 5 + max(len(table.rows), 1)):
            assert any(sheet.cell(row, n).value is not None for n in range(1, len(table.columns) + 1)), (
                sheet.title,
                row,
            )


def test_nothing_is_merged_hidden_protected_or_external(made: Made) -> None:
    for sheet in made.book.worksheets:
        assert not sheet.merged_cells.ranges
        assert sheet.sheet_state == "visible"
        assert not [n for n, row in sheet.row_dimensions.items() if row.hidden]
        assert not [n for n, column in sheet.column_dimensions.items() if column.hidden]
        assert (sheet.sheet_view.selection[0].activeCell or "A1") in {"A1", "A5", "B5", "C5", "D5"}
    names = zipfile.ZipFile(io.BytesIO(made.content)).namelist()
    assert not [name for name in names if "externalLink" in name or "vbaProject" in name]


def test_every_page_is_letter_landscape_and_says_where_it_belongs(made: Made) -> None:
    for sheet in made.book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert int(sheet.page_setup.paperSize) == 1
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert made.of.digest[:23] in sheet.oddFooter.left.text
        assert made.of.quarter in sheet.oddFooter.left.text
        assert {"&P", "&N"} <= set(re.findall(r"&[PN]", sheet.oddFooter.right.text))
        assert sheet.oddHeader.left.text == "CP/doc.0000/16 (example)"


def test_no_number_is_stored_as_text_and_no_formula_lacks_its_value(made: Made) -> None:
    formulas = 0
    for table, sheet in zip(made.of.tables, made.sheets, strict=True):
        values = made.values[sheet.title]
        for n, column in enumerate(table.columns, 1):
            for row in range(5, 5 + len(table.rows) + bool(table.totals)):
                cell, value = sheet.cell(row, n), values.cell(row, n).value
                if cell.data_type == "f":
                    formulas += 1
                    assert value not in {None, ""}, (sheet.title, cell.coordinate)
                    assert not VOLATILE.search(str(cell.value))
                if (
                    column.kind.number
                    and isinstance(value, str)
                    and cell.data_type != "f"
                    and row < 5 + len(table.rows)
                ):
                    assert not re.fullmatch(r"[-+(]?[\d.,]+\)?", value), (sheet.title, cell.coordinate, value)
    assert formulas > 150


def test_figures_look_like_those_of_a_financial_statement(made: Made) -> None:
    """A decrease in parentheses, nothing as a dash, two decimals, thousands apart."""
    for table, sheet in zip(made.of.tables, made.sheets, strict=True):
        for n, column in enumerate(table.columns, 1):
            if column.kind in {ColumnType.MONEY, ColumnType.AMOUNT} and table.rows:
                formats = {
                    sheet.cell(row, n).number_format
                    for row in range(5, 5 + len(table.rows))
                    if isinstance(made.values[sheet.title].cell(row, n).value, (int, float))
                }
                assert formats <= {'#,##0.00_);(#,##0.00);"–"_)'}, (sheet.title, column.key)


def test_every_chart_is_told_in_words(made: Made) -> None:
    archive = zipfile.ZipFile(io.BytesIO(made.content))
    drawn = [archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/drawings/drawing")]
    assert len(drawn) == sum(bool(table.visible_chart) for table in made.of.tables)
    for drawing in drawn:
        (told,) = re.findall(r'<cNvPr descr="([^"]+)"', drawing)
        assert len(told) > 40
