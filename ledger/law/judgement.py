"""Judge what the rules found by the law in force: severity, citation, flags and waivers.

A rule says what is wrong with an entry; whether that is an error, a warning or nothing on its date, for its donor
category, is for the book's dated law to say, and whether somebody may let it pass is for the book's waivers.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from beancount.core.data import Transaction

from ledger.ground.findings import EVERY_CATEGORY, Catalogue, Finding, Message, Scope
from ledger.language.models import Waiver
from ledger.language.nearest import did_you_mean
from ledger.law.approvals import officers_on
from ledger.law.scopes import scope_of
from ledger.model import entries
from ledger.model.fund import Fund

MESSAGES = Catalogue(
    "waiver",
    {
        "unknown-rule": Message(
            "the waiver is of the rule {rule!r}, which does not exist; {suggestion}",
            "correct the rule (`vfund rules` lists them).",
        ),
        "not-waivable": Message(
            "the rule {rule!r} holds the book together and cannot be waived.",
            "take the waiver out, and mend the entry.",
        ),
        "not-a-treasurer": Message(
            "the waiver is approved by {officer!r}, who is no treasurer of the book on {day}; {suggestion}",
            'correct `approved-by`, or declare the treasurer with `custom "officer"`.',
        ),
        "own-entry": Message(
            "the waiver of {rule} for {subject} is approved by {officer!r}, who recorded the entry that it lets pass.",
            "let another treasurer approve it.",
        ),
        "expired": Message(
            "the waiver of {rule} for {subject} is in force from {since} to {expires}; what it is meant for is of {day}.",
            "mend the entry, or have a new waiver approved (`vfund waive`).",
        ),
        "unused": Message(
            "the waiver of {rule} for {subject} waives nothing.",
            "correct the rule or the subject, or take it out; a waiver ahead of its entry is used as soon as the entry is recorded.",
            open=True,
        ),
    },
)


@dataclass(slots=True)
class Waived:
    """A waiver and the findings that it lets pass.

    `missed` is what it would have covered on another day; `own` says that its approver recorded one of the entries.
    """

    waiver: Waiver
    findings: list[Finding] = field(default_factory=list)
    missed: Finding | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is left to mend, and what was waived by whom."""

    findings: list[Finding]
    waived: list[Waived]


def judge(fund: Fund, findings: Iterable[Finding]) -> Judgement:
    """Apply the law in force, then the waivers, to what the rules found."""
    waivers = [Waived(waiver) for waiver in fund.directives.waivers]
    schema = fund.law.schema
    result: list[Finding] = []
    for finding in findings:
        if finding.rule not in schema.terms or finding.rule in schema.structure:
            result.append(finding)
            continue
        scope = finding.scope or _scope(fund, finding)
        outcome = _by_law(fund, finding, scope)
        if outcome is not None and not _is_waived(outcome, scope, waivers):
            result.append(outcome)
    for item in waivers:
        result += _on_waiver(fund, item)
    return Judgement(result, waivers)


def _scope(fund: Fund, finding: Finding) -> Scope:
    """Return the scope of a finding by its entry; one about a directive is judged as of its day."""
    if isinstance(finding.entry, Transaction):
        return scope_of(fund, entries.read(finding.entry, fund.registry.account))
    return Scope(finding.entry.date if finding.entry is not None else fund.as_of)


def _by_law(fund: Fund, finding: Finding, scope: Scope) -> Finding | None:
    """Judge by the strictest law of the donors in the entry; None where it is in force for none of them."""
    law = [fund.law.on(finding.rule, category, scope.day) for category in scope.categories]
    if not isinstance(finding.entry, Transaction) and scope.categories == (EVERY_CATEGORY,):
        law.append(fund.law.anywhere(finding.rule, scope.day))
    in_force = [terms for terms in law if terms is not None and terms.severity != "off"]
    if not in_force:
        return None
    terms = min(in_force, key=lambda item: item.severity != "error")
    is_flagged = (
        finding.rule in fund.law.schema.documents
        and isinstance(finding.entry, Transaction)
        and finding.entry.flag == "!"
    )
    warns = is_flagged or "warning" in {terms.severity, finding.severity}
    return finding._replace(severity="warning" if warns else "error", citation=terms.source)


def _is_waived(finding: Finding, scope: Scope, waivers: list[Waived]) -> bool:
    for item in waivers:
        waiver = item.waiver
        if waiver.rule != finding.rule or waiver.subject not in scope.subjects:
            continue
        if waiver.day <= scope.day <= waiver.expires:
            item.findings.append(finding)
            recorder = finding.entry.meta.get("recorded-by") if isinstance(finding.entry, Transaction) else None
            own = recorder == waiver.approved_by
            item.own |= own
            return True
        item.missed = finding._replace(scope=scope)
    return False


def _on_waiver(fund: Fund, item: Waived) -> list[Finding]:
    waiver, result, schema = item.waiver, [], fund.law.schema
    treasurers = officers_on(fund, waiver.day, "treasurer")
    facts: dict[str, Any] = {"rule": waiver.rule, "subject": waiver.subject}
    if waiver.rule not in schema.terms:
        suggestion = did_you_mean(waiver.rule, schema.terms)
        return [MESSAGES.finding("unknown-rule", waiver.meta, rule=waiver.rule, suggestion=suggestion)]
    if waiver.rule in schema.structure:
        return [MESSAGES.finding("not-waivable", waiver.meta, rule=waiver.rule)]
    if waiver.approved_by not in treasurers:
        officer = {"officer": waiver.approved_by, "day": waiver.day}
        suggestion = did_you_mean(waiver.approved_by, treasurers)
        result.append(MESSAGES.finding("not-a-treasurer", waiver.meta, **officer, suggestion=suggestion))
    if item.own:
        result.append(MESSAGES.finding("own-entry", waiver.meta, **facts, officer=waiver.approved_by))
    if not item.findings and item.missed is not None and item.missed.scope is not None:
        days = {"since": waiver.day, "expires": waiver.expires, "day": item.missed.scope.day}
        result.append(MESSAGES.finding("expired", waiver.meta, **facts, **days))
    elif not item.findings:
        result.append(MESSAGES.finding("unused", waiver.meta, **facts))
    return result
