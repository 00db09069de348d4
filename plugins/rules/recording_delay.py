"""recording-delay: what happened is recorded soon after the paper, or the bank, says so, and not before it happened.

Source: the UN Board of Auditors found delays of 7 to 253 days between a written confirmation and its record (facts 6).
The limit, `days` of the rule, is a house rule; the shipped policy warns. For a receipt the days run from `value-date`,
else from the date of the entry; for every other entry from `accepted`, else from `instrument-date`; they end on
`recorded`, else on the date of the entry. An entry whose date is after the day on which it was recorded tells of
something that had not happened: a mistyped year, or a hope. Only the book is asked, never a clock.

Breaks it, under a limit of 30 days:

    2016-10-20 * "Argentina" "Letter of 26 August" #pledge ^PL-2016-002
      instrument-date: 2016-08-26
      Equity:Pledges:Announced:MemberStates:Argentina    100.00 USD {1 USD, "PL-2016-002"}
      Equity:Pledges:Contra                             -100.00 USD

Keeps it: the same entry of 20 September 2016.
"""

from collections.abc import Iterator
from datetime import date

from ledger.ground.findings import Finding, Message
from ledger.language.kinds import CASH_KINDS
from ledger.language.law import Count, Terms
from ledger.law.rule import Rule
from ledger.law.scopes import terms_of
from ledger.model.entries import Entry
from ledger.model.fund import Fund
from ledger.model.numbering import recorded


class RecordingDelay(Terms):
    """`days`: how many days after its instrument, or the credit, an entry may be recorded."""

    days: Count


RULE = Rule(
    "recording-delay",
    RecordingDelay,
    messages={
        "late": Message(
            "recorded on {recorded}, {delay} days after {begin}; the limit is {days}.",
            "nothing can be mended in the entry; find out why it came late, and have the rule waived with that reason if it is a good one.",
            "facts 6 (UN Board of Auditors)",
        ),
        "early": Message(
            "recorded on {recorded}, before it happened: the entry is dated {day}.",
            "correct the date; what has not happened yet is recorded when it has.",
            "house rule",
        ),
    },
)


@RULE.check
def entries_recorded_late(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every entry that was recorded later than the limit allows, or before its own date."""
    for entry in fund.entries:
        if recorded(entry.txn) < entry.txn.date and terms_of(fund, RecordingDelay, entry):
            yield RULE.finding("early", entry.txn, recorded=recorded(entry.txn), day=entry.txn.date)
        begin = _begin(entry)
        delay = (recorded(entry.txn) - begin).days if begin is not None else 0
        if delay <= 0:
            continue
        days = min((terms.days for terms in terms_of(fund, RecordingDelay, entry)), default=None)
        if days is not None and delay > days:
            facts = {"recorded": recorded(entry.txn), "delay": delay, "begin": begin, "days": int(days)}
            yield RULE.finding("late", entry.txn, **facts)


def _begin(entry: Entry) -> date | None:
    """Return the day from which the days run; None where the entry does not say."""
    meta = entry.txn.meta
    if entry.kind in CASH_KINDS:
        known = meta.get("value-date", entry.txn.date)
    else:
        known = meta.get("accepted") or meta.get("instrument-date")
    return known if isinstance(known, date) else None
