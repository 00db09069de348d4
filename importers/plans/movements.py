"""What the book already knows of a bank account: its movements and their ids, its balances, its last statement.

A line of a statement is known by its `import-id`; or by the bank's own reference and the same amount within ten days,
however it came into the book (by hand, by an interim report under another date); a batch by its own reference, stated
with or without its payments. The id is the bank's reference, or a digest of the row where it gives none, with day and
amount, and an ordinal among equals of the same day: two identical payments both stay, and importing twice adds nothing.
"""

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from beancount.core.data import Balance

from importers.ground.records import Line, Statement
from ledger.ground.money import ZERO, show_number
from ledger.language.accounts import Role
from ledger.model.entries import Entry
from ledger.model.fund import Fund

_DIGITS = 16
_NEAR = 10
"""House rule: days within which a reference with the same amount is the same payment.

Later it is a standing order that repeats its reference.
"""


@dataclass(frozen=True, slots=True, eq=False)
class IdentifiedLine:
    """A line with its identity. `reference` is what stands in the book as `bank-reference`."""

    line: Line
    import_id: str
    reference: str
    batch: str = ""
    whole: Decimal = ZERO
    """The reference and the amount of the batch that the line is a payment of."""

    @property
    def own_reference(self) -> str:
        """The bank's reference as it is compared; empty for one that tells nothing apart (a word without a digit)."""
        reference = _normalise_reference(self.line.reference or self.reference)
        return reference if any(c.isdigit() for c in reference) else ""


def identify_lines(statement: Statement) -> list[IdentifiedLine]:
    """Return every booked line, batches taken apart, its identity."""
    flat = [
        (line, number, part)
        for line in statement.lines
        if line.booked
        for number, part in enumerate(line.parts or (line,), 1)
    ]
    bases = [_identify(line, number, part) for line, number, part in flat]
    uses, seen = Counter(base.casefold() for base in bases), Counter[str]()
    result = []
    for (line, _, part), base in zip(flat, bases, strict=True):
        identity = f"{base} {part.day} {_plain_number(part.number)}"
        seen[identity] += 1
        if seen[identity] > 1:
            identity += f" #{seen[identity]}"
        own = bool(part.reference) or base == part.reference
        reference = base if uses[base.casefold()] == 1 else identity
        batch = _normalise_reference(line.reference) if line.parts else ""
        result.append(IdentifiedLine(part, identity, reference if own or "/" in base else "", batch, line.number))
    return result


def _identify(line: Line, number: int, part: Line) -> str:
    """Return the bank's reference.

    It is the payment's own, else that of its batch with its number, else a digest of the row.
    """
    if part.reference:
        return part.reference
    if line.parts and line.reference:
        return f"{line.reference}/{number}"
    row = (
        part.day,
        part.value_day,
        _plain_number(part.number),
        part.currency,
        part.text,
        *part.party,
        part.nature.value,
    )
    return sha256("\x1f".join(str(value) for value in row).encode()).hexdigest()[:_DIGITS]


def _plain_number(number: Decimal) -> str:
    return f"{number.normalize():f}"


@dataclass(frozen=True, slots=True)
class BookedMovement:
    """A movement as the book has it."""

    day: date
    number: Decimal
    import_id: str
    reference: str
    entry: Entry

    def __str__(self) -> str:
        """Return it in the words of a statement, and where it stands."""
        txn = self.entry.txn
        text = ", ".join(part for part in (txn.payee or "", txn.narration or "") if part)
        place = Path(self.entry.place).name
        return f"{self.day}, {show_number(self.number)}, {text} ({place})"


def describe_line(line: Line) -> str:
    """Return a line of a statement in the same words as `BookedMovement`."""
    text = ", ".join(part for part in (line.party.name, line.text) if part)
    return f"{line.day}, {show_number(line.number)}, {text} ({line.place})"


