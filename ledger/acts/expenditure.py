"""Record what the fund spends: an expenditure that is owed, or paid at once, and the payment of what is owed."""

from collections.abc import Sequence
from decimal import Decimal

from beancount.core.amount import Amount

from ledger.acts import agreements, values
from ledger.acts.act import Act, Choice, Field, FieldType
from ledger.acts.entry import EntryAct, bank_of, bank_reference, day_of, narration, rate
from ledger.acts.postings import entry_of, posting_of, price_of
from ledger.acts.relations import Relation, Word, needs
from ledger.book.append import Entries
from ledger.ground.money import show
from ledger.ground.phrases import phrase
from ledger.language.accounts import BANK_CHARGES, PAYABLE, Role, account
from ledger.language.kinds import Kind
from ledger.language.models import Donor
from ledger.language.nearest import did_you_mean

_PREFIX = "Expenses:"


def _objects(act: Act) -> Sequence[Choice]:
    """Return the objects of expenditure: the accounts that the book has for them."""
    names = [name for name in act.fund.contents.opens if account(name).role is Role.EXPENDITURE]
    return [Choice(name.removeprefix(_PREFIX)) for name in names]


def _object(act: Act, text: str) -> str:
    names = [choice.text for choice in _objects(act)]
    if text.removeprefix(_PREFIX) not in names:
        hint = did_you_mean(text, names)
        raise ValueError(phrase("{text!r} is not an object of expenditure of the book; {hint}", text=text, hint=hint))
    return _PREFIX + text.removeprefix(_PREFIX)


OBJECT = FieldType("OBJECT", _object, choices=_objects)


class Expenditure(EntryAct):
    """Record an expenditure: goods or services that the fund has received, for a purpose.

    It is owed until a bank pays it (`vfund payment`, or the bank's statement); --paid-from says that it was paid at
    once.
    """

    name = "expenditure"
    example = "vfund expenditure --object Travel --amount '1250 USD' --purpose country-visits --document INV-77 --payee 'Travel agency'"

    day = day_of("Date of the invoice")
    object = Field[str](OBJECT, "Object of expenditure", "Object of expenditure, an account below Expenses.")
    amount = Field[Amount](values.AMOUNT, "Amount, such as 1250 USD", "How much.")
    rate = rate()
    purpose = Field[str](values.PURPOSE, "Purpose that it serves")
    document = Field[str](values.TEXT, "Number of the invoice or claim")
    payee = Field[str | None](values.TEXT, "Payee", "Who is paid.", optional=True)
    donor = Field[Donor | None](values.DONOR, "Donor whose money it is, where that is agreed", silent=True)
    paid_from = Field[str | None](values.BANK, "Bank account that paid it at once (default: it is owed)", silent=True)
    bank_reference = Field[str | None](values.TEXT, "The bank's reference, where it was paid at once", silent=True)
    narration = narration("Expenditure")

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:
        """Return which fields need each other."""
        return (
            needs(word("bank_reference"), word("paid_from")),
            agreements.other_currency(word("rate"), word("amount")),
        )

    def entries(self) -> Entries:
        """Return the expenditure."""
        price = price_of(self.fund, self.amount.currency, self.day, self.rate)
        postings = [
            posting_of(self.object, self.amount.number, self.amount.currency, price=price),
            posting_of(self.paid_from or PAYABLE, -self.amount.number, self.amount.currency, price=price),
        ]
        meta = self.notes(
            purpose=self.purpose,
            document=self.document,
            donor=self.donor.code if self.donor else None,
            bank_reference=self.bank_reference,
        )
        txn = entry_of(Kind.EXPENDITURE, self.day, self.payee or "", self.narration, postings, meta, [])
        return Entries([txn], f"Expenditure {self.document}, {show(self.amount)}")


class Payment(EntryAct):
    """Record that a bank paid what the fund owes (accounts payable), where no statement is imported that says so."""

    name = "payment"
    example = "vfund payment --amount '1250 USD' --bank-reference FT-7 --payee 'Travel agency'"

    day = day_of("Date of the payment")
    amount = Field[Amount](values.AMOUNT, "Amount that left the bank, such as 1250 USD", "What left the bank.")
    charges = Field[Decimal](
        values.NUMBER, "Bank charges beside it", "Bank charges beside it, in the same currency.", suggest="0"
    )
    rate = rate()
    bank = bank_of()
    bank_reference = bank_reference()
    payee = Field[str | None](values.TEXT, "Payee", "Who was paid.", optional=True)
    narration = narration("Payment")

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:
        """Return that a rate is for another currency than the unit of account."""
        return (agreements.other_currency(word("rate"), word("amount")),)

    def entries(self) -> Entries:
        """Return the payment."""
        currency = self.amount.currency
        price = price_of(self.fund, currency, self.day, self.rate)
        postings = [posting_of(PAYABLE, self.amount.number, currency, price=price)]
        if self.charges:
            postings.append(posting_of(BANK_CHARGES, self.charges, currency, price=price))
        postings.append(posting_of(self.bank, -self.amount.number - self.charges, currency, price=price))
        meta = self.notes(bank_reference=self.bank_reference)
        txn = entry_of(Kind.PAYMENT, self.day, self.payee or "", self.narration, postings, meta, [])
        return Entries([txn], f"Payment of {show(self.amount)}")
