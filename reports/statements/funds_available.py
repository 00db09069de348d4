"""Statement 10: funds available: what is at the bank, less what is owed and what is earmarked; and the loans to other funds.

Source: General Standards art. 105 (expenditures must not exceed income and other available resources), and the Statement of Funds Available of the
OAS reports (facts 2.1). Only money that is there counts: a pledge, and money that is lent, are not available until they come in. At the rates of the
reporting day (IPSAS 4); what of a value is not realised stands beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.ground.money import ZERO, apportion
from ledger.ground.phrases import N_, Text, say
from ledger.language.accounts import IN_TRANSIT, Role
from ledger.model.fund import Fund
from ledger.model.loans import Loans, loans
from ledger.model.positions import Standing
from ledger.model.purposes import GENERAL
from reports.figures import Figure, Tally, total
from reports.scope import Scope
from reports.statements.earmarks import Earmarks
from reports.table import Column, Kind, Table, table

OBLIGATIONS = {
    Role.UNCLAIMED: N_("Less unclaimed receipts"),
    Role.REFUNDS_PAYABLE: N_("Less refunds payable to donors"),
    Role.PAYABLE: N_("Less accounts payable (obligations)"),
}


@dataclass(frozen=True, slots=True)
class AvailableLine:
    """One line. `amount` is in `currency` where that is not the unit of account; `value` is in the unit of account, negative where it takes away.

    `unrealised` is what of the value comes from the rate of the reporting day.
    """

    label: Text
    currency: str
    amount: Figure | None
    unrealised: Figure
    value: Figure


@dataclass(frozen=True, slots=True)
class LoanLine:
    """One loan in its currency; `value` is what is left of it in the unit of account. `overdue` counts the days since it was due."""

    day: date
    to: str
    what: str
    due: date | None
    overdue: Decimal
    currency: str
    lent: Figure
    returned: Figure
    left: Figure
    value: Figure


@dataclass(frozen=True, slots=True)
class FundsAvailable:
    """What the fund may spend on any purpose; `loans` are those that are out, or were returned in the quarter."""

    as_of: date
    lines: tuple[AvailableLine, ...]
    loans: tuple[LoanLine, ...]

    @property
    def available(self) -> Figure:
        """What is left for any purpose."""
        return total(line.value for line in self.lines)

    @property
    def lent(self) -> Figure:
        """What other funds have to return."""
        return total(line.value for line in self.loans)

    def tables(self, unit: str) -> tuple[Table, Table]:
        """Give both as tables."""
        subtitle = say("As of {day} · in {unit}", day=self.as_of, unit=unit)
        available = [
            Column("label", N_("Line"), Kind.TERM, 70),
            Column("currency", N_("Currency"), Kind.TEXT, 12),
            Column("amount", N_("In its own currency"), Kind.AMOUNT, 22),
            Column("unrealised", N_("Of it unrealised exchange difference"), Kind.MONEY, 22, total=True),
            Column("value", say("In {unit}", unit=unit), Kind.MONEY, 22, total=True),
        ]
        lent = [
            Column("day", N_("Date"), Kind.DAY, 12),
            Column("to", N_("To"), Kind.TEXT, 30),
            Column("what", N_("What for"), Kind.TEXT, 40),
            Column("due", N_("Due"), Kind.DAY, 12),
            Column("overdue", N_("Days overdue"), Kind.COUNT, 12),
            Column("currency", N_("Currency"), Kind.TEXT, 12),
            Column("lent", N_("Lent"), Kind.AMOUNT, 18),
            Column("returned", N_("Returned"), Kind.AMOUNT, 18),
            Column("left", N_("Not returned"), Kind.AMOUNT, 18, formula="{lent}-{returned}"),
            Column("value", say("Not returned, in {unit}", unit=unit), Kind.MONEY, 18, total=True),
        ]
        return (
            table(
                "funds_available",
                "10",
                N_("Funds available"),
                N_("Statement of funds available"),
                available,
                self.lines,
                subtitle=subtitle,
                total_label=N_("Available for any purpose"),
                notes=(
                    N_(
                        "Pledges are not available, nor is what was lent to other funds (10a), until the money comes in."
                    ),
                    N_("Money in other currencies is at the rate of the day (IPSAS 4; statement 12)."),
                ),
            ),
            table(
                "loans",
                "10a",
                N_("Loans"),
                N_("Loans to other funds"),
                lent,
                self.loans,
                subtitle=subtitle,
                total_label=N_("Total"),
                notes=(
                    N_("A loan changes no fund balance. What is returned settles the oldest loan first (CP/RES. 987)."),
                ),
            ),
        )


def funds_available(fund: Fund, scope: Scope, earmarks: Earmarks) -> FundsAvailable:
    """Build the statement: one pass over the entries, and what the purposes have left."""
    standing = fund.positions.standing(scope.as_of).values()
    banks, owed = _held(fund, scope.as_of, standing)
    lines = []
    for (name, currency), item in sorted(banks.items(), key=lambda pair: pair[0]):
        if name != IN_TRANSIT or item.value.value:  # what was on its way has arrived
            bank = say("At the bank: {account}", account=name.removeprefix("Assets:Bank:"))
            own = None if currency == fund.unit else item.units.figure()
            lines.append(AvailableLine(bank, currency, own, item.unrealised.figure(), item.value.figure()))
    for role, label in OBLIGATIONS.items():
        lines.append(AvailableLine(label, "", None, owed[role].unrealised.figure(), owed[role].value.figure()))
    for line in earmarks.lines:
        if line.slug != GENERAL and line.left > ZERO:
            earmark = say("Less earmarked: {purpose}", purpose=line.purpose)
            lines.append(AvailableLine(earmark, "", None, Figure(), Figure(-line.left)))
    lent = {held.item.currency: held.value for held in standing if held.item.role is Role.LOAN}
    return FundsAvailable(scope.as_of, tuple(lines), tuple(_loans(loans(fund, scope.as_of), lent, scope)))


def _held(
    fund: Fund, as_of: date, standing: Iterable[Standing]
) -> tuple[dict[tuple[str, str], "_Item"], dict[Role, "_Item"]]:
    """Return what the bank accounts hold, by account and currency, and what is owed, by role."""
    banks: dict[tuple[str, str], _Item] = defaultdict(_Item)
    owed: dict[Role, _Item] = defaultdict(_Item)
    for entry in fund.entries:
        if entry.txn.date > as_of:
            break
        for part, posting, value in entry.money:
            if part.monetary and posting.units.currency == fund.unit:
                item = banks[part.name, fund.unit] if part.role is Role.BANK else owed[part.role]
                item.value.add(value, entry)
    for held in standing:
        item = banks[held.item.account, held.item.currency] if held.item.role is Role.BANK else owed[held.item.role]
        item.add(held)
    return banks, owed


class _Item:
    """Sums of one line."""

    def __init__(self) -> None:
        self.units, self.unrealised, self.value = Tally(), Tally(), Tally()

    def add(self, held: Standing) -> None:
        """Add an item in another currency; of what is gone nothing is left, and nothing is behind it."""
        behind = held.entries if held.units else []
        self.units.add(held.units, *behind)
        self.unrealised.add(held.unrealised, *behind)
        self.value.add(held.value, *behind)


def _loans(found: Loans, lent: dict[str, Decimal], scope: Scope) -> Iterator[LoanLine]:
    """Yield the loans that are out, or moved in the quarter. `lent` is what all loans of a currency other than the unit of account are worth."""
    values: dict[int, Decimal] = {}
    for currency, value in lent.items():
        left = {n: loan.left for n, loan in enumerate(found.loans) if loan.currency == currency and loan.left}
        values |= apportion(value, left) if left else {}
    for n, loan in enumerate(found.loans):
        txn = loan.entry.txn
        returned, left_of_it = Tally(), loan.left
        for _, number, entry in loan.returns:
            returned.add(number, entry)
        moved = any(scope.quarter.begin <= day <= scope.as_of for day in (txn.date, *(d for d, _, _ in loan.returns)))
        if left_of_it or moved:
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
                value=Figure(values.get(n, left_of_it if loan.currency not in lent else ZERO), behind),
            )
    for entry, currency, number in found.beyond:
        txn = entry.txn
        beyond, owed = Figure(number, (entry,)), Figure(-number, (entry,))
        value = Figure(lent.get(currency, -number), (entry,))
        yield LoanLine(
            txn.date, txn.payee or "", txn.narration or "", None, ZERO, currency, Figure(), beyond, owed, value
        )
