"""Statement 12: the exchange rates that the report uses, with their publication.

House rule after UN practice (facts 1.7): the UN operational rate in force on a day, of which the newest effective date
supersedes. Shown are the rates in force in the quarter of every currency that the book has used.
"""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from ledger.ground.phrases import N_
from reports.statement import Sources, Statement, column, columns_of, table_line
from reports.table import ColumnType


@table_line
class RateLine:
    """One rate: the unit of account per unit of `currency`, in force from `since`.

    `entries` are those of the quarter under it in that currency.
    """

    currency: str = column(N_("Currency"), ColumnType.TEXT, 11)
    since: date = column(N_("In force from"), ColumnType.DAY, 14)
    rate: Decimal = column(N_("{unit} for one"), ColumnType.RATE, 18)
    entries: Decimal = column(N_("Entries of the quarter"), ColumnType.COUNT, 13)
    published: str = column(N_("As published"), ColumnType.TEXT, 34)
    source: str = column(N_("Source"), ColumnType.TEXT, 60)


def rates_used(of: Sources) -> tuple[RateLine, ...]:
    """Build the statement: one pass over the entries, one over the prices."""
    fund, scope = of.fund, of.scope
    uses: dict[str, dict[date, int]] = {}
    for entry in fund.entries:
        if entry.txn.date > scope.as_of:
            break
        for currency in {p.units.currency for p in entry.txn.postings} - {fund.unit}:
            of_currency = uses.setdefault(currency, defaultdict(int))
            newest = fund.rates.newest(currency, entry.txn.date)
            if entry.txn.date >= scope.quarter.begin and newest is not None:
                of_currency[newest[0]] += 1
    before = {currency: fund.rates.newest(currency, scope.quarter.begin) for currency in uses}
    lines = []
    for price in fund.contents.prices:
        first = before.get(price.currency)
        is_in_use = price.currency in uses and price.amount.currency == fund.unit and price.date <= scope.as_of
        if is_in_use and (price.date > scope.quarter.begin or (first is not None and price.date == first[0])):
            lines.append(
                RateLine(
                    price.currency,
                    price.date,
                    price.amount.number,
                    Decimal(uses[price.currency][price.date]),
                    str(price.meta.get("published", "")),
                    str(price.meta.get("source", "")),
                )
            )
    return tuple(sorted(lines, key=lambda line: (line.currency, line.since)))


RATES = Statement(
    "rates",
    "12",
    N_("Exchange rates"),
    N_("Exchange rates in force in the quarter"),
    columns_of(RateLine),
    rates_used,
    notes=(
        N_("The rate of a day is the newest on or before it; none is interpolated."),
        N_("A bank's own rate stands at its entry, and is held to the rate in force."),
    ),
)
