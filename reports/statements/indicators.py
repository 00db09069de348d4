"""Statement 13: from promise to cash.

How much of what is pledged comes in, how long it takes, from how few, and from how many.

House rules, for which no source sets a formula: conversion is what was received of commitments over what was committed,
at the rates of the pledges; days are counted per receipt that settles an instalment, from the day of the first entry of
its pledge, and from the due date of the instalment, to the day on which the bank credited it; the median is that of the
cases, not weighted, halved between the two in the middle; concentration is the share of the largest donors in what was
received (cash) from all that gave more than was taken back; breadth counts donors that gave, of all that have a status
of the category on the day.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from ledger.ground.money import ZERO
from ledger.ground.phrases import N_, Text, phrase
from ledger.language.kinds import Kind
from ledger.model.fund import Fund
from ledger.model.pledges import Effect
from reports.comparatives import HEADERS, header
from reports.figures import Figure, Tally, ratio, ratio_formula, total
from reports.scope import Scope, Spans
from reports.statement import Sources, Statement, column, columns_of, table_line
from reports.statements.donors import DONORS
from reports.table import ColumnType

_LARGEST = (1, 3, 5)


@table_line
class ShareLine:
    """A share: a part of a whole, both in the unit of account."""

    name: Text = column(N_("Indicator"), ColumnType.TERM, 64)
    part: Figure = column(N_("Part"), ColumnType.MONEY, 20)
    whole: Figure = column(N_("Whole"), ColumnType.MONEY, 20)

    share: Decimal = column(N_("Share"), ColumnType.RATIO, 12, formula=ratio_formula("part", "whole"))


@table_line
class DaysLine:
    """How long it takes: the number of cases, the median and the longest, in days."""

    name: str = column(N_("Indicator"), ColumnType.TERM, 64)
    cases: Decimal = column(N_("Receipts of instalments"), ColumnType.COUNT, 16)
    middle: Decimal = column(N_("Median, days"), ColumnType.DAYS, 16)
    longest: Decimal = column(N_("Longest, days"), ColumnType.COUNT, 16)


@table_line
class BreadthLine:
    """How many donors of a category gave, of those that have it on the day."""

    category: str = column(N_("Donor category"), ColumnType.TEXT, 30)
    registered: Decimal = column(N_("Donors of the category"), ColumnType.COUNT, 18, total=True)
    quarter: Decimal = column(phrase("Gave: {period}", period=HEADERS["quarter"]), ColumnType.COUNT, 18, total=True)
    year: Decimal = column(phrase("Gave: {period}", period=HEADERS["year"]), ColumnType.COUNT, 18, total=True)
    cumulative: Decimal = column(
        phrase("Gave: {period}", period=HEADERS["cumulative"]), ColumnType.COUNT, 18, total=True
    )
    share: Decimal = column(
        N_("Share that ever gave"), ColumnType.RATIO, 14, formula=ratio_formula("cumulative", "registered")
    )


def shares(of: Sources) -> Iterator[ShareLine]:
    """Yield how much of what was committed came in, and from how few it came."""
    received = total(line.received for line in of[DONORS])
    committed = total(line.committed for line in of[DONORS])
    yield _share(N_("Conversion: received of what was committed"), received, committed)
    by_donor = _contributions_by_donor(of.fund, of.scope)
    for span in ("year", "cumulative"):
        sums = _by_donor(by_donor[span])
        whole, when = total(sums), header(of.scope, span)
        for number in _LARGEST:
            name = (
                phrase("Concentration: the largest donor: {period}", period=when)
                if number == 1
                else phrase("Concentration: the {number} largest donors: {period}", number=str(number), period=when)
            )
            yield _share(name, total(sums[:number]), whole)


def _share(name: Text, part: Figure, whole: Figure) -> ShareLine:
    return ShareLine(name, part, whole, ratio(part, whole))


def _contributions_by_donor(fund: Fund, scope: Scope) -> dict[str, dict[tuple[str, str], Tally]]:
    """Return what each donor gave in each period before refunds, by the account components of its category and its own."""
    spans = Spans(scope)
    sums: dict[str, dict[tuple[str, str], Tally]] = defaultdict(lambda: defaultdict(Tally))
    for item in fund.contributions:
        if item.day <= scope.as_of and item.kind != Kind.REFUND.value:
            for span in spans.holding(item.day):
                sums[span][item.account.category, item.account.donor].add(item.value, item.entry)
    return sums


def _by_donor(sums: dict[tuple[str, str], Tally]) -> list[Figure]:
    """Return what each donor gave in all categories, the largest first.

    Who gave no more than was taken back gave nothing.
    """
    donors: dict[str, list[Figure]] = defaultdict(list)
    for (_, donor), tally in sums.items():
        donors[donor].append(tally.figure())
    return sorted((figure for figure in map(total, donors.values()) if figure > ZERO), reverse=True)


def days(of: Sources) -> tuple[DaysLine, ...]:
    """Return how long payment takes: one pass over the movements of the pledges."""
    fund, scope = of.fund, of.scope
    delays: list[int] = []
    late: list[int] = []
    began: dict[str, int] = {}
    for instalment in fund.instalments.values():
        first = min((m.day for m in instalment.movements), default=None)
        if first is not None:
            began[instalment.pledge] = min(began.get(instalment.pledge, first.toordinal()), first.toordinal())
    reversed_entries = fund.reversed_entries(scope.as_of)
    for instalment in fund.instalments.values():
        for move in instalment.movements:
            counts = move.effect is Effect.RECEIVED and move.number > ZERO and move.entry not in reversed_entries
            if counts and move.day <= scope.as_of:
                day_of_credit = fund.credited_by(move.entry).txn.date
                delays.append(max(0, day_of_credit.toordinal() - began[instalment.pledge]))
                if instalment.due is not None:
                    late.append(max(0, (day_of_credit - instalment.due).days))
    return (
        _line(N_("From the first word of the pledge to the receipt"), delays),
        _line(N_("From the due date to the receipt"), late),
    )


def _line(name: str, days: Sequence[int]) -> DaysLine:
    middle = Decimal(median(map(Decimal, days))) if days else ZERO
    return DaysLine(
        name, Decimal(len(days)), middle.quantize(Decimal("0.1"), ROUND_HALF_UP), Decimal(max(days, default=0))
    )


def breadth(of: Sources) -> Iterator[BreadthLine]:
    """Yield how many donors of each category gave."""
    registry = of.fund.registry
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for span, sums in _contributions_by_donor(of.fund, of.scope).items():
        for (category, _), tally in sums.items():
            counts[category, span] += tally.value > ZERO
    numbers_of_donors: dict[str, int] = defaultdict(int)
    for code in registry.statuses:
        if registry.statuses[code][0].day <= of.scope.as_of:
            numbers_of_donors[registry.standing(code, of.scope.as_of).category] += 1
    for component, name in of.names.categories.items():
        in_category = Decimal(numbers_of_donors[registry.by_category_account[component]])
        quarter, year, ever = (Decimal(counts[component, span]) for span in ("quarter", "year", "cumulative"))
        yield BreadthLine(name, in_category, quarter, year, ever, ratio(ever, in_category))


INDICATORS = Statement(
    "indicators",
    "13",
    N_("Indicators"),
    N_("From promise to cash"),
    columns_of(ShareLine),
    lambda of: tuple(shares(of)),
    notes=(N_("Conversion is at the rates of the pledges; concentration is of contributions received."),),
)
DAYS = Statement(
    "days",
    "13a",
    N_("Days"),
    N_("How long payment takes"),
    columns_of(DaysLine),
    days,
    subtitle=N_("Since the beginning · receipts that settle an instalment"),
    notes=(N_("A payment before its due date counts as nothing late."),),
)
BREADTH = Statement(
    "breadth",
    "13b",
    N_("Breadth"),
    N_("How many donors gave"),
    columns_of(BreadthLine),
    lambda of: tuple(breadth(of)),
    subtitle=N_("As of {day} · number of donors"),
    notes=(
        N_(
            "A donor that gave in a category it has left since counts there. Who gave no more than was taken back does not count."
        ),
    ),
)
