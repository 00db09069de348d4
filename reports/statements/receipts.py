"""Statement 4: register of receipts of the quarter, one line per receipt, in the order of their numbers.

A receipt is of the quarter in which its donor was known, because it is income from then on; its date is that on which
the bank credited it.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from beancount.core.amount import Amount

from ledger.ground.phrases import N_, Phrase, Text, join, money, phrase
from ledger.language.accounts import Role
from ledger.model import entries
from ledger.model.fund import Fund
from ledger.model.purposes import GENERAL, purpose_of
from ledger.model.receipts import Receipt
from reports.figures import Figure
from reports.names import Names
from reports.statement import Sources, Statement, column, columns_of, table_line
from reports.table import ColumnType

IDENTIFIED_LATER = N_(
    "Date: when the bank credited it. What came in before its donor was known is a contribution from the day on which the donor was identified."
)


@table_line
class ReceiptLine:
    """One receipt.

    `day` is that on which the bank credited it (of a reversal, that of the reversal), `identified` that on which its
    donor was identified, where the money had waited for that. `value` and `charges` are in the unit of account; `given`
    and `settles` are as text, each in its currency.
    """

    number: Text = column(N_("Receipt"), ColumnType.TERM, 13)
    day: date = column(N_("Date"), ColumnType.DAY, 11)
    identified: date | None = column(N_("Identified on"), ColumnType.DAY, 11)
    category: str = column(N_("Donor category"), ColumnType.TEXT, 15)
    donor: str = column(N_("Donor"), ColumnType.TEXT, 19)
    given: Text = column(N_("Given"), ColumnType.TERM, 16)
    value: Decimal = column(N_("Received, {unit}"), ColumnType.MONEY, 14, total=True)
    charges: Decimal = column(N_("Bank charges, {unit}"), ColumnType.MONEY, 12, total=True)
    bank_reference: str = column(N_("Bank reference"), ColumnType.TEXT, 14)
    settles: Text = column(N_("Settles"), ColumnType.TERM, 22)
    purpose: str = column(N_("Purpose"), ColumnType.TEXT, 13)
    source: str = column(N_("Source"), ColumnType.TEXT, 27)


def receipts(of: Sources) -> tuple[ReceiptLine, ...]:
    """Build the register of one quarter; reversals are lines with negative amounts."""
    begin, end = of.scope.quarter.begin, of.scope.as_of
    return register(of.fund, (r for r in of.fund.receipts if begin <= r.day <= end), of.names)


def register(fund: Fund, receipts: Iterable[Receipt], names: Names) -> tuple[ReceiptLine, ...]:
    """Build the register of some receipts."""
    lines = [_line(fund, item, names) for item in receipts]
    return tuple(sorted(lines, key=lambda row: (isinstance(row.number, Phrase), str(row.number), row.day)))


def _line(fund: Fund, item: Receipt, names: Names) -> ReceiptLine:
    number: Text = item.number
    if item.reversal and not item.number:
        corrects = entries.text(item.entry.txn, "corrects")
        is_return = item.entry.txn.meta.get("returned") is True
        reversal_note = phrase("reverses {receipt}", receipt=corrects)
        number = phrase("returned by the bank: {receipt}", receipt=corrects) if is_return else reversal_note
    credit = fund.credited_by(item.entry)
    return ReceiptLine(
        number=number,
        day=item.day if item.reversal else credit.txn.date,
        identified=item.day if credit is not item.entry and not item.reversal else None,
        category=names.category(item.account.category),
        donor=names.donor(item.account.donor, item.entry),
        given=join([money(amount) for amount in item.amounts], " + "),
        value=Figure(item.value, (item.entry,)),
        charges=Figure(item.charges, (item.entry,)),
        bank_reference=names.redact(item.bank_reference or entries.text(credit.txn, "bank-reference"), item.entry),
        settles=_settles(item),
        purpose=_purposes(fund, item, names),
        source=names.redact(entries.text(item.entry.txn, "source"), item.entry),
    )


def _purposes(fund: Fund, item: Receipt, names: Names) -> str:
    """Name the purposes of a receipt: stated by it, else those of the instalments that it settles."""
    result = {
        purpose_of(fund, item.entry, posting)
        for part, posting, _ in item.entry.money
        if part.role is Role.CONTRIBUTION and part.donor == item.account.donor
    }
    return ", ".join(names.purpose(slug) for slug in sorted(result) if slug != GENERAL)


def _settles(item: Receipt) -> Text:
    """Return in words what a receipt settles, and what of it nobody pledged."""
    parts: list[Text] = [join([s.label, money(s.settled)], ": ") for s in item.settlements]
    beyond: list[Text] = [
        phrase("not pledged: {amount}", amount=money(Amount(-p.units.number, p.units.currency)))
        for p in item.entry.txn.postings
        if p.meta and p.meta.get("unpledged")
    ]
    return join(parts + beyond) or N_("not pledged")


RECEIPTS = Statement(
    "receipts",
    "4",
    N_("Receipts"),
    N_("Register of receipts of the quarter"),
    columns_of(ReceiptLine),
    receipts,
    notes=(IDENTIFIED_LATER,),
)
