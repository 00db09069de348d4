"""What one directive says of another: names that are declared, and nothing twice."""

from collections.abc import Iterable
from typing import Any

from ledger.ground.findings import Finding
from ledger.ground.periods import Quarter
from ledger.ground.phrases import N_
from ledger.language.directives import Directives
from ledger.language.law import Schema
from ledger.language.messages import MESSAGES
from ledger.language.nearest import did_you_mean


def cross_check(directives: Directives, schema: Schema) -> Iterable[Finding]:
    """Check what one directive says of another; `schema` are the rules that there are."""
    categories = {category.slug for category in directives.categories}
    donors = {donor.code for donor in directives.donors}
    yield from _twice("fund", ((fund.meta, "the fund") for fund in directives.funds))
    yield from _twice("donor-category", ((item.meta, item.slug) for item in directives.categories))
    yield from _twice("donor", ((item.meta, item.code) for item in directives.donors))
    yield from _twice(N_("account of donor"), ((item.meta, item.account) for item in directives.donors))
    yield from _twice("purpose", ((item.meta, item.slug) for item in directives.purposes))
    for language in ("en", "es", "fr", "pt"):
        names = ((item.meta, item.name(language).casefold()) for item in directives.categories)
        yield from _twice(N_("donor-category by its name"), names)
    yield from _twice("donor-status", ((item.meta, f"{item.donor} {item.day}") for item in directives.statuses))
    for status in directives.statuses:
        yield from _unknown("donor-status", status.donor, "donor", status.donor, donors, status.meta)
        yield from _unknown("donor-status", status.donor, "donor-category", status.category, categories, status.meta)
    kinds = {donor.code: donor.kind for donor in directives.donors}
    for status in directives.statuses:
        allowed, kind = _KINDS.get(status.category), kinds.get(status.donor)
        if allowed and kind and kind not in allowed:
            facts = {"subject": status.donor, "kind": kind, "category": status.category}
            yield MESSAGES.finding("kind-and-category", status.meta, **facts, allowed=" / ".join(allowed))
    for rule in directives.rules:
        yield from _unknown("rule", rule.rule, "rule", rule.rule, set(schema.terms), rule.meta)
        yield from _unknown("rule", rule.rule, "donor-category", rule.category, {*categories, "*"}, rule.meta)
    yield from _twice("rule", ((item.meta, f"{item.rule} {item.category} {item.day}") for item in directives.rules))
    for clearance in directives.clearances:
        yield from _unknown("clearance", clearance.donor, "donor", clearance.donor, donors, clearance.meta)
    for payer in directives.payers:
        yield from _unknown("payer", payer.donor, "donor", payer.donor, donors, payer.meta)
    for contact in directives.contacts:
        yield from _unknown("donor-contact", contact.donor, "donor", contact.donor, donors, contact.meta)
    yield from _twice("donor-contact", ((item.meta, f"{item.donor} {item.day}") for item in directives.contacts))
    for reminder in directives.reminders:
        yield from _unknown("reminder", reminder.donor, "donor", reminder.donor, donors, reminder.meta)
    yield from _confirmations(directives, donors)
    yield from _names_and_merges(directives, donors)
    yield from _ends(directives, donors)
    payers = directives.known_payers()
    yield from _twice("payer", ((item.meta, f"{item.name} {item.account or ''}".strip()) for item in payers))
    yield from _twice(
        N_("general purpose"), ((item.meta, N_("of the fund")) for item in directives.purposes if item.general)
    )


def _confirmations(directives: Directives, donors: set[str]) -> Iterable[Finding]:
    for item in directives.confirmations:
        about, facts = Quarter.parse(item.quarter), {"donor": item.donor, "quarter": item.quarter}
        if item.day <= about.end:
            yield MESSAGES.finding("answered-early", item.meta, **facts, day=item.day, end=about.end)
        if item.answer == "differs" and item.note is None:
            yield MESSAGES.finding("differs-without-a-note", item.meta, **facts)
        yield from _unknown("confirmation", item.donor, "donor", item.donor, donors, item.meta)
    yield from _twice(
        "confirmation",
        ((item.meta, f"{item.donor} {item.quarter} {item.day}") for item in directives.confirmations),
    )


def _ends(directives: Directives, donors: set[str]) -> Iterable[Finding]:
    for payer_end in directives.payer_ends:
        yield from _unknown("payer-end", payer_end.name, "donor", payer_end.donor, donors, payer_end.meta)
    officers = {officer.officer for officer in directives.officers}
    for officer_end in directives.officer_ends:
        yield from _unknown(
            "officer-end", officer_end.officer, "officer", officer_end.officer, officers, officer_end.meta
        )


def _names_and_merges(directives: Directives, donors: set[str]) -> Iterable[Finding]:
    for name in directives.names:
        yield from _unknown("donor-name", name.donor, "donor", name.donor, donors, name.meta)
    yield from _twice("donor-name", ((item.meta, f"{item.donor} {item.day}") for item in directives.names))
    survivors: dict[str, str] = {}
    for merge in directives.merges:
        for code in (merge.donor, merge.into):
            yield from _unknown("donor-merge", merge.donor, "donor", code, donors, merge.meta)
        into = survivors.get(merge.into, merge.into)
        if into == merge.donor:
            yield MESSAGES.finding("merged-into-itself", merge.meta, donor=merge.donor, into=merge.into)
        survivors |= {code: into for code, last in survivors.items() if last == merge.donor} | {merge.donor: into}
    yield from _twice("donor-merge", ((item.meta, item.donor) for item in directives.merges))


_KINDS: dict[str, tuple[str, ...]] = {
    "member-state": ("state",),
    "permanent-observer": ("state", "intergovernmental-organization"),
    "inter-american-entity": ("inter-american-organ", "inter-american-entity"),
}
"""Which kinds of donor the first three groups of operative paragraph 11 hold; the fourth, "others", is open."""


def _twice(name: str, subjects: Iterable[tuple[dict[str, Any], str]]) -> Iterable[Finding]:
    seen: dict[str, str] = {}
    for meta, subject in subjects:
        if subject in seen:
            yield MESSAGES.finding("twice", meta, name=name, subject=subject, first=seen[subject])
        else:
            seen[subject] = f"{meta['filename']}:{meta['lineno']}"


def _unknown(name: str, subject: str, kind: str, word: str, words: set[str], meta: dict[str, Any]) -> Iterable[Finding]:
    if word not in words:
        suggestion = did_you_mean(word, words)
        yield MESSAGES.finding(
            "unknown-reference", meta, name=name, subject=subject, kind=kind, word=word, suggestion=suggestion
        )
