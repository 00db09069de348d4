"""The workbench's tests on a book of one quarter, each line worked out by hand; the sample by its own arithmetic."""

from datetime import date
from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.book.loading import Book
from ledger.ground.periods import Quarter
from reports.audit.amounts import round_amounts, split_amounts
from reports.audit.cut_off import cut_off
from reports.audit.overrides import late_entries, overrides
from reports.audit.populations import POPULATIONS, Population, population_table
from reports.audit.sampling import draw, sample_table
from reports.audit.series import duplicates, gaps
from reports.scope import Scope
from reports.statement import Sources
from reports.table import Table
from tests.books import MORE, SMALL
from tests.conftest import Load

Q2 = Scope.of(Quarter(2016, 2))
GIFTS = """
2016-01-01 custom "officer" "treasurer-9" "treasurer"

2016-04-04 * "Mexico" "First" #receipt
  receipt-number: "R-2016-0001"
  bank-reference: "FT-1"
  Assets:Bank:Operating                                4000.00 USD
  Income:Contributions:MemberStates:Mexico            -4000.00 USD

2016-04-08 * "Mexico" "Second, of the same amount" #receipt
  receipt-number: "R-2016-0002"
  bank-reference: "FT-2"
  Assets:Bank:Operating                                4000.00 USD
  Income:Contributions:MemberStates:Mexico            -4000.00 USD

2016-05-02 * "Chile" "Another amount" #receipt
  receipt-number: "R-2016-0003"
  bank-reference: "FT-3"
  recorded: 2016-07-20
  Assets:Bank:Operating                                 777.77 USD
  Income:Contributions:MemberStates:Chile              -777.77 USD

2016-06-30 * "Peru" "Value date of July" #receipt
  receipt-number: "R-2016-0005"
  bank-reference: "FT-4"
  value-date: 2016-07-04
  Assets:Bank:Operating                                 222.23 USD
  Income:Contributions:MemberStates:Peru               -222.23 USD

2016-06-29 * "A supplier" "Printing, a" #expenditure
  Expenses:Contracts:Printing                           600.00 USD
  Assets:Bank:Operating                                -600.00 USD

2016-06-30 * "A supplier" "Printing, b" #expenditure
  Expenses:Contracts:Printing                           500.00 USD
  Assets:Bank:Operating                                -500.00 USD

2016-07-02 * "Chile" "Of June, booked in July" #receipt
  receipt-number: "R-2016-0006"
  bank-reference: "FT-5"
  value-date: 2016-06-28
  Assets:Bank:Operating                                  10.00 USD
  Income:Contributions:MemberStates:Chile               -10.00 USD
"""


@pytest.fixture
def loaded(book: Load) -> Book:
    return book(GIFTS)


def column(table: Table, key: str) -> list[object]:
    return [row[table.column(key)] for row in table.rows]


def population(of: Book, name: str, scope: Scope = Q2) -> Population:
    return POPULATIONS[name][1](Sources(of, scope))


def pairs(table: Table) -> list[tuple[object, str]]:
    return list(zip(column(table, "narration"), map(str, column(table, "why")), strict=True))


def test_what_is_in_another_quarter_than_it_happened(loaded: Book) -> None:
    assert pairs(cut_off(loaded, Q2)) == [
        ("Value date of July", "is in 2016-Q2, happened on 2016-07-04"),
        ("Of June, booked in July", "is in 2016-Q3, happened on 2016-06-28"),
    ]


def test_two_gifts_that_may_be_one(loaded: Book) -> None:
    assert pairs(duplicates(loaded, Q2)) == [("Second, of the same amount", "says what the entry of 2016-04-04 says")]


def test_a_number_is_missing(loaded: Book) -> None:
    assert gaps(loaded, Q2).rows == (("R-2016-", 4, 5, 1, "R-2016-0004"),)


def test_round_amounts(loaded: Book) -> None:
    assert [str(why) for _, why in pairs(round_amounts(loaded, Q2))] == ["4,000.00 USD", "4,000.00 USD"]


def test_two_payments_of_one_bill(book: Load) -> None:
    """Under a threshold of 1,000 neither of 600 and 500 needs an approval; together they would."""
    law = '2016-02-01 custom "rule" "four-eyes" "*"\n  above: 1000\n  severity: "warning"\n  citation: "example"\n'
    found = pairs(split_amounts(book(law + GIFTS), Q2))
    assert found == [
        (name, "2 entries within 7 days, together 1,100.00; the threshold is 1,000.00")
        for name in ("Printing, a", "Printing, b")
    ]


