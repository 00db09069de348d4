"""Turn the rows of a register into pledges and agreements; every mistake of every row is found, each with its cell.

Rows with the same number of yours are the instalments of one pledge. A row that names an agreement is a commitment: its letter is the offer, its date of
acceptance the day of the entry. A number that the book has is known when its rows say the same, and an error when they do not.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from beancount.core.amount import Amount
from beancount.core.data import Transaction

from importers.readers.grid import Cell, date_of
from importers.readers.register import Register, Row, number_in
from importers.refusal import Mistake, RefusedFileError
from ledger import compose, numbering
from ledger.fund import Fund
from ledger.language.models import Donor
from ledger.language.nearest import did_you_mean
from ledger.money import CENT, ZERO, show_number
from ledger.takes import ComposeError, Part

PREFIX = "register "
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Pledged:
    """What a register adds; `known` counts the pledges that the book has already."""

    transactions: list[Transaction] = field(default_factory=list)
    known: int = 0
    rows: int = 0
    totals: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Promise:
    """One row, understood."""

    row: Row
    number: str
    donor: Donor
    part: Part
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


def plan(fund: Fund, register: Register, recorded_by: str | None, today: date) -> Pledged:
    """Plan the pledges of a register.

    Raises:
        RefusedFileError: with every mistake of every row, and of the control totals.

    """
    mistakes: list[Mistake] = []
    promises = [promise for row in register.rows if (promise := _promise(fund, row, mistakes)) is not None]
    grouped: dict[str, list[_Promise]] = defaultdict(list)
    for promise in promises:
        grouped[promise.number].append(promise)
    for group in grouped.values():
        mistakes += _differing(group)
    if not mistakes:
        mistakes += _control(register, promises)
    known = _known(fund)
    found: list[Transaction] = []
    had = 0
    identities = _identities(fund)
    for number, group in grouped.items() if not mistakes else ():
        digest = _digest(group)
        if number in known:
            had += 1
            if known[number] != digest:
                what = f"the pledge {number!r} is in the book, and says something else there."
                mistakes.append(
                    Mistake(
                        group[0].row["number"].place,
                        what,
                        "record the change with `vfund agreement` or `vfund reduce`, or use a new number.",
                    )
                )
            continue
        try:
            found.append(_entry(fund, group, identities, recorded_by, today, f"{PREFIX}{number} {digest}"))
        except ComposeError as error:
            mistakes.append(Mistake(group[0].row["currency"].place, f"{error}."))
    if mistakes:
        raise RefusedFileError(mistakes)
    totals: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for promise in promises:
        totals[promise.part.amount.currency] += promise.part.amount.number
    return Pledged(found, had, len(promises), dict(totals))


def _promise(fund: Fund, row: Row, mistakes: list[Mistake]) -> _Promise | None:
    """Understand a row; every wrong cell is a mistake."""
    before = len(mistakes)

    def read(key: str, reader: Callable[[Cell], Any], *, needed: bool = False, what: str = "") -> Any:
        cell = row[key]
        try:
            value = reader(cell)
        except RefusedFileError as error:
            mistakes.extend(error.mistakes)
            return None
        except ComposeError as error:
            mistakes.append(Mistake(cell.place, f"{error}"))
            return None
        if value in (None, "") and needed:
            mistakes.append(Mistake(cell.place or row["donor"].place, f"{what} is missing.", "fill the cell in."))
            return None
        return value

    number = read("number", lambda cell: cell.text, needed=True, what="your number of the pledge")
    donor = read("donor", lambda cell: _donor(fund, cell), needed=True, what="the donor")
    amount = read("amount", _amount, needed=True, what="the amount")
    currency = read("currency", _currency, needed=True, what="the currency")
    letter = read("letter", date_of, needed=True, what="the date of the letter")
    due = read("due", date_of)
    purpose = read("purpose", lambda cell: _purpose(fund, cell)) or ""
    agreement, accepted = read("agreement", lambda cell: cell.text) or "", read("accepted", date_of)
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
    if (
        len(mistakes) > before
        or number is None
        or donor is None
        or amount is None
        or currency is None
        or letter is None
    ):
        return None
    part = Part(Amount(amount, currency), due)
    return _Promise(
        row, number, donor, part, letter, agreement, accepted, purpose, row["conditions"].text, row["note"].text
    )


def _donor(fund: Fund, cell: Cell) -> Donor | None:
    """Find a donor by what the drop-down list holds (`ARG · Argentina`), or by a code, a name or an alias."""
    if not cell.text:
        return None
    found = fund.registry.find(cell.text) or fund.registry.find(cell.text.partition(" · ")[0])
    if found is None:
        names = [name for known in fund.registry.donors.values() for name in (known.code, known.name_en)]
        raise ComposeError(f"no donor {cell.text!r} is registered; {did_you_mean(cell.text, names)}")
    return found


def _amount(cell: Cell) -> Decimal | None:
    value = number_in(cell)
    if value is not None and (value <= ZERO or value % CENT):
        raise ComposeError(f"{cell.text} is no amount of a pledge: more than nothing, with at most two decimals.")
    return value


def _currency(cell: Cell) -> str:
    text = cell.text.upper()
    if text and not re.fullmatch("[A-Z]{3}", text):
        raise ComposeError(f"{cell.text!r} is no currency: three capital letters are expected.")
    return text


def _purpose(fund: Fund, cell: Cell) -> str:
    """Find a purpose by its slug or by its name in any language."""
    text = cell.text
    for item in fund.directives.purposes:
        if text and text.casefold() in {
            item.slug,
            *(item.name(language).casefold() for language in ("en", "es", "fr", "pt")),
        }:
            return item.slug
    if text:
        raise ComposeError(
            f"the purpose {text!r} is not declared; {did_you_mean(text, [item.slug for item in fund.directives.purposes])}"
        )
    return ""


def _differing(group: Sequence[_Promise]) -> list[Mistake]:
    first = group[0]
    what = f"the rows of the pledge {first.number!r} differ in donor, currency, letter, agreement, purpose or conditions from row {first.row['number'].place}."
    return [
        Mistake(p.row["number"].place, what, "give another number, or correct the row.")
        for p in group[1:]
        if p.shared != first.shared
    ]


def _control(register: Register, promises: Sequence[_Promise]) -> list[Mistake]:
    """Hold the rows to the control totals that are filled in."""
    mistakes = []
    if register.count is not None and number_in(register.count) != len(promises):
        what = f"the control total is {register.count.text} rows; the register has {len(promises)}."
        mistakes.append(Mistake(register.count.place, what, "look for the row that is missing or too much."))
    for currency, cell in register.totals.items():
        total = sum((p.part.amount.number for p in promises if p.part.amount.currency == currency), ZERO)
        if number_in(cell) != total:
            what = f"the control total is {cell.text} {currency}; the rows add up to {show_number(total)}."
            mistakes.append(Mistake(cell.place, what, "look for the amount that is wrong."))
    return mistakes


def _digest(group: Sequence[_Promise]) -> str:
    text = "\n".join(f"{p.shared} {p.part.amount.number.normalize():f} {p.part.due}" for p in group)
    return sha256(text.encode()).hexdigest()[:_DIGITS]


def _known(fund: Fund) -> dict[str, str]:
    """Give the digests of the pledges that came from registers, by their numbers."""
    found = {}
    for entry in fund.entries:
        import_id = str(entry.txn.meta.get("import-id", ""))
        if import_id.startswith(PREFIX):
            number, _, digest = import_id[len(PREFIX) :].rpartition(" ")
            found[number] = digest
    return found


def _identities(fund: Fund) -> Callable[[date], str]:
    used: dict[int, int] = {}

    def next_id(day: date) -> str:
        if day.year not in used:
            used[day.year] = int(numbering.next_pledge_id(fund, day).rpartition("-")[2]) - 1
        used[day.year] += 1
        return f"PL-{day.year}-{used[day.year]:03d}"

    return next_id


def _entry(
    fund: Fund,
    group: Sequence[_Promise],
    identities: Callable[[date], str],
    recorded_by: str | None,
    today: date,
    import_id: str,
) -> Transaction:
    first = group[0]
    day = first.accepted or first.letter
    meta: dict[str, Any] = {
        "purpose": first.purpose,
        "conditions": first.conditions,
        "note": "; ".join(dict.fromkeys(p.note for p in group if p.note)),
        "import-id": import_id,
        "recorded": today if today != day else None,
        "recorded-by": recorded_by,
    }
    parts = [p.part for p in group]
    identity = identities(first.letter)
    if first.accepted is None:
        return compose.pledge(
            fund,
            first.donor,
            parts,
            day=day,
            identity=identity,
            narration=f"Pledge {first.number} of the register",
            meta=meta,
        )
    meta |= {"agreement": first.agreement, "instrument-date": first.letter, "accepted": first.accepted}
    return compose.agreement(
        fund,
        first.donor,
        parts,
        day=day,
        identity=identity,
        narration=f"Commitment {first.number} of the register",
        meta=meta,
    )
