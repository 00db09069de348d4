"""Statement 8: recovery of indirect costs, by donor category.

It has what was received, what was charged on it, and the rate that this makes.

Source: General Standards art. 80(c) and (d): every specific fund has a line for it, the rate depends on the donor, and
the Permanent Council is told twice a year what was recovered. The charge is that of the days of the charges, and
belongs to the category of its receipt.
"""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from ledger.ground.phrases import N_, phrase
from ledger.language.accounts import Role
from reports.comparatives import HEADERS
from reports.figures import Figure, Tally, ratio, ratio_formula, total
from reports.scope import Spans
from reports.statement import Sources, Statement, column, columns_of, table_line
from reports.table import ColumnType

PERIODS = ("quarter", "year", "cumulative")
_QUARTER, _YEAR, _CUMULATIVE = (HEADERS[period] for period in PERIODS)
NO_RECEIPT = N_("Charged on no receipt of the book")


def _rate(period: str) -> str:
    return ratio_formula(f"charged_{period}", f"received_{period}")


@table_line
class RecoveryLine:
    """One category: received before bank charges, charged, and the rate that this makes, in each period."""

    category: str = column(N_("Donor category"), ColumnType.TERM, 28)
    received_quarter: Figure = column(phrase("Received: {period}", period=_QUARTER), ColumnType.MONEY, 18, total=True)
    charged_quarter: Figure = column(phrase("Charged: {period}", period=_QUARTER), ColumnType.MONEY, 17, total=True)
    rate_quarter: Decimal = column(
        phrase("Rate: {period}", period=_QUARTER), ColumnType.RATIO, 12, formula=_rate("quarter")
    )
    received_year: Figure = column(phrase("Received: {period}", period=_YEAR), ColumnType.MONEY, 18, total=True)
    charged_year: Figure = column(phrase("Charged: {period}", period=_YEAR), ColumnType.MONEY, 17, total=True)
    rate_year: Decimal = column(phrase("Rate: {period}", period=_YEAR), ColumnType.RATIO, 12, formula=_rate("year"))
    received_cumulative: Figure = column(
        phrase("Received: {period}", period=_CUMULATIVE), ColumnType.MONEY, 18, total=True
    )
    charged_cumulative: Figure = column(
        phrase("Charged: {period}", period=_CUMULATIVE), ColumnType.MONEY, 17, total=True
    )
    rate_cumulative: Decimal = column(
        phrase("Rate: {period}", period=_CUMULATIVE), ColumnType.RATIO, 12, formula=_rate("cumulative")
    )


def recovery(of: Sources) -> tuple[RecoveryLine, ...]:
    """Build the statement: one pass over the receipts, and one over the charges."""
    fund, scope, names = of.fund, of.scope, of.names
    spans = Spans(scope)
    received: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    charged: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    of_receipt: dict[str, str] = {}
    for receipt in fund.receipts:
        of_receipt.setdefault(receipt.number, receipt.account.category)
        if receipt.day <= scope.as_of:
            for name in spans.holding(receipt.day):
                received[receipt.account.category][name].add(receipt.value, receipt.entry)
    for entry in fund.entries:
        if entry.txn.date > scope.as_of:
            break
        for part, posting, value in entry.money:
            if part.role is Role.INDIRECT_COSTS:
                number = (posting.meta or {}).get("on-receipt") or entry.txn.meta.get("on-receipt")
                category = of_receipt.get(str(number), "")
                for name in spans.holding(entry.txn.date):
                    charged[category][name].add(value, entry)
    rest = [""] if "" in charged else []
    return tuple(
        _line(names.category(category) if category else NO_RECEIPT, received[category], charged[category])
        for category in (*names.categories, *rest)
    )


def _line(category: str, received: dict[str, Tally], charged: dict[str, Tally]) -> RecoveryLine:
    cells: dict[str, Any] = {}
    for period in PERIODS:
        cells[f"received_{period}"], cells[f"charged_{period}"] = received[period].figure(), charged[period].figure()
        cells[f"rate_{period}"] = ratio(charged[period].value, received[period].value)
    return RecoveryLine(category, **cells)


def recovery_total(lines: tuple[RecoveryLine, ...], period: str) -> Figure:
    """Sum what was charged in a period of `PERIODS`."""
    return total(getattr(line, f"charged_{period}") for line in lines)


INDIRECT_COSTS = Statement(
    "indirect_costs",
    "8",
    N_("Indirect costs"),
    N_("Recovery of indirect costs, by donor category"),
    columns_of(RecoveryLine),
    recovery,
    notes=(
        N_("Source: General Standards, art. 80(c) and (d). Received is before bank charges, as in statement 4."),
        N_("Rate: what was charged as a share of what was received; the rates of the law are in statement 14b."),
        N_(
            "Received is before refunds; what is paid back to a donor takes the charge on it back, on the day of the refund."
        ),
    ),
)
