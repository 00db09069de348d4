"""Statement 14: exceptions, waivers, the law in force and the checks, as tables."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ledger.ground.phrases import N_, say
from reports.statements.controls import Check
from reports.statements.law import ExceptionLine, LawLine, OffLine, WaiverLine, off_notes
from reports.statements.names import Names
from reports.table import Column, Kind, Live, Table, table

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
        Column("severity", N_("Kind"), Kind.TERM, 12),
        Column("rule", N_("Rule"), Kind.TEXT, 24),
        Column("day", N_("Date"), Kind.DAY, 12),
        Column("what", N_("What"), Kind.TERM, 80),
        Column("citation", N_("Source of the rule"), Kind.TEXT, 36),
        Column("where", N_("Where"), Kind.TEXT, 34),
    ]
    passed = [
        Column("rule", N_("Rule"), Kind.TEXT, 26),
        Column("subject", N_("Subject"), Kind.TEXT, 30),
        Column("begins", N_("From"), Kind.DAY, 12),
        Column("expires", N_("Until"), Kind.DAY, 12),
        Column("approved_by", N_("Approved by"), Kind.TEXT, 18),
        Column("reason", N_("Reason"), Kind.TEXT, 60),
        Column("uses", N_("Lets pass"), Kind.COUNT, 10),
        Column("where", N_("Where"), Kind.TEXT, 34),
    ]
    rules = [
        Column("rule", N_("Rule"), Kind.TEXT, 26),
        Column("category", N_("For"), Kind.TERM, 22),
        Column("since", N_("Since"), Kind.TERM, 12),
        Column("severity", N_("Severity"), Kind.TERM, 11),
        Column("parameters", N_("Parameters"), Kind.TERM, 34),
        Column("source", N_("Source, or why it is off"), Kind.TERM, 70),
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
        Column("name", N_("Check"), Kind.TERM, 74),
        Column("one", N_("First figure"), Kind.MONEY, 20),
        Column("other", N_("Second figure"), Kind.MONEY, 20),
        Column("difference", N_("Difference"), Kind.MONEY, 16, formula="{one}-{other}"),
        Column("result", N_("Result"), Kind.TERM, 12, formula=f'IF(ABS({{difference}})<0.005,"{OK}","{WRONG}")'),
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
