"""interfund: money of an organ of the OAS is a transfer between funds, not outside income.

A loan to another fund is due in time.

Source: CP/RES. 831 moves money of the Reserve Subfund to the Peace Fund: what an organ of the Organization gives is an
inter-fund transfer, to be eliminated in combined statements (facts 4). CP/RES. 987 (1814/11) authorizes the use of
unobligated cash of specific funds for up to 60 days: a loan, which changes no fund balance, with a due date (facts
1.6). `days` of the rule is that limit.

A donor of the kind `inter-american-organ` therefore gives by `#transfer` to `Income:InterFundTransfers`; agencies and
entities with a legal personality of their own (PAHO, the IDB) contribute like others. A `#loan` that lends has a `due`
date; what is returned settles the oldest loan first.

Breaks it:

    2016-10-01 * "Regular Fund" "Use of unobligated cash" #loan
      due: 2016-12-31
      Assets:InterFundLoans                              1000.00 USD
      Assets:Bank:Operating                             -1000.00 USD

Keeps it: the same loan with `due: 2016-11-30`, sixty days later.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from ledger.ground.findings import EVERY_CATEGORY, Finding, Message, Scope
from ledger.language.law import Count, Terms
from ledger.law.rule import Rule
from ledger.model.entries import Entry
from ledger.model.fund import Fund
from ledger.model.loans import Loan, loans

ORGAN = "inter-american-organ"
_LIMIT = "CP/RES. 987 (1814/11)"


class Interfund(Terms):
    """`days`: within how many days a loan to another fund is due."""

    days: Count


RULE = Rule(
    "interfund",
    Interfund,
    messages={
        "organ": Message(
            "{donor} is an organ of the Organization: its money is a transfer between funds, not a contribution from outside.",
            "record it as a #transfer to Income:InterFundTransfers.",
            "CP/RES. 831; facts 4",
        ),
        "no-due-date": Message(
            "the loan to another fund has no due date.",
            "add `due: {latest}` or an earlier day.",
            _LIMIT,
        ),
        "too-long": Message(
            "the loan to another fund is due on {due}, {given} days after {day}; at most {days} are allowed.",
            "agree on {latest} or an earlier day.",
            _LIMIT,
        ),
        "overdue": Message(
            "of the loan of {day}, due on {due}, {number} {unit} was not returned by {as_of}.",
            "have it returned, or have the rule waived with the decision that prolongs it.",
            _LIMIT,
            open=True,
        ),
        "returned-too-much": Message(
            "by {day} {number} {unit} more was returned than had been lent.",
            "correct the amount; what is beyond the loan is income of its own.",
        ),
    },
)


@RULE.check
def loans_not_returned(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every contribution of an organ, and every loan without a due date, too long, overdue or over-returned."""
    yield from _organs(fund)
    result = loans(fund)
    for loan in result.loans:
        yield from _due(fund, loan.entry)
    for entry, currency, number in result.beyond:
        facts = {"day": entry.txn.date, "number": number, "unit": currency}
        yield RULE.finding("returned-too-much", entry.txn, **facts)
    for loan in result.loans:
        yield from _overdue(fund, loan)


def _organs(fund: Fund) -> Iterator[Finding]:
    organs = {donor.account: donor for donor in fund.registry.donors.values() if donor.kind == ORGAN}
    seen: set[Entry] = set()
    for item in fund.contributions:
        if item.account.donor in organs and not item.reversal and item.entry not in seen:
            seen.add(item.entry)
            yield RULE.finding("organ", item.entry.txn, donor=organs[item.account.donor].name_en)


def _due(fund: Fund, entry: Entry) -> Iterator[Finding]:
    day, due = entry.txn.date, entry.txn.meta.get("due")
    terms = fund.law.terms(Interfund, EVERY_CATEGORY, day)
    if terms is None:
        return
    latest = day + timedelta(days=int(terms.days))
    if not isinstance(due, date):
        yield RULE.finding("no-due-date", entry.txn, latest=latest)
    elif due > latest:
        facts = {"due": due, "given": (due - day).days, "day": day, "days": int(terms.days), "latest": latest}
        yield RULE.finding("too-long", entry.txn, **facts)


def _overdue(fund: Fund, loan: Loan) -> Iterator[Finding]:
    due, left, txn = loan.due, loan.outstanding, loan.entry.txn
    if left and due is not None and due < fund.as_of:
        facts = {"day": txn.date, "due": due, "number": left, "unit": loan.currency, "as_of": fund.as_of}
        yield RULE.finding("overdue", txn, Scope(fund.as_of, (EVERY_CATEGORY,), frozenset(txn.links or ())), **facts)
