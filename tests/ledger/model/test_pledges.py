"""Pledges and their instalments as movements."""

from datetime import date
from decimal import Decimal

import pytest

from ledger.model.pledges import Effect, pledge_of
from tests.books import SMALL
from tests.conftest import Load


@pytest.mark.parametrize(
    ("label", "pledge"), [("PL-2016-001/2", "PL-2016-001"), ("PL-2016-001", "PL-2016-001"), ("UR-2016-001", None)]
)
def test_a_lot_names_its_pledge(label: str, pledge: str | None) -> None:
    assert pledge_of(label) == pledge


def test_an_instalment_by_its_movements(book: Load) -> None:
    """400 EUR committed and 100 given up: 300 are outstanding, from the day of the letter on."""
    fund = book(SMALL).fund
    second = next(item for item in fund.instalments.values() if item.label == "PL-2016-001/2")
    assert (second.due, second.rate, second.stage) == (date(2016, 6, 30), Decimal("1.10"), "committed")
    assert second.total(Effect.REDUCED) == 100
    assert [second.outstanding(date(2016, 6, day)) for day in (19, 20)] == [400, 300]
    assert not second.overdue(date(2016, 6, 30))
    assert second.overdue(date(2016, 7, 1))


def test_a_pledge_is_outstanding_by_currency(book: Load) -> None:
    pledge = book(SMALL).fund.pledges["PL-2016-001"]
    assert (pledge.donor, pledge.outstanding("EUR"), pledge.outstanding("USD")) == ("Spain", 300, 0)
