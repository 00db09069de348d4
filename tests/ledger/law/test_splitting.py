"""Entries that reach a threshold together."""

from decimal import Decimal

from ledger.language.law import Limit
from ledger.law.splitting import plainly, splits
from tests.conftest import Load

PAID = """
2016-09-{day:02d} * "{payee}" "Rooms" #expenditure
  Expenses:Travel                                     {amount}.00 USD
  Assets:Bank:Operating                              -{amount}.00 USD
"""
LIMIT = Limit(Decimal(100), 7)


def test_two_payments_of_one_week_are_judged_as_one(book: Load) -> None:
    """60 and 50 within seven days are 110; the 50 of eight days later stand alone."""
    texts = [PAID.format(day=day, payee=payee, amount=amount) for day, payee, amount in (
        (1, "Hotel Europa", 60), (8, "HOTEL EUROPA", 50), (16, "Hotel Europa", 50), (8, "Another", 90)
    )]  # fmt: skip
    fund = book(*texts).fund
    found = splits(fund, dict.fromkeys(fund.entries, LIMIT))
    assert [(entry.txn.date.day, split.entries, split.total) for entry, split in found.items()] == [
        (1, 2, 110),
        (8, 2, 110),
    ]


def test_a_name_is_the_same_whatever_hand_wrote_it() -> None:
    assert plainly("Hôtel  Europa, S.A.") == plainly("HOTEL EUROPA SA") == "hoteleuropasa"
