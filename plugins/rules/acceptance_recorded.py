"""acceptance-recorded: a commitment has a date on which it was offered and one on which it was accepted.

Source: UN practice for a voluntary fund: "the making of a pledge and its acceptance are to be recorded in an exchange
of letters … or a more formal agreement" (facts 1.5). The offer is `instrument-date` of the agreement, or of the
announcement of the same pledge; the acceptance is `accepted` of the agreement. Nothing is accepted before it is
offered, or recorded as accepted before it is.

Breaks it (nothing says when the offer was accepted):

    2016-09-01 * "Argentina" "Exchange of letters" #agreement ^PL-2016-003
      instrument-date: 2016-08-26
      Equity:Pledges:Committed:MemberStates:Argentina    100.00 USD {1 USD, "PL-2016-003/1"}
        due: 2016-12-31
      Equity:Pledges:Contra                             -100.00 USD

Keeps it: the same entry with `accepted: 2016-09-01`.
"""

from collections.abc import Iterator
from datetime import date

from ledger.ground.findings import Finding, Message
from ledger.language.kinds import Kind
from ledger.law.rule import Rule
from ledger.model.entries import Entry
from ledger.model.fund import Fund

_SOURCE = "UN practice for voluntary funds (facts 1.5)"

RULE = Rule(
    "acceptance-recorded",
    documentary=True,
    messages={
        "no-offer": Message(
            "the commitment does not say when it was offered.",
            "add `instrument-date: 2016-08-26`, the date of the donor's letter.",
            _SOURCE,
        ),
        "no-acceptance": Message(
            "the commitment does not say when it was accepted.",
            "add `accepted: 2016-09-01`, the date of the Organization's letter or of the signature.",
            _SOURCE,
        ),
        "order": Message(
            "the commitment was offered on {offered}, accepted on {accepted} and entered for {day}; these must follow each other.",
            "correct the dates.",
            _SOURCE,
        ),
    },
)


@RULE.check
def commitments_not_accepted(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every commitment whose offer or acceptance is missing or out of order."""
    offers: dict[str, date] = {}
    for entry in fund.by_kind[Kind.PLEDGE]:
        if day := _day(entry, "instrument-date"):
            for pledge in entry.pledges:
                offers[pledge] = min(day, offers.get(pledge, day))
    for entry in fund.by_kind[Kind.AGREEMENT]:
        if entry.reversal:
            continue
        known = [offers[pledge] for pledge in entry.pledges if pledge in offers]
        offered = _day(entry, "instrument-date") or min(known, default=None)
        accepted = _day(entry, "accepted")
        if offered is None:
            yield RULE.finding("no-offer", entry.txn)
        if accepted is None:
            yield RULE.finding("no-acceptance", entry.txn)
        if offered and accepted and not offered <= accepted <= entry.txn.date:
            yield RULE.finding("order", entry.txn, offered=offered, accepted=accepted, day=entry.txn.date)


def _day(entry: Entry, key: str) -> date | None:
    value = entry.txn.meta.get(key)
    return value if isinstance(value, date) else None
