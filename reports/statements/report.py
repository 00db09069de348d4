"""All statements of a quarter together, with the checks that tie them: every face shows these objects and computes nothing."""

from dataclasses import dataclass

from ledger.findings import Finding
from ledger.loading import Book
from reports.scope import Basis, Scope
from reports.statements.ageing import Ageing, ageing
from reports.statements.agreements import AgreementLine, agreements, agreements_table
from reports.statements.contributions import Contributions, contributions
from reports.statements.controls import Check, checks
from reports.statements.donors import DonorPledges, donors, donors_table
from reports.statements.earmarks import Earmarks, earmarked
from reports.statements.expenditure import ExpenditureLine, expenditure, expenditure_table
from reports.statements.fund_balance import FundBalance, fund_balance
from reports.statements.law import ExceptionLine, LawLine, WaiverLine, exceptions, law, waivers
from reports.statements.law_tables import checks_table, law_tables
from reports.statements.names import Names
from reports.statements.pledges import Pledges, pledges
from reports.statements.receipts import Receipts, receipts
from reports.statements.summary import CategoryLine, summary, summary_table
from reports.table import Table


@dataclass(frozen=True, slots=True)
class Report:
    """The quarterly report. `tables` are its statements as every face shows them, in their order."""

    code: str
    title: str
    basis: str
    note: str
    unit: str
    scope: Scope
    summary: tuple[CategoryLine, ...]
    fund_balance: FundBalance
    contributions: Contributions
    recognised: Contributions
    pledges: Pledges
    ageing: Ageing
    donors: tuple[DonorPledges, ...]
    receipts: Receipts
    agreements: tuple[AgreementLine, ...]
    expenditure: tuple[ExpenditureLine, ...]
    earmarks: Earmarks
    law: tuple[LawLine, ...]
    waivers: tuple[WaiverLine, ...]
    exceptions: tuple[ExceptionLine, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    tables: tuple[Table, ...]

    @property
    def draft(self) -> bool:
        """Whether the book has an error or a check fails: the report is then no more than a draft."""
        return any(f.severity == "error" for f in self.findings) or not all(check.holds for check in self.checks)


def report(book: Book, scope: Scope) -> Report:
    """Build the report of one quarter."""
    fund, names = book.fund, Names(book.fund, scope)
    identity = fund.directives.funds[0] if fund.directives.funds else None
    balance = fund_balance(fund, scope)
    given = contributions(fund, scope, names)
    recognised = given if scope.basis is Basis.CASH else contributions(fund, scope, names, scope.basis)
    pledged = pledges(fund, scope, names)
    ages = ageing(pledged.lines, scope)
    of_donors = donors(fund, scope, names)
    register = receipts(fund, scope, names)
    signed = agreements(fund, scope, names)
    spent = expenditure(fund, scope, names)
    earmarks = earmarked(fund, scope, names)
    sums = summary(pledged, given, names)
    in_force, let_pass, found = law(fund, scope.as_of), waivers(book), exceptions(book)
    tied = tuple(checks(fund, scope, balance, given, recognised, pledged, ages, register, earmarks))
    unit = fund.unit
    return Report(
        code=identity.code if identity else "book",
        title=identity.name(scope.language) if identity else book.path.name,
        basis=identity.basis if identity else "",
        note=(identity.note or "") if identity else "",
        unit=unit,
        scope=scope,
        summary=sums,
        fund_balance=balance,
        contributions=given,
        recognised=recognised,
        pledges=pledged,
        ageing=ages,
        donors=of_donors,
        receipts=register,
        agreements=signed,
        expenditure=spent,
        earmarks=earmarks,
        law=in_force,
        waivers=let_pass,
        exceptions=found,
        checks=tied,
        findings=tuple(book.findings),
        tables=(
            summary_table(sums, unit, scope.as_of),
            balance.table(scope),
            given.table(scope),
            given.trend_table(names),
            *([recognised.table(scope)] if recognised is not given else []),
            *pledged.tables(unit),
            *ages.tables(unit),
            donors_table(of_donors, unit),
            register.table(unit),
            agreements_table(signed, unit),
            expenditure_table(spent, scope),
            *earmarks.tables(unit),
            *law_tables(in_force, let_pass, found, scope.as_of),
            checks_table(tied),
        ),
    )
