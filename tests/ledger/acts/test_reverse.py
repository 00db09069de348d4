"""A reversal takes back what hangs on its entry."""

from pathlib import Path

from ledger.book.loading import load
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
