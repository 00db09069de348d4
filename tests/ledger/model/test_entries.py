"""Entries as the model reads them: what each posting weighs."""

from datetime import date
from decimal import Decimal

from beancount.core.amount import Amount
from beancount.core.convert import get_weight
from beancount.core.data import Posting
from beancount.core.position import Cost
from hypothesis import given
from hypothesis import strategies as st

from ledger.model.entries import weight


@given(
    number=st.decimals("-1e6", "1e6", places=2),
    other=st.decimals("0.0001", "1000", places=4),
    held=st.sampled_from(["as it is", "at a price", "at cost"]),
)
def test_a_posting_weighs_what_beancount_says(number: Decimal, other: Decimal, held: str) -> None:
    units, price = Amount(number, "EUR"), Amount(other, "USD") if held == "at a price" else None
    cost = Cost(other, "USD", date(2016, 1, 1), "PL-2016-001") if held == "at cost" else None
    posting = Posting("Assets:Bank:Operating", units, cost, price, None, None)
    number, currency = weight(posting)
    assert abs(number - get_weight(posting).number) < Decimal("1e-11")
    assert currency == get_weight(posting).currency
