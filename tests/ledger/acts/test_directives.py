"""Directives of ours as entries to append."""

from datetime import date

import pytest

from ledger.acts.directives import approval, custom, describe_entry, payer, reconfirmation
from ledger.ground.errors import InvalidEntryError
from ledger.ground.render import render
from tests.books import SMALL
from tests.conftest import Load

DAY = date(2016, 7, 1)


def test_values_that_say_nothing_are_left_out() -> None:
    assert render([custom("purpose", DAY, ("reports",), {"basis": "x", "note": None, "source": ""})]).splitlines() == [
        '2016-07-01 custom "purpose" "reports"',
        '  basis: "x"',
    ]


def test_a_word_that_cannot_stand_in_quotes_is_refused_and_a_payer_is_written_without_them() -> None:
    with pytest.raises(InvalidEntryError, match="leave quotation marks"):
        reconfirmation('PL-"2016', DAY, "x")
    assert '"TESORERIA GENERAL"' in render([payer("ARG", DAY, 'TESORERIA "GENERAL"', account="", bic="", by=None)])


def test_an_approval_is_of_what_the_entry_says_now(book: Load) -> None:
    fund = book(SMALL).fund
    receipt = fund.receipts[1].entry
    text = render([approval(receipt.txn, "treasurer-1", DAY)])
    assert fund.digest(receipt) in text
    assert (
        describe_entry(receipt.txn)
        == "2016-05-05, R-2016-0001, PL-2016-001, Spain, First instalment, 15 kept by the bank"
    )
