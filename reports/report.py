"""The report of a quarter: every statement, typed and as its table. Every face shows it and computes nothing."""

from dataclasses import dataclass

from ledger.book.loading import Book, judged
from ledger.ground.findings import Finding
from reports.evidence import evidence_tables
from reports.scope import Scope
from reports.statement import Sources
from reports.statements import STATEMENTS
from reports.statements.checks import CHECKS, Check
from reports.statements.exceptions import is_known_by
from reports.table import Table


@dataclass(frozen=True, slots=True)
class Report:
    """The quarterly report: whose it is, its statements (`report.of[PLEDGES]`), and the tables that faces show."""

    code: str
    title: str
    has_own_name: bool
    """Whether the official name of the fund in the language of the report is on file; else it stands in English."""
    mandate: str
    note: str
    unit: str
    scope: Scope
    of: Sources
    findings: tuple[Finding, ...]
    tables: tuple[Table, ...]

    @property
    def checks(self) -> tuple[Check, ...]:
        """The checks that tie the statements to each other and to the book."""
        return self.of[CHECKS]

    @property
    def draft(self) -> bool:
        """Whether the book has an error or a check fails: the report is then no more than a draft."""
        return any(f.severity == "error" for f in self.findings) or not all(check.holds for check in self.checks)


def report(book: Book, scope: Scope) -> Report:
    """Build the report of a quarter, of the book as it is judged as of the day of the report, whichever door asks."""
    book = judged(book, scope.as_of)
    fund, of = book.fund, Sources(book, scope)
    identity = fund.directives.funds[0] if fund.directives.funds else None
    tables = tuple(of.table(statement) for statement in STATEMENTS if statement.applies(scope))
    return Report(
        code=identity.code if identity else "book",
        title=identity.name(scope.language) if identity else book.path.name,
        has_own_name=bool(identity and getattr(identity, f"name_{scope.language}")),
        mandate=identity.mandate(scope.language) if identity else "",
        note=(identity.note or "") if identity else "",
        unit=fund.unit,
        scope=scope,
        of=of,
        findings=tuple(finding for finding in book.findings if is_known_by(finding, scope.as_of)),
        tables=(*tables, *evidence_tables(fund, book.path.parent, tables, scope)),
    )
