"""Statement 13: from promise to cash: how much of what is pledged comes in, how long it takes, from how few, and from how many.

House rules, for which no source sets a formula: conversion is what was received of commitments over what was committed, at the rates of the pledges; days are counted per receipt that
settles an instalment, from the day of the first entry of its pledge, and from the due date of the instalment; the median is that of
the cases, not weighted, halved between the two in the middle; concentration is the share of the largest donors in what was received (cash) from all that gave more than was taken back; breadth counts
donors that gave, of all that have a status of the category on the day.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from ledger.ground.money import ZERO
from ledger.ground.phrases import N_, Text, say
from ledger.language.kinds import Kind as Tag
from ledger.model.fund import Fund
from ledger.model.pledges import Effect
from reports.figures import Figure, Tally, total
from reports.scope import Scope, Spans
from reports.statements.comparatives import header
from reports.statements.donors import DonorPledges, ratio
from reports.statements.names import Names
from reports.table import Column, Kind, Table, table

_LARGEST = (1, 3, 5)


@dataclass(frozen=True, slots=True)
class ShareLine:
    """A share: a part of a whole, both in the unit of account."""

    name: Text
    part: Figure
    whole: Figure

    @property
    def share(self) -> Decimal:
        """The part as a share of the whole."""
        return ratio(self.part, self.whole)


@dataclass(frozen=True, slots=True)
class DaysLine:
    """How long it takes: the number of cases, the median and the longest, in days."""

    name: str
    cases: Decimal
    middle: Decimal
    longest: Decimal


@dataclass(frozen=True, slots=True)
class BreadthLine:
    """How many donors of a category gave, of those that have it on the day."""

    category: str
    registered: Decimal
    quarter: Decimal
    year: Decimal
    cumulative: Decimal

    @property
    def share(self) -> Decimal:
        """Those that ever gave, as a share of the registered."""
        return ratio(self.cumulative, self.registered)


@dataclass(frozen=True, slots=True)
class Indicators:
    """All indicators of a report."""

    shares: tuple[ShareLine, ...]
    days: tuple[DaysLine, ...]
    breadth: tuple[BreadthLine, ...]

    def tables(self, scope: Scope) -> tuple[Table, Table, Table]:
        """Give them as tables; the shares are live."""
        share = "IF({whole}=0,0,ROUND({part}/{whole},6))"
        shares = [
            Column("name", N_("Indicator"), Kind.TERM, 64),
            Column("part", N_("Part"), Kind.MONEY, 20),
            Column("whole", N_("Whole"), Kind.MONEY, 20),
            Column("share", N_("Share"), Kind.RATIO, 12, formula=share),
        ]
        days = [
            Column("name", N_("Indicator"), Kind.TERM, 64),
            Column("cases", N_("Receipts of instalments"), Kind.COUNT, 16),
            Column("middle", N_("Median, days"), Kind.DAYS, 16),
            Column("longest", N_("Longest, days"), Kind.COUNT, 16),
        ]
        registered = "IF({registered}=0,0,ROUND({cumulative}/{registered},6))"
        breadth = [
            Column("category", N_("Donor category"), Kind.TEXT, 30),
            Column("registered", N_("Donors of the category"), Kind.COUNT, 18, total=True),
            *(
                Column(span, say("Gave: {period}", period=header(scope, span)), Kind.COUNT, 18, total=True)
                for span in ("quarter", "year", "cumulative")
            ),
            Column("share", N_("Share that ever gave"), Kind.RATIO, 14, formula=registered),
        ]
        return (
            table(
                "indicators",
                "13",
                N_("Indicators"),
                N_("From promise to cash"),
                shares,
                self.shares,
                notes=(N_("Conversion is at the rates of the pledges; concentration is of contributions received."),),
            ),
            table(
                "days",
                "13a",
                N_("Days"),
                N_("How long payment takes"),
                days,
                self.days,
                subtitle=N_("Since the beginning · receipts that settle an instalment"),
                notes=(N_("A payment before its due date counts as nothing late."),),
            ),
            table(
                "breadth",
                "13b",
                N_("Breadth"),
                N_("How many donors gave"),
                breadth,
                self.breadth,
                subtitle=say("As of {day} · number of donors", day=scope.as_of),
                total_label=N_("Total"),
                notes=(
                    N_(
                        "A donor that gave in a category it has left since counts there. Who gave no more than was taken back does not count."
                    ),
                ),
            ),
        )


def indicators(fund: Fund, scope: Scope, names: Names, of_donors: Sequence[DonorPledges]) -> Indicators:
    """Build the indicators: one pass over the movements, one over the contributions."""
    received = total(line.received for line in of_donors)
    committed = total(line.committed for line in of_donors)
    shares = [ShareLine(N_("Conversion: received of what was committed"), received, committed)]
    gave = _gave(fund, scope)
    for span in ("year", "cumulative"):
        sums = _by_donor(gave[span])
        whole, when = total(sums), header(scope, span)
        for number in _LARGEST:
            name = (
                say("Concentration: the largest donor: {period}", period=when)
                if number == 1
                else say("Concentration: the {number} largest donors: {period}", number=str(number), period=when)
            )
            shares.append(ShareLine(name, total(sums[:number]), whole))
    return Indicators(tuple(shares), _days(fund, scope), _breadth(fund, scope, names, gave))


def _gave(fund: Fund, scope: Scope) -> dict[str, dict[tuple[str, str], Tally]]:
    """Give in one pass what each donor gave in each period, by the account components of its category and its own, before refunds."""
    spans = Spans(scope)
    sums: dict[str, dict[tuple[str, str], Tally]] = defaultdict(lambda: defaultdict(Tally))
    for item in fund.contributions:
        if item.day <= scope.as_of and item.kind != Tag.REFUND.value:
            for span in spans.holding(item.day):
                sums[span][item.account.category, item.account.donor].add(item.value, item.entry)
    return sums


def _by_donor(sums: dict[tuple[str, str], Tally]) -> list[Figure]:
    """Give what each donor gave in all categories, the largest first; who gave no more than was taken back gave nothing."""
    donors: dict[str, list[Figure]] = defaultdict(list)
    for (_, donor), tally in sums.items():
        donors[donor].append(tally.figure())
    return sorted((figure for figure in map(total, donors.values()) if figure > ZERO), reverse=True)


def _days(fund: Fund, scope: Scope) -> tuple[DaysLine, ...]:
    taken: list[int] = []
    late: list[int] = []
    began: dict[str, int] = {}
    for instalment in fund.instalments.values():
        first = min((m.day for m in instalment.movements), default=None)
        if first is not None:
            began[instalment.pledge] = min(began.get(instalment.pledge, first.toordinal()), first.toordinal())
    gone = fund.taken_back(scope.as_of)
    for instalment in fund.instalments.values():
        for move in instalment.movements:
            counts = move.effect is Effect.RECEIVED and move.number > ZERO and move.entry not in gone
            if counts and move.day <= scope.as_of:
                taken.append(move.day.toordinal() - began[instalment.pledge])
                if instalment.due is not None:
                    late.append(max(0, (move.day - instalment.due).days))
    return (
        _line(N_("From the first word of the pledge to the receipt"), taken),
        _line(N_("From the due date to the receipt"), late),
    )


def _line(name: str, days: Sequence[int]) -> DaysLine:
    middle = Decimal(median(map(Decimal, days))) if days else ZERO
    return DaysLine(
        name, Decimal(len(days)), middle.quantize(Decimal("0.1"), ROUND_HALF_UP), Decimal(max(days, default=0))
    )


def _breadth(
    fund: Fund, scope: Scope, names: Names, gave: dict[str, dict[tuple[str, str], Tally]]
) -> tuple[BreadthLine, ...]:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for span, sums in gave.items():
        for (category, _), tally in sums.items():
            counts[category, span] += tally.value > ZERO
    registered: dict[str, int] = defaultdict(int)
    for code in fund.registry.statuses:
        if fund.registry.statuses[code][0].day <= scope.as_of:
            registered[fund.registry.standing(code, scope.as_of).category] += 1
    return tuple(
        BreadthLine(
            name,
            Decimal(registered[fund.registry.by_category_account[component]]),
            *(Decimal(counts[component, span]) for span in ("quarter", "year", "cumulative")),
        )
        for component, name in names.categories.items()
    )
