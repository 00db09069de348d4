"""All statements of a quarter together, with the checks that tie them: every face shows these objects and computes nothing."""

from dataclasses import dataclass

from ledger.book.loading import Book, judged
from ledger.ground.findings import Finding
from reports.evidence import evidence_tables
from reports.names import Names
from reports.scope import Scope
from reports.statements.agreements import agreements_table
from reports.statements.controls import Check, checks
from reports.statements.donors import donors_table
from reports.statements.dormant import dormant_table
from reports.statements.every import Statements, statements
from reports.statements.expenditure import expenditure_table
from reports.statements.indirect_costs import recovery_table
from reports.statements.law import known
from reports.statements.law_tables import checks_table, law_tables
from reports.statements.rates_used import rates_table
from reports.statements.summary import summary_table
from reports.table import Table


@dataclass(frozen=True, slots=True)
class Report:
    """The quarterly report: whose it is, the statements as typed lines, and as the tables that every face shows."""

    code: str
    title: str
    mandate: str
    note: str
    unit: str
    scope: Scope
    statements: Statements
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    tables: tuple[Table, ...]

    @property
    def draft(self) -> bool:
        """Whether the book has an error or a check fails: the report is then no more than a draft."""
        return any(f.severity == "error" for f in self.findings) or not all(check.holds for check in self.checks)


def report(book: Book, scope: Scope) -> Report:
    """Build the report of one quarter, of the book as it is judged as of the day of the report: whoever shows it, by whichever door."""
    book = judged(book, scope.as_of)
    fund, names = book.fund, Names(book.fund, scope)
    identity = fund.directives.funds[0] if fund.directives.funds else None
    made = statements(book, scope, names)
    tied = tuple(checks(fund, scope, made))
    shown = _tables(made, tied, scope, fund.unit, names)
    return Report(
        code=identity.code if identity else "book",
        title=identity.name(scope.language) if identity else book.path.name,
        mandate=identity.mandate(scope.language) if identity else "",
        note=(identity.note or "") if identity else "",
        unit=fund.unit,
        scope=scope,
        statements=made,
        checks=tied,
        findings=tuple(finding for finding in book.findings if known(finding, scope.as_of)),
        tables=(*shown, *evidence_tables(fund, book.path.parent, shown, scope)),
    )


def _tables(made: Statements, tied: tuple[Check, ...], scope: Scope, unit: str, names: Names) -> tuple[Table, ...]:
    """Give the statements as tables, in the order in which they are printed."""
    recognised = [] if made.recognised is made.contributions else [made.recognised.table(scope)]
    return (
        summary_table(made.summary, unit, scope.as_of),
        made.fund_balance.table(scope),
        made.contributions.table(scope),
        made.contributions.trend_table(names),
        *recognised,
        *made.pledges.tables(unit),
        *made.ageing.tables(unit),
        donors_table(made.donors, unit),
        made.receipts.table(unit),
        agreements_table(made.agreements, unit),
        expenditure_table(made.expenditure, scope),
        *made.earmarks.tables(unit),
        *made.in_kind.tables(scope),
        recovery_table(made.indirect_costs, scope),
        made.unclaimed.table(unit),
        *made.funds_available.tables(unit),
        dormant_table(made.dormant, unit, scope.as_of),
        rates_table(made.rates, unit),
        *made.indicators.tables(scope),
        *law_tables(made.law, made.off, made.waivers, made.exceptions, names, scope.as_of),
        checks_table(tied),
        *made.history.tables(scope.as_of),
        made.confirmations.table(unit),
    )
