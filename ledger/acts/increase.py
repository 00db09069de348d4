"""Record that a donor raises a pledge."""

from collections.abc import Sequence
from datetime import date

from beancount.core.amount import Amount

from ledger.acts import agreements, compose, values
from ledger.acts.act import Choice, Field
from ledger.acts.entry import day_of_entry, narration, rate
from ledger.acts.pledge import Promise, day_of_the_entry, instalment
from ledger.acts.relations import Relation, Word, excludes
from ledger.book.append import Entries
from ledger.ground.errors import InvalidEntryError
from ledger.ground.phrases import phrase
from ledger.model.pledges import Pledge
from ledger.model.purposes import common_purpose


class Increase(Promise):
    """Record that the donor of PLEDGE promises more: an announced pledge is raised by its letter, a committed one by an agreement.

    What is added is due by itself, and carried at the rate of its day; the instalments that there are stay as they are.
    """

    name = "increase"
    example = (
        "vfund increase PL-2026-001 --amount '50000 USD' --due 2027-03-31 --agreement 'Exchange of letters of 2 May'"
    )

    day = day_of_entry()
    pledge = Field[Pledge](values.PLEDGE, "Pledge", choices=lambda act: act.raisable(), argument=True)
    amount = Field[Amount](
        values.AMOUNT,
        "By how much, such as 50000 USD",
        "How much is added, such as '50000 USD'.",
        unless=Promise.in_parts,
    )
    instalment = instalment()
    due = Field[date | None](
        values.DUE,
        "Due date (of what is only announced, empty: not said)",
        "Until when the added amount is to be paid; what is committed needs it.",
        unless=lambda act: bool(act.instalment),
        optional=True,
        verify=lambda act: act.has_due_date(),
    )
    rate = rate(Promise.amounts)
    instrument_date = Field[date](values.DAY, "Date of the donor's letter", suggest=day_of_the_entry)
    agreement = Field[str | None](
        values.TEXT,
        "Agreement or exchange of letters",
        "The agreement or exchange of letters by which a committed pledge is raised.",
        asks=lambda act: act.commits,
        optional=True,
        verify=lambda act: act.is_accepted("agreement"),
    )
    accepted = Field[date | None](
        values.DAY,
        "Date of the acceptance",
        "Date of the acceptance of what is added to a committed pledge (default: the date of the entry).",
        suggest=lambda act: day_of_the_entry(act) if act.commits else None,
        asks=lambda act: act.commits,
        optional=True,
        verify=lambda act: act.is_accepted("accepted"),
    )
    purpose = Field[str | None](
        values.PURPOSE,
        "Purpose that the donor states",
        "Purpose that the donor states (default: that of the pledge).",
        suggest=lambda act: common_purpose(act.pledge.instalments) if act.pledge else None,
        optional=True,
    )
    narration = narration("Pledge raised")

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:
        """Return which fields exclude or must agree with each other."""
        amount, instalment, rate = word("amount"), word("instalment"), word("rate")
        return (
            excludes(instalment, word("due")),
            agreements.one_sum(amount, instalment),
            agreements.in_its_currency(word("pledge"), amount),
            agreements.other_currency(rate, amount, instalment),
            agreements.in_order(word("instrument_date"), word("accepted")),
        )

    @property
    def commits(self) -> bool:
        """Whether the pledge is committed, and so is what is added to it."""
        return self.pledge is not None and any(item.stage == "committed" for item in self.pledge.instalments)

    def raisable(self) -> list[Choice]:
        """Return the pledges of which something is outstanding."""
        items = values.open_instalments(self, stage="announced") + values.open_instalments(self)
        result = {item.pledge: item for item in items}
        return [Choice(pledge, values.choice_of(self, item).meaning) for pledge, item in result.items()]

    def has_due_date(self) -> None:
        """Refuse to raise what is committed without a day until which the added amount is due."""
        if self.commits and not self.in_parts() and self.due is None:
            raise ValueError(
                phrase("{pledge} is committed: say until when what is added is due", pledge=self.pledge.id)
            )

    def is_accepted(self, name: str) -> None:
        """Refuse what is said of an acceptance where the pledge is only announced."""
        if self.pledge is not None and not self.commits and self.values.get(name) is not None:
            raise ValueError(
                phrase(
                    "{pledge} is only announced: leave {option} out, or record its agreement first (`vfund agreement {pledge}`)",
                    pledge=self.pledge.id,
                    option=self.word(name),
                )
            )

    def entries(self) -> Entries:
        """Return the increase.

        Raises:
            InvalidEntryError: when it is before the pledge, in another currency, or the donor is not registered.

        """
        donor = self.fund.registry.by_account.get(self.pledge.donor)
        if donor is None:
            raise InvalidEntryError(
                phrase("the donor of {pledge} is not registered; `vfund check` says more", pledge=self.pledge.id)
            )
        meta = self.notes(
            agreement=self.agreement,
            instrument_date=self.instrument_date,
            accepted=self.accepted,
            purpose=self.purpose,
        )
        txn = compose.increase(
            self.fund,
            donor,
            self.pledge,
            self.parts,
            committed=self.commits,
            day=self.day,
            narration=self.narration,
            rate=self.rate,
            meta=meta,
        )
        return Entries([txn], f"{self.pledge.id}: raised by {donor.name_en}", {"pledge": self.pledge.id})
