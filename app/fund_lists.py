"""What the fund has, as lists: donors, instalments, receipts, refunds, and what moved an instalment."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from app.listing import Columns, listing
from ledger.ground.money import ZERO
from ledger.ground.phrases import N_, Term, phrase
from ledger.model.entries import text
from ledger.model.fund import Fund
from ledger.model.pledges import Instalment
from ledger.model.receipts import Contribution
from reports.ageing import days_late
from reports.statements.pledges import InstalmentLine
from reports.statements.receipts import ReceiptLine
from reports.table import Cell, ColumnType, Table

_TEXT, _DAY, _MONEY = ColumnType.TEXT, ColumnType.DAY, ColumnType.MONEY


def donor_list(fund: Fund, when: date, language: str) -> Table:
    """List every donor that is registered, in the order of the codes, with its name in a language."""
    held: dict[tuple[str, str], Decimal] = {}
    for item in fund.instalments.values():
        if item.opened.txn.date <= when:
            key = item.account.donor, item.stage
            held[key] = held.get(key, ZERO) + item.worth(item.outstanding(when), fund.rates, when)
    contributions: dict[str, Decimal] = {}
    for c in fund.contributions:
        if c.day <= when:
            contributions[c.account.donor] = contributions.get(c.account.donor, ZERO) + c.value
    rows: list[tuple[Cell, ...]] = []
    for donor in sorted(fund.registry.donors.values(), key=lambda item: item.code):
        left = [held.get((donor.account, stage), ZERO) for stage in ("announced", "committed")]
        category = fund.registry.standing(donor.code, when).category or ""
        rows.append((donor.code, donor.name(language), category, *left, contributions.get(donor.account, ZERO)))
    columns: Columns = {
        N_("Code"): _TEXT,
        N_("Donor"): _TEXT,
        N_("Category"): _TEXT,
        phrase("Announced, {unit}", unit=fund.unit): _MONEY,
        phrase("Committed, {unit}", unit=fund.unit): _MONEY,
        phrase("Received, less refunds, {unit}", unit=fund.unit): _MONEY,
    }
    return listing(columns, rows)


def instalment_list(fund: Fund, lines: Sequence[InstalmentLine], when: date, *, donors: bool = False) -> Table:
    """List instalments, with their donors where they are of several."""
    whose: Columns = {N_("Donor"): _TEXT} if donors else {}
    amounts = (
        *(N_("Pledged"), N_("Brought forward"), N_("Received")),
        *(N_("Given up"), N_("Moved on"), N_("Outstanding")),
    )
    columns: Columns = {
        **whose,
        N_("Instalment"): _TEXT,
        N_("Stage"): _TEXT,
        N_("Due"): _DAY,
        N_("Currency"): _TEXT,
        N_("Days late"): ColumnType.COUNT,
        **dict.fromkeys(amounts, ColumnType.AMOUNT),
        phrase("Outstanding, {unit}", unit=fund.unit): _MONEY,
    }
    rows: list[tuple[Cell, ...]] = []
    for x in lines:
        given_up = x.reduced + x.written_off + x.converted
        late = Decimal(days_late(x.due, when) if x.outstanding else 0)
        figures = (x.pledged, x.brought_forward, x.received, given_up, x.moved_on, x.outstanding)
        terms = (x.instalment, Term(x.stage), x.due, x.currency)
        rows.append((*((x.donor,) if donors else ()), *terms, late, *figures, x.announced + x.committed))
    return listing(columns, rows)


def receipt_list(fund: Fund, lines: Sequence[ReceiptLine]) -> Table:
    """List receipts."""
    columns: Columns = {
        N_("Receipt"): _TEXT,
        N_("Date"): _DAY,
        N_("Identified on"): _DAY,
        N_("Bank reference"): _TEXT,
        N_("Settles"): _TEXT,
        N_("Given"): _TEXT,
        phrase("Received, {unit}", unit=fund.unit): _MONEY,
        phrase("Bank charges, {unit}", unit=fund.unit): _MONEY,
    }
    rows = ((x.number, x.day, x.identified, x.bank_reference, x.settles, x.given, x.value, x.charges) for x in lines)
    return listing(columns, rows)


def refund_list(fund: Fund, back: Sequence[Contribution]) -> Table:
    """List what was paid back."""
    columns: Columns = {
        N_("Date"): _DAY,
        N_("Bank reference"): _TEXT,
        N_("Why"): _TEXT,
        phrase("Paid back, {unit}", unit=fund.unit): _MONEY,
    }
    rows = (
        (c.day, text(txn, "bank-reference"), text(txn, "reason") or txn.narration, -c.value)
        for c in back
        for txn in (c.entry.txn,)
    )
    return listing(columns, rows)


def movement_list(instalments: Sequence[Instalment], when: date) -> Table:
    """List all that moved instalments until the end of a day, in the order in which it happened."""
    columns: Columns = {
        N_("Date"): _DAY,
        N_("Instalment"): _TEXT,
        N_("What"): _TEXT,
        N_("Entry"): _TEXT,
        N_("Currency"): _TEXT,
        N_("Amount"): ColumnType.AMOUNT,
    }
    moves = [(m, i) for i in instalments for m in i.movements if m.day <= when]
    moves.sort(key=lambda pair: (pair[0].day, pair[0].entry.txn.meta["lineno"]))
    rows = ((m.day, i.label, Term(m.effect.value), m.entry.txn.narration, i.currency, m.number) for m, i in moves)
    return listing(columns, rows)
