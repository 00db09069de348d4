"""Every statement of a quarter as typed lines, built together because later ones sum up earlier ones."""

from dataclasses import dataclass

from ledger.book.loading import Book
from reports.names import Names
from reports.scope import Basis, Scope
from reports.statements.ageing import Ageing, ageing
from reports.statements.agreements import AgreementLine, agreements
from reports.statements.confirmations import Confirmations, confirmations
from reports.statements.contributions import Contributions, contributions
from reports.statements.donors import DonorPledges, donors
from reports.statements.dormant import DormantLine, dormant
from reports.statements.earmarks import Earmarks, earmarked
from reports.statements.expenditure import ExpenditureLine, expenditure
from reports.statements.fund_balance import FundBalance, fund_balance
from reports.statements.funds_available import FundsAvailable, funds_available
from reports.statements.history import History, history
from reports.statements.in_kind import InKind, in_kind
from reports.statements.indicators import Indicators, indicators
from reports.statements.indirect_costs import RecoveryLine, recovery
from reports.statements.law import ExceptionLine, LawLine, OffLine, WaiverLine, exceptions, law, turned_off, waivers
from reports.statements.pledges import Pledges, pledges
from reports.statements.rates_used import RateLine, rates_used
from reports.statements.receipts import Receipts, receipts
from reports.statements.summary import CategoryLine, summary
from reports.statements.unclaimed import UnclaimedReceipts, unclaimed_receipts


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements, in the order in which they are printed. `recognised` is `contributions` itself on the cash basis."""

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
    in_kind: InKind
    indirect_costs: tuple[RecoveryLine, ...]
    unclaimed: UnclaimedReceipts
    funds_available: FundsAvailable
    dormant: tuple[DormantLine, ...]
    rates: tuple[RateLine, ...]
    indicators: Indicators
    exceptions: tuple[ExceptionLine, ...]
    waivers: tuple[WaiverLine, ...]
    law: tuple[LawLine, ...]
    off: tuple[OffLine, ...]
    history: History
    confirmations: Confirmations


def statements(book: Book, scope: Scope, names: Names) -> Statements:
    """Build every statement of one quarter."""
    fund = book.fund
    given = contributions(fund, scope, names)
    pledged = pledges(fund, scope, names)
    of_donors = donors(fund, scope, names)
    earmarks = earmarked(fund, scope, names)
    return Statements(
        summary=summary(pledged, given, names),
        fund_balance=fund_balance(fund, scope),
        contributions=given,
        recognised=given if scope.basis is Basis.CASH else contributions(fund, scope, names, scope.basis),
        pledges=pledged,
        ageing=ageing(pledged.lines, scope),
        donors=of_donors,
        receipts=receipts(fund, scope, names),
        agreements=agreements(fund, scope, names),
        expenditure=expenditure(fund, scope, names),
        earmarks=earmarks,
        in_kind=in_kind(fund, scope, names),
        indirect_costs=recovery(fund, scope, names),
        unclaimed=unclaimed_receipts(fund, scope, names),
        funds_available=funds_available(fund, scope, earmarks),
        dormant=dormant(fund, scope, names, earmarks),
        rates=rates_used(fund, scope),
        indicators=indicators(fund, scope, names, of_donors),
        exceptions=exceptions(book, scope, names),
        waivers=waivers(book, scope),
        law=law(fund, scope.as_of),
        off=turned_off(fund, scope.as_of),
        history=history(fund, scope, names),
        confirmations=confirmations(fund, scope, names),
    )