def test_what_was_recorded_late(loaded: Book) -> None:
    assert pairs(late_entries(loaded, Q2)) == [("Another amount", "recorded on 2016-07-20, 79 days later")]


def test_what_was_set_aside(book: Load) -> None:
    waiver = """
    2016-05-01 custom "waiver" "receipt-number" "R-2016-0005"
      reason: "The pad of numbers was lost (example)"
      approved-by: "treasurer-9"
      expires: 2016-12-31
    """
    rows = overrides(book(GIFTS + waiver), Q2).rows
    found = [(row[0], str(row[1]), row[2], row[3]) for row in rows if str(row[1]) == "waiver"]
    assert found == [(date(2016, 5, 1), "waiver", "receipt-number: R-2016-0005", "treasurer-9")]


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
    """The number of hits is the size, or one less where the interval was rounded up; what is as large as the interval is always in it."""

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


TWICE = """
2016-03-01 * "Peru" "Of the first quarter" #receipt
  receipt-number: "R-2016-0001"
  bank-reference: "FT-1"
  Assets:Bank:Operating                                 300.00 USD
  Income:Contributions:MemberStates:Peru               -300.00 USD

2016-04-04 * "Mexico" "Stands" #receipt
  receipt-number: "R-2016-0002"
  bank-reference: "FT-2"
  Assets:Bank:Operating                                4000.00 USD
  Income:Contributions:MemberStates:Mexico            -4000.00 USD

2016-04-10 * "Chile" "Typed wrong" #receipt
  receipt-number: "R-2016-0003"
  bank-reference: "FT-3"
  Assets:Bank:Operating                                 700.00 USD
  Income:Contributions:MemberStates:Chile              -700.00 USD

2016-04-11 * "Chile" "Taken back" #receipt #correction
  corrects: "R-2016-0003"
  reason: "Typed wrong (example)"
  Assets:Bank:Operating                                -700.00 USD
  Income:Contributions:MemberStates:Chile               700.00 USD

2016-04-12 * "Peru" "That of the first quarter, taken back" #receipt #correction
  corrects: "R-2016-0001"
  reason: "Typed wrong (example)"
  Assets:Bank:Operating                                -300.00 USD
  Income:Contributions:MemberStates:Peru                300.00 USD

2016-05-02 * "BANK" "Without a name" #unclaimed ^UR-2016-001
  bank-reference: "FT-4"
  Assets:Bank:Operating                                1000.00 USD
  Liabilities:UnclaimedReceipts                       -1000.00 USD

2016-06-01 * "Panama" "Identified in part" #identify ^UR-2016-001
  receipt-number: "R-2016-0004"
  Liabilities:UnclaimedReceipts                         600.00 USD
  Income:Contributions:MemberStates:Panama             -600.00 USD
"""


def test_nothing_is_in_the_population_twice(book: Load) -> None:
    """Statement 4 is 4,000 + 700 - 700 - 300 + 600 = 4,300; what was received and stands is 4,000 + 600, and 400 that nobody claimed."""
    receipts = population(book(TWICE), "receipts")
    names = [(item.entry.txn.narration, item.value) for item in receipts.items]
    assert names == [("Stands", 4000), ("Without a name", 400), ("Identified in part", 600)]
    assert [(str(step.name).partition(":")[0][:12], step.count, step.value) for step in receipts.steps] == [
        ("Statement 4,", 5, 4300),
        ("Less entries", 1, -700),
        ("Plus the rev", 2, 1000),  # 700 and 300, which the statement takes off
        ("Plus unclaim", 1, 400),
    ]
    assert (receipts.value, receipts.left) == (5000, 0)
    table = population_table(receipts, Q2, "USD")
    assert table.rows[-1][1:] == (3, 5000)


def test_every_population_is_reconciled_to_a_statement(book: Load) -> None:
    """Of the book of all kinds, in every quarter of its year: the steps explain the population, and no entry is in two of them."""
    loaded = book(SMALL, MORE)
    seen = 0
    for number in range(1, 5):
        scope = Scope.of(Quarter(2016, number))
        places = []
        for _, make in POPULATIONS.values():
            found = make(Sources(loaded, scope))
            assert found.left == 0, (scope.quarter, found.steps)
            places += [(item.entry.txn.meta["filename"], item.entry.txn.meta["lineno"]) for item in found.items]
        assert len(places) == len(set(places))
        seen += len(places)
    assert seen > 8
