"""Receipts, and what each settles."""

from decimal import Decimal

from ledger.model.receipts import share
from tests.books import SMALL
from tests.conftest import Load


def test_a_receipt_is_shared_among_foreign_instalments_to_the_cent(book: Load) -> None:
    loaded = book(
        """
        2016-02-10 * "Spain" "Agreement" #agreement ^PL-2016-001
          Equity:Pledges:Committed:PermanentObservers:Spain   100.00 EUR {1.10 USD, "PL-2016-001/1"}
            due: 2016-03-31
          Equity:Pledges:Committed:PermanentObservers:Spain   200.00 EUR {1.10 USD, "PL-2016-001/2"}
            due: 2016-06-30
          Equity:Pledges:Contra                              -330.00 USD

        2016-05-05 * "Spain" "Both at once" #receipt ^PL-2016-001
          receipt-number: "R-2016-0001"
          Assets:Bank:Operating                               320.00 USD
          Income:Contributions:PermanentObservers:Spain      -320.00 USD
          Equity:Pledges:Committed:PermanentObservers:Spain  -100.00 EUR {"PL-2016-001/1"}
          Equity:Pledges:Committed:PermanentObservers:Spain  -200.00 EUR {"PL-2016-001/2"}
          Equity:Pledges:Contra                               330.00 USD
        """
    )
    assert loaded.findings == []
    (receipt,) = loaded.fund.receipts
    assert [s.credited for s in receipt.settlements] == [Decimal("106.67"), Decimal("213.33")]  # a third and the rest


def test_what_a_receipt_brought_is_shared_and_nothing_is_left_over(book: Load) -> None:
    """640 for 600 euros alone; 320 for 100 and 200: a third, and the rest."""
    receipt = book(SMALL).fund.receipts[1]
    settled = [
        (number, leg) for number, leg in enumerate(receipt.entry.memorandum) if leg.posting.units.currency == "EUR"
    ]
    assert list(share(receipt.value, settled).values()) == [640]
