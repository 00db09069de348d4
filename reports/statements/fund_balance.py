"""Statement 1: changes in fund balance, a closed roll-forward.

Opening balance + movements = closing balance, for every period that is compared, and the closing balance is what the
fund holds (assets less liabilities, at the rates of the day; on another basis than cash also its receivables). Exchange
differences stand on two lines: realised, when money in another currency went out or a debt in it was settled at another
rate than that at which it came in, and unrealised, from the rates of the day (IPSAS 4). Contributions in kind stand
outside: they come in and are used in one entry. The lines are those of facts 2.1; that the statement must foot is the
lesson of CP/doc.4053/05 add. 2, whose published lines do not, by 438,572.45.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from ledger.ground.money import ZERO
from ledger.ground.phrases import N_, Text, phrase
from ledger.language.accounts import Role
from ledger.model.entries import Entry
from ledger.model.fund import Fund
from reports.comparatives import COMPARED, Compared, figures
from reports.figures import Figure, Tally, total
from reports.recognition import EXCHANGE, REFUND, WRITE_OFF, receivables, recognised, revaluation
from reports.scope import Basis, Scope, Spans, day_before
from reports.statement import Sources, Statement, column, columns_of, table_line
from reports.table import ColumnType

OPENING = "opening-balance"
UNREALISED = "unrealised"
_OUTSIDE = frozenset({Role.IN_KIND_INCOME, Role.IN_KIND_EXPENSE})

Put = Callable[[str, Entry, Decimal], None]
"""Puts a value of an entry on a line."""


@table_line
class Line(Compared):
    """One line: an increase is positive, a decrease negative."""

    key: str
    label: Text = column(N_("Line"), ColumnType.TERM, 50)


@dataclass(frozen=True, slots=True)
class FundBalance:
    """The roll-forward of every period.

    `holdings` is what the fund holds at the end, summed from the accounts of the balance sheet.
    """

    lines: tuple[Line, ...]
    holdings: Figure

    def opening(self, span: str = "quarter") -> Decimal:
        """Return the opening balance of a period."""
        value: Decimal = getattr(self.lines[0], span)
        return value

    def closing(self, span: str = "quarter") -> Decimal:
        """Return the closing balance of a period: its opening balance and all its movements."""
        return total(getattr(line, span) for line in self.lines)


def fund_balance(of: Sources) -> FundBalance:
    """Build the statement: one pass over the entries, and one over what is recognised."""
    fund, scope = of.fund, of.scope
    spans, starts = Spans(scope), {name: scope.spans[name][0] for name in COMPARED}
    sums: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    opening = dict.fromkeys(COMPARED, ZERO)
    holdings = Tally()

    def put(line: str, entry: Entry, value: Decimal) -> None:
        holding = spans.holding(entry.txn.date)
        for name in COMPARED:
            if name in holding:
                sums[line][name].add(value, entry)
            elif entry.txn.date < starts[name]:
                opening[name] += value

    for entry in fund.entries:
        if entry.txn.date > scope.as_of:
            break
        _take(entry, fund.unit, holdings, put)
    for item in recognised(fund, scope.basis):
        if item.day <= scope.as_of and item.value:
            line = f"contribution:{item.account.category}" if item.line not in _BESIDE else item.line
            put(line, item.entry, item.value)
    _exchange(fund, scope, put, sums, opening, holdings)
    _revalue(fund, scope, sums, opening, holdings)
    lines = [Line(key=OPENING, label=N_("Opening balance"), **{name: Figure(opening[name]) for name in COMPARED})]
    lines += [
        Line(key=key, label=label, **figures(sums[key]))
        for key, label in _lines(fund, scope)
        if key in sums or key in _ALWAYS or key.startswith("contribution:")
    ]
    return FundBalance(tuple(lines), holdings.figure())


def _take(entry: Entry, unit: str, holdings: Tally, put: Put) -> None:
    """Put what an entry changes, other than by a contribution, and add what it changes in what the fund holds."""
    for part, posting, value in entry.money:
        if part.role in _OUTSIDE:
            continue
        if part.monetary:
            if posting.units.currency == unit:
                holdings.add(value, entry)
        elif part.role is not Role.CONTRIBUTION:
            put(_KEYS.get(part.role, "other"), entry, -value)


def _exchange(
    fund: Fund,
    scope: Scope,
    put: Put,
    sums: dict[str, dict[str, Tally]],
    opening: dict[str, Decimal],
    holdings: Tally,
) -> None:
    """Put the exchange differences of what is held and owed in other currencies, and add its worth at the end."""
    positions = fund.positions
    for change in positions.changes:
        if change.day > scope.as_of:
            break
        if change.realised:
            put(EXCHANGE, change.entry, change.realised)
    for item in positions.standing(scope.as_of).values():
        holdings.add(item.value, *item.entries)
    for name in COMPARED:
        first, last = scope.spans[name]
        before = positions.unrealised(day_before(first))
        opening[name] += before
        if difference := positions.unrealised(last) - before:
            sums[UNREALISED][name].add(difference)


def _revalue(
    fund: Fund, scope: Scope, sums: dict[str, dict[str, Tally]], opening: dict[str, Decimal], holdings: Tally
) -> None:
    """Add the receivables at the end to what the fund holds, and what the rates did to them to every period."""
    if scope.basis is Basis.CASH:
        return
    for instalment in receivables(fund, scope.basis):
        if outstanding := instalment.outstanding(scope.as_of):
            holdings.add(instalment.worth(outstanding, fund.rates, scope.as_of), instalment.opened)
    for name in COMPARED:
        first, last = scope.spans[name]
        before = revaluation(fund, scope.basis, day_before(first))
        opening[name] += before
        sums["revaluation"][name].add(revaluation(fund, scope.basis, last) - before)


def in_balance(statement: FundBalance, span: str) -> Figure:
    """Return the contributions of a period as statement 1 has them, for the check against statement 2."""
    return total(getattr(line, span) for line in statement.lines if line.key.startswith("contribution:"))


_BESIDE = {REFUND, WRITE_OFF, EXCHANGE}
_KEYS = {
    Role.INTEREST: "interest",
    Role.EXCHANGE: EXCHANGE,
    Role.TRANSFER_IN: "transfers",
    Role.OPENING: "opening",
    Role.EXPENDITURE: "expenditure",
    Role.INDIRECT_COSTS: "indirect-costs",
    Role.BANK_CHARGES: "bank-charges",
}
_ALWAYS = frozenset({"interest", "expenditure", "indirect-costs", "bank-charges", REFUND})


def _lines(fund: Fund, scope: Scope) -> list[tuple[str, Text]]:
    """Name every line in its order; lines of categories come from the book."""
    categories = fund.registry.categories.values()
    contributions = [
        (
            f"contribution:{c.accounts}",
            phrase("Contributions received: {category}", category=c.name(scope.language))
            if scope.basis is Basis.CASH
            else phrase("Contributions recognised: {category}", category=c.name(scope.language)),
        )
        for c in categories
    ]
    return [
        ("opening", N_("Balances brought into the book")),
        *contributions,
        ("interest", N_("Interest")),
        (EXCHANGE, N_("Exchange differences, realised")),
        (UNREALISED, N_("Exchange differences, unrealised")),
        ("revaluation", N_("Revaluation of receivables at the rate of the day")),
        ("transfers", N_("Transfers from other funds of the Organization")),
        ("other", N_("Other income")),
        ("expenditure", N_("Expenditure")),
        ("indirect-costs", N_("Indirect cost recovery")),
        ("bank-charges", N_("Bank charges")),
        (WRITE_OFF, N_("Pledges written off")),
        (REFUND, N_("Refunds to donors")),
    ]


FUND_BALANCE = Statement(
    "fund_balance",
    "1",
    N_("Fund balance"),
    N_("Statement of changes in fund balance"),
    columns_of(Line),
    fund_balance,
    lambda built: built.lines,
    total_label=N_("Closing balance"),
    notes=(
        N_("Decreases stand in parentheses. Each column opens with the closing balance of the period before it."),
        N_(
            "Realised: money in another currency went out, or a debt in it was settled, at another rate than that at which it came in. Unrealised: from the rates of the day (IPSAS 4)."
        ),
        N_("Contributions in kind come in and are used at once; they are in statement 7 and not in this one."),
    ),
)
