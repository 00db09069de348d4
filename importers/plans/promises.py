"""Understand the rows of a register: donor, amount, dates, purpose, agreement.

Every wrong cell is a mistake with its place.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from beancount.core.amount import Amount

from importers.formats.register import Row, read_number
from importers.ground.cells import Cell, read_date
from importers.ground.refusal import Mistake, RefusedFileError, refuse
from ledger.acts.allocations import PromisedPayment
from ledger.ground.money import ZERO, decimals_of, too_fine
from ledger.language.models import Donor
from ledger.language.nearest import did_you_mean
from ledger.model.fund import Fund


@dataclass(frozen=True, slots=True)
class Promise:
    """One row, understood."""

    row: Row
    number: str
    donor: Donor
    part: PromisedPayment
    letter: date
    agreement: str
    accepted: date | None
    purpose: str
    conditions: str
    note: str

    @property
    def shared(self) -> tuple[object, ...]:
        """What all instalments of a pledge have in common."""
        return (
            self.donor.code,
            self.part.amount.currency,
            self.letter,
            self.agreement,
            self.accepted,
            self.purpose,
            self.conditions,
        )


def understand(fund: Fund, row: Row, mistakes: list[Mistake]) -> Promise | None:
    """Understand a row; every wrong cell is a mistake."""
    before = len(mistakes)

    def read(key: str, reader: Callable[[Cell], Any], *, needed: bool = False, what: str = "") -> Any:
        cell = row[key]
        try:
            value = reader(cell)
        except RefusedFileError as error:
            mistakes.extend(error.mistakes)
            return None
        if value in (None, "") and needed:
            mistakes.append(Mistake(cell.place or row["donor"].place, f"{what} is missing.", "fill the cell in."))
            return None
        return value

    number = read("number", lambda cell: cell.text, needed=True, what="your number of the pledge")
    donor = read("donor", lambda cell: _find_donor(fund, cell), needed=True, what="the donor")
    amount = read("amount", _read_amount, needed=True, what="the amount")
    currency = read("currency", _read_currency, needed=True, what="the currency")
    if amount is not None and currency is not None and too_fine(amount, currency):
        what = f"{row['amount'].text} {currency}: the currency has {decimals_of(currency)}."
        mistakes.append(Mistake(row["amount"].place, what, "correct the amount."))
    letter = read("letter", read_date, needed=True, what="the date of the letter")
    due = read("due", read_date)
    purpose = read("purpose", lambda cell: _find_purpose(fund, cell)) or ""
    agreement, accepted = read("agreement", lambda cell: cell.text) or "", read("accepted", read_date)
    if agreement and accepted is None and len(mistakes) == before:
        mistakes.append(
            Mistake(
                row["accepted"].place or row["agreement"].place, "an agreement has a date of acceptance.", "fill it in."
            )
        )
    if accepted is not None and not agreement:
        mistakes.append(
            Mistake(
                row["agreement"].place or row["accepted"].place, "an acceptance names its agreement.", "fill it in."
            )
        )
    if accepted is not None and letter is not None and accepted < letter:
        mistakes.append(
            Mistake(
                row["accepted"].place,
                f"it was accepted on {accepted}, before the letter of {letter}.",
                "correct one of the two.",
            )
        )
    mistakes += _check_dates(row, letter, due)
    if (
        len(mistakes) > before
        or number is None
        or donor is None
        or amount is None
        or currency is None
        or letter is None
    ):
        return None
    part = PromisedPayment(Amount(amount, currency), due)
    return Promise(
        row, number, donor, part, letter, agreement, accepted, purpose, row["conditions"].text, row["note"].text
    )


def _check_dates(row: Row, letter: date | None, due: date | None) -> list[Mistake]:
    """Return the dates that cannot be."""
    mistakes = []
    if letter is not None and due is not None and due < letter:
        mistakes.append(
            Mistake(row["due"].place, f"it is due on {due}, before the letter of {letter}.", "correct one of the two.")
        )
    if letter is not None and letter > date.today():
        mistakes.append(Mistake(row["letter"].place, f"the letter is of {letter}, in the future.", "correct the date."))
    return mistakes


def _find_donor(fund: Fund, cell: Cell) -> Donor | None:
    """Find a donor by what the drop-down list holds (`ARG · Argentina`), or by a code, a name or an alias."""
    if not cell.text:
        return None
    result = fund.registry.find(cell.text) or fund.registry.find(cell.text.partition(" · ")[0])
    if result is None:
        names = [name for donor in fund.registry.donors.values() for name in (donor.code, donor.name_en)]
        raise refuse(cell.place, f"no donor {cell.text!r} is registered; {did_you_mean(cell.text, names)}")
    return result


def _read_amount(cell: Cell) -> Decimal | None:
    value = read_number(cell)
    if value is not None and value <= ZERO:
        raise refuse(cell.place, f"{cell.text} is no amount of a pledge: it is more than nothing.")
    return value


def _read_currency(cell: Cell) -> str:
    text = cell.text.upper()
    if text and not re.fullmatch("[A-Z]{3}", text):
        raise refuse(cell.place, f"{cell.text!r} is no currency: three capital letters are expected.")
    return text


def _find_purpose(fund: Fund, cell: Cell) -> str:
    """Find a purpose by its slug or by its name in any language."""
    text = cell.text
    for item in fund.directives.purposes:
        if text and text.casefold() in {
            item.slug,
            *(item.name(language).casefold() for language in ("en", "es", "fr", "pt")),
        }:
            return item.slug
    if text:
        slugs = [item.slug for item in fund.directives.purposes]
        raise refuse(cell.place, f"the purpose {text!r} is not declared; {did_you_mean(text, slugs)}")
    return ""
