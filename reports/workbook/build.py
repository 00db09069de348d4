"""Build the workbook of a report: cover, summary, the four statements, the checks."""

import io
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.header_footer import _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.statements.report import Report
from reports.workbook.control import earmarks, exceptions, law, waivers
from reports.workbook.finish import finish
from reports.workbook.sheet import Column, Formula, Sheet, freeze, period

PRELIMINARY = "Preliminary and unaudited"
_NAMES = (
    "Cover",
    "Summary",
    "1 Fund balance",
    "2 Contributions",
    "3a Pledges",
    "3b Pledge values",
    "4 Receipts",
    "5 Earmarks",
    "Law",
    "Waivers",
    "Exceptions",
    "Checks",
)


def build(report: Report) -> bytes:
    """Give the bytes of the workbook; the same report gives the same bytes."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    sheets = {}
    for name, make in zip(_NAMES, _SHEETS, strict=True):
        worksheet = book.create_sheet(name)
        sheets[name] = make(worksheet, report)
        _page(worksheet, report, name)
    when = datetime.combine(report.as_of, datetime.min.time())
    book.properties.title = f"{report.title}, {report.quarter}"
    book.properties.subject = "Quarterly report to the Permanent Council"
    book.properties.creator = "vfund"
    book.properties.language = "en"
    book.properties.created = when
    book.properties.modified = when
    buffer = io.BytesIO()
    _save(book, buffer)
    cached = {f"xl/worksheets/sheet{n}.xml": sheets[name].cached for n, name in enumerate(_NAMES, 1)}
    return finish(buffer.getvalue(), cached)


def _save(book: Workbook, buffer: io.BytesIO) -> None:
    """Save without openpyxl's own time stamp, which it sets at every `Workbook.save`."""
    from zipfile import ZIP_DEFLATED, ZipFile  # noqa: PLC0415 - only here

    from openpyxl.writer.excel import ExcelWriter  # noqa: PLC0415 - only here

    modified = book.properties.modified
    writer = ExcelWriter(book, ZipFile(buffer, "w", ZIP_DEFLATED))
    book.properties.modified = modified
    writer.save()


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
    footer.left = _small(f"{report.code} · {report.quarter}")
    footer.center = _small(_status(report))
    footer.right = _small(f"{name} · page &P of &N")


def _small(text: str) -> _HeaderFooterPart:
    return _HeaderFooterPart(text=text, size=8)


def _cover(worksheet: Worksheet, report: Report) -> Sheet:
    sheet = Sheet(worksheet, report.title, f"Quarterly report to the Permanent Council, {report.quarter}")
    sheet.widths(30, 100)
    sheet.pairs(
        [
            ("Period", f"{report.quarter.begin} to {report.quarter.end}"),
            ("Status", _status(report)),
            ("As of", report.as_of),
            ("Unit of account", report.unit),
            (
                "Basis",
                "Cash: contributions are income when they are received. Pledges are a memorandum and never added to receipts.",
            ),
            ("Mandate", report.basis),
            ("Rounding", "None: every figure is exact to the cent."),
            *([("Note", report.note)] if report.note else []),
        ]
    )
    sheet.row += 1
    sheet.text("Contents", bold=True, color="1F3864", size=12)
    for name, text in zip(_NAMES[1:], _CONTENTS, strict=True):
        cell = sheet.put(sheet.row, 1, name)
        cell.hyperlink = f"#'{name}'!A1"
        cell.font = Font(name="Calibri", size=10, underline="single", color="1F3864")
        sheet.put(sheet.row, 2, text)
        sheet.row += 1
    return sheet


_CONTENTS = (
    "Announced, committed and received by donor category, kept apart",
    "Statement of changes in fund balance",
    "Contributions received, by category and donor",
    "Status of pledges, per instalment, in the currency of the pledge",
    "The values of the same instalments in the unit of account",
    "Register of receipts of the quarter",
    "What was received and spent for each purpose, and what unearmarked money covers",
    "The rules in force at the end of the quarter, with their sources, and those turned off, with the reason",
    "What a treasurer let pass a rule, with the reason and the end",
    "What is wrong, open or noteworthy in the book",
    "The checks that tie the statements to each other and to the book",
)


