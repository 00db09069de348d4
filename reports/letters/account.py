"""The account of one donor: its instalments, its receipts and what it gave in kind in a year, as of a day.

It goes to the donor, so it shows what remains and says it in words of its own: what officers write of an entry stays in
the book. House rule: what was taken back in the quarter in which it was recorded is a slip that no statement told, and
is left out; what stood at the end of a quarter may have been told, so it stays, and so does what took it back. That the
bank took a credit back concerns the donor in every case.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from ledger.ground.periods import Quarter
from ledger.ground.phrases import N_, Text, phrase
from ledger.language.kinds import Kind
from ledger.language.models import Donor
from ledger.model.entries import Entry, text
from ledger.model.fund import Fund
from reports.figures import Figure, total
from reports.names import Names
from reports.scope import Scope
from reports.statements.in_kind import InKindLine, in_kind_register
from reports.statements.pledges import InstalmentLine, instalment_line
from reports.statements.receipts import IDENTIFIED_LATER, ReceiptLine, register
from reports.table import Column, ColumnType, Table, table


@dataclass(frozen=True, slots=True)
class RefundLine:
    """What was paid back to a donor, in the unit of account."""

    day: date
    what: Text
    bank_reference: str
    value: Figure


@dataclass(frozen=True, slots=True)
class Account:
    """The account of a donor from `begin` to `end`; `refunds` is what was paid back to it in that time."""

    donor: Donor
    begin: date
    end: date
    instalments: tuple[InstalmentLine, ...]
    receipts: tuple[ReceiptLine, ...]
    refunds: tuple[RefundLine, ...]
    in_kind: tuple[InKindLine, ...]

    @property
    def received(self) -> Figure:
        """All receipts, before bank charges, in the unit of account."""
        return total(item.value for item in self.receipts)

    @property
    def refunded(self) -> Figure:
        """All that was paid back, in the unit of account."""
        return total(item.value for item in self.refunds)

    def outstanding(self, stage: str) -> Figure:
        """Sum what is outstanding in a stage, at the rates of the day, in the unit of account."""
        return total(getattr(item, stage) for item in self.instalments)

    def tables(self, unit: str, *, to_donor: bool = True) -> tuple[Table, ...]:
        """Return the account as tables, as a letter says it `to_donor` or as others read it.

        What it does not have is left out.
        """
        tables = []
        if self.instalments:
            tables.append(_instalments(self.instalments, to_donor=to_donor))
        tables.append(_receipts(self.receipts, unit, to_donor=to_donor))
        if self.refunds:
            tables.append(_refunds(self.refunds, unit, to_donor=to_donor))
        if self.in_kind:
            tables.append(_in_kind(self.in_kind, unit, to_donor=to_donor))
        return tuple(tables)


def account_of(fund: Fund, donor: Donor, scope: Scope) -> Account:
    """Build the account for the year of a quarter, up to the day of the scope.

    It is for the donor itself, who is named in it.
    """
    names, begin, slips = Names(fund, scope), date(scope.quarter.year, 1, 1), _slips(fund, scope.as_of)
    instalments = [
        instalment_line(fund, item, scope.as_of, names)
        for item in fund.instalments.values()
        if item.account.donor == donor.account
        and item.opened.txn.date <= scope.as_of
        and item.opened not in slips
        and (item.outstanding(scope.as_of) or any(begin <= m.day <= scope.as_of for m in item.movements))
    ]
    mine = (r for r in fund.receipts if r.account.donor == donor.account and begin <= r.day <= scope.as_of)
    back = (
        RefundLine(
            item.day,
            _caption(fund, item.entry, N_("Refund")),
            text(item.entry.txn, "bank-reference"),
            Figure(-item.value, (item.entry,)),
        )
        for item in fund.contributions
        if item.account.donor == donor.account
        and item.kind == Kind.REFUND.value
        and begin <= item.day <= scope.as_of
        and item.entry not in slips
    )
    return Account(
        donor,
        begin,
        scope.as_of,
        tuple(sorted(instalments, key=lambda item: (item.instalment, item.stage))),
        register(fund, (r for r in mine if r.entry not in slips), names),
        tuple(back),
        tuple(_in_kind_lines(fund, donor, begin, scope.as_of, names, slips)),
    )


def _slips(fund: Fund, as_of: date) -> frozenset[Entry]:
    """Return what had been taken back by the end of a day in the quarter in which it was recorded, with what took it back."""
    pairs = [
        (back, entry)
        for back, entry in fund.reversals.items()
        if entry is not None
        and back.txn.date <= as_of
        and back.txn.meta.get("returned") is not True
        and Quarter.of(back.txn.date) == Quarter.of(entry.txn.date)
    ]
    return frozenset(entry for pair in pairs for entry in pair)


def _caption(fund: Fund, entry: Entry, what: Text) -> Text:
    """Return what an entry is called before its donor: `what`, or of which day it is that a reversal takes back."""
    original = fund.reversals.get(entry)
    return phrase("reverses the entry of {day}", day=original.txn.date) if original is not None else what


def _in_kind_lines(
    fund: Fund, donor: Donor, begin: date, end: date, names: Names, slips: frozenset[Entry]
) -> Iterator[InKindLine]:
    for line in in_kind_register(fund, begin, end, names, donor.account):
        (entry,) = line.value.entries
        if entry not in slips:
            yield replace(line, what=_caption(fund, entry, line.what))


def _instalments(lines: tuple[InstalmentLine, ...], *, to_donor: bool) -> Table:
    """Return the instalments that are open or were paid.

    One that an agreement moved on whole is told by those that follow it.
    """
    columns = [
        Column("instalment", N_("Instalment"), ColumnType.TEXT, 18),
        Column("stage", N_("Stage"), ColumnType.TERM, 14),
        Column("due", N_("Due"), ColumnType.DAY, 12),
        Column("currency", N_("Currency"), ColumnType.TEXT, 9),
        Column("pledged", N_("Pledged"), ColumnType.AMOUNT, 16),
        Column("received", N_("Received"), ColumnType.AMOUNT, 16),
        Column("converted", N_("Converted to in kind"), ColumnType.AMOUNT, 16),
        Column("given_up", N_("Given up or moved on"), ColumnType.AMOUNT, 16),
        Column("outstanding", N_("Outstanding"), ColumnType.AMOUNT, 16),
    ]
    rows = [
        (
            x.instalment,
            x.stage,
            x.due,
            x.currency,
            x.pledged + x.brought_forward,
            x.received,
            x.converted,
            x.reduced + x.written_off + x.moved_on,
            x.outstanding,
        )
        for x in lines
        if x.outstanding or x.received or not x.moved_on
    ]
    return table(
        "instalments",
        "",
        N_("Pledges"),
        N_("Your pledges, per instalment") if to_donor else N_("Pledges, per instalment"),
        columns,
        rows,
        notes=(N_("Amounts are in the currency of the pledge. Announced and committed are never added."),),
    )


def _receipts(lines: tuple[ReceiptLine, ...], unit: str, *, to_donor: bool) -> Table:
    columns = [
        Column("number", N_("Receipt"), ColumnType.TERM, 14),
        Column("day", N_("Date"), ColumnType.DAY, 11),
        Column("bank_reference", N_("Bank reference"), ColumnType.TEXT, 16),
        Column("given", N_("Given"), ColumnType.TERM, 18),
        Column("settles", N_("Settles"), ColumnType.TERM, 30),
        Column("purpose", N_("Purpose"), ColumnType.TEXT, 18),
        Column("value", phrase("Received, {unit}", unit=unit), ColumnType.MONEY, 16, total=True),
    ]
    return table(
        "receipts",
        "",
        N_("Receipts"),
        N_("Your contributions received") if to_donor else N_("Contributions received"),
        columns,
        lines,
        total_label=N_("Total"),
        notes=(
            N_("Before bank charges."),
            *([IDENTIFIED_LATER] if any(line.identified for line in lines) else []),
        ),
    )


def _refunds(lines: tuple[RefundLine, ...], unit: str, *, to_donor: bool) -> Table:
    columns = [
        Column("day", N_("Date"), ColumnType.DAY, 12),
        Column("what", N_("What"), ColumnType.TERM, 40),
        Column("bank_reference", N_("Bank reference"), ColumnType.TEXT, 20),
        Column("value", phrase("Paid back, {unit}", unit=unit), ColumnType.MONEY, 18, total=True),
    ]
    title = N_("Paid back to you") if to_donor else N_("Paid back to the donor")
    return table("refunds", "", N_("Refunds"), title, columns, lines, total_label=N_("Total"))


def _in_kind(lines: tuple[InKindLine, ...], unit: str, *, to_donor: bool) -> Table:
    columns = [
        Column("day", N_("Date"), ColumnType.DAY, 12),
        Column("what", N_("What was given"), ColumnType.TERM, 40),
        Column("valuation", N_("Valuation"), ColumnType.TEXT, 30),
        Column("value", phrase("Value, {unit}", unit=unit), ColumnType.MONEY, 18, total=True),
    ]
    title = N_("Your contributions in kind") if to_donor else N_("Contributions in kind")
    return table("in_kind", "", N_("In kind"), title, columns, lines, total_label=N_("Total"))
