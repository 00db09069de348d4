"""Statement 3d: what each donor announced and what it committed, and what became of it, since the beginning.

Announced and committed are never added: each has its columns, and a promise that an agreement accepted stands under committed alone. What was promised, given up and
received is at the rates of the pledges; what is outstanding is that of statement 3a. House rule: a share is rounded to six decimals, half away from
nothing, as a spreadsheet's ROUND does.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ledger.ground.phrases import N_, say
from ledger.model.fund import Fund
from ledger.model.pledges import Effect
from reports.figures import Figure, Tally
from reports.names import Names
from reports.scope import Scope
from reports.statements.pledges import line
from reports.table import Chart, Column, ColumnType, Table, table


@dataclass(frozen=True, slots=True)
class DonorPledges:
    """What one donor promised in each stage, and what became of it. `received` is of what was committed, `received_early` of what was only announced."""

    category: str
    donor: str
    announced: Figure
    committed: Figure
    given_up: Figure
    received_early: Figure
    received: Figure
    announced_left: Figure
    committed_left: Figure

    @property
    def share(self) -> Decimal:
        """Received as a share of what was committed."""
        return ratio(self.received, self.committed)


GIVEN_UP = frozenset({Effect.REDUCED, Effect.WRITTEN_OFF, Effect.CONVERTED})
_SUMS = ("announced", "committed", "given_up", "received_early", "received", "announced_left", "committed_left")


def ratio(part: Decimal, whole: Decimal) -> Decimal:
    """Give a share; of nothing it is nothing."""
    return (part / whole).quantize(Decimal("0.000001"), ROUND_HALF_UP) if whole else Decimal(0)


def donors(fund: Fund, scope: Scope, names: Names) -> tuple[DonorPledges, ...]:
    """Build the statement, the largest commitments first."""
    sums: dict[tuple[int, str, str], dict[str, Tally]] = defaultdict(lambda: {name: Tally() for name in _SUMS})
    called: dict[tuple[int, str, str], str] = {}
    for instalment in fund.instalments.values():
        if instalment.opened.txn.date > scope.as_of:
            continue
        account, stage = instalment.account, instalment.stage
        key = names.key(account.category, account.donor, instalment.opened)
        called.setdefault(key, names.donor(account.donor, instalment.opened))
        found = sums[key]
        for move in instalment.movements:
            if move.day > scope.as_of:
                continue
            if move.effect is Effect.RECEIVED:
                found["received" if stage == "committed" else "received_early"].add(move.carried, move.entry)
            elif move.effect in GIVEN_UP:
                found["given_up"].add(move.carried, move.entry)
            else:
                found[stage].add(move.effect.sign * move.carried, move.entry)
        if instalment.outstanding(scope.as_of):
            left: Figure = getattr(line(fund, instalment, scope.as_of, names), stage)
            found[f"{stage}_left"].add(left, *left.entries)
    lines = [
        (
            key,
            DonorPledges(
                names.category(key[1]), called[key], **{name: tally.figure() for name, tally in found.items()}
            ),
        )
        for key, found in sums.items()
    ]
    return tuple(made for _, made in sorted(lines, key=lambda pair: (-pair[1].committed, -pair[1].announced, pair[0])))


def donors_table(lines: tuple[DonorPledges, ...], unit: str) -> Table:
    """Give the statement as a table with its chart."""
    columns = [
        Column("category", N_("Donor category"), ColumnType.TEXT, 18),
        Column("donor", N_("Donor"), ColumnType.TEXT, 24),
        Column("announced", N_("Announced, not accepted"), ColumnType.MONEY, 17, total=True),
        Column("committed", N_("Committed"), ColumnType.MONEY, 17, total=True),
        Column("given_up", N_("Given up"), ColumnType.MONEY, 17, total=True),
        Column("received_early", N_("Received of announced"), ColumnType.MONEY, 17, total=True),
        Column("received", N_("Received of committed"), ColumnType.MONEY, 17, total=True),
        Column("announced_left", N_("Announced, outstanding"), ColumnType.MONEY, 17, total=True),
        Column("committed_left", N_("Committed, outstanding"), ColumnType.MONEY, 17, total=True),
        Column(
            "share",
            N_("Share received"),
            ColumnType.RATIO,
            12,
            formula="IF({committed}=0,0,ROUND({received}/{committed},6))",
        ),
    ]
    return table(
        "donors",
        "3d",
        N_("Pledged and received"),
        N_("Pledged against received, by donor"),
        columns,
        lines,
        subtitle=say("Since the beginning · in {unit}, at the rates of the pledges · the largest first", unit=unit),
        total_label=N_("Total"),
        notes=(
            N_(
                "The two stages stand side by side and are never added; what an agreement accepted is committed alone. The share is of what was committed."
            ),
            N_("Given up: reduced, written off or converted to in kind. What is outstanding is that of statement 3a."),
            N_("Contributions that nobody pledged are in statement 2."),
        ),
        chart=Chart(
            "bars",
            ("committed", "received"),
            say(
                "Bars: what the donors with the largest commitments committed, and what of it was received; donors in all: {number}",
                number=str(len(lines)),
            ),
        ),
    )
