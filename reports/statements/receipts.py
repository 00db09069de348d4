"""Statement 4: register of receipts of the quarter, one line per receipt, in the order of their numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from beancount.core.amount import Amount

from ledger.ground.phrases import N_, Phrase, Text, joined, money, say
from ledger.language.accounts import Role
from ledger.model import entries
from ledger.model.fund import Fund
from ledger.model.purposes import GENERAL, purpose_of
from ledger.model.receipts import Receipt
from ledger.model.unclaimed import links_of
from reports.figures import Figure, total
from reports.scope import Scope
from reports.statements.names import Names
from reports.table import Column, Kind, Table, table


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One receipt. `value` and `charges` are in the unit of account; `given` and `settles` are as text, each in its currency."""

    number: Text
    day: date
    category: str
    donor: str
    given: Text
    value: Decimal
    charges: Decimal
    bank_reference: str
    settles: Text
    purpose: str
    source: str


@dataclass(frozen=True, slots=True)
class Receipts:
    """The receipts of a quarter; reversals are lines with negative amounts."""

    lines: tuple[ReceiptLine, ...]

    @property
    def total(self) -> Figure:
        """All receipts, before bank charges."""
        return total(line.value for line in self.lines)

    def table(self, unit: str) -> Table:
        """Give the register as a table."""
        columns = [
            Column("number", N_("Receipt"), Kind.TERM, 13),
            Column("day", N_("Date"), Kind.DAY, 11),
            Column("category", N_("Donor category"), Kind.TEXT, 15),
            Column("donor", N_("Donor"), Kind.TEXT, 19),
            Column("given", N_("Given"), Kind.TERM, 16),
            Column("value", say("Received, {unit}", unit=unit), Kind.MONEY, 14, total=True),
            Column("charges", say("Bank charges, {unit}", unit=unit), Kind.MONEY, 12, total=True),
            Column("bank_reference", N_("Bank reference"), Kind.TEXT, 14),
            Column("settles", N_("Settles"), Kind.TERM, 22),
            Column("purpose", N_("Purpose"), Kind.TEXT, 13),
            Column("source", N_("Source"), Kind.TEXT, 27),
        ]
        return table(
            "receipts",
            "4",
            N_("Receipts"),
            N_("Register of receipts of the quarter"),
            columns,
            self.lines,
            total_label=N_("Total"),
        )


def receipts(fund: Fund, scope: Scope, names: Names) -> Receipts:
    """Build the register of one quarter."""
    return register(fund, (r for r in fund.receipts if scope.quarter.begin <= r.day <= scope.as_of), names)


def register(fund: Fund, chosen: Iterable[Receipt], names: Names) -> Receipts:
    """Build the register of some receipts."""
    lines = [_line(fund, item, names) for item in chosen]
    return Receipts(tuple(sorted(lines, key=lambda row: (isinstance(row.number, Phrase), str(row.number), row.day))))


def _line(fund: Fund, item: Receipt, names: Names) -> ReceiptLine:
    number: Text = item.number
    if item.reversal and not item.number:
        corrects = entries.text(item.entry.txn, "corrects")
        returned = item.entry.txn.meta.get("returned") is True
        reversed_ = say("reverses {receipt}", receipt=corrects)
        number = say("returned by the bank: {receipt}", receipt=corrects) if returned else reversed_
    return ReceiptLine(
        number=number,
        day=item.day,
        category=names.category(item.account.category),
        donor=names.donor(item.account.donor, item.entry),
        given=joined([money(amount) for amount in item.given], " + "),
        value=Figure(item.value, (item.entry,)),
        charges=Figure(item.charges, (item.entry,)),
        bank_reference=names.told(item.bank_reference or _of_the_credit(fund, item), item.entry),
        settles=_settles(item),
        purpose=_purposes(fund, item, names),
        source=names.told(entries.text(item.entry.txn, "source"), item.entry),
    )


def _of_the_credit(fund: Fund, item: Receipt) -> str:
    """Give the bank reference of the unclaimed receipt that was identified: the bank credited it then."""
    found = fund.unclaimed
    credits_ = [found[link].opened.txn for link in links_of(item.entry.txn.links or frozenset()) if link in found]
    return ", ".join(entries.text(credit, "bank-reference") for credit in credits_)


def _purposes(fund: Fund, item: Receipt, names: Names) -> str:
    """Name the purposes of a receipt: stated by it, else those of the instalments that it settles."""
    found = {
        purpose_of(fund, item.entry, posting)
        for part, posting, _ in item.entry.money
        if part.role is Role.CONTRIBUTION and part.donor == item.account.donor
    }
    return ", ".join(names.purpose(slug) for slug in sorted(found) if slug != GENERAL)


def _settles(item: Receipt) -> Text:
    """Say what a receipt settles, and what of it nobody pledged."""
    settled: list[Text] = [joined([s.label, money(s.settled)], ": ") for s in item.settlements]
    beyond: list[Text] = [
        say("not pledged: {amount}", amount=money(Amount(-p.units.number, p.units.currency)))
        for p in item.entry.txn.postings
        if p.meta and p.meta.get("unpledged")
    ]
    return joined(settled + beyond) or N_("not pledged")
