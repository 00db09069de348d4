"""A payer that was remembered wrongly is forgotten, and may be another's."""

import pytest

from importers.matching.names import Names
from ledger.acts.payer import ConfirmPayer
from ledger.acts.payer_end import ForgetPayer
from ledger.ground.errors import InvalidEntryError
from ledger.ground.render import render
from tests.acting import plain, stated
from tests.conftest import Load

BOOK = """
2016-02-01 custom "payer" "ARG" "TESORERIA GENERAL"
  account: "AR12345"
  by: "finance-officer-1"
"""


def test_a_payer_is_forgotten_and_recorded_for_another_donor(book: Load) -> None:
    fund = book(BOOK).fund
    assert Names.of(fund).identify("TESORERIA GENERAL", "AR12345").donor == "ARG"
    act = ForgetPayer(fund, plain, officer="finance-officer-1", sure=True).fill(
        stated(donor="Argentina", title="TESORERIA GENERAL", reason="error", day="2016-03-01")
    )
    text = BOOK + render(act.entries().directives)
    after = book(text)
    assert after.errors == []
    assert after.fund.directives.payers == []
    assert Names.of(after.fund).identify("TESORERIA GENERAL", "AR12345").donor != "ARG"
    words = stated(title="TESORERIA GENERAL", account="AR12345", day="2016-03-01")
    other = ConfirmPayer(after.fund, plain, officer="finance-officer-1", sure=True).fill({**words, "donor": ["CHL"]})
    again = book(text + render(other.entries().directives))
    assert again.errors == []
    assert Names.of(again.fund).identify("TESORERIA GENERAL", "AR12345").donor == "CHL"
    with pytest.raises(InvalidEntryError, match="was taken back on 2016-03-01: give a later day"):
        ConfirmPayer(after.fund, plain, officer="finance-officer-1", sure=True).fill(
            {**words, "donor": ["ARG"]}
        ).entries()


def test_only_a_payer_that_is_recorded_is_forgotten(book: Load) -> None:
    fund = book(BOOK).fund
    (problem,) = ForgetPayer(fund, plain).fill(stated(donor="ARG", title="TESORERIA", reason="error")).problems
    assert "did you mean 'TESORERIA GENERAL'?" in problem.text
    early = ForgetPayer(fund, plain, sure=True).fill(
        stated(donor="ARG", title="TESORERIA GENERAL", reason="error", day="2016-01-31")
    )
    with pytest.raises(InvalidEntryError, match="ARG pays as TESORERIA GENERAL since 2016-02-01"):
        early.entries()
