"""Statement 10: funds available: what is at the bank, less what is owed and what is earmarked; and the loans to other funds.

Source: General Standards art. 105 (expenditures must not exceed income and other available resources), and the Statement of Funds Available of the
OAS reports (facts 2.1). Only money that is there counts: a pledge, and money that is lent, are not available until they come in. At the rates of the
entries.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger import entries
from ledger.accounts import Role
from ledger.fund import Fund
from ledger.loans import Loans, loans
from ledger.money import ZERO
from ledger.phrases import N_, Text, say
from ledger.purposes import GENERAL
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
    """One line. `amount` is in `currency` where that is not the unit of account; `value` is in the unit of account, negative where it takes away."""

    label: Text
    currency: str
    amount: Figure | None
    value: Figure


@dataclass(frozen=True, slots=True)
class LoanLine:
    """One loan, in the unit of account. `overdue` counts the days since it was due."""

    day: date
    to: str
    what: str
    due: date | None
    overdue: Decimal
    lent: Figure
    returned: Figure
    left: Figure


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
        return total(line.left for line in self.loans)

    def tables(self, unit: str) -> tuple[Table, Table]:
        """Give both as tables."""
        subtitle = say("As of {day} · in {unit}", day=self.as_of, unit=unit)
        available = [
            Column("label", N_("Line"), Kind.TERM, 70),
            Column("currency", N_("Currency"), Kind.TEXT, 12),
            Column("amount", N_("In its own currency"), Kind.AMOUNT, 22),
            Column("value", say("In {unit}", unit=unit), Kind.MONEY, 22, total=True),
        ]
        lent = [
            Column("day", N_("Date"), Kind.DAY, 12),
            Column("to", N_("To"), Kind.TEXT, 30),
            Column("what", N_("What for"), Kind.TEXT, 40),
            Column("due", N_("Due"), Kind.DAY, 12),
            Column("overdue", N_("Days overdue"), Kind.COUNT, 12),
            Column("lent", N_("Lent"), Kind.MONEY, 18, total=True),
            Column("returned", N_("Returned"), Kind.MONEY, 18, total=True),
            Column("left", N_("Not returned"), Kind.MONEY, 18, total=True, formula="{lent}-{returned}"),
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
                    N_("Money in other currencies is at the rates of its entries."),
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
    amounts: dict[tuple[str, str], Tally] = defaultdict(Tally)
    values: dict[tuple[str, str], Tally] = defaultdict(Tally)
    owed: dict[Role, Tally] = defaultdict(Tally)
    for entry in fund.entries:
        if entry.txn.date > scope.as_of:
            break
        for part, posting in entry.money:
            if part.role is Role.BANK:
                key = (part.name, posting.units.currency)
                amounts[key].add(posting.units.number, entry.txn)
                values[key].add(entries.value(posting), entry.txn)
            elif part.role in OBLIGATIONS:
                owed[part.role].add(entries.value(posting), entry.txn)
    lines = []
    for (name, currency), value in sorted(values.items(), key=lambda pair: pair[0]):
        bank = say("At the bank: {account}", account=name.removeprefix("Assets:Bank:"))
        own = None if currency == fund.unit else amounts[name, currency].figure()
        lines.append(AvailableLine(bank, currency, own, value.figure()))
    lines += [AvailableLine(label, "", None, owed[role].figure()) for role, label in OBLIGATIONS.items()]
    for line in earmarks.lines:
        if line.slug != GENERAL and line.left > ZERO:
            label = say("Less earmarked: {purpose}", purpose=line.purpose)
            lines.append(AvailableLine(label, "", None, Figure(-line.left)))
    return FundsAvailable(scope.as_of, tuple(lines), _loans(loans(fund, scope.as_of), scope))


def _loans(found: Loans, scope: Scope) -> tuple[LoanLine, ...]:
    lines = []
    for loan in found.loans:
        txn = loan.entry.txn
        returned, left = Tally(), loan.left
        for _, number, entry in loan.returns:
            returned.add(number, entry.txn)
        moved = any(scope.quarter.begin <= day <= scope.as_of for day in (txn.date, *(d for d, _, _ in loan.returns)))
        if left or moved:
            late = (scope.as_of - loan.due).days if left and loan.due is not None else 0
            lines.append(
                LoanLine(
                    txn.date,
                    txn.payee or "",
                    txn.narration or "",
                    loan.due,
                    Decimal(max(0, late)),
                    Figure(loan.lent, (txn,)),
                    returned.figure(),
                    Figure(left, (txn, *returned.entries)),
                )
            )
    for entry, number in found.beyond:
        txn = entry.txn
        beyond, owed = Figure(number, (txn,)), Figure(-number, (txn,))
        what = txn.narration or ""
        lines.append(LoanLine(txn.date, txn.payee or "", what, None, Decimal(0), Figure(), beyond, owed))
    return tuple(lines)
