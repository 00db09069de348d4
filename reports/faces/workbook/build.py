"""Build the workbook of a document: cover with contents, then one statement per sheet."""

import io
from datetime import datetime
from importlib.metadata import version
from zipfile import ZIP_STORED, ZipFile

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.header_footer import _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from ledger.ground.phrases import N_, phrase
from reports.document import DRAFT, Document
from reports.faces.workbook import charts
from reports.faces.workbook.finish import finish
from reports.faces.workbook.formulas import Places, referenced_columns
from reports.faces.workbook.sheet import BOLD, LINK, SECTION, Sheet
from reports.statements.checks import WRONG
from reports.table import Table
from reports.translation import Translator

COVER = N_("Cover")
_HEADER = 4
"""The row of every table's header: title, subtitle and an empty row stand above."""
_VALUES = 100
"""The width of the column of values on the cover."""
_DIGITS = 23
"""How much of the digest a footer shows: `sha256:` and sixteen digits."""
_CODE = 40
"""How much of a code, because a footer has room for 255 letters."""


def build(document: Document) -> bytes:
    """Return the bytes of the workbook; the same document gives the same bytes, on every machine."""
    book, words = Workbook(), Translator(document.language)
    if book.active is not None:
        book.remove(book.active)
    sheets = [_cover(book.create_sheet(words.say(COVER)), document, words)]
    places = {table.key: _place(table) for table in document.tables}
    sheets += [
        _statement(book.create_sheet(tab(table)), document, table, places[table.key], words)
        for table in document.tables
    ]
    for name, column in sorted(referenced_columns(document.tables)):
        cells = places[name].absolute(document.table(name).column(column) + 1)
        book.defined_names[f"{name}_{column}"] = DefinedName(f"{name}_{column}", attr_text=cells)
    _properties(book, document)
    cache = {f"xl/worksheets/sheet{n}.xml": sheet.cached for n, sheet in enumerate(sheets, 1)}
    drawings = [table.visible_chart for table in document.tables if table.visible_chart]
    alt = {f"xl/drawings/drawing{n}.xml": str(chart.alt) for n, chart in enumerate(drawings, 1)}
    return finish(_save(book), cache, alt)


def tab(table: Table) -> str:
    """Return the name of a table's sheet."""
    return f"{table.number} {table.name}".strip()


def _properties(book: Workbook, document: Document) -> None:
    """Say in the file's properties what it is, so that anybody can build it again (`vfund verify`)."""
    when = datetime.combine(document.as_of, datetime.min.time())
    book.properties.title = f"{document.title}, {document.quarter}"
    book.properties.subject = document.kind
    book.properties.creator = f"vfund {version('vfund')}"
    book.properties.language = document.language
    book.properties.identifier = document.digest
    book.properties.created = book.properties.modified = when
    properties = {
        "Fund": document.code,
        "Quarter": document.quarter,
        "AsOf": str(document.as_of),
        "Basis": document.basis,
        "Language": document.language,
        "Symbol": document.symbol,
        "LedgerSHA256": document.digest,
    }
    for name, value in properties.items():
        book.custom_doc_props.append(StringProperty(name=name, value=value))


def _save(book: Workbook) -> bytes:
    """Save without openpyxl's own time stamp, which it sets at every `Workbook.save`."""
    buffer = io.BytesIO()
    when = book.properties.modified
    writer = ExcelWriter(book, ZipFile(buffer, "w", ZIP_STORED))
    book.properties.modified = when
    writer.save()
    return buffer.getvalue()


def _place(table: Table) -> Places:
    first = _HEADER + 1
    return Places(tab(table), _HEADER, first, first + max(len(table.rows), 1) - 1)


def _statement(worksheet: Worksheet, document: Document, table: Table, here: Places, words: Translator) -> Sheet:
    number = f"{table.number}. " if table.number else ""
    sheet = Sheet(worksheet, f"{number}{table.title}", str(table.subtitle))
    sheet.table(table, here, words.say(N_("none")))
    for note in table.notes:
        sheet.text(str(note))
    charts.add(worksheet, table, here, sheet.row + 1)
    first_figure = next((n for n, column in enumerate(table.columns, 1) if column.kind.number), 2)
    worksheet.freeze_panes = worksheet.cell(here.first, min(first_figure, 4))
    worksheet.print_title_rows = f"{here.header}:{here.header}"
    if table.key == "checks":
        cells = here.cells(table.column("result") + 1)
        red = PatternFill("solid", bgColor="F8D7DA")
        worksheet.conditional_formatting.add(cells, CellIsRule("equal", [f'"{WRONG}"'], fill=red))
    _page(worksheet, document, tab(table), words)
    return sheet


def _page(worksheet: Worksheet, document: Document, name: str, words: Translator) -> None:
    """Set up the page: letter, landscape, one page wide, header and footer; the reader starts at A1."""
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = worksheet.PAPERSIZE_LETTER
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.6, bottom=0.7, header=0.25)
    worksheet.sheet_view.showGridLines = False
    worksheet.print_options.horizontalCentered = True
    footer = worksheet.oddFooter
    footer.left = _small(_plain(f"{document.code[:_CODE]} · {document.quarter} · {document.digest[:_DIGITS]}"))
    footer.center = _small(_plain(document.status))
    page = words.say(phrase("page {page} of {pages}", page="&P", pages="&N"))
    footer.right = _small(f"{_plain(name)} · {page}")
    if document.symbol:
        worksheet.oddHeader.left = _small(_plain(document.symbol))
    if document.draft:
        worksheet.oddHeader.center = _HeaderFooterPart(text=_plain(words.say(DRAFT)), size=16, color="C00000")


def _small(text: str) -> _HeaderFooterPart:
    return _HeaderFooterPart(text=text, size=8)


def _plain(text: str) -> str:
    """Write text into a footer, where `&` begins a code."""
    return text.replace("&", "&&")


def _cover(worksheet: Worksheet, document: Document, words: Translator) -> Sheet:
    sheet = Sheet(worksheet, document.title, document.kind)
    for number, width in enumerate((30, _VALUES), 1):
        worksheet.column_dimensions[get_column_letter(number)].width = width
    for label, value in document.facts:
        sheet.put(sheet.row, 1, label, BOLD)
        sheet.wrapped(sheet.row, 2, value, _VALUES)
        sheet.row += 1
    sheet.row += 1
    sheet.text(words.say(N_("Contents")), SECTION)
    sheet.text(words.say(phrase("{number} sheets, with one table each", number=str(len(document.tables)))))
    for table in document.tables:
        cell = sheet.put(sheet.row, 1, tab(table), LINK)
        cell.hyperlink = f"#{Places.quoted(tab(table))}!A1"
        cell.font = LINK
        sheet.put(sheet.row, 2, str(table.title))
        sheet.row += 1
    _page(worksheet, document, words.say(COVER), words)
    return sheet
