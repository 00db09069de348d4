"""Statement 14c: the checks that tie the statements to each other and to the book.

A check is two figures that must be equal, each from its own source.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.ground.money import HALF_A_CENT, ZERO, rounded
from ledger.ground.phrases import N_, Text, phrase
from ledger.language.accounts import Role, account
from ledger.language.kinds import Kind
from ledger.model.fund import Fund
from ledger.model.positions import Item
from ledger.model.unclaimed import links_of
from reports.comparatives import header
from reports.figures import total
from reports.scope import Basis, Scope
from reports.statement import Sources, Statement
from reports.statements.ageing import AGEING, Ageing
from reports.statements.contributions import CONTRIBUTIONS, RECOGNISED
from reports.statements.donors import DONORS
from reports.statements.earmarks import EARMARKS
from reports.statements.fund_balance import FUND_BALANCE, in_balance
from reports.statements.funds_available import FUNDS_AVAILABLE, LOANS
from reports.statements.indirect_costs import INDIRECT_COSTS, PERIODS, recovery_total
from reports.statements.pledges import PLEDGES, STAGES, Pledges
from reports.statements.receipts import RECEIPTS
from reports.statements.unclaimed import UNCLAIMED
from reports.table import Cell, Column, ColumnType, Live

OK, WRONG = "OK", "ERROR"
"""What a check says: the same in every language, as a live formula writes it."""


@dataclass(frozen=True, slots=True)
class Check:
    """Two figures that must be equal.

    A formula is written as in a table, in the keys of columns; without one the figure comes from the book.
    """

    name: Text
    one: Decimal
    other: Decimal
    one_formula: str = ""
    other_formula: str = ""

    @property
    def holds(self) -> bool:
        """Whether they are equal, to less than half a cent."""
        return abs(self.one - self.other) < HALF_A_CENT


def checks(of: Sources) -> Iterator[Check]:
    """Yield every check."""
    fund, scope, balance = of.fund, of.scope, of[FUND_BALANCE]
    closing, quarter = balance.closing(), "SUM({fund_balance.quarter})"
    yield Check(N_("Closing fund balance = what the fund holds"), closing, balance.holdings, quarter)
    yield Check(
        N_("Opening fund balance = closing fund balance of the prior quarter"),
        balance.opening(),
        balance.closing("prior_quarter"),
        "INDEX({fund_balance.quarter},1)",
        "SUM({fund_balance.prior_quarter})",
    )
    for span in ("year", "cumulative"):
        yield Check(
            phrase("Closing fund balance of the quarter = of: {period}", period=header(scope, span)),
            closing,
            balance.closing(span),
            quarter,
            f"SUM({{fund_balance.{span}}})",
        )
    if scope.basis is Basis.CASH:
        total_left = of[EARMARKS].total("left")
        yield Check(
            N_("Closing fund balance = what the purposes have left"),
            closing,
            total_left,
            quarter,
            "SUM({earmarks.left})",
        )
    beside = sum((c.value for c in fund.contributions if _beside(scope, c.day, c.kind)), ZERO)
    yield Check(
        N_("Contributions of statement 2 = register of receipts and what is beside it"),
        of[CONTRIBUTIONS].total("quarter"),
        total(line.value for line in of[RECEIPTS]) + beside,
        "SUM({contributions.quarter})",
        f"SUM({{receipts.value}})+({beside:f})",
    )
    income = RECOGNISED if RECOGNISED.applies(scope) else CONTRIBUTIONS
    for span in ("quarter", "year", "cumulative"):
        yield Check(
            phrase("Contributions of statement 1 = by donor: {period}", period=header(scope, span)),
            in_balance(balance, span),
            of[income].total(span),
            "",
            f"SUM({{{income.key}.{span}}})",
        )
    yield from _money(of)
    yield from _accounts(fund, scope)
    yield from _memorandum(fund, scope, of[PLEDGES], of[AGEING])
    for stage in ("announced", "committed"):
        yield Check(
            phrase("Outstanding by donor, {stage} = statement 3a", stage=STAGES[stage]),
            total(getattr(line, f"{stage}_left") for line in of[DONORS]),
            of[PLEDGES].total(stage),
            f"SUM({{donors.{stage}_left}})",
            f"SUM({{pledge_values.{stage}}})",
        )


def _money(of: Sources) -> Iterator[Check]:
    """Tie what is at hand, what is unclaimed and what was charged to the fund balance and the accounts."""
    scope, unclaimed_receipts = of.scope, of[UNCLAIMED]
    yield Check(
        N_("Available for any purpose + loans = what is left unearmarked"),
        total(line.value for line in of[FUNDS_AVAILABLE]) + total(line.value for line in of[LOANS]),
        of[EARMARKS].lines[-1].left,
        "SUM({funds_available.value})+SUM({loans.value})",
        "INDEX({earmarks.left},ROWS({earmarks.left}))",
    )
    yield Check(
        N_("Unclaimed receipts = their account"),
        unclaimed_receipts.left,
        unclaimed_receipts.booked,
        "SUM({unclaimed.value})",
    )
    for period in PERIODS:
        line = next(line for line in of[FUND_BALANCE].lines if line.key == "indirect-costs")
        yield Check(
            phrase("Indirect costs of statement 8 = of statement 1: {period}", period=header(scope, period)),
            recovery_total(of[INDIRECT_COSTS], period),
            -getattr(line, period),
            f"SUM({{indirect_costs.charged_{period}}})",
        )


def _accounts(fund: Fund, scope: Scope) -> Iterator[Check]:
    """Tie every account that holds other currencies to its units.

    What the entries say, with the exchange differences, must be the units at the rate of the day.
    """
    sums, units = _sum_postings(fund, scope.as_of)
    positions = fund.positions
    for change in positions.changes:
        if change.day <= scope.as_of and change.item.currency != fund.unit:
            sums[change.item.account] += change.realised
            if change.sale:  # what was in transit is exchanged; no entry posts that
                sums[change.item.account] += change.value
                units[change.item] += change.units
    at_the_rate: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for item, standing in positions.standing(scope.as_of).items():
        if item.currency == fund.unit:
            continue
        sums[item.account] += standing.unrealised
        rate = fund.rates.rate(item.currency, scope.as_of)
        at_the_rate[item.account] += standing.carried if rate is None else rounded(units[item] * rate)
    for name in sorted(sums):
        name_of_check = phrase("{account}: booked + exchange differences = units at the rates of the day", account=name)
        yield Check(name_of_check, sums[name], at_the_rate[name])


def _sum_postings(fund: Fund, as_of: date) -> tuple[dict[str, Decimal], dict[Item, Decimal]]:
    """Return what the entries say that accounts hold in other currencies, by account, and the units, by item."""
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    units: dict[Item, Decimal] = defaultdict(lambda: ZERO)
    for entry in fund.entries:
        if entry.txn.date > as_of:
            break
        link = next(iter(links_of(entry.txn.links or frozenset())), "")
        for part, posting, value in entry.money:
            if part.monetary and posting.units.currency != fund.unit:
                sums[part.name] += value
                of = link if part.role is Role.UNCLAIMED else ""
                units[Item(part.name, posting.units.currency, of)] += posting.units.number
    return sums, units


def _memorandum(fund: Fund, scope: Scope, pledges: Pledges, ages: Ageing) -> Iterator[Check]:
    """Tie what is outstanding to the memorandum accounts: in every currency, and by stage at the rates of the day."""
    sums: dict[str, Decimal] = {}
    worth = {Role.ANNOUNCED: ZERO, Role.COMMITTED: ZERO}
    for key, postings in fund.raw.items():
        if all(day > scope.as_of for day, _, _ in postings):
            continue  # what comes later is no line of this report
        number = sum((number for day, number, _ in postings if day <= scope.as_of), ZERO)
        sums[key[2]] = sums.get(key[2], ZERO) + number
        instalment = fund.instalments.get(key)
        if instalment is not None:
            worth[account(key[0]).role] += instalment.worth(number, fund.rates, scope.as_of)
    for currency in sorted(sums):
        outstanding = total(line.outstanding for line in pledges.lines if line.currency == currency)
        yield Check(
            phrase("Outstanding pledges in {currency} = memorandum accounts", currency=currency),
            outstanding,
            sums[currency],
            f'SUMIFS({{pledges.outstanding}},{{pledges.currency}},"{currency}")',
        )
    for role, stage in ((Role.ANNOUNCED, "announced"), (Role.COMMITTED, "committed")):
        yield Check(
            phrase("Ageing, {stage} = memorandum accounts", stage=STAGES[stage]),
            ages.total(stage),
            worth[role],
            f"SUM({{ageing.{stage}}})",
        )


def _beside(scope: Scope, day: date, kind: str) -> bool:
    inside = scope.quarter.begin <= day <= scope.as_of
    return inside and kind not in _IN_REGISTER


_IN_REGISTER = frozenset({Kind.RECEIPT.value, Kind.IDENTIFY.value, Kind.REFUND.value})


def _rows(checks: tuple[Check, ...]) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of the table: the figures, their difference and the result are live."""
    for check in checks:
        yield (
            check.name,
            Live(check.one, check.one_formula) if check.one_formula else check.one,
            Live(check.other, check.other_formula) if check.other_formula else check.other,
            check.one - check.other,
            OK if check.holds else WRONG,
        )


CHECKS = Statement(
    "checks",
    "14c",
    N_("Checks"),
    N_("Checks"),
    (
        Column("name", N_("Check"), ColumnType.TERM, 74),
        Column("one", N_("First figure"), ColumnType.MONEY, 20),
        Column("other", N_("Second figure"), ColumnType.MONEY, 20),
        Column("difference", N_("Difference"), ColumnType.MONEY, 16, formula="{one}-{other}"),
        Column("result", N_("Result"), ColumnType.TERM, 12, formula=f'IF(ABS({{difference}})<0.005,"{OK}","{WRONG}")'),
    ),
    lambda of: tuple(checks(of)),
    _rows,
)
