"""A monetary-unit sample.

Each unit of money has the same chance, so large entries are seen and the sample speaks for the value.

Source: ISA 530, Appendix 1 (value-weighted selection) and Appendix 4 (b) and (c): systematic selection, with an
interval that is the population divided by the size of the sample and a start within the first interval, over units of
money. So an item as large as the interval is always seen. House rule: the start is the SHA-256 of the seed and of the
digest of the book, so that any auditor draws the same sample of the same book from the same seed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from ledger.book.loading import Book
from ledger.ground.money import CENT
from ledger.ground.phrases import N_, Text, phrase
from ledger.model.entries import Entry
from reports.audit.lines import entries_table, entry_line
from reports.audit.populations import Item, Population
from reports.table import Column, ColumnType, Table

LARGEST = 500
"""No sample is larger (house rule): a larger one is the whole quarter."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry of the sample.

    `units` are the places of the money units, in cents from the beginning of the population, that fell into it.
    """

    entry: Entry
    value: Decimal
    units: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample with all that is needed to draw it again. `interval` and `start` are in the unit of account."""

    population: Population
    seed: str
    size: int
    interval: Decimal
    start: Decimal
    hits: tuple[Hit, ...]


def draw(population: Population, seed: str, size: int, digest: str) -> Sample:
    """Draw a sample of a population: in the order of the book, in whole cents."""
    total = sum(_cents(item.value) for item in population.items)
    interval = max(-(-total // size), 1)
    start = int.from_bytes(sha256(f"{seed}\n{digest}".encode()).digest()) % interval
    hits = tuple(_hits(population.items, start, interval))
    return Sample(population, seed, size, interval * CENT, start * CENT, hits)


def _cents(value: Decimal) -> int:
    return int(abs(value) / CENT)


def _hits(items: Iterable[Item], start: int, interval: int) -> Iterable[Hit]:
    sum_so_far, following = 0, start
    for item in items:
        sum_so_far += _cents(item.value)
        units = []
        while following < sum_so_far:
            units.append(following)
            following += interval
        if units:
            yield Hit(item.entry, item.value, tuple(units))


def sample_table(book: Book, sample: Sample, unit: str) -> Table:
    """Return the sample as a table."""
    lines = [entry_line(book, hit.entry, _why(hit, sample), hit.value) for hit in sample.hits]
    return entries_table(
        "sample",
        N_("Monetary-unit sample"),
        lines,
        subtitle=phrase(
            "{population}: {count} entries, {value} {unit} · seed {seed} · size {size} · interval {interval} {unit} · start {start}",
            population=sample.population.title,
            count=len(sample.population.items),
            value=sample.population.value,
            unit=unit,
            seed=sample.seed,
            size=sample.size,
            interval=sample.interval,
            start=sample.start,
        ),
        movement_label=N_("Amount in the statement"),
        notes=(
            N_(
                "The same seed and the same book give the same sample to everybody; the start is the SHA-256 of the two."
            ),
            N_("An entry as large as the interval is always in the sample."),
            N_("Units drawn: how many of the sampled units of account fall in the entry."),
        ),
        before=(Column("hits", N_("Units drawn"), ColumnType.COUNT, 12),),
        rows=[(Decimal(len(hit.units)),) for hit in sample.hits],
    )


def _why(hit: Hit, sample: Sample) -> Text:
    if abs(hit.value) >= sample.interval:
        return N_("as large as the interval")
    return phrase("the money unit {unit} falls into it", unit=hit.units[0] * CENT)
