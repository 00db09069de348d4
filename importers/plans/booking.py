"""Turn a line of a statement into an entry: a receipt, an unclaimed receipt, a payment, charges, interest, a transfer.

What leaves the bank settles `Liabilities:AccountsPayable`, where expenditure and indirect costs wait for it; money on
its way between two accounts of the fund passes `Assets:Bank:InTransit`. So every line moves the bank account of the
book, and only lines do.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from beancount.core.amount import Amount
from beancount.core.data import Balance, Transaction, new_metadata

from importers.ground.records import Line, Statement
from importers.matching.credits import Credit
from importers.matching.matcher import Match
from importers.plans.movements import IdentifiedLine
from ledger.acts import compose
from ledger.acts.postings import entry_of, posting_of, price_of, with_decimals
from ledger.acts.reversing import take_back
from ledger.ground.errors import InvalidEntryError
from ledger.ground.money import ZERO
from ledger.language.accounts import BANK_CHARGES, IN_TRANSIT, INTEREST, OPENING, PAYABLE
from ledger.language.kinds import Kind
from ledger.model import numbering
from ledger.model.entries import Entry
from ledger.model.fund import Fund


@dataclass(slots=True)
class Numbers:
    """Running numbers while entries are made that the book does not have yet."""

    fund: Fund
    _receipts: dict[str, int] = field(default_factory=dict)
    _unclaimed: dict[str, int] = field(default_factory=dict)
    _first: dict[int, str] = field(default_factory=dict)
    _links: dict[int, str] = field(default_factory=dict)

    def next_receipt_number(self, day: date) -> str:
        """Return the next receipt number."""
        if day.year not in self._first:
            self._first[day.year] = numbering.next_receipt_number(self.fund, day)
        first = numbering.read(self._first[day.year])
        if first is None:  # `next_receipt_number` gives a number that can be read
            raise InvalidEntryError(f"{self._first[day.year]} is no receipt number")
        value = max(self._receipts.get(first.series, 0) + 1, first.value)
        self._receipts[first.series] = value
        return first.then(value)

    def next_unclaimed_link(self, day: date) -> str:
        """Return the next link of an unclaimed receipt."""
        if day.year not in self._links:
            self._links[day.year] = numbering.next_unclaimed_link(self.fund, day)
        stem, _, number = self._links[day.year].rpartition("-")
        value = max(self._unclaimed.get(stem, 0) + 1, int(number))
        self._unclaimed[stem] = value
        return f"{stem}-{value:03d}"


@dataclass(frozen=True, slots=True)
class Bookkeeper:
    """Makes entries for one file: who records them, when, and the digest of the file that proves them."""

    fund: Fund
    numbers: Numbers
    recorded_by: str | None
    today: date
    sha256: str

    def book_receipt(self, item: IdentifiedLine, bank: str, match: Match) -> list[Transaction]:
        """Book a certain match, and the charge for indirect costs on it.

        Raises:
            InvalidEntryError: when it cannot be put into an entry.

        """
        line, donor = item.line, self.fund.registry.donors[match.donor]
        meta = self._meta(item) | {"receipt-number": self.numbers.next_receipt_number(line.day)}
        txn = compose.receipt(
            self.fund,
            donor,
            day=line.day,
            bank=bank,
            credited=Amount(line.number, line.currency),
            charges=match.charges,
            takes=match.takes,
            unpledged=ZERO,
            narration=line.text or "Contribution received",
            meta=meta,
        )
        charge = compose.indirect_costs(self.fund, txn, bank)
        return [txn, charge] if charge else [txn]

    def book_unclaimed(self, item: IdentifiedLine, bank: str) -> Transaction:
        """Book a credit whose donor is not certain, with all that a person needs to tell whose it is."""
        line = item.line
        txn = compose.unclaimed(
            self.fund,
            day=line.day,
            bank=bank,
            credited=Amount(line.number, line.currency),
            link=self.numbers.next_unclaimed_link(line.day),
            narration=line.text or "Credit without a known donor",
            meta=self._meta(item),
        )
        return txn._replace(payee=line.party.name or None)

    def book_payment(self, item: IdentifiedLine, bank: str, account: str = PAYABLE) -> Transaction:
        """Book money that left the bank, or came back."""
        return self._compose(item, bank, Kind.PAYMENT, account, "Payment")

    def book_return(self, item: IdentifiedLine, entry: Entry) -> list[Transaction]:
        """Book that the bank took the credit of an entry back.

        That is the reversal of it, of what identified it, and of the charge on it.
        """
        meta = self._meta(item) | {"reason": "Returned by the bank", "returned": True}
        words = item.line.text or "Returned by the bank"
        return take_back(self.fund, entry, day=item.line.day, narration=words, meta=meta)

    def book_charges(self, item: IdentifiedLine, bank: str, purpose: str | None) -> Transaction:
        """Book what the bank took for itself; a purpose bears it, or (None) the fund as a whole."""
        txn = self._compose(item, bank, Kind.PAYMENT, BANK_CHARGES, "Bank charges")
        return txn._replace(meta=txn.meta | {"purpose": purpose}) if purpose else txn

    def book_interest(self, item: IdentifiedLine, bank: str) -> Transaction:
        """Book interest that the bank paid."""
        return self._compose(item, bank, Kind.INTEREST, INTEREST, "Interest")

    def book_transfer(self, item: IdentifiedLine, bank: str) -> Transaction:
        """Book one end of a transfer between two accounts of the fund."""
        return self._compose(item, bank, Kind.TRANSFER, IN_TRANSIT, "Transfer between accounts of the fund")

    def book_opening(self, statement: Statement, bank: str, day: date) -> Transaction:
        """Bring the balance with which the bank's first statement opens into the book."""
        number = statement.opening.number if statement.opening else ZERO
        price = price_of(self.fund, statement.currency, day, None)
        postings = [
            posting_of(bank, number, statement.currency, price=price),
            posting_of(OPENING, -number, statement.currency, price=price),
        ]
        meta = {
            "recorded": self._day_of_recording(day),
            "recorded-by": self.recorded_by,
            "statement-sha256": self.sha256,
        }
        return entry_of(
            Kind.OPENING,
            day,
            "",
            f"Opening balance of statement {statement.identity}, brought forward before the first entry",
            postings,
            meta,
            [],
        )

    def _compose(self, item: IdentifiedLine, bank: str, kind: Kind, other: str, narration: str) -> Transaction:
        line = item.line
        price = price_of(self.fund, line.currency, line.day, None)
        postings = [
            posting_of(other, -line.number, line.currency, price=price),
            posting_of(bank, line.number, line.currency, price=price),
        ]
        return entry_of(kind, line.day, line.party.name, line.text or narration, postings, self._meta(item), [])

    def _meta(self, item: IdentifiedLine) -> dict[str, Any]:
        line = item.line
        return {
            "bank-reference": item.reference,
            "import-id": item.import_id,
            "batch-reference": item.batch.upper(),
            "value-date": line.value_day if line.value_day != line.day else None,
            "payer-account": line.party.account,
            "payer-bic": line.party.bic,
            "instructed": _describe_instructed(line),
            "statement-sha256": self.sha256,
            "recorded": self._day_of_recording(line.day),
            "recorded-by": self.recorded_by,
        }

    def _day_of_recording(self, day: date) -> date | None:
        return self.today if self.today != day else None


def _describe_instructed(line: Line) -> str | None:
    instructed_amount = line.instructed
    if instructed_amount is None or (
        instructed_amount.number == abs(line.number) and instructed_amount.currency == line.currency
    ):
        return None
    return f"{with_decimals(instructed_amount.number, instructed_amount.currency)} {instructed_amount.currency}"


def as_credit(item: IdentifiedLine) -> Credit:
    """Return a line as the matcher sees it."""
    line = item.line
    amount = Amount(line.number, line.currency)
    party = line.party
    return Credit(item.import_id, line.day, amount, party.name, party.account, line.text, line.instructed, party.bic)


def assert_balance(statement: Statement, bank: str, day: date, number: Decimal) -> Balance:
    """Assert the closing balance of a statement: Beancount checks a balance at the beginning of a day."""
    meta: dict[str, Any] = {"import-id": statement.identity or "statement"}
    if statement.sequence is not None:
        meta["statement-number"] = str(statement.sequence)
    return Balance(
        new_metadata("<vfund>", 0, meta),
        day,
        bank,
        Amount(with_decimals(number, statement.currency), statement.currency),
        ZERO,
        None,
    )
