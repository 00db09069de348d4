"""Record what a donor promises: announced by a pledge, committed by an agreement."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from beancount.core.amount import Amount

from ledger.acts import agreements, compose, values
from ledger.acts.act import Choice, Field
from ledger.acts.allocations import PromisedPayment
from ledger.acts.entry import EntryAct, day_of_entry, narration, rate
from ledger.acts.lookup import find_pledge
from ledger.acts.relations import Relation, Word, excludes
from ledger.book.append import Entries
from ledger.ground.errors import InvalidEntryError
from ledger.ground.money import ZERO, show
from ledger.ground.phrases import join_with_and, money, phrase
from ledger.language.models import Donor
from ledger.model.numbering import next_pledge_id
from ledger.model.pledges import Instalment, Pledge
from ledger.model.purposes import common_purpose


class Promise(EntryAct):
    """What both acts share: how much is promised in which instalments."""

    day: Field[date]
    amount: Field[Amount]
    due: Field[date | None]
    instalment: Field[list[PromisedPayment]]
    rate: Field[Decimal | None]
    purpose: Field[str | None]
    narration: Field[str]

    def in_parts(self) -> bool:
        """Return whether several payments are stated."""
        return "instalment" in self.texts

    def sums_up(self) -> None:
        """Refuse payments that are not the amount in all."""
        if not self.instalment or "amount" not in self.values:
            return
        sums = {part.amount.currency: ZERO for part in self.instalment}
        for part in self.instalment:
            sums[part.amount.currency] += part.amount.number
        if sums != {self.amount.currency: self.amount.number}:
            whole = join_with_and([money(Amount(value, currency)) for currency, value in sums.items()])
            raise ValueError(
                phrase("in all {sum}, but {amount} is promised: correct one of them", sum=whole, amount=self.amount)
            )

    def amounts(self) -> list[Amount]:
        """Return what is promised, as far as it is filled in."""
        return [part.amount for part in self.parts if part.amount is not None]

    @property
    def parts(self) -> list[PromisedPayment]:
        """The promised payments."""
        return self.instalment or [PromisedPayment(self.amount, self.due)]


def instalment() -> Field[list[PromisedPayment]]:
    """Return the field for several payments, each with the day until which it is due."""
    return Field(
        values.PART,
        "One of several payments, AMOUNT@DUE (empty: it is one)",
        "One of several payments, which are --amount in all (repeat it).",
        asks=lambda act: "due" not in act.texts,
        verify=Promise.sums_up,
        many=True,
    )


def day_of_the_entry(act: Promise) -> str | None:
    """Return the date of the entry, as far as it is filled in."""
    return str(act.day) if act.day else None


class AnnouncePledge(Promise):
    """Record an announced pledge: a written, non-binding statement of a donor.

    Asks for what you leave out. What is signed at once is recorded with `vfund agreement`.
    """

    name = "pledge"
    example = "vfund pledge --donor ARG --amount '200000 USD' --due 2026-12-31 --narration 'Letter of 26 August'"

    donor = Field[Donor](values.DONOR, "Donor (code or name)", help="Donor: code, name or alias.")
    day = day_of_entry()
    amount = Field[Amount](
        values.AMOUNT,
        "Amount and currency, such as 200000 USD",
        "How much, such as '200000 USD'.",
        unless=Promise.in_parts,
    )
    instalment = instalment()
    due = Field[date | None](
        values.DUE,
        "Due date (empty: not said)",
        "Until when it is to be paid, if that was said.",
        unless=lambda act: bool(act.instalment),
        optional=True,
    )
    id = Field[str](
        values.PLEDGE_ID,
        "Id of the pledge",
        "Id of the pledge (default: the next free one).",
        suggest=lambda act: act.day and next_pledge_id(act.fund, act.day),
        verify=lambda act: act.is_new(),
    )
    rate = rate(Promise.amounts)
    purpose = Field[str | None](
        values.PURPOSE, "Purpose that the donor states", "What it is earmarked for.", optional=True
    )
    instrument_date = Field[date](values.DAY, "Date of the letter", suggest=day_of_the_entry)
    conditions = Field[str | None](values.TEXT, "Conditions that the donor made", silent=True)
    narration = narration("Pledge announced")

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:
        """Return which fields exclude, need or must agree with each other."""
        return (
            excludes(word("instalment"), word("due")),
            agreements.one_sum(word("amount"), word("instalment")),
            agreements.other_currency(word("rate"), word("amount"), word("instalment")),
        )

    def is_new(self) -> None:
        """Refuse the id of a pledge that the book has."""
        if self.id in self.fund.pledges:
            raise InvalidEntryError(
                phrase(
                    "{pledge} is in the book: what its donor adds to it is recorded with `vfund increase {pledge}`",
                    pledge=self.id,
                )
            )

    def entries(self) -> Entries:
        """Return the pledge."""
        meta = self.notes(purpose=self.purpose, instrument_date=self.instrument_date, conditions=self.conditions)
        txn = compose.pledge(
            self.fund,
            self.donor,
            self.parts,
            day=self.day,
            identity=self.id,
            narration=self.narration,
            rate=self.rate,
            meta=meta,
        )
        return Entries([txn], f"{self.id}: pledge of {self.donor.name_en}", {"pledge": self.id})


class Agreement(Promise):
    """Record that PLEDGE is committed: accepted by an agreement or an exchange of letters.

    Moves what was announced to committed instalments. Without a PLEDGE a new one begins as committed.
    """

    name = "agreement"
    example = "vfund agreement PL-2026-001 --instalment '150000 USD@2026-10-31' --instalment '50000 USD@2026-12-31'"

    day = day_of_entry()
    pledge = Field[str](
        values.PLEDGE_ID,
        "Pledge (a new id: nothing was announced)",
        suggest=lambda act: act.day and act.may_begin and next_pledge_id(act.fund, act.day),
        choices=lambda act: act.announced_choices(),
        verify=lambda act: act.is_known(),
        argument=True,
    )
    donor = Field[Donor | None](
        values.DONOR,
        "Donor (code or name)",
        "Donor, where nothing was announced before.",
        unless=lambda act: act.pledge_in_book is not None,
    )
    amount = Field[Amount](
        values.AMOUNT,
        "Amount committed",
        "How much is committed (default: all that is announced).",
        suggest=lambda act: act.all_announced(),
        unless=Promise.in_parts,
    )
    instalment = instalment()
    due = Field[date | None](
        values.DUE,
        "Due date",
        suggest=lambda act: None if act.instalment else act.due_as_announced(),
        unless=lambda act: bool(act.instalment),
    )
    agreement = Field[str | None](
        values.TEXT,
        "Agreement or exchange of letters",
        "The agreement, memorandum or exchange of letters.",
        optional=True,
    )
    rate = rate(Promise.amounts, follows=lambda act: bool(act.announced))
    instrument_date = Field[date](
        values.DAY,
        "Date of the donor's offer",
        "Date of the offer (default: that of the announcement).",
        suggest=lambda act: act.offered() or day_of_the_entry(act),
    )
    accepted = Field[date](
        values.DAY,
        "Date of the acceptance",
        "Date of the acceptance (default: the date of the entry).",
        suggest=day_of_the_entry,
    )
    purpose = Field[str | None](
        values.PURPOSE,
        "Purpose that the donor states",
        "Purpose that the donor states (default: that of the announcement).",
        suggest=lambda act: common_purpose(act.announced) if act.announced else None,
        optional=True,
    )
    narration = narration("Commitment accepted")

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:
        """Return which fields exclude, need or must agree with each other."""
        pledge, rate, amount, instalment = word("pledge"), word("rate"), word("amount"), word("instalment")
        return (
            agreements.one_donor(pledge, word("donor"), donor=word("donor")),
            excludes(instalment, word("due")),
            agreements.one_sum(amount, instalment),
            agreements.other_currency(rate, amount, instalment),
            agreements.rate_of_the_announcement(pledge, rate, amount, instalment),
            agreements.in_order(word("instrument_date"), word("accepted")),
        )

    @property
    def may_begin(self) -> bool:
        """Whether a pledge may begin here: its donor is named, or can be."""
        return self.has_asker or "donor" in self.texts

    @property
    def pledge_in_book(self) -> Pledge | None:
        """The pledge, where something was announced or committed under its id."""
        return self.fund.pledges.get(self.pledge) if self.pledge else None

    @property
    def announced(self) -> list[Instalment]:
        """The instalments that were announced."""
        return (
            [item for item in self.pledge_in_book.instalments if item.stage == "announced"]
            if self.pledge_in_book
            else []
        )

    def announced_choices(self) -> list[Choice]:
        """Return the pledges of which something announced is outstanding."""
        result = {item.pledge: item for item in values.open_instalments(self, stage="announced")}
        return [Choice(pledge, values.choice_of(self, item).meaning) for pledge, item in result.items()]

    def is_known(self) -> None:
        """Refuse an id that the book does not have, where no donor is named for a new pledge."""
        if self.pledge is not None and not self.may_begin:
            find_pledge(self.fund, self.pledge)

    def all_announced(self) -> str | None:
        """Return what is announced and outstanding, where it is of one currency and not committed in parts."""
        sums = {item.currency: ZERO for item in self.announced}
        for item in self.announced:
            sums[item.currency] += item.outstanding()
        if self.in_parts() or len(sums) != 1 or not any(sums.values()):
            return None
        ((currency, number),) = sums.items()
        return show(Amount(number, currency))

    def due_as_announced(self) -> str | None:
        """Return the first due date that was announced."""
        return next((str(item.due) for item in self.announced if item.due), None)

    def offered(self) -> str | None:
        """Return the date of the donor's letter, as the announcement has it."""
        dates = (
            item.opened.txn.meta.get("instrument-date")
            for item in (self.pledge_in_book.instalments if self.pledge_in_book else ())
        )
        return next((str(day) for day in dates if day), None)

    def entries(self) -> Entries:
        """Return the agreement.

        Raises:
            InvalidEntryError: when nothing that was announced is left to commit, or the donor is not registered.

        """
        has_begun = self.pledge_in_book and any(
            item.opened.txn.date <= self.day for item in self.pledge_in_book.instalments
        )
        if has_begun and not any(item.outstanding(self.day) for item in self.announced):
            raise InvalidEntryError(
                phrase(
                    "of {pledge} nothing announced is outstanding on {day}: what its donor adds to it is recorded with `vfund increase {pledge}`",
                    pledge=self.pledge,
                    day=self.day,
                )
            )
        donor = self.donor or self.fund.registry.by_account.get(
            self.pledge_in_book.donor if self.pledge_in_book else ""
        )
        if donor is None:
            raise InvalidEntryError(
                phrase("the donor of {pledge} is not registered; `vfund check` says more", pledge=self.pledge)
            )
        meta = self.notes(
            agreement=self.agreement,
            instrument_date=self.instrument_date,
            accepted=self.accepted,
            purpose=self.purpose,
        )
        txn = compose.agreement(
            self.fund,
            donor,
            self.parts,
            day=self.day,
            identity=self.pledge,
            narration=self.narration,
            rate=self.rate,
            meta=meta,
        )
        return Entries([txn], f"{self.pledge}: agreement with {donor.name_en}", {"pledge": self.pledge})
