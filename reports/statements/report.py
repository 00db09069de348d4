"""All statements of a quarter together, with the checks that tie them to each other and to the book."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.findings import Finding
from ledger.fund import Fund
from ledger.language.kinds import Kind
from ledger.loading import Book
from ledger.money import HALF_A_CENT, ZERO
from ledger.periods import Quarter
from reports.statements.contributions import Contributions, contributions
from reports.statements.earmarks import Earmarks, earmarked
from reports.statements.fund_balance import FundBalance, fund_balance
from reports.statements.law import ExceptionLine, LawLine, WaiverLine, exceptions, law, waivers
from reports.statements.pledges import Pledges, pledges
from reports.statements.receipts import Receipts, receipts
from reports.statements.summary import CategoryLine, summary


@dataclass(frozen=True, slots=True)
class Check:
    """Two figures that must be equal, each from its own source."""

    name: str
    one: Decimal
    other: Decimal

    @property
    def holds(self) -> bool:
        """Whether they are equal, to less than half a cent."""
        return abs(self.one - self.other) < HALF_A_CENT


@dataclass(frozen=True, slots=True)
class Report:
    """The quarterly report: every face shows these objects and computes nothing."""

    code: str
    title: str
    basis: str
    note: str
    unit: str
    quarter: Quarter
    as_of: date
    summary: tuple[CategoryLine, ...]
    fund_balance: FundBalance
    contributions: Contributions
    pledges: Pledges
    receipts: Receipts
    earmarks: Earmarks
    law: tuple[LawLine, ...]
    waivers: tuple[WaiverLine, ...]
    exceptions: tuple[ExceptionLine, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]

    @property
    def draft(self) -> bool:
        """Whether the book has an error or a check fails: the report is then no more than a draft."""
        return any(f.severity == "error" for f in self.findings) or not all(check.holds for check in self.checks)


def report(book: Book, quarter: Quarter, language: str = "en") -> Report:
    """Build the report of one quarter."""
    fund = book.fund
    identity = fund.directives.funds[0] if fund.directives.funds else None
    balance = fund_balance(fund, quarter)
    received = contributions(fund, quarter, language)
    pledged = pledges(fund, quarter, language)
    register = receipts(fund, quarter, language)
    earmarks = earmarked(fund, quarter.end, language)
    return Report(
        code=identity.code if identity else "book",
        title=identity.name(language) if identity else book.path.name,
        basis=identity.basis if identity else "",
        note=(identity.note or "") if identity else "",
        unit=fund.unit,
        quarter=quarter,
        as_of=quarter.end,
        summary=summary(fund, pledged, received, language),
        fund_balance=balance,
        contributions=received,
        pledges=pledged,
        receipts=register,
        earmarks=earmarks,
        law=law(fund, quarter.end),
        waivers=waivers(book),
        exceptions=exceptions(book),
        checks=_checks(fund, quarter, balance, received, pledged, register, earmarks),
        findings=tuple(book.findings),
    )


def _checks(
    fund: Fund,
    quarter: Quarter,
    balance: FundBalance,
    received: Contributions,
    pledged: Pledges,
    register: Receipts,
    earmarks: Earmarks,
) -> tuple[Check, ...]:
    in_balance = sum((line.quarter for line in balance.lines if line.key.startswith("contributions:")), ZERO)
    other = [c for c in fund.contributions if c.day in quarter and c.kind not in _IN_REGISTER]
    beside = sum((c.value for c in other), ZERO)
    checks = [
        Check("Closing fund balance = assets less liabilities", balance.closing_quarter, balance.holdings),
        Check(
            "Closing balance of the quarter = closing balance of the year to date",
            balance.closing_quarter,
            balance.closing_year,
        ),
        Check("Closing fund balance = what the purposes have left", balance.closing_quarter, earmarks.total("left")),
        Check("Contributions of statement 1 = statement 2", in_balance, received.total("quarter")),
        Check(
            "Contributions of statement 2 = register of receipts + others",
            received.total("quarter"),
            register.total + beside,
        ),
    ]
    for currency in sorted({key[2] for key in fund.raw}):
        booked = sum(
            (
                number
                for key, postings in fund.raw.items()
                if key[2] == currency
                for day, number, _ in postings
                if day <= quarter.end
            ),
            ZERO,
        )
        shown = sum((line.outstanding for line in pledged.lines if line.currency == currency), ZERO)
        checks.append(Check(f"Outstanding pledges in {currency} = memorandum accounts", shown, booked))
    return tuple(checks)


_IN_REGISTER = frozenset({Kind.RECEIPT.value, Kind.IDENTIFY.value, Kind.REFUND.value})
