"""Record money that came in; identify money that came in before."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from beancount.core.amount import Amount

from ledger.acts import agreements, compose, values
from ledger.acts.act import Choice, Field
from ledger.acts.allocations import Allocation, oldest_first
from ledger.acts.entry import EntryAct, bank_of, bank_reference, day_of, narration, rate
from ledger.acts.relations import Relation, Word, needs
from ledger.book.append import Entries
from ledger.ground.errors import InvalidEntryError
from ledger.ground.money import ZERO, show
from ledger.ground.phrases import PlaceValue, join_with_and, phrase
from ledger.language.accounts import UNCLAIMED
from ledger.language.models import Donor
from ledger.model.numbering import next_receipt_number
from ledger.model.pledges import Instalment
from ledger.model.unclaimed import Unclaimed


class Credit(EntryAct):
    """What both acts share: who gave how much, and what it settles."""

    day: Field[date]
    donor: Field[Donor | None]
    amount: Field[Amount]
    charges: Field[Decimal]
    settles: Field[list[list[Allocation]]]
    unpledged: Field[Decimal | None]
    narration: Field[str]

    @property
    def credited(self) -> Amount | None:
        """What the bank credited, now or when nobody knew whose it was; None where that is not filled in."""
        return self.values.get("amount")

    @property
    def gross(self) -> Amount | None:
        """What the donor gave: what was credited, with the charges that were kept on the way."""
        result = self.credited
        return Amount(result.number + (self.charges or ZERO), result.currency) if result else None

    @property
    def owed(self) -> list[Instalment]:
        """The instalments that it may settle, the earliest due first: those that the donor owes."""
        return values.open_instalments(self, self.donor.account) if self.donor else []

    @property
    def takes(self) -> list[Allocation]:
        """What it settles."""
        return [take for some in self.settles for take in some]

    @property
    def giver(self) -> Donor:
        """Whose money it is: the donor that was named, else that of what it settles."""
        result = self.donor or self.fund.registry.by_account.get(self.takes[0].instalment.account.donor)
        if result is None:
            raise InvalidEntryError(phrase("the donor of the pledge is not registered; `vfund check` says more"))
        return result

    def names_pledge(self) -> bool:
        """Return whether it is said what is settled, and so who gave it."""
        return "pledge" in self.texts or self.texts.get("settles", [values.NONE]) != [values.NONE]

    def lacks_purpose(self) -> bool:
        """Return whether what it settles states no purpose, or some of it does not."""
        return values.lacks_purpose([take.instalment for take in self.takes])

    def oldest(self) -> list[str]:
        """Return what it settles unless something else is said.

        What is owed in its currency, the earliest due first (house rule).
        """
        if self.gross is None or self.day is None:
            return []
        beyond = self.stated_number("unpledged") or ZERO
        total = Amount(self.gross.number - beyond, self.gross.currency)
        takes = oldest_first([item for item in self.owed if item.currency == total.currency], total, self.day)
        return [f"{take.instalment.label}={show(take.amount)}" for take in takes]

    def owed_choices(self) -> Sequence[Choice]:
        """Return the instalments that it may settle."""
        return [values.choice_of(self, item) for item in self.owed]

    def all_is_settled(self) -> None:
        """Refuse money beyond what is settled that nobody said is beyond it, and a part beyond nothing."""
        takes, gross, beyond = self.takes, self.gross, self.unpledged
        if gross is None:
            return
        if not takes and beyond is not None and beyond != gross.number:
            raise ValueError(
                phrase("nothing is settled by {amount}, so none of it is beyond a pledge: leave it out", amount=gross)
            )
        total = sum((take.amount.number for take in takes), ZERO)
        if takes and takes[0].amount.currency == gross.currency and total + (beyond or ZERO) < gross.number:
            facts: dict[str, PlaceValue] = {
                "gross": gross,
                "there": Amount(total, gross.currency),
                "pledges": join_with_and(list(dict.fromkeys(take.instalment.pledge for take in takes))),
                "unpledged": self.word("unpledged"),
                "rest": str(gross.number - total),
            }
            if "settles" in self.texts:
                raise InvalidEntryError(
                    phrase(
                        "{gross} came in, but {settles} takes only {there} of it, on {pledges}: correct the amount, or say with {unpledged} {rest} "
                        "how much is beyond the pledge",
                        settles=self.word("settles"),
                        **facts,
                    )
                )
            raise InvalidEntryError(
                phrase(
                    "{gross} came in, but only {there} is outstanding on {pledges} on {day}: correct the amount, or say with {unpledged} {rest} "
                    "how much is beyond the pledge",
                    day=self.day,
                    **facts,
                )
            )


def _charges() -> Field[Decimal]:
    what = "Bank charges kept on the way"
    return Field(values.NUMBER, what, f"{what}, in the same currency.", suggest="0")


def _settles(otherwise: str, verify: Callable[[Any], None] = lambda _: None) -> Field[list[list[Allocation]]]:
    return Field(
        values.SETTLED,
        "What it settles",
        f"What it settles (default: {otherwise}, the earliest due first; repeat it).",
        suggest=Credit.oldest,
        choices=Credit.owed_choices,
        asks=lambda act: bool(act.owed),
        verify=verify,
        many=True,
    )


def _unpledged() -> Field[Decimal | None]:
    what = "How much of it is beyond any pledge"
    return Field(values.NUMBER, what, f"{what}, in the same currency.", verify=Credit.all_is_settled, silent=True)


def _number() -> Field[str]:
    what = "Official receipt number (default: the next one)."
    return Field(
        values.TEXT, "Receipt number", what, suggest=lambda act: act.day and next_receipt_number(act.fund, act.day)
    )


def _purpose() -> Field[str | None]:
    what = "Purpose that the donor states"
    return Field(
        values.PURPOSE, what, f"{what} (default: that of the pledge).", asks=Credit.lacks_purpose, optional=True
    )


def _agreement() -> Field[str | None]:
    what = "Its agreement or letter (default: that of the pledge)."
    return Field(values.TEXT, "Agreement or letter of the donor", what, asks=lambda act: not act.takes, optional=True)


class Receipt(Credit):
    """Record money that came in, and settle PLEDGE (or an instalment, PL-2026-001/2) with it.

    Without a PLEDGE it settles what the donor owes in its currency, the earliest due first; `--settles none` says that
    nobody pledged it. The charge for indirect costs, at the rate in force, is recorded with it.
    """

    name = "receipt"
    example = "vfund receipt PL-2026-001 --amount '149985 USD' --charges 15 --bank-reference FT-20261031-1"

    pledge = Field[str | None](values.PLEDGE_OR_INSTALMENT, "Pledge or instalment", silent=True, argument=True)
    day = day_of("Date of the credit")
    donor = Field[Donor | None](
        values.DONOR, "Donor (code or name)", "Donor, where no pledge is named.", unless=Credit.names_pledge
    )
    amount = Field[Amount](
        values.AMOUNT, "Amount credited, such as 149985 USD", "What the bank credited, such as '149985 USD'."
    )
    charges = _charges()
    settles = _settles("PLEDGE, or what the donor owes", lambda act: act.says_how_much())
    unpledged = _unpledged()
    bank = bank_of()
    bank_reference = bank_reference()
    receipt_number = _number()
    rate = rate()
    purpose = _purpose()
    agreement = _agreement()
    value_date = Field[date | None](
        values.PAST_DAY, "The bank's value date, where it is not the date of the entry", silent=True
    )
    narration = narration("Contribution received")

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:
        """Return which fields exclude, need or must agree with each other."""
        pledge, settles, unpledged = word("pledge"), word("settles"), word("unpledged")
        return (
            agreements.one_donor(pledge, word("donor"), settles, donor=word("donor")),
            agreements.one_pledge(pledge, settles),
            agreements.part_of_the_credit(unpledged, word("amount"), word("charges"), pledge, settles),
            agreements.other_currency(word("rate"), word("amount")),
        )

    @property
    def owed(self) -> list[Instalment]:
        """The instalments of the pledge that is named, else all that the donor owes."""
        if self.pledge is None:
            return super().owed
        return [item for item in values.open_instalments(self) if self.pledge in {item.label.upper(), item.pledge}]

    def says_how_much(self) -> None:
        """Refuse a credit in another currency than the pledge that it settles, of which nobody said how much it settles."""
        if self.pledge is None or self.takes or self.credited is None:
            return
        instalments = [i for i in self.fund.instalments.values() if self.pledge in {i.label.upper(), i.pledge}]
        if not any(item.stage == "committed" for item in instalments):
            raise InvalidEntryError(
                phrase(
                    "{pledge} is not committed yet: record its agreement first (`vfund agreement {pledge}`)",
                    pledge=self.pledge,
                )
            )
        first = next(iter(self.owed), None)
        if first is None:
            raise InvalidEntryError(
                phrase(
                    "{amount} came in, but nothing is outstanding on {pledge} on {day}: correct the pledge, or name only the donor ({donor}) of what "
                    "nobody pledged",
                    amount=self.credited,
                    pledge=self.pledge,
                    day=self.day,
                    donor=self.word("donor"),
                )
            )
        if all(item.currency != self.credited.currency for item in self.owed):
            outstanding = show(Amount(first.outstanding(self.day), first.currency)).replace(",", "")
            raise InvalidEntryError(
                phrase(
                    "{pledge} is in {currency}, but {came} came in: say how much is settled, such as {settles} '{label}={left}'",
                    pledge=self.pledge,
                    currency=first.currency,
                    came=self.credited.currency,
                    settles=self.word("settles"),
                    label=first.label,
                    left=outstanding,
                )
            )

    def entries(self) -> Entries:
        """Return the receipt, with its charge for indirect costs."""
        notes = self.notes(
            receipt_number=self.receipt_number,
            bank_reference=self.bank_reference,
            purpose=self.purpose,
            agreement=self.agreement,
            value_date=self.value_date,
        )
        return _compose(self, self.bank, self.amount, self.rate, notes, pays=self.bank)


class Identify(Credit):
    """Move the unclaimed receipt LINK (UR-2026-001) to its donor; both entries keep the link. `vfund unclaimed --list` lists them.

    The charge for indirect costs, at the rate in force, is recorded with it.
    """

    name = "identify"
    example = "vfund identify UR-2026-001 --donor Mexico --settles PL-2026-003/1"

    day = day_of("Date of the identification")
    link = Field[Unclaimed](values.UNCLAIMED, "Unclaimed receipt, such as UR-2026-001", argument=True)
    donor = Field[Donor | None](
        values.DONOR,
        "Donor (code or name)",
        "Whose money it is (default: the donor of what it settles).",
        unless=Credit.names_pledge,
    )
    amount = Field[Amount](
        values.AMOUNT,
        "How much of it",
        "How much of it (default: all that is left).",
        suggest=lambda act: act.link and show(act.link.outstanding_amount()),
    )
    charges = _charges()
    settles = _settles("what the donor owes")
    unpledged = _unpledged()
    receipt_number = _number()
    purpose = _purpose()
    agreement = _agreement()
    bank = Field[str | None](
        values.BANK, "Bank account that pays the indirect costs (default: where it came in)", silent=True
    )
    narration = narration("Donor identified")

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:
        """Return which fields exclude, need or must agree with each other."""
        settles, unpledged, amount = word("settles"), word("unpledged"), word("amount")
        return (
            agreements.one_donor(word("donor"), settles, donor=word("donor")),
            needs(unpledged, settles),
            agreements.part_of_the_credit(unpledged, amount, word("charges"), settles),
            agreements.within_unclaimed(word("link"), amount),
            agreements.where_costs_are_paid(word("bank")),
        )

    def entries(self) -> Entries:
        """Return the identification, with its charge for indirect costs."""
        came_in = next(p.account for p in self.link.opened.txn.postings if p.account != UNCLAIMED)
        notes = self.notes(receipt_number=self.receipt_number, purpose=self.purpose, agreement=self.agreement)
        pays = self.bank or came_in
        return _compose(self, UNCLAIMED, self.amount, self.link.rate, notes, pays=pays, identifies=self.link.link)


def _compose(
    act: Credit,
    bank: str,
    credited: Amount,
    rate: Decimal | None,
    notes: Mapping[str, Any],
    *,
    pays: str,
    identifies: str | None = None,
) -> Entries:
    """Return a receipt, or an identification, with its charge for indirect costs, which `pays` pays where the book owes nothing."""
    donor, number = act.giver, str(notes["receipt-number"])
    txn = compose.receipt(
        act.fund,
        donor,
        day=act.day,
        bank=bank,
        credited=credited,
        charges=act.charges,
        takes=act.takes,
        unpledged=act.unpledged or ZERO,
        narration=act.narration,
        rate=rate,
        meta=notes,
        identifies=identifies,
    )
    charge = compose.indirect_costs(act.fund, txn, pays)
    subject = f"{number}: {identifies} identified" if identifies else f"{number}: receipt from {donor.name_en}"
    return Entries([txn, charge] if charge else [txn], subject, {"receipt": number})
