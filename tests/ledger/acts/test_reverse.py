"""A reversal takes back what hangs on its entry."""

from pathlib import Path

from ledger.acts.reverse import Reverse
from ledger.book.loading import load
from tests.acting import made
from tests.books import MORE, SMALL
from tests.conftest import Load
from tests.funds import DAY, RECEIPT, YEAR, codes, ok


def test_a_reversal_takes_the_charge_back(main: Path) -> None:
    ok(RECEIPT)
    ok(f"reverse R-{YEAR}-0001 --reason 'Misread' --date {DAY}")
    fund = load(main).fund
    held = sum(
        p.units.number for e in fund.entries for p in e.txn.postings if p.account == "Expenses:IndirectCostRecovery"
    )
    assert held == 0
    assert not [code for code in codes(main) if code.startswith("indirect")]


def test_a_reversal_turns_every_amount_round_and_takes_the_charge_with_it(book: Load) -> None:
    fund = book(SMALL, MORE).fund
    found = made(Reverse, fund, entry="R-2016-0001", reason="misread", day="2016-07-01")
    assert [sorted(txn.tags) for txn in found] == [["correction", "receipt"], ["correction", "icr"]]
    assert sum(posting.units.number for posting in found[1].postings) == 0
