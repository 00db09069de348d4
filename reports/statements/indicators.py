"""Statement 13: from promise to cash: how much of what is pledged comes in, how long it takes, from how few, and from how many.

House rules, for which no source sets a formula: conversion is received over pledged at the rates of the pledges; days are counted per receipt that
settles an instalment, from the day on which the instalment was first pledged (or moved in by an agreement), and from its due date; the median is that of
the cases, not weighted, halved between the two in the middle; concentration is the share of the largest donors in what was received (cash) from all that gave more than was taken back; breadth counts
donors that gave, of all that have a status of the category on the day.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from ledger.fund import Fund
from ledger.money import ZERO
from ledger.pledges import Effect
from reports.figures import Figure, total
from reports.scope import Scope
from reports.statements.comparatives import header
from reports.statements.contributions import Contributions
from reports.statements.donors import DonorPledges, ratio
from reports.statements.names import Names
from reports.table import Column, Kind, Table, table
from reports.words import N_, Text, say

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
                        "A donor that gave in a category it has left since counts there; a donor that is not named does not count."
                    ),
                ),
            ),
        )


def indicators(
    fund: Fund, scope: Scope, names: Names, of_donors: Sequence[DonorPledges], given: Contributions
) -> Indicators:
    """Build the indicators: one pass over the movements, one over the contributions."""
    received = total(line.received for line in of_donors)
    shares = [ShareLine(N_("Conversion: received of what was pledged"), received, total(d.pledged for d in of_donors))]
    for span in ("year", "cumulative"):
        by_donor: dict[str, list[Figure]] = defaultdict(list)
        for line in given.lines:
            by_donor[line.donor].append(getattr(line, span))
        sums = sorted((total(figures) for figures in by_donor.values() if sum(figures) > ZERO), reverse=True)
        whole, when = total(sums), header(scope, span)
        for number in _LARGEST:
            name = (
                say("Concentration: the largest donor: {period}", period=when)
                if number == 1
                else say("Concentration: the {number} largest donors: {period}", number=str(number), period=when)
            )
            shares.append(ShareLine(name, total(sums[:number]), whole))
    return Indicators(tuple(shares), _days(fund, scope), _breadth(fund, scope, names))


def _days(fund: Fund, scope: Scope) -> tuple[DaysLine, ...]:
    taken: list[int] = []
    late: list[int] = []
    began: dict[str, int] = {}
    for instalment in fund.instalments.values():
        first = min((m.day for m in instalment.movements), default=None)
        if first is not None:
            began[instalment.pledge] = min(began.get(instalment.pledge, first.toordinal()), first.toordinal())
    for instalment in fund.instalments.values():
        for move in instalment.movements:
            if move.effect is Effect.RECEIVED and move.number > ZERO and move.day <= scope.as_of:
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


def _breadth(fund: Fund, scope: Scope, names: Names) -> tuple[BreadthLine, ...]:
    gave: dict[tuple[str, str], set[str]] = defaultdict(set)
    for item in fund.contributions:
        if item.day > scope.as_of or item.value <= ZERO or item.entry.meta.get("anonymous") is True:
            continue
        for span, begin in (
            ("quarter", scope.quarter.begin),
            ("year", scope.spans["year"][0]),
            ("cumulative", item.day),
        ):
            if item.day >= begin:
                gave[item.account.category, span].add(item.account.donor)
    registered: dict[str, int] = defaultdict(int)
    for code in fund.registry.statuses:
        if fund.registry.statuses[code][0].day <= scope.as_of:
            registered[fund.registry.standing(code, scope.as_of).category] += 1
    components = {
        component: slug for slug, component in ((c.slug, c.accounts) for c in fund.registry.categories.values())
    }
    return tuple(
        BreadthLine(
            name,
            Decimal(registered[components[component]]),
            *(Decimal(len(gave[component, span])) for span in ("quarter", "year", "cumulative")),
        )
        for component, name in names.categories.items()
    )
