"""Statement 14: exceptions, waivers, the law in force and the checks, as tables."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ledger.ground.phrases import N_, say
from reports.names import Names
from reports.statements.controls import Check
from reports.statements.law import ExceptionLine, LawLine, OffLine, WaiverLine, off_notes
from reports.table import Column, ColumnType, Live, Table, table

OK, WRONG = "OK", "ERROR"
"""What a check says: the same in every language, as a live formula writes it."""


def law_tables(
    law: Sequence[LawLine],
    off: Sequence[OffLine],
    waivers: Sequence[WaiverLine],
    exceptions: Sequence[ExceptionLine],
    names: Names,
    as_of: date,
) -> tuple[Table, Table, Table]:
    """Give the exceptions, the waivers and the law as tables."""
    found = [
        Column("severity", N_("Kind"), ColumnType.TERM, 12),
        Column("rule", N_("Rule"), ColumnType.TEXT, 24),
        Column("day", N_("Date"), ColumnType.DAY, 12),
        Column("what", N_("What"), ColumnType.TERM, 80),
        Column("citation", N_("Source of the rule"), ColumnType.TEXT, 36),
        Column("where", N_("Where"), ColumnType.TEXT, 34),
    ]
    passed = [
        Column("rule", N_("Rule"), ColumnType.TEXT, 26),
        Column("subject", N_("Subject"), ColumnType.TEXT, 30),
        Column("begins", N_("From"), ColumnType.DAY, 12),
        Column("expires", N_("Until"), ColumnType.DAY, 12),
        Column("approved_by", N_("Approved by"), ColumnType.TEXT, 18),
        Column("reason", N_("Reason"), ColumnType.TEXT, 60),
        Column("uses", N_("Lets pass"), ColumnType.COUNT, 10),
        Column("where", N_("Where"), ColumnType.TEXT, 34),
    ]
    rules = [
        Column("rule", N_("Rule"), ColumnType.TEXT, 26),
        Column("category", N_("For"), ColumnType.TERM, 22),
        Column("since", N_("Since"), ColumnType.TERM, 12),
        Column("severity", N_("Severity"), ColumnType.TERM, 11),
        Column("parameters", N_("Parameters"), ColumnType.TERM, 34),
        Column("source", N_("Source, or why it is off"), ColumnType.TERM, 70),
    ]
    in_force = [
        (
            x.rule,
            N_("all") if x.category == "*" else names.category_of(x.category),
            str(x.since) if x.since else N_("always"),
            x.severity,
            x.parameters or N_("none"),
            x.source,
        )
        for x in law
    ]
    uses = [
        (w.rule, w.subject, w.begins, w.expires, w.approved_by, w.reason, Decimal(w.uses), w.where) for w in waivers
    ]
    return (
        table(
            "exceptions",
            "14",
            N_("Exceptions"),
            N_("Exceptions"),
            found,
            exceptions,
            subtitle=say("Of all that is dated by {day}, errors first", day=as_of),
            notes=(
                N_("An open point waits for somebody to act; it stops closing and export as an error does."),
                *off_notes(off, as_of),
            ),
        ),
        table(
            "waivers",
            "14a",
            N_("Waivers"),
            N_("Waivers"),
            passed,
            uses,
            subtitle=say("As of {day}", day=as_of),
            notes=(N_("All waivers given by then; one is in force for what is dated between its two days."),),
        ),
        table(
            "law",
            "14b",
            N_("Law"),
            N_("The law of the fund"),
            rules,
            in_force,
            subtitle=say("In force on {day} · an example to be confirmed says so", day=as_of),
        ),
    )


def checks_table(checks: Sequence[Check]) -> Table:
    """Give the checks as a table: the figures, their difference and the result are live."""
    columns = [
        Column("name", N_("Check"), ColumnType.TERM, 74),
        Column("one", N_("First figure"), ColumnType.MONEY, 20),
        Column("other", N_("Second figure"), ColumnType.MONEY, 20),
        Column("difference", N_("Difference"), ColumnType.MONEY, 16, formula="{one}-{other}"),
        Column("result", N_("Result"), ColumnType.TERM, 12, formula=f'IF(ABS({{difference}})<0.005,"{OK}","{WRONG}")'),
    ]
    rows = [
        (
            check.name,
            Live(check.one, check.one_formula) if check.one_formula else check.one,
            Live(check.other, check.other_formula) if check.other_formula else check.other,
            check.one - check.other,
            OK if check.holds else WRONG,
        )
        for check in checks
    ]
    return table("checks", "14c", N_("Checks"), N_("Checks"), columns, rows)
