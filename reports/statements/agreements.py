"""Statement 5: agreements signed in the quarter.

What each commits the donor to is net of what it takes from an earlier agreement.
"""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from ledger.ground.money import ZERO
from ledger.ground.phrases import N_
from ledger.language.accounts import Account, Role
from ledger.language.kinds import Kind
from ledger.model import entries
from reports.figures import Figure
from reports.statement import Sources, Statement, column, columns_of, table_line
from reports.table import ColumnType


@table_line
class AgreementLine:
    """What one agreement commits one donor to in one currency.

    `value` is at the rate of the pledge, in the unit of account.
    """

    day: date = column(N_("Date"), ColumnType.DAY, 11)
    category: str = column(N_("Donor category"), ColumnType.TEXT, 15)
    donor: str = column(N_("Donor"), ColumnType.TEXT, 19)
    pledge: str = column(N_("Pledge"), ColumnType.TEXT, 14)
    instrument: str = column(N_("Agreement"), ColumnType.TEXT, 24)
    accepted: date | None = column(N_("Accepted"), ColumnType.DAY, 11)
    instalments: Figure = column(N_("Instalments"), ColumnType.COUNT, 11)
    currency: str = column(N_("Currency"), ColumnType.TEXT, 9)
    amount: Figure = column(N_("Committed"), ColumnType.AMOUNT, 14)
    value: Figure = column(N_("At the rate of the pledge, {unit}"), ColumnType.MONEY, 15, total=True)
    purpose: str = column(N_("Purpose"), ColumnType.TEXT, 18)
    conditions: str = column(N_("Conditions"), ColumnType.TEXT, 18)


def agreements(of: Sources) -> tuple[AgreementLine, ...]:
    """Build the statement in the order of the dates; a reversal is a line with negative amounts."""
    lines, names = [], of.names
    for entry in of.fund.by_kind[Kind.AGREEMENT]:
        txn = entry.txn
        if not of.scope.quarter.begin <= txn.date <= of.scope.as_of:
            continue
        sums: dict[tuple[Account, str], list[Decimal]] = defaultdict(lambda: [ZERO, ZERO, ZERO])
        for account, posting, value in entry.memorandum:
            if account.role is Role.COMMITTED:
                result = sums[account, posting.units.currency]
                result[0] += entry.sign if posting.units.number * entry.sign > 0 else 0
                result[1] += posting.units.number
                result[2] += value
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


AGREEMENTS = Statement(
    "agreements",
    "5",
    N_("Agreements"),
    N_("Agreements signed in the quarter"),
    columns_of(AgreementLine),
    agreements,
    notes=(
        N_("Instalments: those that the agreement sets. Committed: net of what it takes from an earlier agreement."),
        N_("What is committed is never added to receipts."),
    ),
)
