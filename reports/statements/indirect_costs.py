"""Statement 8: recovery of indirect costs, by donor category: what was received, what was charged on it, and the rate that this makes.

Source: General Standards art. 80(c) and (d): every specific fund has a line for it, the rate depends on the donor, and the Permanent Council is told
twice a year what was recovered. The charge is that of the days of the charges, and belongs to the category of its receipt.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from ledger.ground.phrases import N_, say
from ledger.language.accounts import Role
from ledger.model.fund import Fund
from reports.comparatives import header
from reports.figures import Figure, Tally, total
from reports.names import Names
from reports.scope import Scope, Spans
from reports.statements.donors import ratio
from reports.table import Column, ColumnType, Table, table

PERIODS = ("quarter", "year", "cumulative")
NO_RECEIPT = N_("Charged on no receipt of the book")


@dataclass(frozen=True, slots=True)
class RecoveryLine:
    """One category: received before bank charges, and charged, in each period."""

    category: str
    received_quarter: Figure
    charged_quarter: Figure
    received_year: Figure
    charged_year: Figure
    received_cumulative: Figure
    charged_cumulative: Figure

    @property
    def rate_quarter(self) -> Decimal:
        """Charged as a share of received, in the quarter."""
        return ratio(self.charged_quarter, self.received_quarter)

    @property
    def rate_year(self) -> Decimal:
        """The same for the year to date."""
        return ratio(self.charged_year, self.received_year)

    @property
    def rate_cumulative(self) -> Decimal:
        """The same since the beginning."""
        return ratio(self.charged_cumulative, self.received_cumulative)


def recovery(fund: Fund, scope: Scope, names: Names) -> tuple[RecoveryLine, ...]:
    """Build the statement: one pass over the receipts, and one over the charges."""
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
        RecoveryLine(
            names.category(category) if category else NO_RECEIPT,
            *(sums[category][name].figure() for name in PERIODS for sums in (received, charged)),
        )
        for category in (*names.categories, *rest)
    )


def recovery_total(lines: tuple[RecoveryLine, ...], period: str) -> Figure:
    """Sum what was charged in a period of `PERIODS`."""
    return total(getattr(line, f"charged_{period}") for line in lines)


def recovery_table(lines: tuple[RecoveryLine, ...], scope: Scope) -> Table:
    """Give the statement as a table; the rates are live."""
    columns = [Column("category", N_("Donor category"), ColumnType.TERM, 28)]
    for period in PERIODS:
        when = header(scope, period)
        share = f"IF({{received_{period}}}=0,0,ROUND({{charged_{period}}}/{{received_{period}}},6))"
        columns += [
            Column(f"received_{period}", say("Received: {period}", period=when), ColumnType.MONEY, 18, total=True),
            Column(f"charged_{period}", say("Charged: {period}", period=when), ColumnType.MONEY, 17, total=True),
            Column(f"rate_{period}", say("Rate: {period}", period=when), ColumnType.RATIO, 12, formula=share),
        ]
    return table(
        "indirect_costs",
        "8",
        N_("Indirect costs"),
        N_("Recovery of indirect costs, by donor category"),
        columns,
        lines,
        total_label=N_("Total"),
        notes=(
            N_("Source: General Standards, art. 80(c) and (d). Received is before bank charges, as in statement 4."),
            N_("Rate: what was charged as a share of what was received; the rates of the law are in statement 14b."),
        ),
    )
