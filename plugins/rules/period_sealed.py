"""period-sealed: a closed quarter is what it was when a treasurer closed it, until a reopening explains the change.

Source: design 8; an appropriate period lock is what the OAS external audit of 2007 asked for in its finding on reviews
(facts 6). `custom "close"` holds the seal of a quarter (`ledger.law.seal`), chained to the one before; every load
computes it again. Quarters are closed in their order, without gap, after they have ended, by a treasurer of the book.
`custom "reopen"`, with a reason and a treasurer, suspends the seal of its quarter and of all later ones until they are
closed again.

Breaks it: an entry of 20 September 2016 that is added or changed after

    2016-10-12 custom "close" "2016-Q3"
      digest: "sha256:…"
      entries: 12
      by: "treasurer-1"

Keeps it: a reversal and a new entry, dated in the open quarter; or a reopening.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from ledger.ground.findings import Finding, Message
from ledger.ground.periods import Quarter
from ledger.ground.phrases import N_, Term
from ledger.language.models import Close, Reopen
from ledger.language.nearest import did_you_mean
from ledger.law.approvals import officers_on
from ledger.law.rule import Rule
from ledger.law.seal import NOTHING, seal
from ledger.model.fund import Fund

RULE = Rule(
    "period-sealed",
    structural=True,
    messages={
        "broken": Message(
            "{quarter} was closed on {day} with the seal {sealed}…, but the book now gives {found}… ({then} transactions then, {now} now).",
            "take the change back and record it as a reversal in the open quarter, or reopen {quarter} with a reason.",
            "design 8",
        ),
        "open": Message(
            "{quarter} is reopened since {day} and not closed again: its seal, and every later one, is suspended.",
            "close it again, then the later ones.",
            "design 8",
            open=True,
        ),
        "over-an-open-one": Message(
            "{quarter} is closed while {open}, before it, is reopened.",
            "close the quarters in their order.",
            "design 8",
        ),
        "closed-again": Message(
            "{quarter} is closed on {day}, though it was closed on {first} and no reopening between them says why.",
            'take one of them out, or record the `custom "reopen"` with its reason, dated after the first.',
            "design 8",
        ),
        "gap": Message(
            "{quarter} is closed, but {missing} before it is not.",
            "close the quarters in their order.",
            "design 8",
        ),
        "chain": Message(
            "{quarter} is chained to {stated}…, but the seal of the quarter before is {before}….",
            "close {quarter} again after the quarter before it.",
            "design 8",
        ),
        "too-early": Message(
            "{quarter} is closed on {day}, before it has ended.",
            "close it after {end}.",
            "design 8",
        ),
        "not-a-treasurer": Message(
            "{quarter} is {what} by {officer!r}, who is no treasurer of the book on {day}; {suggestion}",
            'correct the name, or declare the treasurer with `custom "officer"`.',
            "design 8",
        ),
        "never-closed": Message(
            "{quarter} is reopened on {day}, but was not closed before.",
            "take the reopening out, or correct its quarter.",
            "design 8",
        ),
    },
)

_SHOWN = 19
"""How much of a digest a message shows: `sha256:` and twelve digits."""


@RULE.check
def seals_broken(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every seal that does not hold."""
    closes: dict[Quarter, Close] = {}
    for close in sorted(fund.directives.closes, key=lambda item: item.day):
        quarter = Quarter.parse(close.quarter)
        before = closes.get(quarter)
        closes[quarter] = close
        yield from _by(fund, close, N_("closed"), close.by)
        reopened = before and any(
            r.quarter == close.quarter and before.day < r.day <= close.day for r in fund.directives.reopenings
        )
        if before and not reopened:
            yield RULE.finding("closed-again", close.meta, quarter=quarter, day=close.day, first=before.day)
    for reopening in fund.directives.reopenings:
        yield from _by(fund, reopening, N_("reopened"), reopening.approved_by)
        if not any(c.quarter == reopening.quarter and c.day < reopening.day for c in fund.directives.closes):
            yield RULE.finding("never-closed", reopening.meta, quarter=reopening.quarter, day=reopening.day)
    previous, after = NOTHING, date.min
    suspended: Reopen | None = None
    for quarter, close in sorted(closes.items()):
        newest = max(
            (r for r in fund.directives.reopenings if r.quarter == close.quarter), key=lambda r: r.day, default=None
        )
        if suspended is not None:
            if close.day > suspended.day:
                yield RULE.finding("over-an-open-one", close.meta, quarter=quarter, open=suspended.quarter)
            continue
        if newest is not None and close.day < newest.day:
            suspended = newest  # its seal, and every later one, is suspended until it is closed again
            yield RULE.finding("open", newest.meta, quarter=quarter, day=newest.day)
            continue
        yield from _seal(fund, quarter, close, previous, after)
        previous, after = close.digest, quarter.end


def _seal(fund: Fund, quarter: Quarter, close: Close, previous: str, after: date) -> Iterator[Finding]:
    """Compare one seal with the quarter before it, and with what the book gives now."""
    if after != date.min and quarter.begin != after + timedelta(days=1):
        missing = Quarter.of(after + timedelta(days=1))
        yield RULE.finding("gap", close.meta, quarter=quarter, missing=missing)
    if close.day <= quarter.end:
        yield RULE.finding("too-early", close.meta, quarter=quarter, day=close.day, end=quarter.end)
    stated = close.previous or NOTHING
    if stated != previous:
        facts = {"stated": stated[:_SHOWN] or N_("nothing"), "before": previous[:_SHOWN] or N_("nothing")}
        yield RULE.finding("chain", close.meta, quarter=quarter, **facts)
    result = seal(fund.contents.everything, quarter.end, after, stated)
    if result.digest != close.digest or result.entries != int(close.entries):
        facts = {"sealed": close.digest[:_SHOWN], "found": result.digest[:_SHOWN]}
        counts = {"then": int(close.entries), "now": result.entries, "day": close.day}
        yield RULE.finding("broken", close.meta, quarter=quarter, **facts, **counts)


def _by(fund: Fund, directive: Close | Reopen, what: Term, officer: str) -> Iterator[Finding]:
    day, quarter, meta = directive.day, directive.quarter, directive.meta
    treasurers = officers_on(fund, day, "treasurer")
    if officer not in treasurers:
        facts = {"quarter": quarter, "what": what, "officer": officer, "day": day}
        yield RULE.finding("not-a-treasurer", meta, **facts, suggestion=did_you_mean(officer, treasurers))
