"""The entry that a person means."""

from pathlib import Path

import pytest

from ledger.acts.lookup import SHORT, find_entry, short
from ledger.ground.errors import InvalidEntryError
from tests.books import SMALL
from tests.conftest import Load


def test_an_entry_by_its_number_its_place_or_its_digits(book: Load) -> None:
    fund = book(SMALL).fund
    receipt = find_entry(fund, "r-2016-0001")
    digits = short(fund.digest(receipt))
    meta = receipt.txn.meta
    assert len(digits) == SHORT
    assert find_entry(fund, digits) is receipt
    assert find_entry(fund, f"{Path(meta['filename']).name}:{meta['lineno']}") is receipt


def test_a_name_of_several_lists_them(book: Load) -> None:
    with pytest.raises(InvalidEntryError, match="'PL-2016-001' means 4 entries"):
        find_entry(book(SMALL).fund, "PL-2016-001")


def test_a_name_of_none_leads_to_the_nearest(book: Load) -> None:
    with pytest.raises(InvalidEntryError, match="did you mean 'R-2016-0001'"):
        find_entry(book(SMALL).fund, "R-2016-0011")
