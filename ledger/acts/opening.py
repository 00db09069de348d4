"""Record the balance of a bank account with which a book begins."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from beancount.core.amount import Amount

from ledger.acts import agreements, values
from ledger.acts.act import Act, Field, FieldType
from ledger.acts.entry import DATE_HELP, EntryAct, bank_of, narration, rate
from ledger.acts.postings import entry_of, posting_of, price_of
from ledger.acts.relations import Relation, Word, excludes
from ledger.book.append import Entries
from ledger.ground.errors import InvalidEntryError
from ledger.ground.money import ZERO, show, show_number
from ledger.ground.periods import today
from ledger.ground.phrases import N_, phrase
from ledger.ground.values import parse_number
from ledger.language.accounts import OPENING
from ledger.language.kinds import Kind


def _earmark(act: Act, text: str) -> tuple[str, Decimal]:
    """Read `reports=400`: how much of the balance is for a purpose."""
    purpose, equals, number = text.partition("=")
    if not equals:
        raise ValueError(phrase("{text!r}: write a part as PURPOSE=NUMBER, such as reports=400", text=text))
    return values.find_purpose(act.fund, purpose.strip()), parse_number(number, values.decimals_in(act))


EARMARK = FieldType("PURPOSE=NUMBER", _earmark, choices=values.PURPOSE.choices)


class Opening(EntryAct):
    """Record the balance of a bank account with which the book begins, and what it is for.

    Nothing is dated before it. What no purpose is stated for is for the fund as a whole.
    """

    name = "opening"
    example = (
        "vfund opening --amount '12000 USD' --date 2026-01-01 --earmark country-visits=5000 --evidence statement.pdf"
    )

    day = Field[date](
        values.PAST_DAY,
        "Day of the balance, no later than the first entry",
        DATE_HELP.replace("today", "that of the first entry"),
        suggest=lambda act: str(min((entry.txn.date for entry in act.fund.entries), default=today())),
        word="date",
    )
    amount = Field[Amount](values.AMOUNT, "Balance, such as 12000 USD", "The balance.")
    rate = rate()
    bank = bank_of()
    purpose = Field[str | None](
        values.PURPOSE,
        "Purpose that all of it is for (empty: the fund as a whole, or several)",
        "Purpose that all of it is for.",
        optional=True,
    )
    earmark = Field[list[tuple[str, Decimal]]](
        EARMARK,
        "Part that is for a purpose, such as reports=400 (empty: none)",
        "A part that is for a purpose, such as reports=400 (repeat it).",
        unless=lambda act: act.purpose is not None,
        verify=lambda act: act.is_held(),
        many=True,
    )
    narration = narration("Balance brought forward")

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:
        """Return which fields exclude or must agree with each other."""
        return (
            excludes(word("purpose"), word("earmark")),
            agreements.other_currency(word("rate"), word("amount")),
        )

    def is_held(self) -> None:
        """Refuse parts that are more than the balance, or two for one purpose."""
        slugs = [purpose for purpose, _ in self.earmark]
        if len(set(slugs)) < len(slugs):
            raise ValueError(N_("a purpose is named twice: add its parts together"))
        parts, amount = sum((number for _, number in self.earmark), ZERO), self.values.get("amount")
        if amount is not None and parts > amount.number:
            raise ValueError(
                phrase(
                    "in all {parts}, which is more than {amount}: correct one of them",
                    parts=show_number(parts),
                    amount=show(amount),
                )
            )

    def entries(self) -> Entries:
        """Return the balance.

        Raises:
            InvalidEntryError: when the book has the balance of that account already.

        """
        number, currency = self.amount
        for entry in self.fund.by_kind[Kind.OPENING]:
            same_balance = any(p.account == self.bank and p.units.currency == currency for p in entry.txn.postings)
            if same_balance and not entry.reversal and entry not in self.fund.reversed_entries(date.max):
                raise InvalidEntryError(
                    phrase(
                        "the book begins with a balance of {bank} in {currency} already, of {date}: take that back first (`vfund reverse`)",
                        bank=self.bank,
                        currency=currency,
                        date=entry.txn.date,
                    )
                )
        price = price_of(self.fund, currency, self.day, self.rate)
        rest = number - sum((part for _, part in self.earmark), ZERO)
        postings = [posting_of(self.bank, number, currency, price=price)]
        for purpose, part in (*self.earmark, *([("", rest)] if rest else [])):
            posting_meta = {"purpose": purpose} if purpose else None
            postings.append(posting_of(OPENING, -part, currency, price=price, meta=posting_meta))
        meta = self.notes(purpose=self.purpose)
        txn = entry_of(Kind.OPENING, self.day, "", self.narration, postings, meta, [])
        return Entries([txn], f"{self.bank} begins with {show(self.amount)}")
