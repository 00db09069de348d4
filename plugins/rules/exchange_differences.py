"""exchange-differences: what exchange rates add to the fund or take from it is borne as the law says, and a sale of currency is completed.

Source: IPSAS 4 (a difference on a monetary item is recognised in the period in which it arises); General Standards art.
105 (no purpose may spend beyond what it has). Who bears a difference is a house rule, for no source was found:
`borne-by: "purpose"`, each purpose that of its own money, or `"unearmarked"`, unearmarked money all of them. How the
differences are worked out stands in `ledger.model.positions` and `ledger.model.purposes`. Money that is sold leaves one
account in one currency and reaches another in another; what waits for its other end longer than `days` is an open
point.

Breaks it, under a limit of 30 days, when the book goes on to December:

    2016-09-08 * "Sale of euros" #transfer
      Assets:Bank:InTransit                               1000.00 EUR @ 1.10 USD
      Assets:Bank:Euro                                   -1000.00 EUR @ 1.10 USD

Keeps it: a #transfer of 1,100.00 USD from Assets:Bank:InTransit to a bank account by 8 October 2016.
"""

from collections.abc import Iterator

from ledger.ground.findings import EVERY_CATEGORY, Finding, Message, Scope
from ledger.ground.phrases import count
from ledger.language.law import ExchangeDifferences
from ledger.law.rule import Rule
from ledger.model.fund import Fund

RULE = Rule(
    "exchange-differences",
    ExchangeDifferences,
    messages={
        "in-transit": Message(
            "{number} {currency} is in transit between two accounts of the fund since {day}, and its other end is not in the book on {as_of}; at most {days} days are allowed.",
            "import the statement of the other account; where the two ends are in different currencies and far apart in value, give both entries one link.",
            open=True,
        ),
    },
)


@RULE.check
def transfers_incomplete(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every end of a transfer that waits for the other one beyond the limit.

    That is on the day as of which the book is judged.
    """
    terms = fund.law.terms(ExchangeDifferences, EVERY_CATEGORY, fund.as_of)
    if terms is None:
        return
    for end in fund.transit(fund.as_of).waiting:
        txn = end.entry.txn
        if (fund.as_of - txn.date).days > terms.days:
            facts = {"number": end.units, "currency": end.currency, "day": txn.date, "as_of": fund.as_of}
            scope = Scope(fund.as_of, (EVERY_CATEGORY,), frozenset({fund.digest(end.entry), *(txn.links or ())}))
            yield RULE.finding("in-transit", txn, scope, **facts, days=count(terms.days))
