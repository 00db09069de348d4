"""What donors are asked to confirm about their account, and which donors (the rule of statement 14g)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ledger.ground.money import ZERO
from ledger.language.accounts import Account
from ledger.language.kinds import Kind
from ledger.language.models import Donor
from ledger.model.entries import Entry
from ledger.model.fund import Fund


class ToConfirm(NamedTuple):
    """What one entry adds to the account that a donor is asked to confirm, in the unit of account."""

    account: Account
    entry: Entry
    received: Decimal
    committed: Decimal


def to_confirm(fund: Fund, day: date) -> Iterator[ToConfirm]:
    """Yield what there is to confirm at the end of a day.

    That is what came in during its year (a refund is no receipt), and the commitments outstanding.
    """
    for contribution in fund.contributions:
        if contribution.day.year == day.year and contribution.day <= day:
            amount = ZERO if contribution.kind == Kind.REFUND.value else contribution.value
            yield ToConfirm(contribution.account, contribution.entry, amount, ZERO)
    for item in fund.instalments.values():
        if item.stage == "committed" and (outstanding := item.outstanding(day)):
            yield ToConfirm(item.account, item.opened, ZERO, outstanding * item.rate)


def donors_to_confirm(fund: Fund, day: date) -> list[Donor]:
    """Return the donors that are asked for a confirmation at the end of a day, in the order of their codes."""
    accounts = {item.account.donor for item in to_confirm(fund, day)}
    result = [fund.registry.by_account[component] for component in accounts if component in fund.registry.by_account]
    return sorted(result, key=lambda donor: donor.code)
