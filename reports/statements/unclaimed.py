"""Statement 9: unclaimed receipts: money at the bank whose donor is not known, each with its age and what became of it.

Source: the OAS handbook's "unclaimed incoming funds"; auditors ask that the account be cleared and its items be aged (facts 1.2, 6).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.ground.money import ZERO
from ledger.ground.phrases import N_, say
from ledger.language.accounts import Role
from ledger.model.fund import Fund
from ledger.model.unclaimed import Unclaimed, entries_of, touching
from reports.figures import Figure, Tally, total
from reports.scope import Scope
from reports.statements.names import Names
from reports.statements.overdue import CLEARED, age
from reports.table import Column, Kind, Table, table


@dataclass(frozen=True, slots=True)
class UnclaimedLine:
    """One unclaimed receipt in its currency: what came in, what was identified or returned since, and what is left; `value` in the unit of account."""

    link: str
    day: date
    bank_reference: str
    what: str
    days: Decimal
    age: str
    currency: str
    came_in: Figure
    cleared: Figure
    left: Figure
    value: Figure


@dataclass(frozen=True, slots=True)
class UnclaimedReceipts:
    """What is not identified at the end of a day, or was cleared in the quarter; `booked` is the balance of the account."""

    as_of: date
    lines: tuple[UnclaimedLine, ...]
    booked: Figure

    @property
    def left(self) -> Figure:
        """All that is not identified, in the unit of account at the rates of the day."""
        return total(line.value for line in self.lines)

    def table(self, unit: str) -> Table:
        """Give the statement as a table."""
        columns = [
            Column("link", N_("Unclaimed receipt"), Kind.TEXT, 17),
            Column("day", N_("Date"), Kind.DAY, 12),
            Column("bank_reference", N_("Bank reference"), Kind.TEXT, 22),
            Column("what", N_("What the bank says"), Kind.TEXT, 40),
            Column("days", N_("Days"), Kind.COUNT, 9),
            Column("age", N_("Age"), Kind.TERM, 20),
            Column("currency", N_("Currency"), Kind.TEXT, 9),
            Column("came_in", N_("Came in"), Kind.AMOUNT, 16),
            Column("cleared", N_("Identified or returned"), Kind.AMOUNT, 16),
            Column("left", N_("Not identified"), Kind.AMOUNT, 16, formula="{came_in}-{cleared}"),
            Column("value", say("Not identified, in {unit}", unit=unit), Kind.MONEY, 18, total=True),
        ]
        return table(
            "unclaimed",
            "9",
            N_("Unclaimed"),
            N_("Unclaimed receipts"),
            columns,
            self.lines,
            subtitle=say("As of {day} · in {unit}", day=self.as_of, unit=unit),
            total_label=N_("Total"),
            notes=(
                N_(
                    "Money at the bank whose donor is not known. It is a liability, and no contribution until identified."
                ),
                N_("Shown: what is not identified, and what was cleared in the quarter."),
            ),
        )


def unclaimed_receipts(fund: Fund, scope: Scope, names: Names) -> UnclaimedReceipts:
    """Build the statement in the order of arrival."""
    lines, standing = [], fund.positions.standing(scope.as_of)
    worth = {held.item.link: -held.value for held in standing.values() if held.item.role is Role.UNCLAIMED}
    for item in fund.unclaimed.values():
        changed = any(scope.quarter.begin <= change.day <= scope.as_of for change in item.changes)
        if item.opened.txn.date <= scope.as_of and (changed or item.outstanding(scope.as_of)):
            lines.append(_line(item, scope.as_of, names, worth.get(item.link)))
    booked = Tally()
    for entry in entries_of(fund.by_kind):
        if entry.txn.date <= scope.as_of:
            booked.add(touching(entry).get(fund.unit, ZERO), entry)
    for held in standing.values():
        if held.item.role is Role.UNCLAIMED:
            booked.add(-held.value, *held.entries)
    return UnclaimedReceipts(scope.as_of, tuple(lines), booked.figure())


def _line(item: Unclaimed, as_of: date, names: Names, worth: Decimal | None) -> UnclaimedLine:
    came_in, cleared = Tally(), Tally()
    for change in item.changes:
        if change.day <= as_of:
            if (change.units > ZERO) != change.entry.reversal:  # a reversal takes away from what it reverses
                came_in.add(change.units, change.entry)
            else:
                cleared.add(-change.units, change.entry)
    left = came_in.value - cleared.value
    return UnclaimedLine(
        link=item.link,
        day=item.opened.txn.date,
        bank_reference=names.told(str(item.opened.txn.meta.get("bank-reference", "")), item.opened),
        what=names.told(item.opened.txn.narration or "", item.opened),
        days=Decimal(item.age(as_of)),
        age=age(item.age(as_of)) if left else CLEARED,
        currency=item.currency,
        came_in=came_in.figure(),
        cleared=cleared.figure(),
        left=Figure(left, (*came_in.entries, *cleared.entries)),
        value=Figure(left if worth is None else worth, (*came_in.entries, *cleared.entries)),
    )
