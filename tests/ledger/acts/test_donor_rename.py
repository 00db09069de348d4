"""A donor is called otherwise from a day on: what speaks of an earlier day keeps the former name."""

from datetime import date
from decimal import Decimal

import pytest

from ledger.acts.donor_rename import RenameDonor
from ledger.acts.lookup import find_donor
from ledger.ground.errors import InvalidEntryError
from ledger.ground.periods import Quarter
from ledger.ground.render import render
from reports.report import report
from reports.scope import Scope
from reports.statements.contributions import CONTRIBUTIONS
from tests.conftest import Load

TWO = """
1900-01-01 custom "donor" "FOUNDATION-2"
  account: "FoundationTwo"
  kind: "private-institution"
  name-en: "Fundación Puentes (example)"
  aliases: "Puentes"
2004-06-08 custom "donor-status" "FOUNDATION-2" "other"

2016-01-10 custom "payer" "FOUNDATION-2" "PUENTES SERVICIOS SA"
  by: "finance-officer-1"

2016-02-01 * "Fundación Puentes (example)" "Accepted" #agreement ^PL-2016-001
  Equity:Pledges:Committed:Others:FoundationTwo      300.00 USD {1 USD, "PL-2016-001/1"}
    due: 2016-12-31
  Equity:Pledges:Contra                             -300.00 USD

2016-02-08 * "Fundación Puentes (example)" "Contribution" #receipt
  receipt-number: "R-2016-0001"
  Assets:Bank:Operating                               50.00 USD
  Income:Contributions:Others:FoundationTwo          -50.00 USD

2016-05-08 * "A foundation (example)" "Contribution" #receipt
  receipt-number: "R-2016-0002"
  Assets:Bank:Operating                               20.00 USD
  Income:Contributions:Others:FoundationOne          -20.00 USD
"""


def plain(name: str) -> str:
    return name


def stated(**texts: str) -> dict[str, list[str]]:
    return {name: [text] for name, text in texts.items()}


def given(book: Load, text: str, quarter: Quarter, language: str = "en") -> dict[str, Decimal]:
    """Return what each donor gave in all until the end of a quarter, by its name in the report of that."""
    statement = report(book(text), Scope.of(quarter, language=language)).of[CONTRIBUTIONS]
    return {line.donor: Decimal(line.cumulative) for line in statement.lines}


def test_a_report_calls_a_donor_as_it_was_called_on_its_day(book: Load) -> None:
    act = RenameDonor(book(TWO).fund, plain, sure=True).fill(
        stated(
            donor="Puentes", title="Bridges (example)", name_es="Puentes del Sur", day="2016-06-01", evidence="letter"
        )
    )
    text = TWO + render(act.entries().directives)
    assert book(text).errors == []
    assert given(book, text, Quarter(2016, 1)) == {"Fundación Puentes (example)": 50}
    assert given(book, text, Quarter(2016, 2)) == {"Bridges (example)": 50, "A foundation (example)": 20}
    assert "Puentes del Sur" in given(book, text, Quarter(2016, 2), "es")
    assert "Bridges (example)" in given(book, text, Quarter(2016, 2), "fr")  # left out: as in English
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
