"""Statement 14d to 14f: restatements, the control totals and the seals: what was changed of what had been reported, and by which sums to know the book.

Nothing is ever changed or deleted (design decision 8): a correction is a reversal and a new entry in the open quarter, and a sealed quarter is opened
again only with a reason. Control totals are the debits and credits of both halves of the book, by the currency in which entries balance.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.ground.money import ZERO
from ledger.ground.periods import Quarter
from ledger.ground.phrases import N_, say
from ledger.law.seal import Seal, seal_of, sealed_until
from ledger.model import entries
from ledger.model.fund import Fund
from reports.figures import Figure, Tally
from reports.scope import Scope
from reports.statements.names import Names
from reports.table import Column, Kind, Table, table

REOPENED, CORRECTED = N_("reopening"), N_("correction")
HALVES = (N_("Money"), N_("Pledges (memorandum)"))


@dataclass(frozen=True, slots=True)
class Restatement:
    """A reopening, or an entry that takes an earlier one back. `amount` is what it moves, in the unit of account."""

    kind: str
    day: date
    what: str
    corrects: str
    reason: str
    by: str
    amount: Figure


@dataclass(frozen=True, slots=True)
class ControlTotal:
    """One half of the book in one period and currency."""

    half: str
    period: str
    currency: str
    postings: Decimal
    debits: Figure
    credits: Figure


@dataclass(frozen=True, slots=True)
class SealLine:
    """A sealed quarter, or the digest that the book has now."""

    quarter: str
    state: str
    day: date
    by: str
    entries: Decimal
    digest: str


@dataclass(frozen=True, slots=True)
class History:
    """All three. `digest` is that of the book up to the day of the report; `sealed` says that the quarter was sealed, and stands so."""

    restatements: tuple[Restatement, ...]
    totals: tuple[ControlTotal, ...]
    seals: tuple[SealLine, ...]
    digest: str
    sealed: bool

    def tables(self, as_of: date) -> tuple[Table, Table, Table]:
        """Give them as tables."""
        return _restated(self.restatements), _controls(self.totals), _seals(self.seals, as_of)


def history(fund: Fund, scope: Scope, names: Names) -> History:
    """Build all three: one pass over the entries."""
    now = seal_of(fund.contents.everything, scope.as_of, fund.directives.closes, fund.directives.reopenings)
    standing = sealed_until(fund.directives.closes, fund.directives.reopenings)
    sealed = scope.as_of == scope.quarter.end <= standing
    return History(
        tuple(sorted(_restatements(fund, scope, names), key=lambda line: line.day)),
        tuple(_totals(fund, scope)),
        tuple(_sealed(fund, scope, now, standing)),
        now.digest,
        sealed,
    )


def _restatements(fund: Fund, scope: Scope, names: Names) -> Iterator[Restatement]:
    for item in fund.directives.reopenings:
        if item.day <= scope.as_of:
            yield Restatement(REOPENED, item.day, "", item.quarter, item.reason, item.approved_by, Figure())
    for entry in fund.entries:
        txn = entry.txn
        if entry.reversal and scope.quarter.begin <= txn.date <= scope.as_of:
            said = {key: entries.text(txn, key) for key in ("corrects", "reason", "recorded-by")}
            yield Restatement(
                CORRECTED,
                txn.date,
                names.told(txn.narration or "", entry),
                said["corrects"] or ", ".join(sorted(entry.pledges)),
                names.told(said["reason"], entry),
                said["recorded-by"],
                Figure(entry.moved, (entry,)),
            )


def _totals(fund: Fund, scope: Scope) -> Iterator[ControlTotal]:
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
        yield ControlTotal(
            HALVES[half], names[period], currency, Decimal(counts[key]), debits[key].figure(), credited[key].figure()
        )


def _sealed(fund: Fund, scope: Scope, now: Seal, standing: date) -> Iterator[SealLine]:
    for close in sorted(fund.directives.closes, key=lambda item: (item.quarter, item.day)):
        if Quarter.parse(close.quarter).end <= scope.as_of:
            stands = Quarter.parse(close.quarter).end <= standing
            state = N_("sealed") if stands else N_("reopened since")
            yield SealLine(close.quarter, state, close.day, close.by, close.entries, close.digest)
    yield SealLine(str(scope.quarter), N_("digest of this report"), scope.as_of, "", Decimal(now.entries), now.digest)


def _restated(lines: Sequence[Restatement]) -> Table:
    columns = [
        Column("kind", N_("Kind"), Kind.TERM, 13),
        Column("day", N_("Date"), Kind.DAY, 12),
        Column("what", N_("What"), Kind.TEXT, 44),
        Column("corrects", N_("Corrects"), Kind.TEXT, 20),
        Column("reason", N_("Reason"), Kind.TEXT, 44),
        Column("by", N_("By"), Kind.TEXT, 20),
        Column("amount", N_("Amount moved"), Kind.MONEY, 18),
    ]
    return table(
        "restatements",
        "14d",
        N_("Restatements"),
        N_("Restatements: reopenings, and corrections of the quarter"),
        columns,
        lines,
        notes=(N_("Nothing is changed or deleted: what was wrong is taken back by a correction in the open quarter."),),
    )


def _controls(lines: Sequence[ControlTotal]) -> Table:
    columns = [
        Column("half", N_("Half of the book"), Kind.TERM, 26),
        Column("period", N_("Period"), Kind.TERM, 24),
        Column("currency", N_("Currency"), Kind.TEXT, 11),
        Column("postings", N_("Postings"), Kind.COUNT, 12),
        Column("debits", N_("Debits"), Kind.AMOUNT, 24),
        Column("credits", N_("Credits"), Kind.AMOUNT, 24),
        Column("difference", N_("Difference"), Kind.AMOUNT, 18, formula="{debits}-{credits}"),
    ]
    rows = [(x.half, x.period, x.currency, x.postings, x.debits, x.credits, x.debits - x.credits) for x in lines]
    return table(
        "control_totals",
        "14e",
        N_("Control totals"),
        N_("Control totals: debits and credits of the book"),
        columns,
        rows,
        notes=(N_("Each half balances alone; an amount in another currency counts at the rate of its entry."),),
    )


def _seals(lines: Sequence[SealLine], as_of: date) -> Table:
    columns = [
        Column("quarter", N_("Quarter"), Kind.TEXT, 12),
        Column("state", N_("State"), Kind.TERM, 24),
        Column("day", N_("Date"), Kind.DAY, 12),
        Column("by", N_("By"), Kind.TEXT, 20),
        Column("entries", N_("Entries"), Kind.COUNT, 12),
        Column("digest", N_("Digest"), Kind.TEXT, 76),
    ]
    return table(
        "seals",
        "14f",
        N_("Seals"),
        N_("Seals of the closed quarters, and the digest of this report"),
        columns,
        lines,
        subtitle=say("As of {day}", day=as_of),
        notes=(N_("A digest is the SHA-256 of all that the book says up to the day, chained to the seal before it."),),
    )
