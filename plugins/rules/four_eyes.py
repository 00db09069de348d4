"""four-eyes: an entry above the threshold is approved, as it stands now, by an officer other than the one who recorded it.

Source: the OAS external audit of 2007 found one significant deficiency, the review of significant accounts and
processes (facts 6); who approves is a house rule: a treasurer of the book in office on that day, who is not the
recorder. `above` of the rule is the threshold per category, on what the entry moves in the unit of account. Several
entries of one kind for one payee within `days` days, each below it and together above it, each wait (house rule, after
the tests of auditors for split amounts); so does a balance that is brought forward (#opening) and `recorded` after the
first day on which the book was kept, whatever its amount.

`vfund approve` writes `custom "approval"` with the SHA-256 of the entry's canonical text (`ledger.ground.canonical`):
any edit of the entry makes it another text, and the approval void. An entry that waits is an open point: it stops
closing and export, not the recording of others.

Breaks it, under a threshold of 1,000 USD:

    2016-09-08 * "Mexico" "Contribution" #receipt
      receipt-number: "R-2016-0001"
      recorded-by: "finance-officer-1"
      Assets:Bank:Operating                             50000.00 USD
      Income:Contributions:MemberStates:Mexico         -50000.00 USD

Keeps it: the same entry followed by

    2016-09-09 custom "approval" "sha256:…"
      by: "treasurer-1"
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from ledger.ground.findings import Finding, Message
from ledger.language.law import FourEyes
from ledger.language.nearest import did_you_mean
from ledger.law.approvals import Approvable, approvable, officers_on
from ledger.law.rule import Rule
from ledger.model.fund import Fund

RULE = Rule(
    "four-eyes",
    FourEyes,
    messages={
        "pending": Message(
            "the entry moves {number} {unit}, above {above}, and waits for the approval of another officer.",
            "a treasurer other than its recorder looks at it and runs `vfund approve` (`vfund pending` lists all).",
            open=True,
        ),
        "split": Message(
            "the entry moves {number} {unit} and is one of {count} #{kind} entries for one payee within {days} days that come to {total} {unit}, above {above}: each waits for the approval of another officer.",
            "a treasurer other than its recorder looks at all of them and runs `vfund approve` (`vfund pending` lists them).",
            open=True,
        ),
        "late-opening": Message(
            "the balance of {number} {unit} is brought forward on {recorded}, after {begun}, the first day on which the book was kept: it waits for the approval of another officer, whatever its amount.",
            "a treasurer other than its recorder looks at what proves it and runs `vfund approve`.",
            open=True,
        ),
        "no-recorder": Message(
            "the entry moves {number} {unit}, needs the approval of another officer, and does not say who recorded it.",
            'add `recorded-by: "…"` with an officer of the book; without it nobody can be another officer.',
        ),
        "unknown-recorder": Message(
            "the entry was recorded by {officer!r}, who is no officer of the book on {day}; {suggestion}",
            'correct `recorded-by`, or declare the officer with `custom "officer"`.',
        ),
        "own-approval": Message(
            "the approval of {day} is by {officer!r}, who recorded the entry.",
            "let another treasurer approve it.",
        ),
        "too-early": Message(
            "the approval of {day} by {officer!r} is older than the entry, which was recorded on {recorded}.",
            "look at the entry as it stands now and approve it again; take this approval out.",
        ),
        "not-a-treasurer": Message(
            "the approval is by {officer!r}, who is no treasurer of the book on {day}; {suggestion}",
            'correct `by`, or declare the treasurer with `custom "officer"`.',
        ),
        "void": Message(
            "the approval of {day} by {officer!r} is of a text that is not in the book: the entry was changed after it, or taken out.",
            "look at the entry as it stands now and approve it again; take this approval out.",
        ),
    },
)


@RULE.check
def entries_not_approved(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every entry that waits, every recorder who is unknown, and every approval that binds nobody."""
    items = approvable(fund)
    known: dict[date, set[str]] = {}
    for item in items:
        if item.recorded not in known:
            known[item.recorded] = officers_on(fund, item.recorded)
        if item.approved and item.recorder in known[item.recorded]:
            continue
        facts = {"number": item.moved, "unit": fund.unit}
        if not item.recorder:
            yield RULE.finding("no-recorder", item.entry.txn, **facts)
        elif item.recorder not in known[item.recorded]:
            suggestion = did_you_mean(item.recorder, known[item.recorded])
            yield RULE.finding(
                "unknown-recorder", item.entry.txn, officer=item.recorder, day=item.recorded, suggestion=suggestion
            )
        if not item.approved:
            yield _waits(item, facts)
    yield from _approvals(fund, items)


def _waits(item: Approvable, facts: dict[str, object]) -> Finding:
    """Return why an entry waits for an approval."""
    entry = item.entry
    if item.start is not None:
        return RULE.finding("late-opening", entry.txn, **facts, recorded=item.recorded, begun=item.start)
    if item.split is not None:
        facts |= {"count": item.split.entries, "total": item.split.total}
        facts |= {"kind": entry.kind.value if entry.kind else "", "days": item.split.limit.days}
        return RULE.finding("split", entry.txn, **facts, above=item.split.limit.above)
    return RULE.finding("pending", entry.txn, **facts, above=item.above)


def _approvals(fund: Fund, items: list[Approvable]) -> Iterator[Finding]:
    recorders: dict[str, set[str]] = defaultdict(set)
    days: dict[str, date] = {}
    for item in items:
        recorders[item.digest].add(item.recorder)
        days[item.digest] = min(item.recorded, days.get(item.digest, item.recorded))
    if any(approval.digest not in recorders for approval in fund.directives.approvals):
        for entry in fund.entries:  # it may be of an entry below the threshold
            recorders[fund.digest(entry)].add(str(entry.txn.meta.get("recorded-by") or ""))
    treasurers = {day: officers_on(fund, day, "treasurer") for day in {a.day for a in fund.directives.approvals}}
    for approval in fund.directives.approvals:
        facts: dict[str, object] = {"officer": approval.by, "day": approval.day}
        if approval.by not in treasurers[approval.day]:
            suggestion = did_you_mean(approval.by, treasurers[approval.day])
            yield RULE.finding("not-a-treasurer", approval.meta, **facts, suggestion=suggestion)
        if approval.digest not in recorders:
            yield RULE.finding("void", approval.meta, **facts)
        elif recorders[approval.digest] == {approval.by}:
            yield RULE.finding("own-approval", approval.meta, **facts)
        elif approval.day < days.get(approval.digest, approval.day):
            yield RULE.finding("too-early", approval.meta, **facts, recorded=days[approval.digest])
