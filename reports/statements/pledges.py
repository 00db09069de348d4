"""Statement 3: status of pledges per instalment, in its own currency, and its values in the unit of account.

`brought forward` is what an agreement moved in from the announced stage, `moved on` what it moved out. For every line: pledged + brought
forward = received + reduced + written off + converted + moved on + outstanding. Three values are shown: at the rate of the pledge, as
received, and at the rate of the reporting date (facts 1.7).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.fund import Fund
from ledger.money import ZERO
from ledger.periods import Quarter
from ledger.pledges import Effect, Instalment
from ledger.publication import donor_name

BUCKETS = ((0, "not yet due"), (90, "1 to 90 days"), (180, "91 to 180 days"), (365, "181 to 365 days"))
OLDEST = "more than 365 days"
NO_DUE_DATE = "no due date"


@dataclass(frozen=True, slots=True)
class InstalmentLine:
    """One instalment at the end of the quarter. Amounts are in `currency`, except the last four."""

    category: str
    donor: str
    pledge: str
    instalment: str
    stage: str
    currency: str
    due: date | None
    ageing: str
    pledged: Decimal
    brought_forward: Decimal
    received: Decimal
    reduced: Decimal
    written_off: Decimal
    converted: Decimal
    moved_on: Decimal
    outstanding: Decimal
    outstanding_at_pledge: Decimal
    outstanding_at_report: Decimal | None
    received_value: Decimal
    exchange_difference: Decimal


@dataclass(frozen=True, slots=True)
class Pledges:
    """The instalments that were outstanding at the beginning of the year or have moved since."""

    as_of: date
    lines: tuple[InstalmentLine, ...]

    def total(self, column: str, *, stage: str = "", category: str = "") -> Decimal:
        """Sum a column of values in the unit of account, of one stage and one category or of all."""
        chosen = (line for line in self.lines if stage in {"", line.stage} and category in {"", line.category})
        return sum((getattr(line, column) or ZERO for line in chosen), ZERO)


def pledges(
    fund: Fund, quarter: Quarter, language: str = "en", as_of: date | None = None, *, published: bool = True
) -> Pledges:
    """Build the statement as of the end of one quarter, or of an earlier day; what is not published names every donor."""
    end = as_of or quarter.end
    lines = []
    for instalment in fund.instalments.values():
        if instalment.opened.date > end:
            continue
        moved = any(m.day.year == quarter.year and m.day <= end for m in instalment.movements)
        if moved or instalment.outstanding(end):
            lines.append(line(fund, instalment, end, language, published=published))
    order = [c.name(language) for c in fund.registry.categories.values()]
    lines.sort(
        key=lambda row: (
            order.index(row.category) if row.category in order else 99,
            row.donor,
            row.instalment,
            row.stage,
        )
    )
    return Pledges(end, tuple(lines))


def line(
    fund: Fund, instalment: Instalment, as_of: date, language: str = "en", *, published: bool = True
) -> InstalmentLine:
    """Build the line of one instalment as of a date."""
    slug = fund.registry.by_category_account.get(instalment.account.category)
    outstanding = instalment.outstanding(as_of)
    rate = fund.rates.rate(instalment.currency, as_of)
    totals = {effect: instalment.total(effect, as_of) for effect in Effect}
    return InstalmentLine(
        category=fund.registry.categories[slug].name(language) if slug else instalment.account.category,
        donor=donor_name(fund, instalment.account.donor, instalment.opened, language, published=published),
        pledge=instalment.pledge,
        instalment=instalment.label,
        stage=instalment.stage,
        currency=instalment.currency,
        due=instalment.due,
        ageing=ageing(instalment.due, as_of) if outstanding else "",
        pledged=totals[Effect.PLEDGED],
        brought_forward=totals[Effect.MOVED_IN],
        received=totals[Effect.RECEIVED],
        reduced=totals[Effect.REDUCED],
        written_off=totals[Effect.WRITTEN_OFF],
        converted=totals[Effect.CONVERTED],
        moved_on=totals[Effect.MOVED_OUT],
        outstanding=outstanding,
        outstanding_at_pledge=outstanding * instalment.rate,
        outstanding_at_report=outstanding * rate if rate is not None else None if outstanding else ZERO,
        received_value=instalment.credited(as_of),
        exchange_difference=instalment.exchange_difference(as_of),
    )


def ageing(due: date | None, as_of: date) -> str:
    """Say how long an amount is overdue (house rule: the buckets)."""
    if due is None:
        return NO_DUE_DATE
    days = (as_of - due).days
    return next((name for limit, name in BUCKETS if days <= limit), OLDEST)
