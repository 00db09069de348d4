"""What the name of an account says."""

import pytest

from ledger.language.accounts import Role, account, donor_account


@pytest.mark.parametrize(
    ("name", "role", "category", "donor"),
    [
        ("Equity:Pledges:Committed:MemberStates:Argentina", Role.COMMITTED, "MemberStates", "Argentina"),
        ("Income:Contributions:Others:FoundationOne", Role.CONTRIBUTION, "Others", "FoundationOne"),
        ("Income:Contributions:MemberStates", Role.MISFIT, "", ""),
        ("Assets:Bank:Operating", Role.BANK, "", ""),
        ("Expenses:Travel:Air", Role.EXPENDITURE, "", ""),
        ("Assets:Cash", Role.MISFIT, "", ""),
    ],
)
def test_an_account_is_taken_apart(name: str, role: Role, category: str, donor: str) -> None:
    found = account(name)
    assert (found.role, found.category, found.donor) == (role, category, donor)


def test_a_donors_account_by_its_parts() -> None:
    name = donor_account(Role.ANNOUNCED, "MemberStates", "Chile")
    assert account(name).role is Role.ANNOUNCED
    assert not account(name).monetary
    assert account("Liabilities:UnclaimedReceipts").monetary