@dataclass(slots=True)
class Movements:
    """The movements of one bank account in one currency."""

    lines: list[BookedMovement] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    by_reference: dict[str, list[tuple[date, Decimal]]] = field(default_factory=lambda: defaultdict(list))
    batches: dict[str, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))
    sums: dict[date, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))
    days: list[date] = field(default_factory=list)
    asserted: dict[date, Decimal] = field(default_factory=dict)
    in_book: dict[date, Balance] = field(default_factory=dict)
    """The assertions of the book, by the day at the end of which they hold."""
    statements: list[tuple[date, int | None, str]] = field(default_factory=list)

    def add(self, day: date, number: Decimal, import_id: str, reference: str, batch: str = "") -> None:
        """Note a movement."""
        if day not in self.sums:
            insort(self.days, day)
        self.sums[day] += number
        if import_id:
            self.ids.add(import_id)
        if reference:
            self.by_reference[_normalise_reference(reference)].append((day, number))
        if batch:
            self.batches[_normalise_reference(batch)] += number

    def missing_from(self, items: Sequence[IdentifiedLine], first: date, last: date) -> list[BookedMovement]:
        """Return what the book has from statements of some days, and the lines of those days do not have any more."""
        own = {item.own_reference for item in items} | {_normalise_reference(item.reference) for item in items}
        ids = {item.import_id for item in items}
        return [
            booked
            for booked in self.lines
            if first <= booked.day <= last
            and booked.import_id
            and booked.import_id not in ids
            and booked.reference not in own - {""}
        ]

    def of_reference(self, reference: str) -> list[BookedMovement]:
        """Return what the book has under a reference."""
        return [booked for booked in self.lines if booked.reference == reference]

    def balance(self, day: date) -> Decimal:
        """Return the balance at the end of a day, in the currency of the account."""
        return sum((self.sums[known] for known in self.days if known <= day), ZERO)

    def close(self, statement: Statement) -> None:
        """Note that a statement is in the book."""
        if statement.closing is not None:
            self.asserted[statement.closing.day] = statement.closing.number
            insort(self.statements, (statement.closing.day, statement.sequence or 0, statement.identity))

    def split_new(self, lines: list[IdentifiedLine]) -> tuple[list[IdentifiedLine], list[IdentifiedLine]]:
        """Split the lines that are new from those whose reference is known with another amount of the same side.

        Each movement of the book answers for one line.
        """
        left: dict[str, list[tuple[date, Decimal]]] = {}
        new: list[IdentifiedLine] = []
        changed: list[IdentifiedLine] = []
        for item in lines:
            known = (
                left.setdefault(item.own_reference, list(self.by_reference.get(item.own_reference, ())))
                if item.own_reference
                else []
            )
            same = next((m for m in known if m[1] == item.line.number and _is_near(m[0], item.line.day)), None)
            if same is not None:
                known.remove(same)
            if item.import_id in self.ids or same is not None or self._is_in_book(item):
                continue
            sides = [number for _, number in known if (number > 0) == (item.line.number > 0)]
            if _normalise_reference(item.reference) in self.by_reference:
                item = replace(item, reference=item.import_id)  # noqa: PLW2901 - in the book a reference stands once
            (changed if sides and item.line.number not in sides else new).append(item)
        return new, changed

    def _is_in_book(self, item: IdentifiedLine) -> bool:
        """Return whether the batch of a payment is in the book as one line, or the payments of a batch one by one."""
        if item.batch:
            return any(n == item.whole and _is_near(d, item.line.day) for d, n in self.by_reference.get(item.batch, ()))
        return (
            bool(item.own_reference)
            and item.line.number != ZERO
            and self.batches.get(item.own_reference) == item.line.number
        )


def _is_near(one: date, other: date) -> bool:
    return abs((one - other).days) <= _NEAR


def _normalise_reference(reference: str) -> str:
    return " ".join(reference.split()).casefold()


def read_movements(fund: Fund) -> dict[tuple[str, str], Movements]:
    """Return what the book knows, by bank account and currency."""
    result: dict[tuple[str, str], Movements] = defaultdict(Movements)
    for entry in fund.entries:
        meta = entry.txn.meta
        for part, posting, _ in entry.money:
            if part.role is not Role.BANK:
                continue
            own = posting.meta or {}
            import_id = str(own.get("import-id", meta.get("import-id", "")))
            reference = own.get("bank-reference", meta.get("bank-reference", ""))
            freed = entry.reversal  # a reversal frees the reference: what it took back may be booked anew
            account = result[part.name, posting.units.currency]
            account.lines.append(
                BookedMovement(
                    entry.txn.date,
                    posting.units.number,
                    import_id,
                    _normalise_reference(str(reference or "")),
                    entry,
                )
            )
            account.add(
                entry.txn.date,
                posting.units.number,
                import_id,
                "" if freed else str(reference or ""),
                str(meta.get("batch-reference", "")),
            )
    for balance in _find_balances(fund):
        known = result[balance.account, balance.amount.currency]
        day = balance.date - timedelta(days=1)
        known.asserted[day] = balance.amount.number
        known.in_book[day] = balance
        sequence = balance.meta.get("statement-number")
        if "import-id" in balance.meta:
            insort(
                known.statements, (day, int(sequence) if sequence is not None else 0, str(balance.meta["import-id"]))
            )
    return result


def _find_balances(fund: Fund) -> Iterator[Balance]:
    return (item for item in fund.contents.everything if isinstance(item, Balance))
