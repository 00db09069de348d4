"""Statement 3: status of pledges per instalment, in its own currency, and its values in the unit of account.

`brought forward` is what an agreement moved in from the announced stage, `moved on` what it moved out. For every line:
pledged + brought forward = received + reduced + written off + converted + moved on + outstanding. Three values are
shown: at the rate of the pledge, as received, and at the rate of the reporting date (facts 1.7). What is outstanding
stands at the rate of the reporting date wherever it is totalled (IPSAS 4: what is to be received in another currency is
worth what that is worth on the day); what it was worth when pledged stands beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ledger.ground.phrases import N_
from ledger.language.accounts import Role
from ledger.model.fund import Fund
from ledger.model.pledges import Effect, Instalment
from reports.ageing import bucket
from reports.figures import Figure, Tally, total
from reports.names import Names
from reports.statement import Sources, Statement, column, columns_of, table_line
from reports.table import ColumnType


@table_line
class InstalmentLine:
    """One instalment at the end of a day. Amounts are in `currency`, those from `announced` on in the unit of account.

    `announced` or `committed` is what is outstanding at the rate of the day, `at_pledge` the same at the rate of the
    pledge.
    """

    category: str = column(N_("Donor category"), ColumnType.TEXT, 15)
    donor: str = column(N_("Donor"), ColumnType.TEXT, 19)
    pledge: str
    instalment: str = column(N_("Instalment"), ColumnType.TEXT, 15)
    stage: str = column(N_("Stage"), ColumnType.TERM, 13)
    currency: str = column(N_("Currency"), ColumnType.TEXT, 9)
    due: date | None = column(N_("Due"), ColumnType.DAY, 11)
    ageing: str = column(N_("Ageing"), ColumnType.TERM, 12)
    pledged: Figure = column(N_("Pledged"), ColumnType.AMOUNT, 14)
    brought_forward: Figure = column(N_("Brought forward"), ColumnType.AMOUNT, 14)
    received: Figure = column(N_("Received"), ColumnType.AMOUNT, 14)
    reduced: Figure = column(N_("Reduced"), ColumnType.AMOUNT, 12)
    written_off: Figure = column(N_("Written off"), ColumnType.AMOUNT, 12)
    converted: Figure = column(N_("Converted to in kind"), ColumnType.AMOUNT, 12)
    moved_on: Figure = column(N_("Moved on by agreement"), ColumnType.AMOUNT, 14)
    outstanding: Figure = column(
        N_("Outstanding"),
        ColumnType.AMOUNT,
        14,
        formula="{pledged}+{brought_forward}-{received}-{reduced}-{written_off}-{converted}-{moved_on}",
    )
    announced: Figure = column(N_("Announced, at the rate of the reporting date"), ColumnType.MONEY, 17, total=True)
    committed: Figure = column(N_("Committed, at the rate of the reporting date"), ColumnType.MONEY, 17, total=True)
    at_pledge: Figure = column(N_("Outstanding, at the rate of the pledge"), ColumnType.MONEY, 18)
    received_at_pledge: Figure = column(N_("Received, at the rate of the pledge"), ColumnType.MONEY, 17, total=True)
    received_value: Figure = column(N_("Received, as credited before bank charges"), ColumnType.MONEY, 18, total=True)
    exchange_difference: Figure = column(
        N_("Exchange loss of receipts (gain in parentheses)"),
        ColumnType.MONEY,
        17,
        total=True,
        formula="{received_at_pledge}-{received_value}",
    )


@dataclass(frozen=True, slots=True)
class Pledges:
    """The instalments that were outstanding at the beginning of the year or have moved since."""

    lines: tuple[InstalmentLine, ...]

    def total(self, column: str, *, category: str = "") -> Figure:
        """Sum a column of values in the unit of account, of one category or of all."""
        lines = (line for line in self.lines if category in {"", line.category})
        return total(getattr(line, column) for line in lines)


STAGES = {"announced": N_("announced"), "committed": N_("committed")}


def pledges(of: Sources) -> Pledges:
    """Build the statement: one pass over the movements of every instalment."""
    result = []
    scope, names = of.scope, of.names
    for instalment in of.fund.instalments.values():
        if instalment.opened.txn.date > scope.as_of:
            continue
        has_moved = any(m.day.year == scope.quarter.year and m.day <= scope.as_of for m in instalment.movements)
        if has_moved or instalment.outstanding(scope.as_of):
            key = names.key(instalment.account.category, instalment.account.donor, instalment.opened)
            line_of_instalment = instalment_line(of.fund, instalment, scope.as_of, names)
            result.append(((*key, instalment.label, instalment.stage), line_of_instalment))
    return Pledges(tuple(line for _, line in sorted(result, key=lambda pair: pair[0])))


def instalment_line(fund: Fund, instalment: Instalment, as_of: date, names: Names) -> InstalmentLine:
    """Build the line of one instalment as of a date."""
    sums = {effect: Tally() for effect in Effect}
    outstanding, carried, credited, differences = Tally(), Tally(), Tally(), Tally()
    for move in instalment.movements:
        if move.day > as_of:
            continue
        sums[move.effect].add(move.number, move.entry)
        outstanding.add(move.effect.sign * move.number, move.entry)
        if move.effect is Effect.RECEIVED:
            carried.add(move.carried, move.entry)
            credited.add(move.credited, move.entry)
            differences.add(move.exchange_difference, move.entry)
    balance = outstanding.figure()
    entries = balance.entries if balance else ()
    value = Figure(instalment.worth(balance, fund.rates, as_of), entries)
    is_announced = instalment.account.role is Role.ANNOUNCED
    return InstalmentLine(
        category=names.category(instalment.account.category),
        donor=names.donor(instalment.account.donor, instalment.opened),
        pledge=instalment.pledge,
        instalment=instalment.label,
        stage=STAGES[instalment.stage],
        currency=instalment.currency,
        due=instalment.due,
        ageing=bucket(instalment.due, as_of) if balance else "",
        **{field: sums[effect].figure() for field, effect in _EFFECTS},
        outstanding=balance,
        announced=value if is_announced else Figure(),
        committed=Figure() if is_announced else value,
        at_pledge=Figure(instalment.carried(balance), entries),
        received_at_pledge=carried.figure(),
        received_value=credited.figure(),
        exchange_difference=differences.figure(),
    )


_EFFECTS: Iterable[tuple[str, Effect]] = (
    ("pledged", Effect.PLEDGED),
    ("brought_forward", Effect.MOVED_IN),
    ("received", Effect.RECEIVED),
    ("reduced", Effect.REDUCED),
    ("written_off", Effect.WRITTEN_OFF),
    ("converted", Effect.CONVERTED),
    ("moved_on", Effect.MOVED_OUT),
)


PLEDGES = Statement(
    "pledges",
    "3",
    N_("Pledges"),
    N_("Status of pledges, per instalment"),
    columns_of(
        InstalmentLine,
        *("category", "donor", "instalment", "stage", "due", "ageing", "currency"),
        *(field for field, _ in _EFFECTS),
        "outstanding",
    ),
    pledges,
    lambda built: built.lines,
    subtitle=N_("As of {day} · amounts in the currency of the pledge"),
    notes=(
        N_(
            "Announced: a written, non-binding statement. Committed: accepted by an agreement or an exchange of letters."
        ),
        N_(
            "Stages are never added to each other or to receipts; currencies are never added, so this table has no total."
        ),
        N_("Brought forward: moved in by an agreement from the announced stage, or from an earlier agreement."),
    ),
)
PLEDGE_VALUES = Statement(
    "pledge_values",
    "3a",
    N_("Pledge values"),
    N_("Values of the pledges"),
    columns_of(
        InstalmentLine,
        *("category", "donor", "instalment", "stage", "currency", "announced", "committed"),
        *("at_pledge", "received_at_pledge", "received_value", "exchange_difference"),
    ),
    lambda of: of[PLEDGES],
    lambda built: built.lines,
    subtitle=N_("As of {day} · in {unit}"),
    notes=(
        N_(
            "Outstanding is at the rate of the reporting date (statement 12); where the book has none, at that of the pledge."
        ),
        N_(
            "Exchange loss: the value at the rate of the pledge that a receipt did not bring; it is not a shortfall of the donor."
        ),
        N_("Receipts that settle no pledge are in statement 4 and not in this table."),
    ),
)
