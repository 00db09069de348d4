"""Statement 12: the exchange rates that the report uses, with their publication.

House rule after UN practice (facts 1.7): the UN operational rate in force on a day, of which the newest effective date supersedes. Shown are the
rates in force in the quarter of every currency that the book has used.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.ground.phrases import N_, say
from ledger.model.fund import Fund
from reports.scope import Scope
from reports.table import Column, ColumnType, Table, table


@dataclass(frozen=True, slots=True)
class RateLine:
    """One rate: the unit of account per unit of `currency`, in force from `since`. `entries` are those of the quarter under it in that currency."""

    currency: str
    since: date
    rate: Decimal
    entries: Decimal
    published: str
    source: str


def rates_used(fund: Fund, scope: Scope) -> tuple[RateLine, ...]:
    """Build the statement: one pass over the entries, one over the prices."""
    used: dict[str, dict[date, int]] = {}
    for entry in fund.entries:
        if entry.txn.date > scope.as_of:
            break
        for currency in {p.units.currency for p in entry.txn.postings} - {fund.unit}:
            of_currency = used.setdefault(currency, defaultdict(int))
            newest = fund.rates.newest(currency, entry.txn.date)
            if entry.txn.date >= scope.quarter.begin and newest is not None:
                of_currency[newest[0]] += 1
    before = {currency: fund.rates.newest(currency, scope.quarter.begin) for currency in used}
    lines = []
    for price in fund.contents.prices:
        first = before.get(price.currency)
        shown = price.currency in used and price.amount.currency == fund.unit and price.date <= scope.as_of
        if shown and (price.date > scope.quarter.begin or (first is not None and price.date == first[0])):
            lines.append(
                RateLine(
                    price.currency,
                    price.date,
                    price.amount.number,
                    Decimal(used[price.currency][price.date]),
                    str(price.meta.get("published", "")),
                    str(price.meta.get("source", "")),
                )
            )
    return tuple(sorted(lines, key=lambda line: (line.currency, line.since)))


def rates_table(lines: tuple[RateLine, ...], unit: str) -> Table:
    """Give the statement as a table."""
    columns = [
        Column("currency", N_("Currency"), ColumnType.TEXT, 11),
        Column("since", N_("In force from"), ColumnType.DAY, 14),
        Column("rate", say("{unit} for one", unit=unit), ColumnType.RATE, 18),
        Column("entries", N_("Entries of the quarter"), ColumnType.COUNT, 13),
        Column("published", N_("As published"), ColumnType.TEXT, 34),
        Column("source", N_("Source"), ColumnType.TEXT, 60),
    ]
    return table(
        "rates",
        "12",
        N_("Exchange rates"),
        N_("Exchange rates in force in the quarter"),
        columns,
        lines,
        notes=(
            N_("The rate of a day is the newest on or before it; none is interpolated."),
            N_("A bank's own rate stands at its entry, and is held to the rate in force."),
        ),
    )
