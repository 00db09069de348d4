"""Record what a bank does by itself, and money that the fund moves between its own accounts."""

from collections.abc import Sequence
from decimal import Decimal

from beancount.core.amount import Amount

from ledger.acts import agreements, values
from ledger.acts.act import Entries, Field
from ledger.acts.entry import EntryAct, bank_of, bank_reference, day_of, narration, rate
from ledger.acts.postings import entry_of, posting_of, price_of, rate_of, shortened
from ledger.acts.relations import Relation, Word, excludes
from ledger.ground.money import show
from ledger.ground.phrases import say
from ledger.language.accounts import BANK_CHARGES, INTEREST
from ledger.language.kinds import Kind

_TEN_DECIMALS = Decimal("1E-10")
"""A rate that a sale brought is rounded to these (house rule): of fifty million units that is less than half a cent."""


class Movement(EntryAct):
    """What both acts share: the bank moves money by itself."""

    day = day_of("Date of the bank's movement")
    amount = Field[Amount](values.AMOUNT, "Amount, such as 12.35 USD", "How much.")
    rate = rate()
    bank = bank_of()
    bank_reference = bank_reference()
    narration: Field[str]

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:
        """Return that a rate is for another currency than the unit of account."""
        return (agreements.other_currency(word("rate"), word("amount")),)

    def moved(self, kind: Kind, account: str, sign: int) -> Entries:
        """Return the entry: the bank takes (1) or gives (-1), against an account."""
        number, currency = self.amount.number * sign, self.amount.currency
        price = price_of(self.fund, currency, self.day, self.rate)
        postings = [
            posting_of(account, number, currency, price=price),
            posting_of(self.bank, -number, currency, price=price),
        ]
        meta = self.notes(bank_reference=self.bank_reference)
        txn = entry_of(kind, self.day, "", self.narration, postings, meta, [])
        return Entries([txn], f"{self.narration}: {show(self.amount)}")


class Interest(Movement):
    """Record interest that a bank credited."""

    name = "interest"
    example = "vfund interest --amount '12.35 USD' --bank-reference INT-06"
    narration = narration("Interest")

    def entries(self) -> Entries:
        """Return the interest."""
        return self.moved(Kind.INTEREST, INTEREST, -1)


class BankCharge(Movement):
    """Record a charge that a bank took by itself; what it kept of a credit is recorded with the receipt."""

    name = "bank-charge"
    example = "vfund bank-charge --amount '35 USD' --bank-reference FEE-06"
    narration = narration("Bank charges")

    def entries(self) -> Entries:
        """Return the charge."""
        return self.moved(Kind.PAYMENT, BANK_CHARGES, 1)


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
        verify=lambda act: act.arrives_whole(),
    )
    rate = rate(known=lambda act: act.sells())
    bank_reference = bank_reference()
    narration = narration("Transfer between accounts of the fund")

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:
        """Return that the rate of a sale follows from its amounts."""
        return (
            excludes(word("rate"), word("receives")),
            agreements.other_currency(word("rate"), word("amount")),
        )

    def sells(self) -> bool:
        """Return whether another currency comes in than left."""
        left, came = self.values.get("amount"), self.values.get("receives")
        return left is not None and came is not None and left.currency != came.currency

    def arrives_whole(self) -> None:
        """Refuse a transfer in one currency of which something else comes in than left.

        Raises:
            ValueError: when they differ.

        """
        left, came = self.values.get("amount"), self.values.get("receives")
        if left is not None and came is not None and not self.sells() and left != came:
            raise ValueError(
                say(
                    "{left} left, and {came} came in: what the bank kept is recorded with `vfund bank-charge`",
                    left=left,
                    came=came,
                )
            )

    def another(self) -> None:
        """Refuse a transfer from an account to itself.

        Raises:
            ValueError: when both are one account.

        """
        if self.to is not None and self.to == self.bank:
            raise ValueError(say("{account} is the account that it left", account=self.to))

    def entries(self) -> Entries:
        """Return the transfer.

        Both ends of a sale are worth the same: what is in the unit of account says how much; of two other currencies, what came in at the rate of
        the book (house rule). So the entry balances, and what was gained or lost is what left against the rate at which it had come in.
        """
        left, came, unit = self.amount, self.receives, self.fund.unit
        if not self.sells():
            out = into = price_of(self.fund, left.currency, self.day, self.rate)
        else:
            worth = left.number if left.currency == unit else came.number
            if unit not in {left.currency, came.currency}:
                worth *= rate_of(self.fund, came.currency, self.day, None)
            out, into = _price_in_sale(left, worth, unit), _price_in_sale(came, worth, unit)
        postings = [
            posting_of(self.to, came.number, came.currency, price=into),
            posting_of(self.bank, -left.number, left.currency, price=out),
        ]
        meta = self.notes(bank_reference=self.bank_reference)
        txn = entry_of(Kind.TRANSFER, self.day, "", self.narration, postings, meta, [])
        return Entries([txn], f"Transfer of {show(left)}")


def _price_in_sale(amount: Amount, worth: Decimal, unit: str) -> Amount | None:
    """Return the rate at which an amount is worth so much; None for the unit of account itself."""
    if amount.currency == unit:
        return None
    return Amount(shortened((worth / amount.number).quantize(_TEN_DECIMALS)), unit)
