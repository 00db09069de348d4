"""Splitting: entries of one kind for one payee, near in time, each too small for a threshold that they reach together.

House rule, after the tests of auditors (ISA 240): what is paid in parts is judged as what it comes to. Whose entry it
is say the donors whose accounts it touches, else its payee, else what its narration says; capitals, spaces, accents and
marks make no difference. What was taken back, and what takes it back, does not count. A charge for indirect costs is
held to its receipt.
"""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple
from unicodedata import combining, normalize

from ledger.ground.money import ZERO
from ledger.language.kinds import Kind
from ledger.language.law import Limit
from ledger.law.scopes import donors_of
from ledger.model.entries import Entry
from ledger.model.fund import Fund


class Split(NamedTuple):
    """What an entry is part of: how many entries, what they move together, and the limit that this is above."""

    entries: int
    total: Decimal
    limit: Limit


def splits(fund: Fund, limits: Mapping[Entry, Limit]) -> dict[Entry, Split]:
    """Return which of the entries that have a limit are at most that, and above it together with others.

    Of one kind they are in the order of the book.
    """
    small: dict[tuple[Kind, str], list[tuple[Entry, Decimal, Limit]]] = defaultdict(list)
    originals, plain = frozenset(fund.reversals.values()), cache(plainly)
    for entry, limit in limits.items():
        value = entry.moved
        if value > limit.above or not value or entry.reversal or entry in originals:
            continue
        if entry.kind is not None and entry.kind is not Kind.INDIRECT_COSTS:
            whose = ", ".join(donors_of(fund, entry)) or plain(entry.txn.payee or entry.txn.narration or "")
            small[entry.kind, whose].append((entry, value, limit))
    result: dict[Entry, Split] = {}
    for group in small.values():
        _window(group, result)
    return result


def _window(group: list[tuple[Entry, Decimal, Limit]], result: dict[Entry, Split]) -> None:
    """Note what stands in a window of days whose sum is above the limit: one pass, the window moves on."""
    begin, within = 0, ZERO
    for end, (entry, value, limit) in enumerate(group):
        within += value
        while (entry.txn.date - group[begin][0].txn.date).days > limit.days:
            within -= group[begin][1]
            begin += 1
        if end > begin and within > limit.above:
            for other, _, _ in group[begin : end + 1]:
                result[other] = Split(end - begin + 1, within, limit)


def plainly(name: str) -> str:
    """Return a name without what only the hand that wrote it adds: capitals, accents, spaces and marks."""
    return "".join(c for c in normalize("NFKD", name).casefold() if c.isalnum() and not combining(c))
