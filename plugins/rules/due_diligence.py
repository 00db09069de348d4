"""due-diligence: a donor that is neither a state nor of the inter-American system gives under a clearance in date and below its ceiling.

Source: facts 1.5: no text of the OAS on gifts and due diligence was found; the steps usually named for private donors
are identity, source of funds, conflict of interest, adverse media and sanctions lists. The rule is a house rule after
that practice. The clearance is `custom "clearance"`: its date, result, `valid-until`, `ceiling` and document. What a
donor gives from its date on, in cash and in kind, stays below the ceiling; so does what it commits, which is counted
apart. `above` of the rule leaves small donors out, and states need no clearance.

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
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ledger.ground.findings import Finding, Message, Scope
from ledger.ground.money import ZERO
from ledger.ground.phrases import N_
from ledger.language.accounts import Role
from ledger.language.kinds import Kind
from ledger.language.law import Money, Terms
from ledger.language.models import Clearance, Donor
from ledger.language.nearest import did_you_mean
from ledger.law.approvals import officers_on
from ledger.law.rule import Rule
from ledger.law.scopes import scope_of
from ledger.model.entries import Entry
from ledger.model.fund import Fund

STATE = "state"
"""A state that is neither member nor observer is one of the others, but no private donor: states need no clearance
(facts 1.5)."""
_COMMITTED, _GIVEN = N_("committed"), N_("given")
_STAGE = {Kind.AGREEMENT: _COMMITTED, Kind.RECEIPT: _GIVEN, Kind.IDENTIFY: _GIVEN, Kind.IN_KIND: _GIVEN}
_ROLES = {_COMMITTED: frozenset({Role.COMMITTED}), _GIVEN: frozenset({Role.CONTRIBUTION, Role.IN_KIND_INCOME})}


class DueDiligence(Terms):
    """`above`: a clearance is needed once the donor's contributions are worth more than this, in the unit of account."""

    above: Money = Decimal(0)


RULE = Rule(
    "due-diligence",
    DueDiligence,
    messages={
        "unknown-officer": Message(
            "the clearance is by {officer!r}, who is no officer of the book on {day}; {suggestion}",
            'correct `by`, or declare the officer with `custom "officer"`.',
        ),
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


@dataclass(slots=True)
class _Giver:
    """What is known of one donor: its clearances by date, and what it gave or committed under each, and in all."""

    clearances: list[Clearance] = field(default_factory=list)
    under: dict[tuple[str, date | None], Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))
    total: dict[str, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))

    def current(self, day: date) -> Clearance | None:
        """Return the newest clearance on a day."""
        position = bisect_right(self.clearances, day, key=lambda item: item.day)
        return self.clearances[position - 1] if position else None


@RULE.check
def donors_not_cleared(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every commitment or contribution that no clearance covers, and every clearance by nobody."""
    givers: dict[str, _Giver] = defaultdict(_Giver)
    for clearance in sorted(fund.directives.clearances, key=lambda item: item.day):
        givers[clearance.donor].clearances.append(clearance)
        officers = officers_on(fund, clearance.day)
        if clearance.by not in officers:
            scope = Scope(clearance.day, tuple(fund.registry.categories), frozenset({clearance.donor}))
            facts = {"officer": clearance.by, "day": clearance.day, "suggestion": did_you_mean(clearance.by, officers)}
            yield RULE.finding("unknown-officer", clearance.meta, scope, **facts)
    taken_back = fund.reversals
    watched = [entry for kind in _STAGE for entry in fund.by_kind[kind]]
    for entry in sorted(watched, key=lambda item: item.txn.date):
        original = taken_back.get(entry) if entry.reversal else None
        day = original.txn.date if original is not None else entry.txn.date
        for account, component, number in _added(entry):
            category = fund.registry.by_category_account.get(component, "")
            donor = fund.registry.by_account.get(account)
            terms = fund.law.terms(DueDiligence, category, entry.txn.date)
            if donor is not None and donor.kind != STATE and terms is not None:
                yield from _judge(fund, entry, donor, category, givers[donor.code], day, number, terms)


def _added(entry: Entry) -> Iterator[tuple[str, str, Decimal]]:
    """Return what each donor gives or commits in an entry."""
    roles = _ROLES[_STAGE[entry.kind]] if entry.kind else frozenset()
    added: dict[tuple[str, str], Decimal] = {}
    for part, _, value in entry.owned:
        if part.role in roles:
            key = (part.donor, part.category)
            sign = 1 if part.role is Role.COMMITTED else -1
            added[key] = added.get(key, ZERO) + sign * value
    for (donor, category), number in added.items():
        yield donor, category, number


def _judge(
    fund: Fund,
    entry: Entry,
    donor: Donor,
    category: str,
    giver: _Giver,
    day: date,
    number: Decimal,
    terms: DueDiligence,
) -> Iterator[Finding]:
    """Count what a donor adds under its clearance of a day (that of the original, for a reversal), and judge it."""
    stage = _STAGE[entry.kind] if entry.kind else ""
    current = giver.current(day)
    key = (stage, current.day if current else None)
    giver.under[key] += number
    giver.total[stage] += number
    if number <= ZERO or giver.total[stage] <= terms.above:
        return
    code = _breach(current, day, giver.under[key])
    if code is None:
        return
    facts: dict[str, object] = {
        "donor": donor.name_en,
        "code": donor.code,
        "day": day,
        "stage": stage,
        "unit": fund.unit,
    }
    if current is not None:
        facts |= {"since": current.day, "until": current.valid_until, "ceiling": current.ceiling}
    subjects = frozenset({donor.code}) | scope_of(fund, entry).subjects
    scope = Scope(entry.txn.date, (category,), subjects)
    yield RULE.finding(code, entry.txn, scope, **facts, number=giver.under[key])


def _breach(current: Clearance | None, day: date, number: Decimal) -> str | None:
    """Return how a clearance fails to cover what was given under it."""
    if current is None:
        return "no-clearance"
    if current.result == "refused":
        return "refused"
    if day > current.valid_until:
        return "expired"
    return "ceiling" if number > current.ceiling else None
