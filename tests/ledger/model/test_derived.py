"""Entries that derive from another."""

from ledger.language.kinds import Kind
from ledger.model.derived import sources_of
from ledger.model.entries import receipts_named
from tests.books import MORE, SMALL
from tests.conftest import Load


def test_an_identification_derives_from_the_credit_and_a_charge_from_its_receipt(book: Load) -> None:
    fund = book(SMALL, MORE).fund
    (identified,), (charge,) = fund.by_kind[Kind.IDENTIFY], fund.by_kind[Kind.INDIRECT_COSTS]
    assert [entry.txn.narration for entry in sources_of(fund, identified)] == ["Credit without a known donor"]
    assert receipts_named(charge) == {"R-2016-0001"}
    assert [entry.kind for entry in sources_of(fund, charge)] == [Kind.RECEIPT]


def test_spending_derives_from_nothing(book: Load) -> None:
    fund = book(SMALL).fund
    assert list(sources_of(fund, fund.by_kind[Kind.EXPENDITURE][0])) == []
