"""Populations, reconciled to the statements."""

from ledger.ground.periods import Quarter
from reports.audit.populations import POPULATIONS, population_table
from reports.scope import Scope
from reports.statement import Sources
from tests.books import MORE, SMALL
from tests.conftest import Load
from tests.reports.audit.conftest import Q2, population

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
    """Statement 4 is 4,000 + 700 - 700 - 300 + 600 = 4,300.

    What was received and stands is 4,000 + 600, and 400 that nobody claimed.
    """
    receipts = population(book(TWICE), "receipts")
    names = [(item.entry.txn.narration, item.value) for item in receipts.items]
    assert names == [("Stands", 4000), ("Without a name", 400), ("Identified in part", 600)]
    assert [(str(step.name).partition(":")[0][:12], step.count, step.value) for step in receipts.steps] == [
        ("Statement 4,", 5, 4300),
        ("Less entries", 1, -700),
        ("Plus the rev", 2, 1000),  # 700 and 300, which the statement takes off
        ("Plus unclaim", 1, 400),
    ]
    assert (receipts.value, receipts.unexplained) == (5000, 0)
    table = population_table(receipts, Q2, "USD")
    assert table.rows[-1][1:] == (3, 5000)


def test_every_population_is_reconciled_to_a_statement(book: Load) -> None:
    """Of the book of all kinds, in every quarter of its year.

    The steps explain the population, and no entry is in two of them.
    """
    loaded = book(SMALL, MORE)
    seen = 0
    for number in range(1, 5):
        scope = Scope.of(Quarter(2016, number))
        places = []
        for _, make in POPULATIONS.values():
            found = make(Sources(loaded, scope))
            assert found.unexplained == 0, (scope.quarter, found.steps)
            places += [(item.entry.txn.meta["filename"], item.entry.txn.meta["lineno"]) for item in found.items]
        assert len(places) == len(set(places))
        seen += len(places)
    assert seen > 8
