"""How a donor is named in what is published."""

from ledger.law.publication import WITHHELD, donor_name
from reports.translation import LANGUAGES
from tests.books import SMALL
from tests.conftest import Load


def test_a_donor_that_asks_is_named_in_the_book_only(book: Load) -> None:
    fund = book(SMALL.replace('"Letter" #pledge ^PL-2016-001', '"Letter" #pledge ^PL-2016-001\n  anonymous: TRUE')).fund
    spain, mexico = (next(e for e in fund.entries if e.txn.payee == name) for name in ("Spain", "Mexico"))
    assert donor_name(fund, "Spain", spain, "es") == WITHHELD["es"]
    assert donor_name(fund, "Spain", spain, "es", published=False) == "España"
    assert donor_name(fund, "Mexico", mexico) == "Mexico"


def test_it_is_said_in_every_language() -> None:
    assert WITHHELD.keys() == set(LANGUAGES)
