"""The statements of a quarter, each declared at the end of its own file, in the order in which they are printed.

Every figure is a `Decimal`, in the fund's unit of account unless a field says otherwise. Pledges and receipts are never
added together.
"""

from typing import Any

from reports.statement import Statement
from reports.statements.ageing import AGEING, EXPECTED_CASH
from reports.statements.agreements import AGREEMENTS
from reports.statements.checks import CHECKS
from reports.statements.confirmations import CONFIRMATIONS
from reports.statements.contributions import CONTRIBUTIONS, RECOGNISED, TREND
from reports.statements.donors import DONORS
from reports.statements.dormant import DORMANT
from reports.statements.earmarks import COVERS, EARMARKS
from reports.statements.exceptions import EXCEPTIONS, WAIVERS
from reports.statements.expenditure import EXPENDITURE
from reports.statements.fund_balance import FUND_BALANCE
from reports.statements.funds_available import FUNDS_AVAILABLE, LOANS
from reports.statements.history import CONTROL_TOTALS, RESTATEMENTS, SEALS
from reports.statements.in_kind import IN_KIND, IN_KIND_REGISTER
from reports.statements.indicators import BREADTH, DAYS, INDICATORS
from reports.statements.indirect_costs import INDIRECT_COSTS
from reports.statements.law import LAW
from reports.statements.pledges import PLEDGE_VALUES, PLEDGES
from reports.statements.rates_used import RATES
from reports.statements.receipts import RECEIPTS
from reports.statements.summary import SUMMARY
from reports.statements.unclaimed import UNCLAIMED

STATEMENTS: tuple[Statement[Any], ...] = (
    SUMMARY,
    FUND_BALANCE,
    CONTRIBUTIONS,
    TREND,
    RECOGNISED,
    PLEDGES,
    PLEDGE_VALUES,
    AGEING,
    EXPECTED_CASH,
    DONORS,
    RECEIPTS,
    AGREEMENTS,
    EXPENDITURE,
    EARMARKS,
    COVERS,
    IN_KIND,
    IN_KIND_REGISTER,
    INDIRECT_COSTS,
    UNCLAIMED,
    FUNDS_AVAILABLE,
    LOANS,
    DORMANT,
    RATES,
    INDICATORS,
    DAYS,
    BREADTH,
    EXCEPTIONS,
    WAIVERS,
    LAW,
    CHECKS,
    RESTATEMENTS,
    CONTROL_TOTALS,
    SEALS,
    CONFIRMATIONS,
)
"""Every statement, in the order in which they are printed; their evidence follows them (`reports.evidence`)."""
