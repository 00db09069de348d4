"""The agreements of a quarter."""

from ledger.ground.periods import Quarter
from reports.report import report
from reports.scope import Scope
from reports.statements.agreements import AGREEMENTS
from tests.books import SMALL
from tests.conftest import Load


def test_an_agreement_that_reschedules_commits_only_what_is_new(book: Load) -> None:
    again = """
    2016-06-28 * "Spain" "Second instalment in two, and 50 more" #agreement ^PL-2016-001
      Equity:Pledges:Committed:PermanentObservers:Spain -300.00 EUR {"PL-2016-001/2"}
      Equity:Pledges:Committed:PermanentObservers:Spain  150.00 EUR {1.10 USD, "PL-2016-001/2a"}
        due: 2016-09-30
      Equity:Pledges:Committed:PermanentObservers:Spain  200.00 EUR {1.10 USD, "PL-2016-001/2b"}
        due: 2016-12-31
      Equity:Pledges:Contra                              -55.00 USD
    """
    (signed,) = report(book(SMALL, again), Scope.of(Quarter(2016, 2))).of[AGREEMENTS]
    assert (signed.instalments, signed.amount, signed.value) == (2, 50, 55)
