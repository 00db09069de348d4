"""Statement 4: register of receipts of the quarter, one line per receipt, in the order of their numbers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from beancount.core.amount import Amount

from ledger.fund import Fund
from ledger.money import ZERO, show
from ledger.periods import Quarter
from ledger.publication import donor_name
from ledger.receipts import Receipt


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One receipt. `value` and `charges` are in the unit of account; `given` and `settles` are as text, each in its currency."""

    number: str
    day: date
    category: str
    donor: str
    given: str
    value: Decimal
    charges: Decimal
    bank_reference: str
    settles: str
    purpose: str
    source: str


@dataclass(frozen=True, slots=True)
class Receipts:
    """The receipts of a quarter; reversals are lines with negative amounts."""

    lines: tuple[ReceiptLine, ...]

    @property
    def total(self) -> Decimal:
        """All receipts, before bank charges."""
        return sum((line.value for line in self.lines), ZERO)


def receipts(fund: Fund, quarter: Quarter, language: str = "en") -> Receipts:
    """Build the register of one quarter."""
    lines = []
    for item in fund.receipts:
        if item.day not in quarter:
            continue
        slug = fund.registry.by_category_account.get(item.account.category)
        lines.append(
            ReceiptLine(
                number=item.number or (f"reverses {item.entry.meta.get('corrects', '')}" if item.reversal else ""),
                day=item.day,
                category=fund.registry.categories[slug].name(language) if slug else item.account.category,
                donor=donor_name(fund, item.account.donor, item.entry, language),
                given=" + ".join(show(amount) for amount in item.given),
                value=item.value,
                charges=item.charges,
                bank_reference=item.bank_reference,
                settles=_settles(item),
                purpose=item.purpose,
                source=str(item.entry.meta.get("source", "")),
            )
        )
    return Receipts(tuple(sorted(lines, key=lambda row: (row.number == "", row.number, row.day))))


def _settles(item: Receipt) -> str:
    """Say what a receipt settles, and what of it nobody pledged."""
    settled = [f"{s.label}: {show(s.settled)}" for s in item.settlements]
    beyond = [
        f"not pledged: {show(Amount(-p.units.number, p.units.currency))}"
        for p in item.entry.postings
        if p.meta and p.meta.get("unpledged")
    ]
    return ", ".join(settled + beyond) or "not pledged"
