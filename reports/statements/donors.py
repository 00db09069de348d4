"""Statement 3d: what each donor announced and what it committed, and what became of it, since the beginning.

Announced and committed are never added: each has its columns, and a promise that an agreement accepted stands under
committed alone. What was promised, given up and received is at the rates of the pledges; what is outstanding is that of
statement 3a.
"""

from collections import defaultdict
from decimal import Decimal

from ledger.ground.phrases import N_, phrase
from ledger.model.pledges import Effect
from reports.comparatives import figures
from reports.figures import Figure, Tally, ratio, ratio_formula
from reports.statement import Sources, Statement, column, columns_of, table_line
from reports.statements.pledges import instalment_line
from reports.table import Chart, ColumnType


@table_line
class DonorPledges:
    """What one donor promised in each stage, and what became of it.

    `received` is of what was committed, `received_early` of what was only announced.
    """

    category: str = column(N_("Donor category"), ColumnType.TEXT, 18)
    donor: str = column(N_("Donor"), ColumnType.TEXT, 24)
    announced: Figure = column(N_("Announced, not accepted"), ColumnType.MONEY, 17, total=True)
    committed: Figure = column(N_("Committed"), ColumnType.MONEY, 17, total=True)
    given_up: Figure = column(N_("Given up"), ColumnType.MONEY, 17, total=True)
    received_early: Figure = column(N_("Received of announced"), ColumnType.MONEY, 17, total=True)
    received: Figure = column(N_("Received of committed"), ColumnType.MONEY, 17, total=True)
    announced_left: Figure = column(N_("Announced, outstanding"), ColumnType.MONEY, 17, total=True)
    committed_left: Figure = column(N_("Committed, outstanding"), ColumnType.MONEY, 17, total=True)
    share: Decimal = column(N_("Share received"), ColumnType.RATIO, 12, formula=ratio_formula("received", "committed"))
    """Received as a share of what was committed."""


GIVEN_UP = frozenset({Effect.REDUCED, Effect.WRITTEN_OFF, Effect.CONVERTED})
_SUMS = ("announced", "committed", "given_up", "received_early", "received", "announced_left", "committed_left")


def donors(of: Sources) -> tuple[DonorPledges, ...]:
    """Build the statement, the largest commitments first."""
    fund, scope, names = of.fund, of.scope, of.names
    sums: dict[tuple[int, str, str], dict[str, Tally]] = defaultdict(lambda: {name: Tally() for name in _SUMS})
    donor_names: dict[tuple[int, str, str], str] = {}
    for instalment in fund.instalments.values():
        if instalment.opened.txn.date > scope.as_of:
            continue
        account, stage = instalment.account, instalment.stage
        key = names.key(account.category, account.donor, instalment.opened)
        donor_names.setdefault(key, names.donor(account.donor, instalment.opened))
        result = sums[key]
        for move in instalment.movements:
            if move.day > scope.as_of:
                continue
            if move.effect is Effect.RECEIVED:
                result["received" if stage == "committed" else "received_early"].add(move.carried, move.entry)
            elif move.effect in GIVEN_UP:
                result["given_up"].add(move.carried, move.entry)
            else:
                result[stage].add(move.effect.sign * move.carried, move.entry)
        if instalment.outstanding(scope.as_of):
            outstanding: Figure = getattr(instalment_line(fund, instalment, scope.as_of, names), stage)
            result[f"{stage}_left"].add(outstanding, *outstanding.entries)
    lines = [
        (
            key,
            DonorPledges(
                names.category(key[1]),
                donor_names[key],
                **figures(result, _SUMS),
                share=ratio(result["received"].value, result["committed"].value),
            ),
        )
        for key, result in sums.items()
    ]
    return tuple(line for _, line in sorted(lines, key=lambda pair: (-pair[1].committed, -pair[1].announced, pair[0])))


def _chart(lines: tuple[DonorPledges, ...]) -> Chart:
    alt = phrase(
        "Bars: what the donors with the largest commitments committed, and what of it was received; donors in all: {number}",
        number=str(len(lines)),
    )
    return Chart("bars", ("committed", "received"), alt)


DONORS = Statement(
    "donors",
    "3d",
    N_("Pledged and received"),
    N_("Pledged against received, by donor"),
    columns_of(DonorPledges),
    donors,
    subtitle=N_("Since the beginning · in {unit}, at the rates of the pledges · the largest first"),
    notes=(
        N_(
            "The two stages stand side by side and are never added; what an agreement accepted is committed alone. The share is of what was committed."
        ),
        N_("Given up: reduced, written off or converted to in kind. What is outstanding is that of statement 3a."),
        N_("Contributions that nobody pledged are in statement 2."),
    ),
    chart=_chart,
)
