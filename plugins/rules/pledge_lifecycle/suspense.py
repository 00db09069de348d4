"""Unclaimed receipts: one link from arrival to identification, and never more identified than came in."""

from collections.abc import Iterator

from ledger.ground.findings import Finding
from ledger.ground.money import ZERO
from ledger.language.kinds import Kind
from ledger.language.nearest import or_nothing
from ledger.model.fund import Fund
from ledger.model.unclaimed import entries_of, links_of
from plugins.rules.pledge_lifecycle.rule import RULE


def wrong_suspense(fund: Fund) -> Iterator[Finding]:
    """Yield what is wrong with the account of unclaimed receipts."""
    opened: dict[str, str] = {}
    for entry in entries_of(fund.by_kind):
        links = links_of(entry.txn.links or frozenset())
        kind = entry.kind
        example = f"UR-{entry.txn.date.year}-001"
        if len(links) != 1 and kind is not None:
            facts = {"kind": kind.value, "links": len(links)}
            yield RULE.finding("no-unclaimed-link", entry.txn, **facts, example=example)
        elif kind in {Kind.UNCLAIMED, Kind.OPENING} and not entry.reversal:
            if links[0] in opened:
                facts = {"link": links[0], "first": opened[links[0]]}
                yield RULE.finding("unclaimed-again", entry.txn, **facts, example=example)
            opened.setdefault(links[0], entry.place)
        elif links[0] not in opened:
            suggestion = or_nothing("; {hint}", links[0], opened)
            yield RULE.finding("identified-nothing", entry.txn, link=links[0], suggestion=suggestion)
    yield from _too_much(fund)


def _too_much(fund: Fund) -> Iterator[Finding]:
    for item in fund.unclaimed.values():
        held = ZERO
        for position, change in enumerate(item.changes):
            held += change.units
            last_of_day = position + 1 == len(item.changes) or item.changes[position + 1].day != change.day
            if last_of_day and held < ZERO and change.units < ZERO:
                facts = {"day": change.day, "number": -held, "unit": item.currency, "link": item.link}
                yield RULE.finding("identified-too-much", change.entry.txn, **facts)
