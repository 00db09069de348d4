"""Turn the rows of a register into pledges and agreements; every mistake of every row is found, each with its cell.

Rows with the same number of yours are the instalments of one pledge. A row that names an agreement is a commitment: its
letter is the offer, its date of acceptance the day of the entry. A number that the book has is known when its rows say
the same, and an error when they do not.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from beancount.core.data import Transaction

from importers.formats.register import Register, read_number
from importers.ground.refusal import Mistake, RefusedFileError
from importers.plans.plan import OutcomeKind, Plan, PlanContext
from importers.plans.promises import Promise, understand
from ledger.acts import compose
from ledger.ground.errors import InvalidEntryError
from ledger.ground.money import ZERO, show, show_number
from ledger.language.accounts import CONTRA
from ledger.language.kinds import Kind
from ledger.model import numbering
from ledger.model.entries import Entry
from ledger.model.fund import Fund

PREFIX = "register "
_DIGITS = 16


def plan(register: Register, context: PlanContext) -> Plan:
    """Plan the pledges of a register.

    Raises:
        RefusedFileError: with every mistake of every row, and of the control totals.

    """
    fund = context.fund
    mistakes: list[Mistake] = []
    promises = [promise for row in register.rows if (promise := understand(fund, row, mistakes)) is not None]
    groups: dict[str, list[Promise]] = defaultdict(list)
    for promise in promises:
        groups[promise.number].append(promise)
    for group in groups.values():
        mistakes += _find_differences(group)
    if not mistakes:
        mistakes += _check_totals(register, promises)
    pledges_in_book = _read_known(fund)
    transactions: list[Transaction] = []
    known_pledges = 0
    identities = _number_pledges(fund)
    for number, group in groups.items() if not mistakes else ():
        digest = _digest(group)
        if number in pledges_in_book:
            known_pledges += 1
            if pledges_in_book[number].digest != digest:
                file = "; ".join(_describe_promise(p) for p in group)
                what = (
                    f"the pledge {number!r} is in the book as: {pledges_in_book[number]}; the file has instead: {file}."
                )
                mistakes.append(
                    Mistake(
                        group[0].row["number"].place,
                        what,
                        "record the change with `vfund agreement` or `vfund reduce`, or use a new number.",
                    )
                )
            continue
        try:
            transactions.append(_compose(context, group, identities, f"{PREFIX}{number} {digest}"))
        except InvalidEntryError as error:
            day, currency = group[0].accepted or group[0].letter, group[0].part.amount.currency
            known_rate = fund.rates.rate(currency, day) is not None
            what = f"{error}." if known_rate else f"the book has no rate of {currency} on {day}."
            mend = "" if known_rate else f"import the UN operational rates of {day:%B %Y} first."
            mistakes.append(Mistake(group[0].row["currency"].place, what, mend))
    if mistakes:
        raise RefusedFileError(mistakes)
    totals: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for promise in promises:
        totals[promise.part.amount.currency] += promise.part.amount.number
    announcements = sum(1 for txn in transactions if Kind.PLEDGE.value in txn.tags)
    counts = (
        ("announced", announcements),
        ("committed", len(transactions) - announcements),
        (OutcomeKind.KNOWN.value, known_pledges),
    )
    return Plan(tuple(transactions), counts, CONTRA, len(promises), dict(totals))


def _find_differences(group: Sequence[Promise]) -> list[Mistake]:
    first = group[0]
    what = f"the rows of the pledge {first.number!r} differ in donor, currency, letter, agreement, purpose or conditions from row {first.row['number'].place}."
    return [
        Mistake(p.row["number"].place, what, "give another number, or correct the row.")
        for p in group[1:]
        if p.shared != first.shared
    ]


def _check_totals(register: Register, promises: Sequence[Promise]) -> list[Mistake]:
    """Check the rows against the control totals that are filled in."""
    mistakes = []
    if register.count is not None and read_number(register.count) != len(promises):
        what = f"the control total is {register.count.text} rows; the register has {len(promises)}."
        mistakes.append(Mistake(register.count.place, what, "look for the row that is missing or too much."))
    for currency, cell in register.totals.items():
        total = sum((p.part.amount.number for p in promises if p.part.amount.currency == currency), ZERO)
        if read_number(cell) != total:
            what = f"the control total is {cell.text} {currency}; the rows add up to {show_number(total)}."
            mistakes.append(Mistake(cell.place, what, "look for the amount that is wrong."))
    return mistakes


def _digest(group: Sequence[Promise]) -> str:
    text = "\n".join(f"{p.shared} {p.part.amount.number.normalize():f} {p.part.due}" for p in group)
    return sha256(text.encode()).hexdigest()[:_DIGITS]


@dataclass(frozen=True, slots=True)
class _BookedPledge:
    """A pledge of an earlier register as the book has it."""

    entry: Entry
    digest: str

    def __str__(self) -> str:
        """Return it in the words of the file."""
        txn = self.entry.txn
        parts = [
            f"{show(p.units)} due {(p.meta or {}).get('due', 'not said')}" for p in txn.postings if p.units.number > 0
        ]
        place = Path(self.entry.place).name
        return f"{txn.payee}, {txn.date}, {' + '.join(parts)}, {txn.meta.get('purpose', 'no purpose')} ({place})"


def _describe_promise(promise: Promise) -> str:
    part, day = promise.part, promise.accepted or promise.letter
    due = part.due or "not said"
    return f"{promise.donor.name_en}, {day}, {show(part.amount)} due {due}, {promise.purpose or 'no purpose'} ({promise.row['number'].place})"


def _read_known(fund: Fund) -> dict[str, _BookedPledge]:
    """Return the pledges that came from registers, by their numbers."""
    result = {}
    for entry in fund.entries:
        import_id = str(entry.txn.meta.get("import-id", ""))
        if import_id.startswith(PREFIX):
            number, _, digest = import_id[len(PREFIX) :].rpartition(" ")
            result[number] = _BookedPledge(entry, digest)
    return result


def _number_pledges(fund: Fund) -> Callable[[date], str]:
    last_numbers: dict[int, int] = {}

    def next_id(day: date) -> str:
        if day.year not in last_numbers:
            last_numbers[day.year] = int(numbering.next_pledge_id(fund, day).rpartition("-")[2]) - 1
        last_numbers[day.year] += 1
        return f"PL-{day.year}-{last_numbers[day.year]:03d}"

    return next_id


def _compose(
    context: PlanContext, group: Sequence[Promise], identities: Callable[[date], str], import_id: str
) -> Transaction:
    fund, options, first = context.fund, context.options, group[0]
    day = first.accepted or first.letter
    meta: dict[str, Any] = {
        "purpose": first.purpose,
        "conditions": first.conditions,
        "note": "; ".join(dict.fromkeys(p.note for p in group if p.note)),
        "import-id": import_id,
        "recorded": options.today if options.today != day else None,
        "recorded-by": options.officer,
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
