"""The register of pledges, its ageing and its days."""

from datetime import date

from ledger.ground.periods import Quarter
from reports.report import report
from reports.scope import Scope
from reports.statements.pledges import PLEDGES
from tests.books import SMALL
from tests.conftest import Load


def test_the_ageing_of_a_later_quarter(book: Load) -> None:
    q4 = report(book(SMALL), Scope.of(Quarter(2016, 4)))
    second = q4.of[PLEDGES].lines[-1]
    assert second.due == date(2016, 6, 30)
    assert second.ageing == "181 to 365 days"  # 30 June to 31 December: 184 days
