"""A donor is called otherwise from a day on: what speaks of an earlier day keeps the former name."""

from datetime import date

import pytest

from ledger.acts.donor_rename import RenameDonor
from ledger.acts.lookup import find_donor
from ledger.ground.errors import InvalidEntryError
from ledger.ground.periods import Quarter
from ledger.ground.render import render
from tests.acting import plain, stated
from tests.books import TWO_FOUNDATIONS
from tests.conftest import Load
from tests.giving import given_by_name


def test_a_report_calls_a_donor_as_it_was_called_on_its_day(book: Load) -> None:
    act = RenameDonor(book(TWO_FOUNDATIONS).fund, plain, sure=True).fill(
        stated(
            donor="Puentes", title="Bridges (example)", name_es="Puentes del Sur", day="2016-06-01", evidence="letter"
        )
    )
    text = TWO_FOUNDATIONS + render(act.entries().directives)
    assert book(text).errors == []
    assert given_by_name(book, text, Quarter(2016, 1)) == {"Fundación Puentes (example)": 50}
    assert given_by_name(book, text, Quarter(2016, 2)) == {"Bridges (example)": 50, "A foundation (example)": 20}
    assert "Puentes del Sur" in given_by_name(book, text, Quarter(2016, 2), "es")
    assert "Bridges (example)" in given_by_name(book, text, Quarter(2016, 2), "fr")  # left out: as in English
    fund = book(text).fund
    assert {
        find_donor(fund, name).code for name in ("Bridges (example)", "Fundación Puentes (example)", "Puentes")
    } == {"FOUNDATION-2"}
    earlier = fund.at(date(2016, 5, 31)).registry
    assert earlier.donors["FOUNDATION-2"].name_en == "Fundación Puentes (example)"
    assert earlier.find("Bridges (example)") is not None  # found by a name that it will have, too
    with pytest.raises(InvalidEntryError, match="FOUNDATION-2 has a new name from 2016-06-01 on already"):
        RenameDonor(fund, plain, sure=True).fill(
            stated(donor="Puentes", title="B", day="2016-06-01", evidence="x")
        ).entries()
