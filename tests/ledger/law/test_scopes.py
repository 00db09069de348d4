"""Where an entry stands under the law."""

from datetime import date

from ledger.language.kinds import Kind
from ledger.language.law import IndirectCostRecovery
from ledger.law.scopes import categories_of, donors_of, scope_of, terms_of
from tests.books import MORE, SMALL
from tests.conftest import Load


def test_an_entry_is_meant_by_its_donor_its_number_and_its_pledge(book: Load) -> None:
    fund = book(SMALL, MORE).fund
    receipt = next(e for e in fund.by_kind[Kind.RECEIPT] if e.txn.payee == "Spain")
    scope = scope_of(fund, receipt)
    assert (scope.day, scope.categories) == (date(2016, 5, 5), ("permanent-observer",))
    assert scope.subjects == {fund.digest(receipt), "ESP", "R-2016-0001", "PL-2016-001"}
    assert donors_of(fund, receipt) == ["ESP"]


def test_a_charge_is_meant_by_its_receipt(book: Load) -> None:
    fund = book(SMALL, MORE).fund
    (charge,) = fund.by_kind[Kind.INDIRECT_COSTS]
    assert categories_of(fund, charge) == ("*",)
    assert {"ESP", "R-2016-0001"} <= scope_of(fund, charge).subjects


def test_the_terms_are_those_of_the_donors_category(book: Load) -> None:
    law = '2010-01-01 custom "rule" "indirect-cost-recovery" "member-state"\n  citation: "example"\n  rate: 7\n'
    fund = book(law, SMALL).fund
    rates = {
        e.txn.payee: [terms.rate for terms in terms_of(fund, IndirectCostRecovery, e)]
        for e in fund.by_kind[Kind.RECEIPT]
    }
    assert rates == {"Mexico": [7], "Spain": []}
