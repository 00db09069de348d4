"""Statement 5: agreements signed in the quarter, and what each commits the donor to, net of what it takes from an earlier agreement."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.ground.money import ZERO
from ledger.ground.phrases import N_, say
from ledger.language.accounts import Account, Role
from ledger.language.kinds import Kind
from ledger.model import entries
from ledger.model.fund import Fund
from reports.figures import Figure
from reports.names import Names
from reports.scope import Scope
from reports.table import Column, ColumnType, Table, table


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """What one agreement commits one donor to in one currency. `value` is at the rate of the pledge, in the unit of account."""

    day: date
    category: str
    donor: str
    pledge: str
    instrument: str
    accepted: date | None
    instalments: Figure
    currency: str
    amount: Figure
    value: Figure
    purpose: str
    conditions: str


def agreements(fund: Fund, scope: Scope, names: Names) -> tuple[AgreementLine, ...]:
    """Build the statement in the order of the dates; a reversal is a line with negative amounts."""
    lines = []
    for entry in fund.by_kind[Kind.AGREEMENT]:
        txn = entry.txn
        if not scope.quarter.begin <= txn.date <= scope.as_of:
            continue
        sums: dict[tuple[Account, str], list[Decimal]] = defaultdict(lambda: [ZERO, ZERO, ZERO])
        for account, posting, value in entry.memorandum:
            if account.role is Role.COMMITTED:
                found = sums[account, posting.units.currency]
                found[0] += entry.sign if posting.units.number * entry.sign > 0 else 0
                found[1] += posting.units.number
                found[2] += value
        accepted, purpose = txn.meta.get("accepted"), txn.meta.get("purpose")
        for (account, currency), (count, amount, value) in sums.items():
            lines.append(
                AgreementLine(
                    day=txn.date,
                    category=names.category(account.category),
                    donor=names.donor(account.donor, entry),
                    pledge=", ".join(sorted(entry.pledges)),
                    instrument=names.redact(entries.text(txn, "agreement"), entry),
                    accepted=accepted if isinstance(accepted, date) else None,
                    instalments=Figure(count, (entry,)),
                    currency=currency,
                    amount=Figure(amount, (entry,)),
                    value=Figure(value, (entry,)),
                    purpose=names.purpose(str(purpose)) if purpose else "",
                    conditions=names.redact(entries.text(txn, "conditions"), entry),
                )
            )
    return tuple(lines)


def agreements_table(lines: tuple[AgreementLine, ...], unit: str) -> Table:
    """Give the statement as a table."""
    columns = [
        Column("day", N_("Date"), ColumnType.DAY, 11),
        Column("category", N_("Donor category"), ColumnType.TEXT, 15),
        Column("donor", N_("Donor"), ColumnType.TEXT, 19),
        Column("pledge", N_("Pledge"), ColumnType.TEXT, 14),
        Column("instrument", N_("Agreement"), ColumnType.TEXT, 24),
        Column("accepted", N_("Accepted"), ColumnType.DAY, 11),
        Column("instalments", N_("Instalments"), ColumnType.COUNT, 11),
        Column("currency", N_("Currency"), ColumnType.TEXT, 9),
        Column("amount", N_("Committed"), ColumnType.AMOUNT, 14),
        Column("value", say("At the rate of the pledge, {unit}", unit=unit), ColumnType.MONEY, 15, total=True),
        Column("purpose", N_("Purpose"), ColumnType.TEXT, 18),
        Column("conditions", N_("Conditions"), ColumnType.TEXT, 18),
    ]
    return table(
        "agreements",
        "5",
        N_("Agreements"),
        N_("Agreements signed in the quarter"),
        columns,
        lines,
        total_label=N_("Total"),
        notes=(
            N_(
                "Instalments: those that the agreement sets. Committed: net of what it takes from an earlier agreement."
            ),
            N_("What is committed is never added to receipts."),
        ),
    )
