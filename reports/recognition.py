"""What is recognised as income, and when: the three bases of a report.

Cash (the book itself): a contribution is income when it is received. Agreement (IPSAS 47, revenue from a binding
arrangement): a committed instalment is income when it is committed, and what of it is outstanding is an asset. Promise
(ASC 958-605): the same for agreements without `conditions`; a conditional one is income when it is received (house
rule: nothing in the book says when a condition is met). An announced pledge states an intent and binds nobody, and is
income under none of them. On the last two a receipt of a recognised instalment is no income again: what it brings more
or less than the carried value is an exchange difference; a reduction or a conversion takes income back, a write-off is
an expense. What is outstanding is shown at the rate of the day (IPSAS 4). House rules: an agreement is taken as
enforceable and without obligations to be met first, and nothing is discounted. Sources: facts 3.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ledger.ground.money import ZERO
from ledger.language.accounts import Account, Role
from ledger.language.kinds import Kind
from ledger.model.entries import Entry
from ledger.model.fund import Fund
from ledger.model.pledges import Effect, Instalment
from reports.scope import Basis


class Recognised(NamedTuple):
    """One amount of income (positive) or expense. `line` is that of statement 1; `account` says of whom."""

    day: date
    line: str
    account: Account
    value: Decimal
    entry: Entry


CONTRIBUTION, REFUND, WRITE_OFF, EXCHANGE = "contribution", "refund", "write-off", "exchange"
_TAKEN_BACK = frozenset({Effect.MOVED_OUT, Effect.REDUCED, Effect.CONVERTED})


def recognised(fund: Fund, basis: Basis) -> Iterator[Recognised]:
    """Yield the income from contributions on a basis, receipts first."""
    for item in fund.contributions:
        line = REFUND if item.kind == Kind.REFUND.value else CONTRIBUTION
        yield Recognised(item.day, line, item.account, item.value, item.entry)
    accounts = {(item.entry, item.account.donor): item.account for item in fund.contributions}
    for instalment in receivables(fund, basis):
        account = instalment.account
        for move in instalment.movements:
            if move.effect is Effect.RECEIVED:
                # what came in is taken back where it was counted: the donor may have changed its category since the agreement
                income = accounts.get((move.entry, account.donor), account)
                yield Recognised(move.day, CONTRIBUTION, income, -move.credited, move.entry)
                yield Recognised(move.day, EXCHANGE, account, move.credited - move.carried, move.entry)
            elif move.effect is Effect.WRITTEN_OFF:
                yield Recognised(move.day, WRITE_OFF, account, -move.carried, move.entry)
            else:
                sign = -1 if move.effect in _TAKEN_BACK else 1
                yield Recognised(move.day, CONTRIBUTION, account, sign * move.carried, move.entry)


def receivables(fund: Fund, basis: Basis) -> Iterator[Instalment]:
    """Yield the instalments that are an asset on a basis while they are outstanding: none on the cash basis."""
    if basis is Basis.CASH:
        return
    for instalment in fund.instalments.values():
        if instalment.account.role is Role.COMMITTED and (basis is Basis.AGREEMENT or not conditional(instalment)):
            yield instalment


def conditional(instalment: Instalment) -> bool:
    """Return whether the entry that opened an instalment, or its posting, states conditions."""
    conditions = [instalment.opened.txn.meta.get("conditions")]
    conditions += [
        (posting.meta or {}).get("conditions")
        for posting in instalment.opened.txn.postings
        if posting.cost is not None and posting.cost.label == instalment.label
    ]
    return any(conditions)


def revaluation(fund: Fund, basis: Basis, day: date) -> Decimal:
    """Return what the outstanding receivables are worth at the rate of a day beyond their carried value.

    Without a rate they keep that value.
    """
    result = ZERO
    for instalment in receivables(fund, basis):
        if outstanding := instalment.outstanding(day):
            result += instalment.worth(outstanding, fund.rates, day) - instalment.carried(outstanding)
    return result
