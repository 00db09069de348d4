"""Statement 14d to 14f: restatements, the control totals and the seals.

They say what was changed of what had been reported, and by which sums to know the book.

Nothing is ever changed or deleted (design decision 8): a correction is a reversal and a new entry in the open quarter,
and a sealed quarter is opened again only with a reason. Control totals are the debits and credits of both halves of the
book, by the currency in which entries balance.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.ground.money import ZERO
from ledger.ground.periods import Quarter
from ledger.ground.phrases import N_
from ledger.law.seal import Seal, seal_of, sealed_until
from ledger.model import entries
from ledger.model.fund import Fund
from reports.figures import Figure, Tally
from reports.scope import Scope
from reports.statement import Sources, Statement, column, columns_of, table_line
from reports.table import ColumnType

REOPENED, CORRECTED = N_("reopening"), N_("correction")
HALVES = (N_("Money"), N_("Pledges (memorandum)"))


@table_line
class Restatement:
    """A reopening, or an entry that takes an earlier one back. `amount` is what it moves, in the unit of account."""

    kind: str = column(N_("Kind"), ColumnType.TERM, 13)
    day: date = column(N_("Date"), ColumnType.DAY, 12)
    what: str = column(N_("What"), ColumnType.TEXT, 44)
    corrects: str = column(N_("Corrects"), ColumnType.TEXT, 20)
    reason: str = column(N_("Reason"), ColumnType.TEXT, 44)
    by: str = column(N_("By"), ColumnType.TEXT, 20)
    amount: Figure = column(N_("Amount of the entry"), ColumnType.MONEY, 18)


@table_line
class ControlTotal:
    """One half of the book in one period and currency."""

    half: str = column(N_("Half of the book"), ColumnType.TERM, 26)
    period: str = column(N_("Period"), ColumnType.TERM, 24)
    currency: str = column(N_("Currency"), ColumnType.TEXT, 11)
    postings: Decimal = column(N_("Postings"), ColumnType.COUNT, 12)
    debits: Figure = column(N_("Debits"), ColumnType.AMOUNT, 24)
    credits: Figure = column(N_("Credits"), ColumnType.AMOUNT, 24)
    difference: Figure = column(N_("Difference"), ColumnType.AMOUNT, 18, formula="{debits}-{credits}")


@table_line
class SealLine:
    """A sealed quarter, or the digest that the book has now."""

    quarter: str = column(N_("Quarter"), ColumnType.TEXT, 12)
    state: str = column(N_("State"), ColumnType.TERM, 24)
    day: date = column(N_("Date"), ColumnType.DAY, 12)
    by: str = column(N_("By"), ColumnType.TEXT, 20)
    entries: Decimal = column(N_("Entries"), ColumnType.COUNT, 12)
    digest: str = column(N_("Digest (SHA-256)"), ColumnType.TEXT, 76)


@dataclass(frozen=True, slots=True)
class Seals:
    """The seals.

    `digest` is that of the book up to the day of the report; `sealed` says that the quarter was sealed, and stands so.
    """

    lines: tuple[SealLine, ...]
    digest: str
    sealed: bool


def restatements(of: Sources) -> Iterator[Restatement]:
    """Yield what was opened again, and what the quarter took back."""
    scope, names = of.scope, of.names
    for item in of.fund.directives.reopenings:
        if item.day <= scope.as_of:
            yield Restatement(REOPENED, item.day, "", item.quarter, item.reason, item.approved_by, Figure())
    for entry in of.fund.entries:
        txn = entry.txn
        if entry.reversal and scope.quarter.begin <= txn.date <= scope.as_of:
            facts = {key: entries.text(txn, key) for key in ("corrects", "reason", "recorded-by")}
            yield Restatement(
                CORRECTED,
                txn.date,
                names.redact(txn.narration or "", entry),
                facts["corrects"] or ", ".join(sorted(entry.pledges)),
                names.redact(facts["reason"], entry),
                facts["recorded-by"],
                Figure(entry.moved, (entry,)),
            )


def control_totals(of: Sources) -> Iterator[ControlTotal]:
    """Yield the debits and credits of both halves: one pass over the entries."""
    fund, scope = of.fund, of.scope
    counts: dict[tuple[int, int, str], int] = defaultdict(int)
    debits: dict[tuple[int, int, str], Tally] = defaultdict(Tally)
    credited: dict[tuple[int, int, str], Tally] = defaultdict(Tally)
    for entry in fund.entries:
        if entry.txn.date > scope.as_of:
            break
        periods = (0, 1) if entry.txn.date >= scope.quarter.begin else (1,)
        for half, postings in enumerate((entry.money, entry.memorandum)):
            for _, posting, _ in postings:
                number, currency = entries.weight(posting)
                for period in periods:
                    key = (half, period, currency)
                    counts[key] += 1
                    (debits if number > ZERO else credited)[key].add(abs(number))
    names = (str(scope.quarter), N_("Since the beginning"))
    for half, period, currency in sorted(counts):
        key = (half, period, currency)
        one, other = debits[key].figure(), credited[key].figure()
        yield ControlTotal(HALVES[half], names[period], currency, Decimal(counts[key]), one, other, one - other)


def seals(of: Sources) -> Seals:
    """Return the seals up to the day, and the digest that the book has now."""
    scope, directives = of.scope, of.fund.directives
    now = seal_of(of.fund.contents.everything, scope.as_of, directives.closes, directives.reopenings)
    standing = sealed_until(directives.closes, directives.reopenings)
    is_sealed = scope.as_of == scope.quarter.end <= standing
    return Seals(tuple(_seal_lines(of.fund, scope, now, standing)), now.digest, is_sealed)


def _seal_lines(fund: Fund, scope: Scope, now: Seal, standing: date) -> Iterator[SealLine]:
    for close in sorted(fund.directives.closes, key=lambda item: (item.quarter, item.day)):
        if Quarter.parse(close.quarter).end <= scope.as_of:
            stands = Quarter.parse(close.quarter).end <= standing
            state = N_("sealed") if stands else N_("reopened since")
            yield SealLine(close.quarter, state, close.day, close.by, close.entries, close.digest)
    yield SealLine(str(scope.quarter), N_("digest of this report"), scope.as_of, "", Decimal(now.entries), now.digest)


RESTATEMENTS = Statement(
    "restatements",
    "14d",
    N_("Restatements"),
    N_("Restatements: reopenings, and corrections of the quarter"),
    columns_of(Restatement),
    lambda of: tuple(sorted(restatements(of), key=lambda line: line.day)),
    notes=(N_("Nothing is changed or deleted: what was wrong is taken back by a correction in the open quarter."),),
)
CONTROL_TOTALS = Statement(
    "control_totals",
    "14e",
    N_("Control totals"),
    N_("Control totals: debits and credits of the book"),
    columns_of(ControlTotal),
    lambda of: tuple(control_totals(of)),
    notes=(N_("Each half balances alone; an amount in another currency counts at the rate of its entry."),),
)
SEALS = Statement(
    "seals",
    "14f",
    N_("Seals"),
    N_("Seals of the closed quarters, and the digest of this report"),
    columns_of(SealLine),
    seals,
    lambda built: built.lines,
    subtitle=N_("As of {day}"),
    notes=(N_("A digest is the SHA-256 of all that the book says up to the day, chained to the seal before it."),),
)
