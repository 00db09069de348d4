"""Record money paid back: to a donor, or an unclaimed receipt to its sender."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

from beancount.core.amount import Amount

from ledger.acts import agreements, compose, values
from ledger.acts.act import Act, Choice, Field, FieldType
from ledger.acts.entry import EntryAct, bank_of, bank_reference, day_of, narration, rate, reason
from ledger.acts.postings import rate_of
from ledger.acts.relations import Relation, Word, excludes
from ledger.acts.reversing import charge_anew, name_of, standing_entries
from ledger.book.append import Entries
from ledger.ground.errors import InvalidEntryError
from ledger.ground.money import ZERO, quantum, show
from ledger.ground.phrases import phrase
from ledger.language.accounts import Role
from ledger.language.kinds import CASH_KINDS, Kind
from ledger.language.models import Donor
from ledger.language.nearest import did_you_mean
from ledger.model.entries import Entry, text
from ledger.model.indirect_costs import left_of, price_in
from ledger.model.purposes import GENERAL, purpose_of
from ledger.model.unclaimed import Unclaimed


def _receipt(act: Act, number: str) -> Entry | None:
    """Find a receipt of the donor that stands and is charged; None for `none`."""
    if number == values.NONE:
        return None
    receipts = {name_of(entry): entry for entry in act.charged} if isinstance(act, Refund) else {}
    result = receipts.get(number.strip().upper())
    if result is None:
        raise InvalidEntryError(
            phrase(
                "{number!r} is no receipt of the donor that is charged; {hint}",
                number=number,
                hint=did_you_mean(number, receipts),
            )
        )
    return result


RECEIPT = FieldType("RECEIPT", _receipt)


class Refund(EntryAct):
    """Record money paid back to a donor (the pledge stays settled), or an unclaimed receipt returned to its sender.

    The charge for indirect costs on what is paid back is taken back with it, in proportion; `--receipt none` leaves it,
    where the agreement says so.
    """

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
    receipt = Field[list[Entry | None]](
        RECEIPT,
        "Receipts that it pays back; the charge for indirect costs on them is taken back (none: it stays)",
        "Receipt that it pays back, R-2026-0004, whose charge for indirect costs is taken back in proportion (default: those of its purpose, the newest "
        "first; repeat it); 'none' leaves the charge.",
        suggest=lambda act: list(act.shares(act.charged)),
        choices=lambda act: act.receipt_choices(),
        asks=lambda act: bool(act.charged),
        many=True,
    )
    reason = reason()
    narration = narration(lambda act: "Returned to the sender" if act.to_sender() else "Refund")

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:
        """Return which fields exclude or must agree with each other."""
        return (
            excludes(word("unclaimed"), word("donor"), word("purpose"), word("receipt"), word("rate")),
            agreements.within_unclaimed(word("unclaimed"), word("amount")),
            agreements.other_currency(word("rate"), word("amount")),
        )

    def to_sender(self) -> bool:
        """Return whether an unclaimed receipt goes back to its sender."""
        return "unclaimed" in self.texts

    def only_purpose(self) -> str | None:
        """Return the purpose of all that the donor gave, where it is one."""
        purposes = {
            purpose_of(self.fund, item.entry, posting)
            for item in self.fund.contributions
            if self.donor and item.account.donor == self.donor.account
            for posting in item.entry.txn.postings
            if posting.account == item.account.name
        }
        return next(iter(purposes)) if len(purposes) == 1 and purposes != {GENERAL} else None

    @property
    def charged(self) -> list[Entry]:
        """The receipts of the donor that stand and are charged for indirect costs.

        Those of the purpose of the refund first, then the newest.
        """
        if self.to_sender() or self.donor is None or self.day is None:
            return []
        donor = self.donor.account
        numbers = {text(e.txn, "on-receipt") for e in standing_entries(self.fund, frozenset({Kind.INDIRECT_COSTS}))}
        result = [
            entry
            for entry in standing_entries(self.fund, CASH_KINDS)
            if entry.txn.date <= self.day
            and name_of(entry) in numbers
            and any(leg.account.role is Role.CONTRIBUTION and leg.account.donor == donor for leg in entry.money)
        ]
        return sorted(result, key=lambda e: (self._is_for(e), e.txn.date, name_of(e)), reverse=True)

    def _is_for(self, receipt: Entry) -> bool:
        """Return whether a receipt came in for the purpose of the refund."""
        sources = (p for p in receipt.txn.postings if p.units.number < ZERO)
        return self.purpose in {purpose_of(self.fund, receipt, posting) for posting in sources}

    def shares(self, receipts: Sequence[Entry]) -> dict[str, Decimal]:
        """Return how much of the refund pays back which receipts, in their order.

        Of those in another currency only where they are named.
        """
        amount: Amount | None = self.values.get("amount")
        if amount is None:
            return {}
        result, rest = dict[str, Decimal](), amount.number
        for entry in receipts:
            if "receipt" in self.texts or price_in(entry, amount.currency) is not None:
                result[name_of(entry)] = part = min(rest, self._refundable(entry, amount.currency))
                rest -= part
        return {number: part for number, part in result.items() if part > ZERO}

    def _refundable(self, receipt: Entry, currency: str) -> Decimal:
        """Return what is left to pay back of a receipt, in the currency of the refund."""
        price = price_in(receipt, currency)
        if price is None:
            price = Decimal(1) if currency == self.fund.unit else rate_of(self.fund, currency, self.day, self.rate)
        remainder = left_of(self.fund, receipt, self.donor.account) / price
        return remainder.quantize(quantum(currency), ROUND_DOWN)

    def receipt_choices(self) -> Sequence[Choice]:
        """Return the receipts that it may pay back."""
        none = Choice(values.NONE, "the charge for indirect costs stays")
        return [*(Choice(name_of(e), f"of {_day(e)}") for e in self.charged), none] if self.charged else []

    def entries(self) -> Entries:
        """Return the refund, and what it changes in the charges for indirect costs."""
        meta = self.notes(reason=self.reason, bank_reference=self.bank_reference, purpose=self.purpose)
        day, bank, words = self.day, self.bank, self.narration
        if self.unclaimed is not None:
            part = self.values.get("amount")
            txn = compose.give_back(self.unclaimed, part, day=day, bank=bank, narration=words, meta=meta)
            return Entries([txn], f"{self.unclaimed.link}: returned to the sender")
        of = self.shares([entry for entry in self.receipt if entry is not None])
        total = sum(of.values(), ZERO)
        if "receipt" in self.texts and None not in self.receipt and total < self.amount.number:
            there = show(Amount(total, self.amount.currency))
            raise InvalidEntryError(
                phrase(
                    "only {there} is left to pay back of {receipts}: name further receipts with {receipt_option}, or correct the amount",
                    there=there,
                    receipts=" and ".join(self.texts["receipt"]),
                    receipt_option=self.word("receipt"),
                )
            )
        txn = compose.refund(
            self.fund, self.donor, self.amount, day=day, bank=bank, narration=words, rate=self.rate, of=of, meta=meta
        )
        notes: dict[str, Any] = {key: meta[key] for key in ("recorded", "recorded-by") if key in meta}
        charges = charge_anew(self.fund, txn, "Charge taken back: a part of the receipt was paid back", notes)
        return Entries([txn, *charges], f"Refund to {self.donor.name_en}")


def _day(entry: Entry) -> date:
    day: date = entry.txn.date
    return day
