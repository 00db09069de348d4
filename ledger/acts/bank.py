"""Record what a bank does by itself, and money that the fund moves between its own accounts."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from beancount.core.amount import Amount

from ledger.acts import agreements, values
from ledger.acts.act import Act, Choice, Field, FieldType
from ledger.acts.directives import describe_entry
from ledger.acts.entry import EntryAct, bank_of, bank_reference, day_of, narration, rate
from ledger.acts.lookup import find_entry, find_unclaimed
from ledger.acts.postings import entry_of, posting_of, price_of, rate_of, shorten
from ledger.acts.relations import Relation, Word, excludes
from ledger.acts.reversing import name_of, standing_entries, take_back
from ledger.book.append import Entries
from ledger.ground.errors import InvalidEntryError
from ledger.ground.money import ZERO, show
from ledger.ground.phrases import phrase
from ledger.language.accounts import BANK_CHARGES, INTEREST, Role
from ledger.language.kinds import METADATA, Kind
from ledger.model.entries import Entry

_TEN_DECIMALS = Decimal("1E-10")
"""A rate that a sale brought is rounded to these (house rule): of fifty million units that is less than half a cent."""


class Movement(EntryAct):
    """What both acts share: the bank moves money by itself.

    An import may have booked it as something else. Then `entry` names that: it is reversed, and recorded as what it is,
    so that the bank account, its reference and its statement stay as they were.
    """

    entry: Field[Entry | None]
    day = day_of("Date of the bank's movement")
    amount = Field[Amount](
        values.AMOUNT, "Amount, such as 12.35 USD", "How much.", unless=lambda act: act.is_in_the_book()
    )
    rate = rate()
    bank = bank_of()
    bank_reference = bank_reference()
    narration: Field[str]

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:
        """Return that a rate is for another currency than the unit of account, and that an entry of the book says all but the day."""
        others = (word("amount"), word("rate"), word("bank"), word("bank_reference"))
        return (excludes(word("entry"), *others), agreements.other_currency(word("rate"), word("amount")))

    def is_in_the_book(self) -> bool:
        """Return whether the movement is in the book already, as something else."""
        return "entry" in self.texts

    def moved(self, kind: Kind, account: str, sign: int) -> Entries:
        """Return the entry: the bank takes (1) or gives (-1), against an account."""
        if self.entry is not None:
            return self._named_anew(self.entry, kind, account)
        number, currency = self.amount.number * sign, self.amount.currency
        price = price_of(self.fund, currency, self.day, self.rate)
        postings = [
            posting_of(account, number, currency, price=price),
            posting_of(self.bank, -number, currency, price=price),
        ]
        meta = self.own_notes()
        txn = entry_of(kind, self.day, "", self.narration, postings, meta, [])
        return Entries([txn], f"{self.narration}: {show(self.amount)}")

    def own_notes(self) -> dict[str, Any]:
        """Return the metadata of the entry."""
        return self.notes(bank_reference=self.bank_reference)

    def _named_anew(self, old: Entry, kind: Kind, account: str) -> Entries:
        """Return the reversal of an entry, and the same movement of the bank against another account.

        What the bank said of it is kept.
        """
        old_meta = old.txn.meta
        meta: dict[str, Any] = {key: old_meta[key] for key in METADATA if key in old_meta and key not in values.OURS}
        meta |= {key: value for key, value in self.own_notes().items() if value not in (None, "")}
        meta["value-date"] = old_meta.get("value-date", old.txn.date)
        if meta["value-date"] == self.day:
            del meta["value-date"]
        postings = [
            posting_of(part.name if part.role in _OF_THE_BANK else account, *p.units, price=p.price)
            for part, p, _ in old.money
        ]
        txn = entry_of(kind, self.day, old.txn.payee or "", old.txn.narration, postings, meta, [])
        reason = self.notes(reason=f"It is {self.narration[:1].lower()}{self.narration[1:]}")
        back = take_back(self.fund, old, day=self.day, narration=f"Reversal: {reason['reason']}", meta=reason)
        return Entries([*back, txn], f"{name_of(old)}: {self.narration}")


_OF_THE_BANK = frozenset({Role.BANK, Role.BANK_CHARGES})


def _entry_field(question: str, read: Callable[[Act, str], Entry], kind: Kind) -> Field[Entry | None]:
    """Return the field for what an import booked as an entry of `kind`."""

    def choices(act: Act) -> Sequence[Choice]:
        return [Choice(name_of(e), describe_entry(e.txn)) for e in standing_entries(act.fund, frozenset({kind}))]

    return Field(FieldType("ENTRY", read, choices=choices), question, argument=True, silent=True)


def _whole_credit(act: Act, text: str) -> Entry:
    """Find an unclaimed receipt of which nothing is identified or returned yet."""
    item = find_unclaimed(act.fund, text)
    if item.outstanding() != item.changes[0].units:
        raise InvalidEntryError(
            phrase(
                "of {link} only {left} is left: reverse first what took the rest of it",
                link=item.link,
                left=item.outstanding_amount(),
            )
        )
    if item.opened.kind is not Kind.UNCLAIMED:
        raise InvalidEntryError(
            phrase("{link} was brought forward, so what the bank credited is not in the book", link=item.link)
        )
    return item.opened


def _payment(act: Act, text: str) -> Entry:
    """Find a payment of what the fund owes by which money left the bank."""
    result = find_entry(act.fund, text, standing_entries(act.fund, frozenset({Kind.PAYMENT})))
    liabilities = [leg.posting.units.number for leg in result.money if leg.account.role is Role.PAYABLE]
    if not liabilities or min(liabilities) < ZERO:
        raise InvalidEntryError(
            phrase("{text!r} is no payment of accounts payable, so it is not to be named anew", text=text)
        )
    return result


class Interest(Movement):
    """Record interest that a bank credited.

    Where an import took it for a credit of an unknown donor, give that: `vfund interest UR-2026-001`.
    """

    name = "interest"
    example = "vfund interest --amount '12.35 USD' --bank-reference INT-06"
    entry = _entry_field("Unclaimed receipt that it is, UR-2026-001", _whole_credit, Kind.UNCLAIMED)
    narration = narration("Interest")

    def entries(self) -> Entries:
        """Return the interest."""
        return self.moved(Kind.INTEREST, INTEREST, -1)


class BankCharge(Movement):
    """Record a charge that a bank took by itself; what it kept of a credit is recorded with the receipt.

    Where an import took it for a payment of what the fund owes, give that by the bank's reference: `vfund bank-charge
    FEE-06`.
    """

    name = "bank-charge"
    example = "vfund bank-charge --amount '35 USD' --bank-reference FEE-06"
    entry = _entry_field("Payment that it is: the bank's reference, or its digits", _payment, Kind.PAYMENT)
    purpose = Field[str | None](
        values.PURPOSE, "Purpose that bears it", "Purpose that bears it (default: the fund as a whole).", silent=True
    )
    narration = narration("Bank charges")

    def own_notes(self) -> dict[str, Any]:
        """Return the metadata of the entry, with the purpose that bears it."""
        return super().own_notes() | self.notes(purpose=self.purpose)

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
    rate = rate(follows=lambda act: act.sells())
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
        outgoing, incoming = self.values.get("amount"), self.values.get("receives")
        return outgoing is not None and incoming is not None and outgoing.currency != incoming.currency

    def arrives_whole(self) -> None:
        """Refuse a transfer in one currency of which something else comes in than left.

        Raises:
            ValueError: when they differ.

        """
        outgoing, incoming = self.values.get("amount"), self.values.get("receives")
        if outgoing is not None and incoming is not None and not self.sells() and outgoing != incoming:
            raise ValueError(
                phrase(
                    "{left} left, and {came} came in: what the bank kept is recorded with `vfund bank-charge`",
                    left=outgoing,
                    came=incoming,
                )
            )

    def another(self) -> None:
        """Refuse a transfer from an account to itself.

        Raises:
            ValueError: when both are one account.

        """
        if self.to is not None and self.to == self.bank:
            raise ValueError(phrase("{account} is the account that it left", account=self.to))

    def entries(self) -> Entries:
        """Return the transfer.

        Both ends of a sale are worth the same: what is in the unit of account says how much; of two other currencies,
        what came in at the rate of the book (house rule). So the entry balances, and what was gained or lost is what
        left against the rate at which it had come in.
        """
        outgoing, incoming, unit = self.amount, self.receives, self.fund.unit
        if not self.sells():
            out = into = price_of(self.fund, outgoing.currency, self.day, self.rate)
        else:
            worth = outgoing.number if outgoing.currency == unit else incoming.number
            if unit not in {outgoing.currency, incoming.currency}:
                worth *= rate_of(self.fund, incoming.currency, self.day, None)
            out, into = _price_in_sale(outgoing, worth, unit), _price_in_sale(incoming, worth, unit)
        postings = [
            posting_of(self.to, incoming.number, incoming.currency, price=into),
            posting_of(self.bank, -outgoing.number, outgoing.currency, price=out),
        ]
        meta = self.notes(bank_reference=self.bank_reference)
        txn = entry_of(Kind.TRANSFER, self.day, "", self.narration, postings, meta, [])
        return Entries([txn], f"Transfer of {show(outgoing)}")


def _price_in_sale(amount: Amount, worth: Decimal, unit: str) -> Amount | None:
    """Return the rate at which an amount is worth so much; None for the unit of account itself."""
    if amount.currency == unit:
        return None
    return Amount(shorten((worth / amount.number).quantize(_TEN_DECIMALS)), unit)
