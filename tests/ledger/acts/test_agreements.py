"""How words of a command must agree."""

from datetime import date

from ledger.acts.agreements import in_order, one_donor, one_pledge
from tests.books import COMMITMENT
from tests.conftest import Load


def test_a_donor_and_a_pledge_are_of_one_donor(book: Load) -> None:
    fund = book(COMMITMENT).fund
    relation = one_donor("--donor", "PLEDGE", donor="--donor")
    (said,) = relation.contradictions(fund, {"--donor": "Mexico", "PLEDGE": "PL-2026-001"})
    assert str(said) == "--donor Mexico contradicts PL-2026-001, which is of Canada: leave one out"
    assert list(relation.contradictions(fund, {"--donor": "CAN", "PLEDGE": "PL-2026-001"})) == []


def test_what_is_settled_is_of_the_pledge_that_is_named(book: Load) -> None:
    relation = one_pledge("PLEDGE", "--settles")
    words = {"PLEDGE": "PL-2026-001", "--settles": ["PL-2026-002/1"]}
    assert len(list(relation.contradictions(book(COMMITMENT).fund, words))) == 1


def test_days_are_in_order(book: Load) -> None:
    relation = in_order("--instrument-date", "--accepted")
    fund, day = book("").fund, {"--instrument-date": "2026-01-02"}
    assert len(list(relation.contradictions(fund, {**day, "--accepted": str(date(2026, 1, 1))}))) == 1
    assert list(relation.contradictions(fund, {**day, "--accepted": "2026-01-02"})) == []
