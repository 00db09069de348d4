"""The sheets of control: earmarks, the law, waivers, exceptions."""

from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from reports.statements.report import Report
from reports.workbook.sheet import GREY, Column, Formula, Sheet, freeze, period


def earmarks(worksheet: Worksheet, report: Report) -> Sheet:
    """Write what was received and spent for each purpose."""
    made = report.earmarks
    sheet = Sheet(worksheet, "5. Earmarks", f"As of {made.as_of} · since the beginning · in {report.unit}")
    columns = [
        Column("Purpose", 58),
        Column("Received", 20, made.total("received")),
        Column("Spent", 20, made.total("spent")),
        Column("Covered by unearmarked money", 20, made.total("covered")),
        Column("Left", 20, made.total("left")),
    ]
    rows = [
        (x.purpose, x.received, x.spent, x.covered, Formula(f"=B{row}-C{row}+D{row}", x.left))
        for row, x in enumerate(made.lines, sheet.row + 1)
    ]
    sheet.table("Earmarks", columns, rows)
    sheet.text(
        "What is given for one purpose never pays for another; what a purpose lacks is covered by unearmarked money.",
        color=GREY,
    )
    sheet.text("Charges on a receipt are spent for its purpose. The movements of cover:", color=GREY)
    sheet.row += 1
    moves = [Column("Purpose covered", 58), Column("Date", 20), Column("Unearmarked money pays (comes back)", 20)]
    sheet.table("Covers", moves, [(c.purpose, c.day, c.amount) for c in made.covers])
    sheet.widths(*(column.width for column in columns))
    return sheet


def law(worksheet: Worksheet, report: Report) -> Sheet:
    """Write the rules in force and those turned off."""
    sheet = Sheet(
        worksheet, "The law of the fund", f"In force on {report.quarter.end} · an example to be confirmed says so"
    )
    columns = [
        Column("Rule", 26),
        Column("For", 22),
        Column("Since", 12),
        Column("Severity", 11),
        Column("Parameters", 34),
        Column("Source, or why it is off", 70),
    ]
    rows = [
        (x.rule, _for(x.category), x.since or "always", x.severity, x.parameters or "none", x.source)
        for x in report.law
    ]
    freeze(worksheet, sheet, 1)
    sheet.table("Law", columns, rows)
    return sheet


def waivers(worksheet: Worksheet, report: Report) -> Sheet:
    """Write the waivers."""
    sheet = Sheet(worksheet, "Waivers", period(report))
    columns = [
        Column("Rule", 26),
        Column("Subject", 30),
        Column("From", 12),
        Column("Until", 12),
        Column("Approved by", 18),
        Column("Reason", 60),
        Column("Lets pass", 10),
    ]
    rows = [(w.rule, w.subject, w.begins, w.expires, w.approved_by, w.reason, Decimal(w.uses)) for w in report.waivers]
    freeze(worksheet, sheet, 1)
    sheet.table("Waivers", columns, rows)
    for row in worksheet.iter_rows(min_row=5, max_row=4 + len(rows), min_col=7, max_col=7):
        row[0].number_format = "0"
    sheet.text("All waivers of the book; one is in force for what is dated between its two days.", color=GREY)
    return sheet


def exceptions(worksheet: Worksheet, report: Report) -> Sheet:
    """Write what is wrong, open or noteworthy."""
    sheet = Sheet(worksheet, "Exceptions", f"{report.quarter} · of the whole book, errors first")
    columns = [
        Column("Kind", 12),
        Column("Rule", 24),
        Column("Date", 12),
        Column("What", 90),
        Column("Where", 34),
    ]
    rows = [(x.severity, x.rule, x.day, x.what, x.where) for x in report.exceptions]
    freeze(worksheet, sheet, 2)
    sheet.table("Exceptions", columns, rows)
    return sheet


def _for(category: str) -> str:
    return "all" if category == "*" else category
