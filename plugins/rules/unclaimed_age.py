"""unclaimed-age: a receipt whose donor is not known is identified within the limit.

Source: auditors ask that "contributions received are subject to timely accounting processing by clearing the suspense
accounts"; the OAS handbook speaks of "unclaimed incoming funds" (facts 1.2, 6). The limit, `days` of the rule, is a
house rule. An item that stays is explained by a waiver, with a reason, an approver and an end; it is an open point, and
stops closing and export.

Breaks it, under a limit of 90 days, when the book goes on to December:

    2016-08-01 * "Credit without a name" #unclaimed ^UR-2016-001
      Assets:Bank:Operating                                50.00 USD
      Liabilities:UnclaimedReceipts                       -50.00 USD

Keeps it: an #identify linked ^UR-2016-001 by 30 October 2016.
"""

from collections.abc import Iterator

from ledger.ground.findings import EVERY_CATEGORY, Finding, Message, Scope
from ledger.ground.money import ZERO
from ledger.ground.phrases import count
from ledger.language.law import Count, Terms
from ledger.law.rule import Rule
from ledger.model.fund import Fund


class UnclaimedAge(Terms):
    """`days`: how long a receipt may stay unidentified."""

    days: Count


RULE = Rule(
    "unclaimed-age",
    UnclaimedAge,
    messages={
        "too-old": Message(
            "{link}: {number} {unit} is not identified after {age} days, on {as_of}; the limit is {days}.",
            "find the donor and run `vfund identify {link}`, return the money (`vfund refund --unclaimed {link}`), or have the rule waived for {link} with the reason.",
            "facts 1.2, 6",
            open=True,
        ),
    },
)


@RULE.check
def unclaimed_too_long(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every unclaimed receipt that is older than the limit on the day as of which the book is judged."""
    for item in fund.unclaimed.values():
        left, age = item.outstanding(fund.as_of), item.age(fund.as_of)
        terms = fund.law.terms(UnclaimedAge, EVERY_CATEGORY, fund.as_of)
        if left > ZERO and terms is not None and age > terms.days:
            facts = {"number": left, "unit": item.currency, "age": age, "as_of": fund.as_of}
            scope = Scope(fund.as_of, (EVERY_CATEGORY,), frozenset({item.link}))
            yield RULE.finding("too-old", item.opened.txn, scope, link=item.link, days=count(terms.days), **facts)
