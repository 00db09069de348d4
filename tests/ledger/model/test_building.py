"""What entries say of pledges and contributions, gathered in one pass."""

from ledger.language.kinds import Kind
from ledger.model.building import Builder
from ledger.model.entries import read
from tests.books import SMALL
from tests.conftest import Load


def test_entries_are_added_one_after_the_other(book: Load) -> None:
    built = Builder()
    for txn in book(SMALL).fund.contents.transactions:
        built.add(read(txn))
    assert {kind: len(entries) for kind, entries in built.by_kind.items() if entries} == {
        Kind.RECEIPT: 2,
        Kind.PLEDGE: 1,
        Kind.AGREEMENT: 1,
        Kind.EXPENDITURE: 1,
        Kind.REFUND: 1,
        Kind.REDUCTION: 1,
        Kind.IN_KIND: 1,
    }
    assert sorted(item.label for item in built.instalments.values()) == [
        "PL-2016-001",
        "PL-2016-001/1",
        "PL-2016-001/2",
    ]
    assert [item.value for item in built.contributions] == [500, 640, -50]
