"""A monetary-unit sample: each unit of money has the same chance, so large entries are seen and the sample speaks for the value.

Source: ISA 530, Appendix 1 (value-weighted selection) and Appendix 4 (b) and (c): systematic selection, with an interval that is the population divided by the size of the
sample and a start within the first interval, over units of money. So an item as large as the interval is always seen.
House rule: the start is the SHA-256 of the seed and of the digest of the book, so that any auditor draws the same sample of the same book from the same seed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from ledger.entries import Entry
from ledger.language.kinds import Kind as Tag
from ledger.loading import Book
from ledger.money import CENT, ZERO
from ledger.phrases import N_, Text, say
from ledger.scopes import moved
from reports.audit.lines import entries_table, entry_line
from reports.scope import Scope
from reports.table import Column, Kind, Table

POPULATIONS: dict[str, tuple[Text, frozenset[Tag]]] = {
    "receipts": (N_("Receipts"), frozenset({Tag.RECEIPT, Tag.IDENTIFY, Tag.UNCLAIMED})),
    "spending": (
        N_("Expenditure, payments and refunds"),
        frozenset({Tag.EXPENDITURE, Tag.PAYMENT, Tag.REFUND, Tag.INDIRECT_COSTS}),
    ),
    "pledges": (
        N_("Pledges and agreements"),
        frozenset({Tag.PLEDGE, Tag.AGREEMENT, Tag.REDUCTION, Tag.WRITE_OFF}),
    ),
    "everything": (N_("Every entry"), frozenset(Tag)),
}
"""What can be sampled, by name."""
LARGEST = 500
"""No sample is larger (house rule): a larger one is the whole quarter."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry of the sample. `units` are the places of the money units, in cents from the beginning of the population, that fell into it."""

    entry: Entry
    value: Decimal
    units: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample with all that is needed to draw it again. `value` is the population's, `interval` and `start` are in the unit of account."""

    population: str
    seed: str
    size: int
    count: int
    value: Decimal
    interval: Decimal
    start: Decimal
    hits: tuple[Hit, ...]


def draw(book: Book, scope: Scope, population: str, seed: str, size: int, digest: str) -> Sample:
    """Draw a sample of the quarter: in the order of the book, in whole cents."""
    kinds = POPULATIONS[population][1]
    items = [
        (entry, moved(entry))
        for entry in book.fund.entries
        if entry.kind in kinds and scope.quarter.begin <= entry.txn.date <= scope.as_of
    ]
    total = sum((_cents(value) for _, value in items), 0)
    interval = max(-(-total // size), 1)
    start = int.from_bytes(sha256(f"{seed}\n{digest}".encode()).digest()) % interval
    hits = tuple(_hits(items, start, interval))
    value = sum((value for _, value in items), ZERO)
    return Sample(population, seed, size, len(items), value, interval * CENT, start * CENT, hits)


def _cents(value: Decimal) -> int:
    return int(abs(value) / CENT)


def _hits(items: Iterable[tuple[Entry, Decimal]], start: int, interval: int) -> Iterable[Hit]:
    reached, following = 0, start
    for entry, value in items:
        reached += _cents(value)
        units = []
        while following < reached:
            units.append(following)
            following += interval
        if units:
            yield Hit(entry, value, tuple(units))


def sample_table(book: Book, sample: Sample, unit: str) -> Table:
    """Give the sample as a table."""
    lines = [entry_line(book, hit.entry, _why(hit, sample)) for hit in sample.hits]
    return entries_table(
        "sample",
        N_("Monetary-unit sample"),
        lines,
        subtitle=say(
            "{population}: {count} entries, {value} {unit} · seed {seed} · size {size} · interval {interval} {unit} · start {start}",
            population=POPULATIONS[sample.population][0],
            count=sample.count,
            value=sample.value,
            unit=unit,
            seed=sample.seed,
            size=sample.size,
            interval=sample.interval,
            start=sample.start,
        ),
        notes=(
            N_(
                "The same seed and the same book give the same sample to everybody; the start is the SHA-256 of the two."
            ),
            N_("An entry as large as the interval is always in the sample."),
        ),
        before=(Column("hits", N_("Money units"), Kind.COUNT, 12),),
        rows=[(Decimal(len(hit.units)),) for hit in sample.hits],
    )


def _why(hit: Hit, sample: Sample) -> Text:
    if abs(hit.value) >= sample.interval:
        return N_("as large as the interval")
    return say("the money unit {unit} falls into it", unit=hit.units[0] * CENT)
