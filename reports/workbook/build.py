"""Build the workbook of a report: cover with contents, then one statement per sheet."""

import io
from collections.abc import Mapping
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.header_footer import _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from reports.statements.report import Report
from reports.table import Table
from reports.workbook import charts
from reports.workbook.finish import finish
from reports.workbook.formulas import Places, named
from reports.workbook.sheet import BOLD, LINK, SECTION, Sheet

PRELIMINARY = "Preliminary and unaudited"
COVER = "Cover"
_HEADER = 4
"""The row of every table's header: title, subtitle and an empty row stand above."""


def build(report: Report) -> bytes:
    """Give the bytes of the workbook; the same report gives the same bytes."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    sheets = [_cover(book.create_sheet(COVER), report)]
    _page(sheets[0].worksheet, report, COVER)
    places = {table.key: _place(table) for table in report.tables}
    sheets += [_statement(book.create_sheet(tab(table)), report, table, places[table.key]) for table in report.tables]
    for name, column in sorted(named(report.tables)):
        target = next(table for table in report.tables if table.key == name)
        cells = places[name].absolute(target.column(column) + 1)
        book.defined_names[f"{name}_{column}"] = DefinedName(f"{name}_{column}", attr_text=cells)
    when = datetime.combine(report.scope.as_of, datetime.min.time())
    book.properties.title = f"{report.title}, {report.scope.quarter}"
    book.properties.subject = "Quarterly report to the Permanent Council"
    book.properties.creator = "vfund"
    book.properties.language = report.scope.language
    book.properties.created = when
    book.properties.modified = when
    cached = {f"xl/worksheets/sheet{n}.xml": sheet.cached for n, sheet in enumerate(sheets, 1)}
    drawn = [table for table in report.tables if table.chart is not None and table.rows]
    alt = {f"xl/drawings/drawing{n}.xml": str(table.chart.alt) for n, table in enumerate(drawn, 1) if table.chart}
    return finish(_saved(book), cached, alt)


def tab(table: Table) -> str:
    """Give the name of a table's sheet."""
    return f"{table.number} {table.name}".strip()


def _saved(book: Workbook) -> bytes:
    """Save without openpyxl's own time stamp, which it sets at every `Workbook.save`."""
    buffer = io.BytesIO()
    modified = book.properties.modified
    writer = ExcelWriter(book, ZipFile(buffer, "w", ZIP_DEFLATED))
    book.properties.modified = modified
    writer.save()
    return buffer.getvalue()


def _place(table: Table) -> Places:
    first = _HEADER + 1
    return Places(tab(table), _HEADER, first, first + max(len(table.rows), 1) - 1)


def _statement(worksheet: Worksheet, report: Report, table: Table, here: Places) -> Sheet:
    number = f"{table.number}. " if table.number else ""
    period = f"{report.scope.quarter.begin} to {report.scope.as_of} · in {report.unit}"
    sheet = Sheet(worksheet, f"{number}{table.title}", str(table.subtitle or period))
    sheet.table(table, here)
    for note in table.notes:
        sheet.text(str(note))
    charts.add(worksheet, table, here, sheet.row + 1)
    held = next((n for n, column in enumerate(table.columns, 1) if column.kind.number), 2)
    worksheet.freeze_panes = worksheet.cell(here.first, min(held, 4))
    worksheet.print_title_rows = f"{here.header}:{here.header}"
    if table.key == "checks":
        cells = here.cells(table.column("result") + 1)
        red = PatternFill("solid", bgColor="F8D7DA")
        worksheet.conditional_formatting.add(cells, CellIsRule("equal", ['"ERROR"'], fill=red))
    _page(worksheet, report, tab(table))
    return sheet


def _status(report: Report) -> str:
    return f"DRAFT: the book has errors or open points · {PRELIMINARY}" if report.draft else PRELIMINARY


def _page(worksheet: Worksheet, report: Report, name: str) -> None:
    """Set up the page: letter, landscape, one page wide, header and footer; the reader starts at A1."""
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = worksheet.PAPERSIZE_LETTER
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    worksheet.sheet_view.showGridLines = False
    worksheet.print_options.horizontalCentered = True
    footer = worksheet.oddFooter
    footer.left = _small(f"{report.code} · {report.scope.quarter}")
    footer.center = _small(_status(report))
    footer.right = _small(f"{name} · page &P of &N")


def _small(text: str) -> _HeaderFooterPart:
    return _HeaderFooterPart(text=text, size=8)


def _cover(worksheet: Worksheet, report: Report) -> Sheet:
    scope = report.scope
    sheet = Sheet(worksheet, report.title, f"Quarterly report to the Permanent Council, {scope.quarter}")
    for number, width in enumerate((30, 100), 1):
        worksheet.column_dimensions[get_column_letter(number)].width = width
    errors = sum(finding.severity == "error" for finding in report.findings)
    facts: Mapping[str, str] = {
        "Period": f"{scope.quarter.begin} to {scope.quarter.end}",
        "Status": _status(report),
        "As of": str(scope.as_of),
        "Unit of account": report.unit,
        "Basis": scope.basis.title,
        "Pledges": "Shown by stage, and never added to receipts: what is received is the same on every basis.",
        "Mandate": report.mandate,
        "Rounding": "None: every figure is exact, and shown to the cent. A sum of converted values may differ in its last digit from the digits shown.",
        "Errors, warnings in the book": f"{errors}, {len(report.findings) - errors}",
        **({"Note": report.note} if report.note else {}),
    }
    for label, value in facts.items():
        sheet.put(sheet.row, 1, label, BOLD)
        sheet.put(sheet.row, 2, value).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row += 1
    sheet.row += 1
    sheet.text("Contents", SECTION)
    for table in report.tables:
        cell = sheet.put(sheet.row, 1, tab(table), LINK)
        cell.hyperlink = f"#'{tab(table)}'!A1"
        cell.font = LINK
        sheet.put(sheet.row, 2, str(table.title))
        sheet.row += 1
    return sheet
