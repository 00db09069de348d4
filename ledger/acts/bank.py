"""Record what a bank does by itself, and money that the fund moves between its own accounts."""

from collections.abc import Sequence
from decimal import Decimal

from beancount.core.amount import Amount

from ledger.acts import agreements, values
from ledger.acts.act import Entries, Field
from ledger.acts.entry import EntryAct, bank_of, bank_reference, day_of, narration, rate_of
from ledger.acts.postings import entry_of, posting_of, price_of, shortened
from ledger.acts.relations import Relation, Word
from ledger.acts.takes import ComposeError
from ledger.ground.money import show
from ledger.language.accounts import BANK_CHARGES, INTEREST
from ledger.language.kinds import Kind

_TEN_DECIMALS = Decimal("1E-10")
"""A rate that a sale brought is rounded to these (house rule): of fifty million units that is less than half a cent."""


class Interest(EntryAct):
    """Record interest that a bank credited."""

    name = "interest"
    example = "vfund interest --amount '12.35 USD' --bank-reference INT-06"

    day = day_of("Date of the credit")
    amount = Field[Amount](values.AMOUNT, "Amount credited, such as 12.35 USD", "What the bank credited.")
    rate = rate_of("amount")
    bank = bank_of()
    bank_reference = bank_reference()
    narration = narration("Interest")

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:
        """Return that a rate is for another currency than the unit of account."""
        return (agreements.other_currency(word("rate"), word("amount")),)

    def entries(self) -> Entries:
        """Return the interest."""
        price = price_of(self.fund, self.amount.currency, self.day, self.rate)
        postings = [
            posting_of(self.bank, self.amount.number, self.amount.currency, price=price),
            posting_of(INTEREST, -self.amount.number, self.amount.currency, price=price),
        ]
        meta = self.notes(bank_reference=self.bank_reference)
        txn = entry_of(Kind.INTEREST, self.day, "", self.narration, postings, meta, [])
        return Entries([txn], f"Interest of {show(self.amount)}")


class BankCharge(EntryAct):
    """Record a charge that a bank took by itself; what it kept of a credit is recorded with the receipt."""

    name = "bank-charge"
    example = "vfund bank-charge --amount '35 USD' --bank-reference FEE-06"

    day = day_of("Date of the charge")
    amount = Field[Amount](values.AMOUNT, "Amount, such as 35 USD", "What the bank took.")
    rate = rate_of("amount")
    bank = bank_of()
    bank_reference = bank_reference()
    narration = narration("Bank charges")

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:
        """Return that a rate is for another currency than the unit of account."""
        return (agreements.other_currency(word("rate"), word("amount")),)

    def entries(self) -> Entries:
        """Return the charge."""
        price = price_of(self.fund, self.amount.currency, self.day, self.rate)
        postings = [
            posting_of(BANK_CHARGES, self.amount.number, self.amount.currency, price=price),
            posting_of(self.bank, -self.amount.number, self.amount.currency, price=price),
        ]
        meta = self.notes(bank_reference=self.bank_reference)
        txn = entry_of(Kind.PAYMENT, self.day, "", self.narration, postings, meta, [])
        return Entries([txn], f"Bank charge of {show(self.amount)}")


class Transfer(EntryAct):
    """Record money that the fund moves between two of its bank accounts; with --receives in another currency, a sale of currency.

    What the sale gained or lost against the rates at which the money came in is recognised by itself (statement 1).
    """

    name = "transfer"
    example = (
        "vfund transfer --amount '1000 EUR' --bank Assets:Bank:Euro --receives '1140 USD' --to Assets:Bank:Operating"
    )

    day = day_of("Date of the transfer")
    amount = Field[Amount](values.AMOUNT, "Amount that left, such as 1000 EUR", "What left the account.")
    bank = Field[str](values.BANK, "Bank account that it left")
    to = Field[str](values.BANK, "Bank account that it reached", verify=lambda act: act.another())
    receives = Field[Amount](
        values.AMOUNT,
        "Amount that came in",
        "What came in (default: the same; in another currency it is a sale).",
        suggest=lambda act: act.values.get("amount") and show(act.amount),
    )
    rate = rate_of("amount")
    bank_reference = bank_reference()
    narration = narration("Transfer between accounts of the fund")

    def another(self) -> None:
        """Refuse a transfer from an account to itself.

        Raises:
            ValueError: when both are one account.

        """
        if self.to is not None and self.to == self.bank:
            raise ValueError(f"{self.to} is the account that it left")

    def entries(self) -> Entries:
        """Return the transfer; of a sale, what left stands at the rate that the sale brought."""
        left, came = self.amount, self.receives
        if left.currency == came.currency and left.number != came.number:
            raise ComposeError(
                f"{show(left)} left, and {show(came)} came in: record what the bank kept with `vfund bank-charge`"
            )
        out = price_of(self.fund, left.currency, self.day, self.rate)
        into = price_of(self.fund, came.currency, self.day, None) if came.currency != left.currency else out
        if came.currency == self.fund.unit and left.currency != self.fund.unit and self.rate is None:
            out = Amount(shortened((came.number / left.number).quantize(_TEN_DECIMALS)), self.fund.unit)
        postings = [
            posting_of(self.to, came.number, came.currency, price=into),
            posting_of(self.bank, -left.number, left.currency, price=out),
        ]
        meta = self.notes(bank_reference=self.bank_reference)
        txn = entry_of(Kind.TRANSFER, self.day, "", self.narration, postings, meta, [])
        return Entries([txn], f"Transfer of {show(left)}")