def _summary(worksheet: Worksheet, report: Report) -> Sheet:
    sheet = Sheet(worksheet, "Summary by donor category", period(report))
    rows = report.summary
    sheet.table(
        "Summary",
        [
            Column("Donor category", 28),
            Column("Announced, outstanding", 20, _sum(row.announced for row in rows)),
            Column("Committed, outstanding", 20, _sum(row.committed for row in rows)),
            Column("Received in the quarter", 20, _sum(row.received_quarter for row in rows)),
            Column("Received in the year to date", 20, _sum(row.received_year for row in rows)),
            Column("Received since the beginning", 20, _sum(row.received_cumulative for row in rows)),
        ],
        [
            (r.category, r.announced, r.committed, r.received_quarter, r.received_year, r.received_cumulative)
            for r in rows
        ],
    )
    sheet.text(
        "Announced: a written, non-binding statement. Committed: accepted by an agreement or an exchange of letters.",
        color="6B7280",
    )
    sheet.text(
        "Received: cash of the donor, before bank charges and before refunds (statement 1 shows both). The three are stages, and are never added to each other.",
        color="6B7280",
    )
    return sheet


def _balance(worksheet: Worksheet, report: Report) -> Sheet:
    balance = report.fund_balance
    sheet = Sheet(worksheet, "1. Statement of changes in fund balance", period(report))
    first = sheet.row + 1
    last = first + len(balance.lines)
    rows: list[tuple[str, Decimal | Formula, Decimal | Formula]] = [
        ("Opening balance", balance.opening_quarter, balance.opening_year),
        *((line.label, line.quarter, line.year) for line in balance.lines),
        (
            "Closing balance",
            Formula(f"=SUM(B{first}:B{last})", balance.closing_quarter),
            Formula(f"=SUM(C{first}:C{last})", balance.closing_year),
        ),
    ]
    sheet.table("FundBalance", [Column("Line", 52), Column("Quarter", 22), Column("Year to date", 22)], rows)
    for column in (1, 2, 3):
        for row in (first, last + 1):
            cell = worksheet.cell(row, column)
            cell.font = Font(name="Calibri", size=10, bold=True)
    sheet.rule(last + 1, 1, 3, double=True)
    sheet.text(
        "Decreases stand in parentheses. Contributions in kind come in and are used at once, and are not in this statement.",
        color="6B7280",
    )
    return sheet


def _contributions(worksheet: Worksheet, report: Report) -> Sheet:
    statement = report.contributions
    sheet = Sheet(worksheet, "2. Contributions received, by category and donor", period(report))
    columns = [
        Column("Donor category", 26),
        Column("Donor", 36),
        Column("Quarter", 20, statement.total("quarter")),
        Column("Year to date", 20, statement.total("year")),
        Column("Prior year", 20, statement.total("prior_year")),
        Column("Since the beginning", 20, statement.total("cumulative")),
    ]
    rows = [(x.category, x.donor, x.quarter, x.year, x.prior_year, x.cumulative) for x in statement.lines]
    freeze(worksheet, sheet, 2)
    sheet.table("Contributions", columns, rows)
    sheet.text(
        "Before bank charges and before refunds, which statement 1 shows. Contributions in kind are not in this statement.",
        color="6B7280",
    )
    return sheet


def _pledges(worksheet: Worksheet, report: Report) -> Sheet:
    statement = report.pledges
    sheet = Sheet(
        worksheet,
        "3a. Status of pledges, per instalment",
        f"As of {statement.as_of} · amounts in the currency of the pledge · stages are never added to each other or to receipts",
    )
    columns = [
        Column("Donor category", 19),
        Column("Donor", 19),
        Column("Instalment", 15),
        Column("Stage", 11),
        Column("Due", 11),
        Column("Ageing", 13),
        Column("Currency", 9, center=True),
        Column("Pledged", 14),
        Column("Brought forward", 14),
        Column("Received", 14),
        Column("Reduced", 12),
        Column("Written off", 12),
        Column("Converted to in kind", 12),
        Column("Moved on by agreement", 14),
        Column("Outstanding", 14),
    ]
    rows = []
    for offset, x in enumerate(statement.lines, sheet.row + 1):
        outstanding = Formula(f"=H{offset}+I{offset}-J{offset}-K{offset}-L{offset}-M{offset}-N{offset}", x.outstanding)
        rows.append(
            (
                *(x.category, x.donor, x.instalment, x.stage, x.due, x.ageing, x.currency, x.pledged),
                *(
                    x.brought_forward,
                    x.received,
                    x.reduced,
                    x.written_off,
                    x.converted,
                    x.moved_on,
                    outstanding,
                ),
            )
        )
    freeze(worksheet, sheet, 3)
    sheet.table("Pledges", columns, rows)
    return sheet


