"""no-spending-on-pledges: what is spent was received before, in total and for its purpose, at the end of every day.

Source: General Standards art. 105: in each fund, expenditures must not exceed income and other available resources; Financial Handbook for
Specific Fund Projects: "Funds must be provided prior to beginning execution". That unearmarked money covers what a purpose lacks, and earmarked
money never what another purpose lacks, is a house rule (`ledger.purposes`; `vfund show --purposes` shows every movement).

The balances are built in the order of the dates, so an entry that is dated back is judged on every day from its own date on.

Breaks it:

    2016-09-08 * "Country visit" #expenditure
      purpose: "country-visits"
      Expenses:Travel                                     100.00 USD
      Assets:Bank:Operating                              -100.00 USD

Keeps it: the same expenditure after a receipt of 100.00 USD or more for the purpose `country-visits`, or for none.
"""

from collections.abc import Iterator

from ledger.findings import Catalogue, Finding, Message
from ledger.fund import Fund
from ledger.money import ZERO, show_number
from ledger.purposes import GENERAL, Purposes, walk

MESSAGES = Catalogue(
    "no-spending-on-pledges",
    {
        "beyond-received": Message(
            "by {day} {number} {unit} more is spent than the fund has received; pledges are no money.",
            "record the receipt that is missing, correct the date, or reverse the expenditure.",
            "General Standards art. 105",
        ),
        "beyond-earmark": Message(
            "by {day} {number} {unit} is spent that is earmarked for something else: {detail}.",
            "charge the expenditure to a purpose that has money left, or get the donor's consent and record it.",
            "General Standards art. 105",
        ),
    },
)


def check(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for the last spending of every day that leaves less than there was, where more is spent than there is."""
    before = ZERO
    for day, spender, state in walk(fund):
        worse, before = state.pool < min(before, ZERO), state.pool
        if not worse or spender is None:
            continue
        total = sum((balance.left for balance in state.balances.values()), ZERO)
        facts: dict[str, object] = {"day": day, "unit": fund.unit}
        if total < ZERO:
            yield MESSAGES.finding("beyond-received", spender.txn, **facts, number=show_number(-total))
        else:
            detail = _detail(state)
            yield MESSAGES.finding(
                "beyond-earmark", spender.txn, **facts, number=show_number(-state.pool), detail=detail
            )


def _detail(state: Purposes) -> str:
    covered = [
        f"{name} lacks {show_number(b.covered)}" for name, b in sorted(state.balances.items()) if name and b.covered
    ]
    return ", ".join([*covered, f"unearmarked money is {show_number(state.balances[GENERAL].left)}"])
