"""bank-balance: a balance that a bank states is exact.

Source: house rule, after the reconciliation of bank accounts that auditors ask for (facts 6): a bank is never wrong by
a cent that nobody explains. Beancount lets a `balance` pass that is off by the last digit with which it is written, or
by any tolerance that it states; on a bank account neither is allowed. No directive sets this rule and no waiver lifts
it. What Beancount itself refuses is not told again.

Breaks it, where the book has 30,000.00 USD:

    2016-10-01 balance Assets:Bank:Operating  30000.01 USD

Keeps it: `30000.00 ~ 0 USD`, or 30000.00 USD without a tolerance.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from beancount.core import data
from beancount.ops.balance import get_balance_tolerance

from ledger.ground.findings import Finding, Message
from ledger.ground.money import ZERO
from ledger.law.rule import Rule
from ledger.model.fund import Fund

_BANK = "Assets:Bank"

RULE = Rule(
    "bank-balance",
    structural=True,
    messages={
        "off": Message(
            "the bank states {stated} {currency} on {account} at the beginning of {day}, and the book has {booked} {currency}: the difference is {difference}.",
            "find the entry that is wrong; a bank balance is exact.",
        ),
        "tolerance": Message(
            "the balance of {account} of {day} allows a difference of {tolerance} {currency}; a bank balance is exact.",
            "take the tolerance out of the line, or write `~ 0`.",
        ),
    },
)


@RULE.check
def bank_balances_off(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every balance of a bank account that is off, however little, or may be."""
    if not any(_of_a_bank(item) for item in fund.contents.balances):
        return
    held: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    for item in fund.contents.everything:
        if isinstance(item, data.Transaction):
            for posting in item.postings:
                if posting.account.startswith(_BANK) and posting.units is not None:
                    held[posting.account, posting.units.currency] += posting.units.number
        elif isinstance(item, data.Balance) and _of_a_bank(item):
            yield from _judge(fund, item, held)


def _of_a_bank(item: data.Balance) -> bool:
    return bool(item.account == _BANK or item.account.startswith(f"{_BANK}:"))


def _judge(fund: Fund, item: data.Balance, held: dict[tuple[str, str], Decimal]) -> Iterator[Finding]:
    stated, currency = item.amount
    facts: dict[str, object] = {"account": item.account, "day": item.date, "currency": currency}
    if item.tolerance:
        yield RULE.finding("tolerance", item, **facts, tolerance=item.tolerance)
        return
    below = f"{item.account}:"
    booked = sum(
        (n for (name, c), n in held.items() if c == currency and (name == item.account or name.startswith(below))), ZERO
    )
    passes = abs(booked - stated) <= get_balance_tolerance(item, fund.options)
    if booked != stated and passes:
        yield RULE.finding("off", item, **facts, stated=stated, booked=booked, difference=booked - stated)
