"""due-diligence: a donor that is neither a state nor of the inter-American system gives under a clearance in date and below its ceiling.

Source: facts 1.5: no text of the OAS on gifts and due diligence was found; the steps usually named for private donors are identity, source of
funds, conflict of interest, adverse media and sanctions lists. The rule is a house rule after that practice. The clearance is
`custom "clearance"`: its date, result, `valid-until`, `ceiling` and document. What a donor gives from its date on, in cash and in kind, stays
below the ceiling; so does what it commits, which is counted apart. `above` of the rule leaves small donors out, and states need no clearance.

Breaks it (no clearance is on file):

    2016-09-08 * "A foundation" "Contribution" #receipt
      receipt-number: "R-2016-0001"
      Assets:Bank:Operating                                50.00 USD
      Income:Contributions:Others:FoundationOne           -50.00 USD

Keeps it: the same entry after

    2016-08-01 custom "clearance" "FOUNDATION-1"
      result: "cleared"
      valid-until: 2018-08-01
      ceiling: 10000.00
      document: "2016/clearance.txt"
      document-sha256: "…"
      by: "finance-officer-1"
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from ledger import entries
from ledger.accounts import Role
from ledger.entries import Entry
from ledger.findings import Catalogue, Finding, Message
from ledger.fund import Fund
from ledger.language.kinds import Kind
from ledger.language.law import DueDiligence
from ledger.language.models import Clearance
from ledger.money import ZERO, show_number
from ledger.scopes import category_of

RULE = "due-diligence"
STATE = "state"
"""A state that is neither member nor observer is one of the others, but no private donor: states need no clearance (facts 1.5)."""
_STAGE = {Kind.AGREEMENT: "committed", Kind.RECEIPT: "given", Kind.IDENTIFY: "given", Kind.IN_KIND: "given"}
_ROLES = {"committed": frozenset({Role.COMMITTED}), "given": frozenset({Role.CONTRIBUTION, Role.IN_KIND_INCOME})}

MESSAGES = Catalogue(
    RULE,
    {
        "no-clearance": Message(
            "{donor} has no due-diligence clearance on {day}.",
            "look into the donor, then record the result with `vfund clear {code}`.",
            "house rule (facts 1.5)",
        ),
        "refused": Message(
            "the due diligence of {since} on {donor} ended with a refusal.",
            "return the money, or record a new clearance with `vfund clear {code}`.",
            "house rule (facts 1.5)",
        ),
        "expired": Message(
            "the clearance of {donor} of {since} was valid until {until}, and the entry is of {day}.",
            "renew it with `vfund clear {code}`.",
            "house rule (facts 1.5)",
        ),
        "ceiling": Message(
            "with this entry {donor} has {stage} {number} {unit} since its clearance of {since}, whose ceiling is {ceiling} {unit}.",
            "look into the donor again and record a clearance with a higher ceiling: `vfund clear {code}`.",
            "house rule (facts 1.5)",
        ),
    },
)


def check(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every commitment or contribution that no clearance covers."""
    clearances: dict[str, list[Clearance]] = defaultdict(list)
    for clearance in sorted(fund.directives.clearances, key=lambda item: item.day):
        clearances[clearance.donor].append(clearance)
    sums: dict[tuple[str, str, date | None], Decimal] = defaultdict(lambda: ZERO)
    totals: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    judged = {rule.category for rule in fund.law.rules if rule.rule == RULE and rule.severity != "off"}
    watched = [e for kind in _STAGE for e in fund.by_kind[kind] if "*" in judged or category_of(fund, e) in judged]
    for entry in sorted(watched, key=lambda item: item.txn.date):
        for donor, category, number in _added(entry):
            yield from _judge(fund, entry, donor, category, number, clearances, sums, totals)


def _added(entry: Entry) -> Iterator[tuple[str, str, Decimal]]:
    """Give what each donor gives or commits in an entry."""
    roles = _ROLES[_STAGE[entry.kind]] if entry.kind else frozenset()
    added: dict[tuple[str, str], Decimal] = {}
    for part, posting in entry.owned:
        if part.role in roles:
            number = entries.value(posting)
            key = (part.donor, part.category)
            sign = 1 if part.role is Role.COMMITTED else -1
            added[key] = added.get(key, ZERO) + sign * number
    for (donor, category), number in added.items():
        yield donor, category, number


def _judge(
    fund: Fund,
    entry: Entry,
    account: str,
    component: str,
    number: Decimal,
    clearances: dict[str, list[Clearance]],
    sums: dict[tuple[str, str, date | None], Decimal],
    totals: dict[tuple[str, str], Decimal],
) -> Iterator[Finding]:
    category = fund.registry.by_category_account.get(component, "")
    donor = fund.registry.by_account.get(account)
    day = entry.txn.date
    terms = fund.law.terms(RULE, DueDiligence, category, day)
    if terms is None or donor is None or donor.kind == STATE or entry.kind is None:
        return
    stage = _STAGE[entry.kind]
    known = clearances[donor.code]
    position = bisect_right(known, day, key=lambda item: item.day)
    current = known[position - 1] if position else None
    key = (donor.code, stage, current.day if current else None)
    sums[key] += number
    totals[donor.code, stage] += number
    if number <= ZERO or totals[donor.code, stage] <= terms.above:
        return
    facts: dict[str, object] = {"donor": donor.name_en, "code": donor.code, "day": day}
    if current is None:
        yield MESSAGES.finding("no-clearance", entry.txn, **facts)
        return
    facts["since"] = current.day
    if current.result == "refused":
        yield MESSAGES.finding("refused", entry.txn, **facts)
    elif day > current.valid_until:
        yield MESSAGES.finding("expired", entry.txn, **facts, until=current.valid_until)
    elif sums[key] > current.ceiling:
        amounts = {"number": show_number(sums[key]), "ceiling": show_number(current.ceiling), "unit": fund.unit}
        yield MESSAGES.finding("ceiling", entry.txn, **facts, stage=stage, **amounts)
