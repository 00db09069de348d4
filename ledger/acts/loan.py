"""Record what the fund lends to another fund of the Organization, and what comes back."""

from datetime import date

from beancount.core.amount import Amount

from ledger.acts import values
from ledger.acts.act import Field
from ledger.acts.entry import EntryAct, bank_of, bank_reference, day_of, narration, rate
from ledger.acts.postings import entry_of, posting_of, price_of
from ledger.book.append import Entries
from ledger.ground.money import show
from ledger.language.accounts import LOANS
from ledger.language.kinds import Kind


class Lending(EntryAct):
    """What both acts share: the other fund, and how much goes or comes."""

    day = day_of("Date of the payment")
    fund_name = Field[str](values.TEXT, "The other fund", "The other fund.", word="to")
    amount = Field[Amount](values.AMOUNT, "Amount, such as 1000 USD", "How much.")
    rate = rate()
    bank = bank_of()
    bank_reference = bank_reference()
    narration: Field[str]

    def lent(self, sign: int, due: date | None) -> Entries:
        """Return the entry: what is lent (1), or what comes back (-1)."""
        currency, number = self.amount.currency, self.amount.number * sign
        price = price_of(self.fund, currency, self.day, self.rate)
        postings = [
            posting_of(LOANS, number, currency, price=price),
            posting_of(self.bank, -number, currency, price=price),
        ]
        meta = self.notes(due=due, bank_reference=self.bank_reference)
        txn = entry_of(Kind.LOAN, self.day, self.fund_name, self.narration, postings, meta, [])
        return Entries([txn], f"{self.narration}: {show(self.amount)}, {self.fund_name}")


class Loan(Lending):
    """Record a loan to another fund of the Organization."""

    name = "loan"
    example = "vfund loan --to 'Regular Fund' --amount '1000 USD' --due 2026-12-31"

    due = Field[date](values.DUE, "Until when it is due", "Until when it is due.")
    narration = narration("Loan to another fund")

    def entries(self) -> Entries:
        """Return the loan."""
        return self.lent(1, self.due)


class Repayment(Lending):
    """Record that a loan to another fund comes back, whole or in part."""

    name = "repayment"
    example = "vfund repayment --from 'Regular Fund' --amount '400 USD'"

    fund_name = Field[str](values.TEXT, "The other fund", "The other fund.", word="from")
    narration = narration("Loan returned")

    def entries(self) -> Entries:
        """Return the repayment."""
        return self.lent(-1, None)