def _pledge_values(worksheet: Worksheet, report: Report) -> Sheet:
    statement = report.pledges
    sheet = Sheet(worksheet, "3b. Values of the pledges", f"As of {statement.as_of} · in {report.unit}")
    columns = [
        Column("Donor category", 21),
        Column("Donor", 24),
        Column("Instalment", 16),
        Column("Stage", 12),
        Column("Currency", 9, center=True),
        Column(
            "Announced, at the rate of the pledge",
            18,
            statement.total("outstanding_at_pledge", stage="announced"),
        ),
        Column(
            "Committed, at the rate of the pledge",
            18,
            statement.total("outstanding_at_pledge", stage="committed"),
        ),
        Column("Outstanding, at the rate of the reporting date", 18),
        Column("Received since the beginning, before bank charges", 19, statement.total("received_value")),
        Column("Exchange loss of receipts (gain in parentheses)", 18, statement.total("exchange_difference")),
    ]
    rows = [
        (
            *(x.category, x.donor, x.instalment, x.stage, x.currency),
            x.outstanding_at_pledge if x.stage == "announced" else Decimal(0),
            x.outstanding_at_pledge if x.stage == "committed" else Decimal(0),
            "no rate in the book" if x.outstanding_at_report is None else x.outstanding_at_report,
            *(x.received_value, x.exchange_difference),
        )
        for x in statement.lines
    ]
    freeze(worksheet, sheet, 3)
    sheet.table("PledgeValues", columns, rows)
    sheet.text(
        "Exchange loss: the value at the rate of the pledge that a receipt did not bring; it is not a shortfall of the donor. Unpledged receipts are not in this table.",
        color="6B7280",
    )
    return sheet


def _receipts(worksheet: Worksheet, report: Report) -> Sheet:
    statement = report.receipts
    sheet = Sheet(worksheet, "4. Register of receipts of the quarter", period(report))
    columns = [
        Column("Receipt", 14),
        Column("Date", 11),
        Column("Donor category", 20),
        Column("Donor", 22),
        Column("Given", 18),
        Column(f"Received, {report.unit}", 16, statement.total),
        Column(f"Bank charges, {report.unit}", 13, _sum(x.charges for x in statement.lines)),
        Column("Bank reference", 16),
        Column("Settles", 24),
        Column("Purpose", 14),
        Column("Source", 36),
    ]
    rows = [
        (
            x.number,
            x.day,
            x.category,
            x.donor,
            x.given,
            x.value,
            x.charges,
            x.bank_reference,
            x.settles,
            x.purpose,
            x.source,
        )
        for x in statement.lines
    ]
    freeze(worksheet, sheet, 1)
    sheet.table("Receipts", columns, rows)
    return sheet


def _checks(worksheet: Worksheet, report: Report) -> Sheet:
    errors = sum(finding.severity == "error" for finding in report.findings)
    sheet = Sheet(worksheet, "Checks", period(report))
    rows = [
        (
            check.name,
            check.one,
            check.other,
            Formula(f"=B{row}-C{row}", check.one - check.other),
            Formula(f'=IF(ABS(D{row})<0.005,"OK","ERROR")', "OK" if check.holds else "ERROR"),
        )
        for row, check in enumerate(report.checks, sheet.row + 1)
    ]
    first = sheet.table(
        "Checks",
        [
            Column("Check", 66),
            Column("First figure", 20),
            Column("Second figure", 20),
            Column("Difference", 16),
            Column("Result", 12, center=True),
        ],
        rows,
    )
    results = f"E{first}:E{first + max(len(rows), 1) - 1}"
    red = PatternFill("solid", bgColor="F8D7DA")
    worksheet.conditional_formatting.add(results, CellIsRule("equal", ['"ERROR"'], fill=red))
    sheet.pairs([("Errors in the book", errors), ("Warnings in the book", len(report.findings) - errors)])
    return sheet


_SHEETS = (
    _cover,
    _summary,
    _balance,
    _contributions,
    _pledges,
    _pledge_values,
    _receipts,
    earmarks,
    law,
    waivers,
    exceptions,
    _checks,
)


def _sum(values: Iterable[Decimal]) -> Decimal:
    return sum(values, Decimal(0))
