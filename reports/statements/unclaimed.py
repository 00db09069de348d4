"""Statement 9: unclaimed receipts: money at the bank whose donor is not known, each with its age and what became of it.

Source: the OAS handbook's "unclaimed incoming funds"; auditors ask that the account be cleared and its items be aged
(facts 1.2, 6).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.ground.money import ZERO
from ledger.ground.phrases import N_
from ledger.language.accounts import Role
from ledger.model.unclaimed import Unclaimed, entries_of, touching
from reports.ageing import CLEARED, age
from reports.figures import Figure, Tally, total
from reports.names import Names
from reports.statement import Sources, Statement, column, columns_of, table_line
from reports.table import ColumnType


@table_line
class UnclaimedLine:
    """One unclaimed receipt in its currency: what came in, what was identified or returned since, and what is left.

    `value` is what is left in the unit of account.
    """

    link: str = column(N_("Unclaimed receipt"), ColumnType.TEXT, 17)
    day: date = column(N_("Date"), ColumnType.DAY, 12)
    bank_reference: str = column(N_("Bank reference"), ColumnType.TEXT, 22)
    what: str = column(N_("What the bank says"), ColumnType.TEXT, 40)
    days: Decimal = column(N_("Days"), ColumnType.COUNT, 9)
    age: str = column(N_("Age"), ColumnType.TERM, 20)
    currency: str = column(N_("Currency"), ColumnType.TEXT, 9)
    came_in: Figure = column(N_("Came in"), ColumnType.AMOUNT, 16)
    cleared: Figure = column(N_("Identified or returned"), ColumnType.AMOUNT, 16)
    left: Figure = column(N_("Not identified"), ColumnType.AMOUNT, 16, formula="{came_in}-{cleared}")
    value: Figure = column(N_("Not identified, in {unit}"), ColumnType.MONEY, 18, total=True)


@dataclass(frozen=True, slots=True)
class UnclaimedReceipts:
    """What is not identified at the end of a day, or was cleared in the quarter.

    `booked` is the balance of the account.
    """

    lines: tuple[UnclaimedLine, ...]
    booked: Figure

    @property
    def left(self) -> Figure:
        """All that is not identified, in the unit of account at the rates of the day."""
        return total(line.value for line in self.lines)


def unclaimed_receipts(of: Sources) -> UnclaimedReceipts:
    """Build the statement in the order of arrival."""
    fund, scope, names = of.fund, of.scope, of.names
    lines, standing = [], fund.positions.standing(scope.as_of)
    worth = {
        position.item.link: -position.value for position in standing.values() if position.item.role is Role.UNCLAIMED
    }
    for item in fund.unclaimed.values():
        has_changed = any(scope.quarter.begin <= change.day <= scope.as_of for change in item.changes)
        if item.opened.txn.date <= scope.as_of and (has_changed or item.outstanding(scope.as_of)):
            lines.append(_line(item, scope.as_of, names, worth.get(item.link)))
    balance = Tally()
    for entry in entries_of(fund.by_kind):
        if entry.txn.date <= scope.as_of:
            balance.add(touching(entry).get(fund.unit, ZERO), entry)
    for position in standing.values():
        if position.item.role is Role.UNCLAIMED:
            balance.add(-position.value, *position.entries)
    return UnclaimedReceipts(tuple(lines), balance.figure())


def _line(item: Unclaimed, as_of: date, names: Names, worth: Decimal | None) -> UnclaimedLine:
    came_in, cleared = Tally(), Tally()
    for change in item.changes:
        if change.day <= as_of:
            if (change.units > ZERO) != change.entry.reversal:  # a reversal takes away from what it reverses
                came_in.add(change.units, change.entry)
            else:
                cleared.add(-change.units, change.entry)
    remainder = came_in.value - cleared.value
    return UnclaimedLine(
        link=item.link,
        day=item.opened.txn.date,
        bank_reference=names.redact(str(item.opened.txn.meta.get("bank-reference", "")), item.opened),
        what=names.redact(item.opened.txn.narration or "", item.opened),
        days=Decimal(item.age(as_of)),
        age=age(item.age(as_of)) if remainder else CLEARED,
        currency=item.currency,
        came_in=came_in.figure(),
        cleared=cleared.figure(),
        left=Figure(remainder, (*came_in.entries, *cleared.entries)),
        value=Figure(remainder if worth is None else worth, (*came_in.entries, *cleared.entries)),
    )


UNCLAIMED = Statement(
    "unclaimed",
    "9",
    N_("Unclaimed"),
    N_("Unclaimed receipts"),
    columns_of(UnclaimedLine),
    unclaimed_receipts,
    lambda built: built.lines,
    subtitle=N_("As of {day} · in {unit}"),
    notes=(
        N_("Money at the bank whose donor is not known. It is a liability, and no contribution until identified."),
        N_("Shown: what is not identified, and what was cleared in the quarter."),
    ),
)
