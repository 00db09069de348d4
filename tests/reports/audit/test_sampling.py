"""The sample, by its own arithmetic."""

from decimal import Decimal
from hashlib import sha256

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.book.loading import Book
from ledger.ground.periods import Quarter
from reports.audit.sampling import draw, sample_table
from reports.scope import Scope
from tests.reports.audit.conftest import column, population


def test_a_sample_by_its_own_arithmetic(loaded: Book) -> None:
    """Four receipts of the quarter, 9,000.00 in all; of five units, each interval is 1,800.00."""
    digest = "sha256:example"
    receipts = population(loaded, "receipts")
    sample = draw(receipts, "seed", 5, digest)
    assert (len(receipts.items), receipts.value, sample.interval) == (4, Decimal("9000.00"), Decimal("1800.00"))
    start = int(sha256(b"seed\nsha256:example").hexdigest(), 16) % 180000
    assert sample.start * 100 == start
    ends = (
        ("First", 400000),
        ("Second, of the same amount", 800000),
        ("Another amount", 877777),
        ("Value date of July", 900000),
    )
    wanted = {name: 0 for name, _ in ends}
    for unit in range(start, 900000, 180000):
        wanted[next(name for name, end in ends if unit < end)] += 1
    assert {hit.entry.txn.narration: len(hit.units) for hit in sample.hits} == {k: n for k, n in wanted.items() if n}
    assert sum(wanted.values()) == 5
    table = sample_table(loaded, sample, "USD")
    assert sum(column(table, "hits")) == 5  # type: ignore[arg-type]
    assert draw(receipts, "seed", 5, digest) == sample
    assert draw(receipts, "seed", 5, "sha256:another").start != sample.start


def test_every_sample_has_its_size_and_the_large_items(loaded: Book) -> None:
    """The number of hits is the size, or one less where the interval was rounded up.

    What is as large as the interval is always in it.
    """

    receipts = population(loaded, "receipts")

    @settings(max_examples=30, deadline=None)
    @given(seed=st.text(min_size=1, max_size=20), size=st.integers(1, 40))
    def drawn(seed: str, size: int) -> None:
        sample = draw(receipts, seed, size, "sha256:example")
        hits = sum(len(hit.units) for hit in sample.hits)
        assert size - 1 <= hits <= size
        large = {"First", "Second, of the same amount"} if sample.interval <= 4000 else set()
        assert large <= {hit.entry.txn.narration for hit in sample.hits}

    drawn()


def test_a_sample_of_nothing_is_empty(loaded: Book) -> None:
    assert draw(population(loaded, "receipts", Scope.of(Quarter(2015, 1))), "1", 25, "x").hits == ()
