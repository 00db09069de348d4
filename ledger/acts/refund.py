"""Record money paid back: to a donor, or an unclaimed receipt to its sender."""

from collections.abc import Sequence

from beancount.core.amount import Amount

from ledger.acts import agreements, compose, values
from ledger.acts.act import Field
from ledger.acts.entry import EntryAct, bank_of, bank_reference, day_of, narration, rate, reason
from ledger.acts.relations import Relation, Word, excludes
from ledger.book.append import Entries
from ledger.language.models import Donor
from ledger.model.purposes import GENERAL, purpose_of
from ledger.model.unclaimed import Unclaimed


class Refund(EntryAct):
    """Record money paid back to a donor (the pledge stays settled), or an unclaimed receipt returned to its sender."""

    name = "refund"
    example = "vfund refund --donor ESP --amount '1500 USD' --reason 'Unspent balance, agreement art. 7'"

    unclaimed = Field[Unclaimed | None](
        values.UNCLAIMED, "Instead of a donor: return an unclaimed receipt, UR-2026-001, to its sender", silent=True
    )
    donor = Field[Donor](values.DONOR, "Donor (code or name)", unless=lambda act: act.to_sender())
    day = day_of("Date of the payment")
    amount = Field[Amount](
        values.AMOUNT,
        "Amount, such as 1500 USD",
        "How much (of an unclaimed receipt, by default all that is left).",
        unless=lambda act: act.to_sender(),
    )
    rate = rate()
    bank = bank_of("Bank account, or Liabilities:AccountsPayable for what an import booked already", values.PAID_FROM)
    bank_reference = bank_reference()
    purpose = Field[str | None](
        values.PURPOSE,
        "For which purpose it had been given",
        "For which purpose it had been given (default: the only purpose of the donor's receipts).",
        suggest=lambda act: act.only_purpose(),
        asks=lambda act: not act.to_sender(),
        optional=True,
    )
    reason = reason()
    narration = narration(lambda act: "Returned to the sender" if act.to_sender() else "Refund")

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:
        """Return which fields exclude or must agree with each other."""
        return (
            excludes(word("unclaimed"), word("donor"), word("purpose"), word("rate")),
            agreements.left_of_unclaimed(word("unclaimed"), word("amount")),
            agreements.other_currency(word("rate"), word("amount")),
        )

    def to_sender(self) -> bool:
        """Return whether an unclaimed receipt goes back to its sender."""
        return "unclaimed" in self.stated

    def only_purpose(self) -> str | None:
        """Return the purpose of all that the donor gave, where it is one."""
        given = {
            purpose_of(self.fund, item.entry, posting)
            for item in self.fund.contributions
            if self.donor and item.account.donor == self.donor.account
            for posting in item.entry.txn.postings
            if posting.account == item.account.name
        }
        return next(iter(given)) if len(given) == 1 and given != {GENERAL} else None

    def entries(self) -> Entries:
        """Return the refund."""
        meta = self.notes(reason=self.reason, bank_reference=self.bank_reference, purpose=self.purpose)
        day, bank, words = self.day, self.bank, self.narration
        if self.unclaimed is not None:
            part = self.values.get("amount")
            txn = compose.give_back(self.unclaimed, part, day=day, bank=bank, narration=words, meta=meta)
            return Entries([txn], f"{self.unclaimed.link}: returned to the sender")
        txn = compose.refund(
            self.fund, self.donor, self.amount, day=day, bank=bank, narration=words, rate=self.rate, meta=meta
        )
        return Entries([txn], f"Refund to {self.donor.name_en}")
