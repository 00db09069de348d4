"""Donors' accounts open by themselves on first use, in the category named there, and follow a change of status."""

from datetime import date

from beancount.core.data import Close, Open

from tests.conftest import Load


def test_an_account_opens_on_its_first_use(book: Load) -> None:
    loaded = book(
        """
        2016-09-10 * "Mexico" "Second" #receipt
          receipt-number: "R-2016-0002"
          Assets:Bank:Operating                      50.00 USD
          Income:Contributions:MemberStates:Mexico  -50.00 USD
        2016-09-08 * "Mexico" "First" #receipt
          receipt-number: "R-2016-0001"
          Assets:Bank:Operating                      50.00 USD
          Income:Contributions:MemberStates:Mexico  -50.00 USD
        """
    )
    opens = {e.account: e.date for e in loaded.entries if isinstance(e, Open)}
    assert loaded.findings == []
    assert opens["Income:Contributions:MemberStates:Mexico"] == date(2016, 9, 8)
    assert not [e for e in loaded.entries if isinstance(e, Close)]


NICARAGUA = """
    2023-01-10 * "Nicaragua" "Agreement" #agreement ^PL-2023-001
      Equity:Pledges:Committed:MemberStates:Nicaragua   100.00 USD {1 USD, "PL-2023-001/1"}
        due: 2023-12-31
      Equity:Pledges:Contra                            -100.00 USD
    2023-02-01 * "Nicaragua" "Contribution" #receipt
      receipt-number: "R-2023-0001"
      Assets:Bank:Operating                              10.00 USD
      Income:Contributions:MemberStates:Nicaragua       -10.00 USD
"""


def test_a_donor_that_leaves_keeps_what_it_owes_open(book: Load) -> None:
    loaded = book(NICARAGUA)
    closes = {e.account: e.date for e in loaded.entries if isinstance(e, Close)}
    assert loaded.findings == []
    assert closes == {"Income:Contributions:MemberStates:Nicaragua": date(2023, 11, 18)}


def test_a_donor_that_has_left_pays_what_it_owes_as_one_of_the_others(book: Load) -> None:
    loaded = book(
        NICARAGUA
        + """
    2024-01-15 * "Nicaragua" "Instalment, after its exit" #receipt ^PL-2023-001
      receipt-number: "R-2024-0001"
      Assets:Bank:Operating                             100.00 USD
      Income:Contributions:Others:Nicaragua            -100.00 USD
      Equity:Pledges:Committed:MemberStates:Nicaragua  -100.00 USD {"PL-2023-001/1"}
      Equity:Pledges:Contra                             100.00 USD
    """
    )
    closes = {e.account: e.date for e in loaded.entries if isinstance(e, Close)}
    assert loaded.findings == []
    assert closes["Equity:Pledges:Committed:MemberStates:Nicaragua"] == date(2024, 1, 15)


def test_a_note_opens_an_account_too(book: Load) -> None:
    loaded = book('2016-09-08 note Equity:Pledges:Announced:PermanentObservers:EuropeanUnion "In conversation"')
    assert loaded.findings == []
