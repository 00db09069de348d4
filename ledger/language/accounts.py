"""The chart of accounts: what an account name says about stage, donor category and donor.

The chart is fixed (docs/language.md lists it); names that were taken apart are remembered, because a book names the
same few hundred accounts a hundred thousand times (3 % of a check). What a name means depends on nothing but the name.
"""

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from ledger.ground.phrases import N_

CONTRA = "Equity:Pledges:Contra"
UNCLAIMED = "Liabilities:UnclaimedReceipts"
REFUNDS_PAYABLE = "Liabilities:RefundsPayable"
PAYABLE = "Liabilities:AccountsPayable"
IN_TRANSIT = "Assets:Bank:InTransit"
BANK_CHARGES = "Expenses:BankCharges"
INDIRECT_COSTS = "Expenses:IndirectCostRecovery"
INTEREST = "Income:Interest"
EXCHANGE = "Income:ExchangeDifferences"
TRANSFERS = "Income:InterFundTransfers"
LOANS = "Assets:InterFundLoans"
OPENING = "Equity:OpeningBalances"
MEMORANDUM = "Equity:Pledges:"


class Role(Enum):
    """What an account is for in the fund's book."""

    ANNOUNCED = N_("announced pledges (memorandum)")
    COMMITTED = N_("committed pledges (memorandum)")
    CONTRA = N_("contra account of the memorandum")
    CONTRIBUTION = N_("contributions received")
    IN_KIND_INCOME = N_("contributions in kind")
    IN_KIND_EXPENSE = N_("use of contributions in kind")
    BANK = N_("cash at bank")
    LOAN = N_("inter-fund loans")
    UNCLAIMED = N_("unclaimed receipts")
    REFUNDS_PAYABLE = N_("refunds payable")
    PAYABLE = N_("accounts payable")
    BANK_CHARGES = N_("bank charges")
    INDIRECT_COSTS = N_("indirect cost recovery")
    EXPENDITURE = N_("expenditure")
    INTEREST = N_("interest")
    EXCHANGE = N_("exchange differences")
    TRANSFER_IN = N_("transfers from other funds of the Organization")
    OPENING = N_("opening balances")
    MISFIT = N_("not in the chart of accounts")

    __hash__ = object.__hash__  # by identity: Enum's own hash runs in Python, half a million times in a large book


DONOR_PREFIXES = {
    Role.ANNOUNCED: "Equity:Pledges:Announced",
    Role.COMMITTED: "Equity:Pledges:Committed",
    Role.CONTRIBUTION: "Income:Contributions",
    Role.IN_KIND_INCOME: "Income:InKind",
}
"""Accounts of one donor continue with `:<Category>:<Donor>`; the plugin opens and closes them."""

MEMORANDUM_ROLES = frozenset({Role.ANNOUNCED, Role.COMMITTED, Role.CONTRA})
STAGES = frozenset({Role.ANNOUNCED, Role.COMMITTED})
MONETARY = frozenset({Role.BANK, Role.LOAN, Role.UNCLAIMED, Role.REFUNDS_PAYABLE, Role.PAYABLE})

_FIXED = {
    CONTRA: Role.CONTRA,
    UNCLAIMED: Role.UNCLAIMED,
    REFUNDS_PAYABLE: Role.REFUNDS_PAYABLE,
    PAYABLE: Role.PAYABLE,
    BANK_CHARGES: Role.BANK_CHARGES,
    INDIRECT_COSTS: Role.INDIRECT_COSTS,
    INTEREST: Role.INTEREST,
    EXCHANGE: Role.EXCHANGE,
    TRANSFERS: Role.TRANSFER_IN,
    LOANS: Role.LOAN,
    OPENING: Role.OPENING,
}


@dataclass(frozen=True, slots=True)
class Account:
    """An account name taken apart.

    `category` and `donor` are account components (`MemberStates`, `Argentina`) or ''.
    """

    name: str
    role: Role
    category: str = ""
    donor: str = ""

    @property
    def monetary(self) -> bool:
        """Whether it holds what the fund has or owes (IPSAS 4: a monetary item)."""
        return self.role in MONETARY


@lru_cache(maxsize=4096)
def account(name: str) -> Account:
    """Take an account name apart. A donor's account with missing or extra components is a `Role.MISFIT`."""
    if name in _FIXED:
        return Account(name, _FIXED[name])
    for role, prefix in DONOR_PREFIXES.items():
        if name.startswith(prefix + ":"):
            category, colon, donor = name[len(prefix) + 1 :].partition(":")
            whole = colon and ":" not in donor
            return Account(name, role, category, donor) if whole else Account(name, Role.MISFIT)
    if name.startswith("Assets:Bank:"):
        return Account(name, Role.BANK)
    if name.startswith("Expenses:InKind:"):
        return Account(name, Role.IN_KIND_EXPENSE)
    if name.startswith("Expenses:"):
        return Account(name, Role.EXPENDITURE)
    return Account(name, Role.MISFIT)


def donor_account(role: Role, category: str, donor: str) -> str:
    """Name the account of a donor for a role of `DONOR_PREFIXES`."""
    return f"{DONOR_PREFIXES[role]}:{category}:{donor}"
