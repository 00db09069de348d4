"""The fund: what is worked out from the entries is worked out once, for the day as of which the book is judged."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from ledger.language.law import Schema
from ledger.model.fund import Fund
from tests.conftest import Load

BOOK = """
2016-08-01 * "Credit without a name" #unclaimed ^UR-2016-001
  bank-reference: "FT-1"
  Assets:Bank:Operating                               50.00 USD
  Liabilities:UnclaimedReceipts                      -50.00 USD

2016-08-02 * "The same credit, taken back" #unclaimed #correction ^UR-2016-001
  corrects: "2016-08-01"
  bank-reference: "FT-1"
  Assets:Bank:Operating                              -50.00 USD
  Liabilities:UnclaimedReceipts                       50.00 USD
"""


def test_what_is_worked_out_is_worked_out_once(book: Load) -> None:
    fund = book(BOOK).fund
    for name in ("reversals", "unclaimed", "receipt_entries", "positions", "documents", "unnamed", "unnamed_places"):
        assert getattr(fund, name) is getattr(fund, name), name


def test_a_fund_is_read_and_never_written(book: Load) -> None:
    fund = book(BOOK).fund
    with pytest.raises(FrozenInstanceError):
        fund.as_of = date(2016, 1, 1)  # type: ignore[misc]


def test_another_day_is_the_same_book(book: Load) -> None:
    fund = book(BOOK).fund
    (first, second) = fund.entries
    later = fund.at(date(2030, 1, 1))
    assert (fund.as_of, later.as_of) == (date(2016, 8, 2), date(2030, 1, 1))
    assert later.entries is fund.entries
    assert fund.reversals == later.reversals == {second: first}
    assert (fund.reversed_entries(date(2016, 8, 1)), fund.reversed_entries(date(2016, 8, 2))) == (frozenset(), {first})
    assert later.unclaimed is not fund.unclaimed


def test_an_entry_knows_its_place_and_how_much_it_moves(book: Load) -> None:
    loaded = book(BOOK)
    lines = loaded.path.read_text(encoding="utf-8").splitlines()
    (first, second) = loaded.fund.entries
    assert first.place == f"{loaded.path}:{lines.index(BOOK.splitlines()[1]) + 1}"
    assert (first.moved, second.moved) == (50, 50)


def test_a_book_without_the_plugin_speaks_of_no_rule(book: Load) -> None:
    loaded = book(BOOK)
    fund = Fund.build(loaded.entries, loaded.options, Schema())
    assert [finding.code for finding in fund.findings] == []
    assert fund.law.rules == []
    assert loaded.fund.law.rules != []
