"""Statement 3b and 3c: how long outstanding pledges are overdue, and what cash they let expect, by stage.

At the rates of the reporting date, as statement 3a. Buckets and the eight quarters ahead are house rules.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.ground.periods import Quarter
from ledger.ground.phrases import N_, phrase
from reports.ageing import NO_DUE_DATE, NOT_YET, ORDER, bucket
from reports.figures import Figure, Tally, total
from reports.scope import Scope
from reports.statement import Statement, column, columns_of, table_line
from reports.statements.pledges import PLEDGES, InstalmentLine
from reports.table import Chart, Column, ColumnType

OVERDUE, LATER = N_("overdue"), N_("later")
AHEAD = 8


@table_line
class AgeLine:
    """One bucket, or one quarter ahead. `count` is the number of instalments."""

    when: str
    count: Decimal = column(N_("Instalments"), ColumnType.COUNT, 14, total=True)
    announced: Figure = column(N_("Announced, outstanding"), ColumnType.MONEY, 24, total=True)
    committed: Figure = column(N_("Committed, outstanding"), ColumnType.MONEY, 24, total=True)


@dataclass(frozen=True, slots=True)
class Ageing:
    """Outstanding pledges by how long they are overdue, and by when they are expected."""

    overdue: tuple[AgeLine, ...]
    expected: tuple[AgeLine, ...]

    def total(self, stage: str) -> Figure:
        """Sum a stage, `announced` or `committed`."""
        return total(getattr(line, stage) for line in self.overdue)


def ageing(lines: Iterable[InstalmentLine], scope: Scope) -> Ageing:
    """Sort the outstanding instalments of statement 3 by age, and by the quarter in which they are due."""
    ages, quarters = _Sorted(), _Sorted()
    ahead = [scope.quarter]
    while len(ahead) < AHEAD:
        ahead.append(ahead[-1].after())
    for line in lines:
        if line.announced or line.committed:
            ages.add(bucket(line.due, scope.as_of), line)
            quarters.add(_when(line.due, scope.as_of, ahead[-1]), line)
    quarters_with_dues = [str(q) for q in ahead if q.end > scope.as_of or quarters.counts[str(q)]]
    labels = [OVERDUE, *quarters_with_dues, LATER, NO_DUE_DATE]
    return Ageing(ages.lines(ORDER), quarters.lines(labels))


def _when(due: date | None, as_of: date, last: Quarter) -> str:
    if due is None:
        return NO_DUE_DATE
    if due < as_of:
        return OVERDUE
    return LATER if due > last.end else str(Quarter.of(due))


class _Sorted:
    """Sums by a name."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = defaultdict(int)
        self.sums: dict[tuple[str, str], Tally] = defaultdict(Tally)

    def add(self, name: str, line: InstalmentLine) -> None:
        self.counts[name] += 1
        for stage, value in (("announced", line.announced), ("committed", line.committed)):
            self.sums[name, stage].add(value, *value.entries)

    def lines(self, order: Iterable[str]) -> tuple[AgeLine, ...]:
        return tuple(
            AgeLine(
                name,
                Decimal(self.counts[name]),
                self.sums[name, "announced"].figure(),
                self.sums[name, "committed"].figure(),
            )
            for name in order
        )


def _overdue_chart(ages: Ageing) -> Chart:
    late = total(line.committed for line in ages.overdue if line.when not in {NOT_YET, NO_DUE_DATE})
    alt = phrase(
        "Columns: outstanding pledges by days overdue, announced and committed; {late} of the committed is overdue",
        late=late,
    )
    return Chart("columns", ("announced", "committed"), alt)


def _expected_chart(ages: Ageing) -> Chart:
    alt = phrase(
        "Columns: cash expected from announced and from committed pledges, by quarter; {total} committed in all",
        total=ages.total("committed"),
    )
    return Chart("columns", ("announced", "committed"), alt)


AGEING = Statement(
    "ageing",
    "3b",
    N_("Ageing"),
    N_("Ageing of outstanding pledges"),
    (Column("when", N_("Overdue"), ColumnType.TERM, 26), *columns_of(AgeLine)),
    lambda of: ageing(of[PLEDGES].lines, of.scope),
    lambda ages: ages.overdue,
    subtitle=N_("As of {day} · in {unit}, at the rates of the day"),
    notes=(N_("The two stages stand side by side and are never added. They tie to the memorandum accounts."),),
    chart=_overdue_chart,
)
EXPECTED_CASH = Statement(
    "expected_cash",
    "3c",
    N_("Expected cash"),
    N_("Cash expected from outstanding pledges, by quarter of the due date"),
    (Column("when", N_("Due"), ColumnType.TERM, 26), *columns_of(AgeLine)),
    lambda of: of[AGEING],
    lambda ages: ages.expected,
    subtitle=AGEING.subtitle,
    notes=(N_("Nothing may be spent on what is expected (General Standards, art. 105)."),),
    chart=_expected_chart,
)
