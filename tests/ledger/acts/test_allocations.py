"""How much is taken from which instalment."""

from datetime import date
from decimal import Decimal

import pytest
from beancount.core.amount import Amount

from ledger.acts.allocations import allocations_from, oldest_first
from ledger.acts.lookup import find_donor, find_pledge
from ledger.ground.errors import InvalidEntryError
from tests.books import COMMITMENT
from tests.conftest import Load

DAY = date(2026, 4, 1)


def usd(number: int) -> Amount:
    return Amount(Decimal(number), "USD")


def test_the_earliest_due_is_settled_first(book: Load) -> None:
    fund = book(COMMITMENT).fund
    takes = oldest_first(list(fund.instalments.values()), usd(350), DAY)
    assert [(take.instalment.label, take.amount.number) for take in takes] == [
        ("PL-2026-001/1", 300),
        ("PL-2026-001/2", 50),
    ]


def test_a_label_means_an_instalment_or_a_whole_pledge(book: Load) -> None:
    fund = book(COMMITMENT).fund
    assert [take.amount for take in allocations_from(fund, "PL-2026-001", None, DAY)] == [usd(300), usd(200)]
    assert [take.amount for take in allocations_from(fund, "PL-2026-001/2", usd(20), DAY)] == [usd(20)]
    with pytest.raises(InvalidEntryError, match=r"201\.00 USD is more than is outstanding"):
        allocations_from(fund, "PL-2026-001/2", usd(201), DAY)


def test_a_name_that_nothing_has_leads_to_the_nearest(book: Load) -> None:
    fund = book(COMMITMENT).fund
    assert find_donor(fund, "canadá").code == "CAN"
    with pytest.raises(InvalidEntryError, match="did you mean 'Canada'"):
        find_donor(fund, "Canda")
    assert find_pledge(fund, "pl-2026-001").donor == "Canada"
