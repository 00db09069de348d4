"""What all acts have that record an entry: its metadata, its documents, and who recorded it when."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from beancount.core.amount import Amount

from ledger.acts.act import Act, Field, FieldType, never
from ledger.acts.filing import with_documents
from ledger.acts.values import BANK, DAY, DOCUMENT, METADATA_PAIR, PAST_DAY, RATE, TEXT, banks, decimals_in
from ledger.book.append import Entries
from ledger.ground.errors import InvalidEntryError
from ledger.ground.periods import today
from ledger.ground.phrases import phrase
from ledger.ground.values import parse_number

DATE_HELP = "Date of the entry, 2016-09-30 (default: today)."


def day_of(question: str) -> Field[date]:
    """Return the field for the date of an entry of something that has happened."""
    return Field(PAST_DAY, question, DATE_HELP, suggest=lambda _: str(today()), word="date")


def day_of_entry() -> Field[date]:
    """Return the field for the date of an entry that may begin ahead."""
    return Field(DAY, "Date of the entry", DATE_HELP, suggest=lambda _: str(today()), word="date")


def day_from(question: str, type_: FieldType[date] = DAY) -> Field[date]:
    """Return the field for the day of what is no entry: from which on something holds, or of a letter."""
    return Field(type_, question, f"{question} (default: today).", suggest=lambda _: str(today()), word="date")


def narration(suggestion: str | Callable[[Any], str]) -> Field[str]:
    """Return the field for what happened."""
    return Field(TEXT, "What happened", "What happened, in a few words.", suggest=suggestion)


def _of_amount(act: Any) -> Iterable[Amount]:
    amount: Amount | None = act.values.get("amount")
    return [amount] if amount is not None else []


def rate(
    of: Callable[[Any], Iterable[Amount]] = _of_amount, follows: Callable[[Any], bool] = never
) -> Field[Decimal | None]:
    """Return the field for the rate of amounts (that of the act).

    Asked for where the book has none, unless it `follows` from what is filled in.
    """

    def lacking(act: Any) -> str | None:
        if act.day is None or follows(act):
            return None
        result = (amount.currency for amount in of(act) if amount.currency != act.fund.unit)
        return next((currency for currency in result if act.fund.rates.rate(currency, act.day) is None), None)

    def verify(act: Any) -> None:
        currency = lacking(act)
        if currency is not None and act.values.get("rate") is None:
            raise InvalidEntryError(
                phrase(
                    "the book has no rate of {currency} on {day}: say it with {rate}, record it (`vfund rate {currency}`), or "
                    "import the UN operational rates of the month",
                    currency=currency,
                    day=act.day,
                    rate=act.word("rate"),
                )
            )

    what = "Rate of its currency, where that is not the unit of account (default: the rate in the book)."
    question = "Unit of account per unit of its currency"
    return Field(RATE, question, what, asks=lambda act: lacking(act) is not None, optional=True, verify=verify)


def bank_of(question: str = "Bank account", type_: FieldType[str] = BANK) -> Field[str]:
    """Return the field for the bank account of an entry."""
    return Field(type_, question, f"{question} (default: the book's first).", suggest=lambda act: banks(act.fund)[:1])


def bank_reference() -> Field[str | None]:
    """Return the field for the reference by which the bank knows the movement."""
    return Field(TEXT, "The bank's reference", "The bank's own reference of it.", optional=True)


def reason() -> Field[str]:
    """Return the field for who decided something, and in which document."""
    return Field(TEXT, "Reason: who decided, and in which document")


class EntryAct(Act):
    """The base of the acts that record an entry, dated by their field `day`."""

    day: Field[date]
    meta = Field[list[tuple[str, Any]]](
        METADATA_PAIR,
        "More metadata",
        "More metadata, --meta source=URL (repeat it).",
        silent=True,
        many=True,
        last=True,
    )
    evidence = Field[list[Path]](
        DOCUMENT, "A document to file with it", "A document to file with the entry (repeat it).", many=True, last=True
    )

    def draft(self) -> Entries:
        """Return the entry with its documents."""
        return with_documents(self.entries(), self.fund, self.evidence, self.officer)

    def stated_number(self, name: str) -> Decimal | None:
        """Return the number that was stated for a field that is read later.

        None where there is none, or none that can be read.
        """
        try:
            return parse_number(self.texts[name][0], decimals_in(self))
        except (KeyError, ValueError):
            return None

    def notes(self, **facts: Any) -> dict[str, Any]:
        """Return the metadata of the entry.

        The `facts`, who recorded it, on which day where that is not its own, and what was added.
        """
        by_key = {key.replace("_", "-"): value for key, value in facts.items()}
        day_of_recording = today() if self.day != today() else None
        return {**by_key, "recorded": day_of_recording, "recorded-by": self.officer, **dict(self.meta)}
