"""Record a bank credit whose donor is not known yet."""

from collections.abc import Sequence
from datetime import date

from beancount.core.amount import Amount

from ledger.acts import agreements, compose, values
from ledger.acts.act import Field
from ledger.acts.entry import EntryAct, bank_of, bank_reference, day_of, narration, rate
from ledger.acts.relations import Relation, Word
from ledger.book.append import Entries
from ledger.model.numbering import next_unclaimed_link


class RecordUnclaimed(EntryAct):
    """Record a bank credit whose donor is not known yet; `vfund identify` moves it on when the donor is found."""

    name = "unclaimed"
    example = "vfund unclaimed --amount '500 USD' --bank-reference FT-1"

    day = day_of("Date of the credit")
    amount = Field[Amount](
        values.AMOUNT, "Amount credited, such as 500 USD", "What the bank credited, such as '500 USD'."
    )
    rate = rate()
    bank = bank_of()
    bank_reference = bank_reference()
    narration = narration("Credit without a known donor")

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:
        """Return that a rate is for another currency than the unit of account."""
        return (agreements.other_currency(word("rate"), word("amount")),)

    def entries(self) -> Entries:
        """Return the credit, under the next free link."""
        day: date = self.day
        link = next_unclaimed_link(self.fund, day)
        txn = compose.unclaimed(
            self.fund,
            day=day,
            bank=self.bank,
            credited=self.amount,
            link=link,
            narration=self.narration,
            rate=self.rate,
            meta=self.notes(bank_reference=self.bank_reference),
        )
        return Entries([txn], f"{link}: unclaimed receipt", {"link": link})
