"""Statement 3d: pledged against received, by donor, since the beginning and at the rates of the pledges.

Pledged is all that was promised; of it, what was given up (reduced, written off, converted to in kind), received and outstanding are the three parts. House rule: a
share is rounded to six decimals, half away from nothing, as a spreadsheet's ROUND does.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ledger.fund import Fund
from ledger.phrases import N_, say
from ledger.pledges import Effect
from reports.figures import Figure, Tally
from reports.scope import Scope
from reports.statements.names import Names
from reports.table import Chart, Column, Kind, Table, table


@dataclass(frozen=True, slots=True)
class DonorPledges:
    """What one donor promised and paid."""

    category: str
    donor: str
    pledged: Figure
    given_up: Figure
    received: Figure
    outstanding: Figure

    @property
    def share(self) -> Decimal:
        """Received as a share of pledged."""
        return ratio(self.received, self.pledged)


GIVEN_UP = frozenset({Effect.REDUCED, Effect.WRITTEN_OFF, Effect.CONVERTED})


def ratio(part: Decimal, whole: Decimal) -> Decimal:
    """Give a share; of nothing it is nothing."""
    return (part / whole).quantize(Decimal("0.000001"), ROUND_HALF_UP) if whole else Decimal(0)


def donors(fund: Fund, scope: Scope, names: Names) -> tuple[DonorPledges, ...]:
    """Build the statement, the largest pledges first."""
    sums: dict[tuple[int, str, str], tuple[Tally, ...]] = defaultdict(lambda: tuple(Tally() for _ in range(4)))
    called: dict[tuple[int, str, str], str] = {}
    for instalment in fund.instalments.values():
        account = instalment.account
        key = names.key(account.category, account.donor, instalment.opened)
        for move in instalment.movements:
            if move.day > scope.as_of:
                continue
            called.setdefault(key, names.donor(account.donor, instalment.opened))
            pledged, given_up, received, outstanding = sums[key]
            if move.effect is Effect.RECEIVED:
                received.add(move.carried, move.entry)
            elif move.effect in GIVEN_UP:
                given_up.add(move.carried, move.entry)
            else:
                pledged.add(move.effect.sign * move.carried, move.entry)
            outstanding.add(move.effect.sign * move.carried, move.entry)
    lines = [
        (key, DonorPledges(names.category(key[1]), called[key], *(tally.figure() for tally in sums[key])))
        for key in called
    ]
    return tuple(line for _, line in sorted(lines, key=lambda pair: (-pair[1].pledged, pair[0])))


def donors_table(lines: tuple[DonorPledges, ...], unit: str) -> Table:
    """Give the statement as a table with its chart."""
    columns = [
        Column("category", N_("Donor category"), Kind.TEXT, 24),
        Column("donor", N_("Donor"), Kind.TEXT, 34),
        Column("pledged", N_("Pledged"), Kind.MONEY, 19, total=True),
        Column("given_up", N_("Given up"), Kind.MONEY, 19, total=True),
        Column("received", N_("Received of it"), Kind.MONEY, 20, total=True),
        Column("outstanding", N_("Outstanding"), Kind.MONEY, 20, total=True, formula="{pledged}-{given_up}-{received}"),
        Column(
            "share", N_("Share received"), Kind.RATIO, 12, formula="IF({pledged}=0,0,ROUND({received}/{pledged},6))"
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
                "Given up: reduced, written off or converted to in kind. With received and outstanding it makes up what was pledged."
            ),
            N_("Contributions that nobody pledged are in statement 2."),
        ),
        chart=Chart(
            "bars",
            ("pledged", "received"),
            say(
                "Bars: what the largest donors pledged, and what of it was received; donors in all: {number}",
                number=str(len(lines)),
            ),
        ),
    )
