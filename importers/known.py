"""What the book already knows of a bank account: its movements with their import ids and references, its balance on a day, its last statement.

A line of a statement is known by its `import-id`; or by the bank's own reference and the same amount, however it came into the book (by hand, by an
interim report under another date). The id is the bank's reference, or a digest of the row where it gives none, with day and amount, and an ordinal among
equals of the same day: two identical payments both stay, and importing twice adds nothing.
"""

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256

from beancount.core.data import Balance

from importers.records import Line, Statement
from ledger.accounts import Role
from ledger.fund import Fund
from ledger.money import ZERO

_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Named:
    """A line with its identity. `reference` is what stands in the book as `bank-reference`."""

    line: Line
    import_id: str
    reference: str


def named(statement: Statement) -> list[Named]:
    """Give every booked line, batches taken apart, its identity."""
    flat = [
        (line, number, part)
        for line in statement.lines
        if line.booked
        for number, part in enumerate(line.parts or (line,), 1)
    ]
    bases = [_base(line, number, part) for line, number, part in flat]
    uses, seen = Counter(base.casefold() for base in bases), Counter[str]()
    found = []
    for (_, _, part), base in zip(flat, bases, strict=True):
        identity = f"{base} {part.day} {_plain(part.number)}"
        seen[identity] += 1
        if seen[identity] > 1:
            identity += f" #{seen[identity]}"
        own = bool(part.reference) or base == part.reference
        reference = base if uses[base.casefold()] == 1 else identity
        found.append(Named(part, identity, reference if own or "/" in base else ""))
    return found


def _base(line: Line, number: int, part: Line) -> str:
    """Give the bank's reference: the payment's own, else that of its batch with its number, else a digest of the row."""
    if part.reference:
        return part.reference
    if line.parts and line.reference:
        return f"{line.reference}/{number}"
    row = (part.day, part.value_day, _plain(part.number), part.currency, part.text, *part.party, part.nature.value)
    return sha256("\x1f".join(str(value) for value in row).encode()).hexdigest()[:_DIGITS]


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


@dataclass(slots=True)
class Movements:
    """The movements of one bank account in one currency."""

    ids: set[str] = field(default_factory=set)
    by_reference: dict[str, list[Decimal]] = field(default_factory=lambda: defaultdict(list))
    sums: dict[date, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))
    days: list[date] = field(default_factory=list)
    asserted: dict[date, Decimal] = field(default_factory=dict)
    in_book: set[date] = field(default_factory=set)
    statements: list[tuple[date, int | None, str]] = field(default_factory=list)

    def add(self, day: date, number: Decimal, import_id: str, reference: str) -> None:
        """Note a movement."""
        if day not in self.sums:
            insort(self.days, day)
        self.sums[day] += number
        if import_id:
            self.ids.add(import_id)
        if reference:
            self.by_reference[_compared(reference)].append(number)

    def balance(self, day: date) -> Decimal:
        """Give the balance at the end of a day, in the currency of the account."""
        return sum((self.sums[known] for known in self.days if known <= day), ZERO)

    def close(self, statement: Statement) -> None:
        """Note that a statement is in the book."""
        if statement.closing is not None:
            self.asserted[statement.closing.day] = statement.closing.number
            insort(self.statements, (statement.closing.day, statement.sequence or 0, statement.identity))

    def unknown(self, lines: list[Named]) -> tuple[list[Named], list[Named]]:
        """Part the lines that are new from those whose reference is known with another amount of the same side.

        Each movement of the book answers for one line.
        """
        left: dict[str, Counter[Decimal]] = {}
        new, changed = [], []
        for item in lines:
            reference = _compared(item.line.reference or item.reference)
            if reference in self.by_reference and reference not in left:
                left[reference] = Counter(self.by_reference[reference])
            known = left.get(reference)
            if item.import_id in self.ids:
                if known:
                    known[item.line.number] -= 1
                continue
            if known and known[item.line.number] > 0:
                known[item.line.number] -= 1
            elif known and any((number > 0) == (item.line.number > 0) for number in known):
                changed.append(item)
            else:
                new.append(item)
        return new, changed


def _compared(reference: str) -> str:
    return " ".join(reference.split()).casefold()


def movements(fund: Fund) -> dict[tuple[str, str], Movements]:
    """Give what the book knows, by bank account and currency."""
    found: dict[tuple[str, str], Movements] = defaultdict(Movements)
    for entry in fund.entries:
        meta = entry.txn.meta
        for part, posting in entry.money:
            if part.role is not Role.BANK:
                continue
            own = posting.meta or {}
            import_id = str(own.get("import-id", meta.get("import-id", "")))
            reference = own.get("bank-reference", meta.get("bank-reference", ""))
            freed = entry.reversal  # a reversal frees the reference: what it took back may be booked anew
            found[part.name, posting.units.currency].add(
                entry.txn.date, posting.units.number, import_id, "" if freed else str(reference or "")
            )
    for balance in _balances(fund):
        known = found[balance.account, balance.amount.currency]
        day = balance.date - timedelta(days=1)
        known.asserted[day] = balance.amount.number
        known.in_book.add(day)
        sequence = balance.meta.get("statement-number")
        if "import-id" in balance.meta:
            insort(
                known.statements, (day, int(sequence) if sequence is not None else 0, str(balance.meta["import-id"]))
            )
    return found


def _balances(fund: Fund) -> Iterator[Balance]:
    return (item for item in fund.contents.everything if isinstance(item, Balance))
