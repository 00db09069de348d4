"""no-spending-on-pledges: what is spent was received before, in total and for its purpose, at the end of every day.

Source: General Standards art. 105: in each fund, expenditures must not exceed income and other available resources;
Financial Handbook for Specific Fund Projects: "Funds must be provided prior to beginning execution". That unearmarked
money covers what a purpose lacks, and earmarked money never what another purpose lacks, is a house rule
(`ledger.model.purposes`; `vfund show --purposes` shows every movement).

The balances are built in the order of the dates, so an entry that is dated back is judged on every day from its own
date on. Money in other currencies counts at the rate of the day; a shortage of no more than a cent for each of its
items is what rounding leaves, and is none.

Breaks it:

    2016-09-08 * "Country visit" #expenditure
      purpose: "country-visits"
      Expenses:Travel                                     100.00 USD
      Assets:Bank:Operating                              -100.00 USD

Keeps it: the same expenditure after a receipt of 100.00 USD or more for the purpose `country-visits`, or for none.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from ledger.ground.findings import Finding, Message
from ledger.ground.money import CENT, ZERO
from ledger.ground.phrases import Text, join, phrase
from ledger.language.accounts import IN_TRANSIT, Role
from ledger.law.rule import Rule
from ledger.model.entries import Entry
from ledger.model.fund import Fund
from ledger.model.purposes import GENERAL, Purposes, walk

RULE = Rule(
    "no-spending-on-pledges",
    messages={
        "beyond-received": Message(
            "by {day} {number} {unit} more is spent than the fund has received; pledges are no money.",
            "record the receipt that is missing, correct the date, or reverse the expenditure.",
            "General Standards art. 105",
        ),
        "overdrawn": Message(
            "by {day} {account} is overdrawn by {number} {currency}.",
            "record the credit that is missing, or correct the account, the currency or the date.",
            "General Standards art. 105; CP/RES. 987 (unobligated cash only)",
        ),
        "beyond-earmark": Message(
            "by {day} {number} {unit} is spent that is earmarked for something else: {detail}.",
            "charge the expenditure to a purpose that has money left, or get the donor's consent and record it.",
            "General Standards art. 105",
        ),
    },
)


@RULE.check
def spending_beyond_receipts(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for the last spending of every day that leaves less than there was, where more is spent than there is."""
    yield from _overdrawn(fund)
    before = ZERO
    for day, spender, state in walk(fund):
        rounding = CENT * len(state.items)
        worse, before = state.pool + rounding < min(before, ZERO), state.pool
        if not worse or spender is None:
            continue
        total = sum((balance.net for balance in state.balances.values()), ZERO)
        facts: dict[str, object] = {"day": day, "unit": fund.unit}
        if total < ZERO:
            yield RULE.finding("beyond-received", spender.txn, **facts, number=-total)
        else:
            detail = _detail(state)
            yield RULE.finding("beyond-earmark", spender.txn, **facts, number=-state.pool, detail=detail)


def _overdrawn(fund: Fund) -> Iterator[Finding]:
    """Point at the last entry of every day that leaves a bank account with less than nothing, and less than before."""
    held: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    for day, of_day in groupby(fund.entries, key=lambda entry: entry.txn.date):
        before: dict[tuple[str, str], Decimal] = {}
        last: dict[tuple[str, str], Entry] = {}
        for entry in of_day:
            for part, posting, _ in entry.money:
                if part.role is Role.BANK and part.name != IN_TRANSIT:
                    key = (part.name, posting.units.currency)
                    before.setdefault(key, held[key])
                    held[key] += posting.units.number
                    last[key] = entry
        for key, entry in last.items():
            if held[key] < min(before[key], ZERO):
                facts = {"account": key[0], "currency": key[1], "number": -held[key], "day": day}
                yield RULE.finding("overdrawn", entry.txn, **facts)


def _detail(state: Purposes) -> Text:
    covered = [
        phrase("{name} lacks {number}", name=name, number=b.covered)
        for name, b in sorted(state.balances.items())
        if name and b.covered
    ]
    return join([*covered, phrase("unearmarked money is {number}", number=state.balances[GENERAL].net)])
