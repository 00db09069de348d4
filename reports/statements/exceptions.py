"""Statement 14 and 14a: what is wrong or waits in the book, and what a waiver lets pass."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.book.loading import relative_places, within
from ledger.ground.findings import Finding
from ledger.ground.phrases import N_, Text
from reports.statement import Sources, Statement, column, columns_of, table_line
from reports.statements.law import SEVERITIES, OffLine, off_notes, turned_off
from reports.table import ColumnType


@table_line
class ExceptionLine:
    """Something that is wrong, or waits, in the book."""

    severity: str = column(N_("Kind"), ColumnType.TERM, 12)
    rule: str = column(N_("Rule"), ColumnType.TEXT, 24)
    day: date | None = column(N_("Date"), ColumnType.DAY, 12)
    what: Text = column(N_("What"), ColumnType.TERM, 80)
    citation: str = column(N_("Source of the rule"), ColumnType.TEXT, 36)
    where: str = column(N_("Where"), ColumnType.TEXT, 34)


@dataclass(frozen=True, slots=True)
class Exceptions:
    """The exceptions, and the rules that find none because they are off."""

    lines: tuple[ExceptionLine, ...]
    off: tuple[OffLine, ...]


@table_line
class WaiverLine:
    """A waiver with how often it was used."""

    rule: str = column(N_("Rule"), ColumnType.TEXT, 26)
    subject: str = column(N_("Subject"), ColumnType.TEXT, 30)
    begins: date = column(N_("From"), ColumnType.DAY, 12)
    expires: date = column(N_("Until"), ColumnType.DAY, 12)
    approved_by: str = column(N_("Approved by"), ColumnType.TEXT, 18)
    reason: str = column(N_("Reason"), ColumnType.TEXT, 60)
    uses: Decimal = column(N_("Cases covered"), ColumnType.COUNT, 10)
    where: str = column(N_("Where"), ColumnType.TEXT, 34)


def is_known_by(finding: Finding, as_of: date) -> bool:
    """Return whether a finding is of something dated by a day; what stands at no entry always is."""
    return finding.entry is None or finding.entry.date <= as_of


def exceptions(of: Sources) -> Exceptions:
    """Return everything dated by the day of the report that is wrong or waits, errors first."""
    folder, as_of = of.book.path.parent, of.scope.as_of
    lines = [
        ExceptionLine(
            SEVERITIES[f.standing],
            f.rule,
            f.entry.date if f.entry else None,
            f.code if of.names.hidden_at(f.where) else relative_places(folder, f.what),
            f.citation,
            within(folder, f.where),
        )
        for f in of.book.findings
        if is_known_by(f, as_of)
    ]
    lines.sort(key=lambda line: (_ORDER[line.severity], line.rule, line.day or date.min))
    return Exceptions(tuple(lines), turned_off(of.fund, as_of))


_ORDER = {"error": 0, "open point": 1, "warning": 2}


def waivers(of: Sources) -> tuple[WaiverLine, ...]:
    """Return every waiver that was given by the day of the report, with what it lets pass of what is dated by then."""
    return tuple(
        WaiverLine(
            w.rule,
            w.subject,
            w.day,
            w.expires,
            w.approved_by,
            w.reason,
            Decimal(sum(is_known_by(finding, of.scope.as_of) for finding in item.findings)),
            within(of.book.path.parent, f"{w.meta['filename']}:{w.meta['lineno']}"),
        )
        for item in of.book.waived
        for w in [item.waiver]
        if w.day <= of.scope.as_of
    )


EXCEPTIONS = Statement(
    "exceptions",
    "14",
    N_("Exceptions"),
    N_("Exceptions"),
    columns_of(ExceptionLine),
    exceptions,
    lambda built: built.lines,
    subtitle=N_("Of all that is dated by {day}, errors first"),
    notes=lambda built: (
        N_("An open point waits for somebody to act; it stops closing and export as an error does."),
        *off_notes(built.off),
    ),
)
WAIVERS = Statement(
    "waivers",
    "14a",
    N_("Waivers"),
    N_("Waivers"),
    columns_of(WaiverLine),
    waivers,
    subtitle=N_("As of {day}"),
    notes=(N_("All waivers given by then; one is in force for what is dated between its two days."),),
)
