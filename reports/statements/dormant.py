"""Statement 11: expired and inactive.

Pledges and purposes that nothing has moved for a year, or whose last due date has passed.

Source: the section "Expired and inactive Specific Funds" of the OAS reports (facts 1); what is left of them needs a
decision of the donor. House rules: a pledge is expired when the last due date of what is outstanding has passed, and
inactive when nothing moved it for 365 days; so is a purpose with money left. Announced, committed and money at hand
stand in columns of their own and are never added.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from ledger.ground.money import ZERO
from ledger.ground.phrases import N_
from ledger.language.kinds import CORRECTION
from ledger.model.fund import Fund
from ledger.model.pledges import Instalment
from ledger.model.purposes import changes, general_purposes
from reports.figures import Figure, Tally
from reports.names import Names
from reports.scope import Scope
from reports.statement import Sources, Statement, column, columns_of, table_line
from reports.statements.earmarks import EARMARKS, Earmarks
from reports.statements.pledges import STAGES
from reports.table import ColumnType

LIMIT = 365
"""Days without a movement after which something is inactive (house rule)."""
EXPIRED, INACTIVE, PURPOSE = N_("expired"), N_("inactive"), N_("purpose")


@table_line
class DormantLine:
    """One pledge in one stage, or one purpose, in the unit of account at the rates of the day.

    `days` are those without a movement.
    """

    state: str = column(N_("State"), ColumnType.TERM, 12)
    what: str = column(N_("What"), ColumnType.TERM, 14)
    name: str = column(N_("Pledge or purpose"), ColumnType.TERM, 30)
    donor: str = column(N_("Donor"), ColumnType.TEXT, 26)
    due: date | None = column(N_("Last due"), ColumnType.DAY, 12)
    moved: date = column(N_("Last movement"), ColumnType.DAY, 12)
    days: Decimal = column(N_("Days without"), ColumnType.COUNT, 11)
    announced: Figure = column(N_("Announced, outstanding"), ColumnType.MONEY, 19, total=True)
    committed: Figure = column(N_("Committed, outstanding"), ColumnType.MONEY, 19, total=True)
    at_hand: Figure = column(N_("Money at hand"), ColumnType.MONEY, 19, total=True)


def dormant(of: Sources) -> tuple[DormantLine, ...]:
    """Build the statement: one pass over the movements of the pledges, one over the entries for the purposes."""
    return (*_pledges(of.fund, of.scope, of.names), *_purposes(of.fund, of.scope, of[EARMARKS]))


def _pledges(fund: Fund, scope: Scope, names: Names) -> Iterator[DormantLine]:
    groups: dict[tuple[str, str], list[Instalment]] = defaultdict(list)
    for instalment in fund.instalments.values():
        if instalment.opened.txn.date <= scope.as_of and instalment.outstanding(scope.as_of):
            groups[instalment.pledge, instalment.stage].append(instalment)
    for (pledge, stage), instalments in sorted(groups.items()):
        dues = [i.due for i in instalments]
        last = max((due for due in dues if due is not None), default=None)
        last_movement = max(m.day for i in instalments for m in i.movements if m.day <= scope.as_of)
        days = (scope.as_of - last_movement).days
        is_expired = None not in dues and last is not None and last < scope.as_of
        if not is_expired and days <= LIMIT:
            continue
        outstanding = Tally()
        for i in instalments:
            behind = (m.entry for m in i.movements if m.day <= scope.as_of)
            outstanding.add(i.worth(i.outstanding(scope.as_of), fund.rates, scope.as_of), *behind)
        is_announced = stage == "announced"
        first = instalments[0]
        yield DormantLine(
            EXPIRED if is_expired else INACTIVE,
            STAGES[stage],
            pledge,
            names.donor(first.account.donor, first.opened),
            last,
            last_movement,
            Decimal(days),
            outstanding.figure() if is_announced else Figure(),
            Figure() if is_announced else outstanding.figure(),
            Figure(),
        )


def _purposes(fund: Fund, scope: Scope, earmarks: Earmarks) -> Iterator[DormantLine]:
    """Yield the purposes that have money and no movement."""
    general, of_receipt = general_purposes(fund), dict[str, str]()
    last: dict[str, date] = {}
    for entry in fund.entries:
        if entry.txn.date > scope.as_of:
            break
        for purpose, amount, *_ in changes(fund, entry, general, of_receipt):
            if amount and CORRECTION not in (entry.txn.tags or ()):
                last[purpose] = entry.txn.date
    for line in earmarks.lines:
        last_movement = last.get(line.slug)
        if line.left > ZERO and last_movement is not None and (scope.as_of - last_movement).days > LIMIT:
            days = Decimal((scope.as_of - last_movement).days)
            yield DormantLine(
                INACTIVE, PURPOSE, line.purpose, "", None, last_movement, days, Figure(), Figure(), line.left
            )


DORMANT = Statement(
    "dormant",
    "11",
    N_("Expired and inactive"),
    N_("Expired and inactive pledges and purposes"),
    columns_of(DormantLine),
    dormant,
    subtitle=N_("As of {day} · in {unit}"),
    notes=(
        N_("Expired: the last due date of what is outstanding has passed. Inactive: nothing moved it for 365 days."),
        N_("What is left of a purpose that is over needs a decision of its donors."),
    ),
)
