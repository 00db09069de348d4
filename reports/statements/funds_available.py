"""Statement 10: funds available: what is at the bank, less what is owed and what is earmarked.

Statement 10a has the loans to other funds.

Source: General Standards art. 105 (expenditures must not exceed income and other available resources), and the
Statement of Funds Available of the OAS reports (facts 2.1). Only money that is there counts: a pledge, and money that
is lent, are not available until they come in. At the rates of the reporting day (IPSAS 4); what of a value is not
realised stands beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from ledger.ground.money import ZERO, apportion
from ledger.ground.phrases import N_, Text, phrase
from ledger.language.accounts import IN_TRANSIT, Role
from ledger.model.fund import Fund
from ledger.model.loans import loans
from ledger.model.positions import Standing
from ledger.model.purposes import GENERAL
from reports.figures import Figure, Tally
from reports.statement import Sources, Statement, column, columns_of, table_line
from reports.statements.earmarks import EARMARKS
from reports.table import ColumnType

OBLIGATIONS = {
    Role.UNCLAIMED: N_("Less unclaimed receipts"),
    Role.REFUNDS_PAYABLE: N_("Less refunds payable to donors"),
    Role.PAYABLE: N_("Less accounts payable (obligations)"),
}


@table_line
class AvailableLine:
    """One line.

    `amount` is in `currency` where that is not the unit of account; `value` is in the unit of account, negative where
    it takes away.

    `unrealised` is what of the value comes from the rate of the reporting day.
    """

    label: Text = column(N_("Line"), ColumnType.TERM, 70)
    currency: str = column(N_("Currency"), ColumnType.TEXT, 12)
    amount: Figure | None = column(N_("In its own currency"), ColumnType.AMOUNT, 22)
    unrealised: Figure = column(N_("Of it unrealised exchange difference"), ColumnType.MONEY, 22, total=True)
    value: Figure = column(N_("In {unit}"), ColumnType.MONEY, 22, total=True)


@table_line
class LoanLine:
    """One loan in its currency; `value` is what is left of it in the unit of account.

    `overdue` counts the days since it was due.
    """

    day: date = column(N_("Date"), ColumnType.DAY, 12)
    to: str = column(N_("To"), ColumnType.TEXT, 30)
    what: str = column(N_("What for"), ColumnType.TEXT, 40)
    due: date | None = column(N_("Due"), ColumnType.DAY, 12)
    overdue: Decimal = column(N_("Days overdue"), ColumnType.COUNT, 12)
    currency: str = column(N_("Currency"), ColumnType.TEXT, 12)
    lent: Figure = column(N_("Lent"), ColumnType.AMOUNT, 18)
    returned: Figure = column(N_("Returned"), ColumnType.AMOUNT, 18)
    left: Figure = column(N_("Not returned"), ColumnType.AMOUNT, 18, formula="{lent}-{returned}")
    value: Figure = column(N_("Not returned, in {unit}"), ColumnType.MONEY, 18, total=True)


def funds_available(of: Sources) -> tuple[AvailableLine, ...]:
    """Build the statement: one pass over the entries, and what the purposes have left.

    The lines together are what may be spent on any purpose.
    """
    fund, scope = of.fund, of.scope
    banks, liabilities = _bank_balances(fund, scope.as_of, fund.positions.standing(scope.as_of).values())
    lines = []
    for (name, currency), item in sorted(banks.items(), key=lambda pair: pair[0]):
        if name != IN_TRANSIT or item.value.value:  # what was on its way has arrived
            bank = phrase("At the bank: {account}", account=name.removeprefix("Assets:Bank:"))
            own = None if currency == fund.unit else item.units.figure()
            lines.append(AvailableLine(bank, currency, own, item.unrealised.figure(), item.value.figure()))
    for role, label in OBLIGATIONS.items():
        lines.append(
            AvailableLine(label, "", None, liabilities[role].unrealised.figure(), liabilities[role].value.figure())
        )
    for line in of[EARMARKS].lines:
        if line.slug != GENERAL and line.left > ZERO:
            earmark = phrase("Less earmarked: {purpose}", purpose=line.purpose)
            lines.append(AvailableLine(earmark, "", None, Figure(), -line.left))
    return tuple(lines)


def _bank_balances(
    fund: Fund, as_of: date, standing: Iterable[Standing]
) -> tuple[dict[tuple[str, str], "_Item"], dict[Role, "_Item"]]:
    """Return what the bank accounts hold, by account and currency, and what is owed, by role."""
    banks: dict[tuple[str, str], _Item] = defaultdict(_Item)
    liabilities: dict[Role, _Item] = defaultdict(_Item)
    for entry in fund.entries:
        if entry.txn.date > as_of:
            break
        for part, posting, value in entry.money:
            if part.monetary and posting.units.currency == fund.unit:
                item = banks[part.name, fund.unit] if part.role is Role.BANK else liabilities[part.role]
                item.value.add(value, entry)
    for position in standing:
        item = (
            banks[position.item.account, position.item.currency]
            if position.item.role is Role.BANK
            else liabilities[position.item.role]
        )
        item.add(position)
    return banks, liabilities


class _Item:
    """Sums of one line."""

    def __init__(self) -> None:
        self.units, self.unrealised, self.value = Tally(), Tally(), Tally()

    def add(self, position: Standing) -> None:
        """Add an item in another currency; of what is gone nothing is left, and nothing is behind it."""
        behind = position.entries if position.units else []
        self.units.add(position.units, *behind)
        self.unrealised.add(position.unrealised, *behind)
        self.value.add(position.value, *behind)


def loan_lines(of: Sources) -> Iterator[LoanLine]:
    """Yield the loans that are out, or were returned in the quarter."""
    scope, result = of.scope, loans(of.fund, of.scope.as_of)
    standing = of.fund.positions.standing(scope.as_of).values()
    values_by_currency = {
        position.item.currency: position.value for position in standing if position.item.role is Role.LOAN
    }
    values: dict[int, Decimal] = {}
    for currency, value in values_by_currency.items():
        outstanding = {
            n: loan.outstanding for n, loan in enumerate(result.loans) if loan.currency == currency and loan.outstanding
        }
        values |= apportion(value, outstanding) if outstanding else {}
    for n, loan in enumerate(result.loans):
        txn = loan.entry.txn
        returned, left_of_it = Tally(), loan.outstanding
        for _, number, entry in loan.returns:
            returned.add(number, entry)
        has_moved = any(
            scope.quarter.begin <= day <= scope.as_of for day in (txn.date, *(d for d, _, _ in loan.returns))
        )
        if left_of_it or has_moved:
            late = (scope.as_of - loan.due).days if left_of_it and loan.due is not None else 0
            behind = (loan.entry, *returned.entries)
            yield LoanLine(
                day=txn.date,
                to=txn.payee or "",
                what=txn.narration or "",
                due=loan.due,
                overdue=Decimal(max(0, late)),
                currency=loan.currency,
                lent=Figure(loan.lent, (loan.entry,)),
                returned=returned.figure(),
                left=Figure(left_of_it, behind),
                value=Figure(values.get(n, left_of_it if loan.currency not in values_by_currency else ZERO), behind),
            )
    for entry, currency, number in result.beyond:
        txn = entry.txn
        beyond, negative = Figure(number, (entry,)), Figure(-number, (entry,))
        value = Figure(values_by_currency.get(currency, -number), (entry,))
        yield LoanLine(
            txn.date, txn.payee or "", txn.narration or "", None, ZERO, currency, Figure(), beyond, negative, value
        )


FUNDS_AVAILABLE = Statement(
    "funds_available",
    "10",
    N_("Funds available"),
    N_("Statement of funds available"),
    columns_of(AvailableLine),
    funds_available,
    subtitle=N_("As of {day} · in {unit}"),
    total_label=N_("Available for any purpose"),
    notes=(
        N_("Pledges are not available, nor is what was lent to other funds (10a), until the money comes in."),
        N_("Money in other currencies is at the rate of the day (IPSAS 4; statement 12)."),
    ),
)
LOANS = Statement(
    "loans",
    "10a",
    N_("Loans"),
    N_("Loans to other funds"),
    columns_of(LoanLine),
    lambda of: tuple(loan_lines(of)),
    subtitle=N_("As of {day} · in {unit}"),
    notes=(N_("A loan changes no fund balance. What is returned settles the oldest loan first (CP/RES. 987)."),),
)
