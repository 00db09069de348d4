"""law: the book says of every rule whether it is in force, and a rule that is turned off says why.

Source: design 6 and house rule: a rule is never absent by oversight. Five rules hold the book itself together
(donor-registered, pledge-lifecycle, conservation, bank-balance, period-sealed): they need no directive, and none can
weaken them. Of every other one the book has a `custom "rule"` directive from its first entry on (or, where quarters are
sealed, from the first open day on), for every donor category and for what has none, with its citation; `severity:
"off"` needs a `reason`, and both are printed in every export.

Breaks it:

    2016-01-01 custom "rule" "agreement-required" "*"
      citation: "house rule"
      severity: "off"

Keeps it: the same directive with `reason: "Published figures only; no agreement was published"`.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ledger.ground.findings import EVERY_CATEGORY, Finding, Message
from ledger.ground.phrases import N_
from ledger.law.rule import Rule
from ledger.law.seal import sealed_until
from ledger.model.fund import Fund

RULE = Rule(
    "law",
    terms=None,
    messages={
        "silent": Message(
            "the book does not say whether the rule {rule!r} is in force on {day} for {whom}.",
            "include the policy that `vfund init` writes (policy.beancount), or turn the rule off with a reason.",
            "design 6",
        ),
        "no-reason": Message(
            "the rule {rule!r} is turned off without a reason.",
            'add `reason: "…"`; it is printed in every export.',
            "design 6",
        ),
        "structure": Message(
            "the rule {rule!r} holds the book together; a directive cannot make it {severity}.",
            "take the directive out.",
            "design 6",
        ),
        "before-the-fund": Message(
            "the entry is of {day}, before {since}, when the fund began.",
            "correct the date, or `since` of the fund.",
            "design 4",
        ),
        "no-fund": Message(
            'the book has entries but no `custom "fund"` directive: it is not said whose law it is under, nor its unit of account.',
            'add `2004-06-08 custom "fund" "VF-SRMW"` with its metadata (docs/language.md).',
            "design 4",
        ),
    },
)


@RULE.check
def law_not_spoken(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every rule that the book is silent on, turns off without a reason, or may not weaken."""
    for rule in fund.law.rules:
        if rule.rule in fund.law.schema.structure and rule.severity != "error":
            severity = N_("a warning") if rule.severity == "warning" else N_("be off")
            yield RULE.finding("structure", rule.meta, rule=rule.rule, severity=severity)
        elif rule.severity == "off" and not rule.reason:
            yield RULE.finding("no-reason", rule.meta, rule=rule.rule)
    if fund.directives.funds:
        yield from _begins_with_fund(fund)
    elif fund.entries:
        yield RULE.finding("no-fund", _main(fund))


def _begins_with_fund(fund: Fund) -> Iterator[Finding]:
    """Judge from the first entry on: the book speaks of every rule, for every category, and begins with the fund."""
    identity = fund.directives.funds[0]
    first = fund.entries[0].txn.date if fund.entries else fund.as_of
    sealed = sealed_until(fund.directives.closes, fund.directives.reopenings)
    since = max(first, identity.since, sealed + timedelta(days=1) if sealed > date.min else date.min)
    for rule, category in fund.law.silent(fund.registry.categories, since):
        whom = N_("anybody") if category == EVERY_CATEGORY else category
        yield RULE.finding("silent", identity.meta, rule=rule, day=since, whom=whom)
    if fund.entries and first < identity.since:
        yield RULE.finding("before-the-fund", fund.entries[0].txn, day=first, since=identity.since)


def _main(fund: Fund) -> dict[str, Any]:
    return {"filename": fund.options.get("filename"), "lineno": 1}
