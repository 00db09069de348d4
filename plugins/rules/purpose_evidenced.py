"""purpose-evidenced: money that comes into this fund was given for a purpose of this fund, and the book says which.

Source: General Standards of the OAS General Secretariat, art. 78: "Funds received for unspecified purposes shall be
treated as miscellaneous income under the Regular Fund"; a receipt without a stated purpose does not belong here. The
purpose stands on the posting, the entry, or the pledge that the entry settles, and is one that the book declares with
`custom "purpose"`; the purpose with `general: TRUE` is the fund as a whole. A commitment states its purpose too.

Breaks it:

    2016-09-08 * "Mexico" "Contribution" #receipt
      receipt-number: "R-2016-0001"
      Assets:Bank:Operating                                50.00 USD
      Income:Contributions:MemberStates:Mexico            -50.00 USD

Keeps it: the same entry with `purpose: "country-visits"`.
"""

from collections.abc import Iterator

from ledger.acts.allocations import purposes_of
from ledger.ground.findings import Finding, Message
from ledger.language.accounts import Role
from ledger.language.kinds import Kind
from ledger.language.nearest import did_you_mean
from ledger.law.rule import Rule
from ledger.model.entries import Entry
from ledger.model.fund import Fund
from ledger.model.purposes import GENERAL, common_purpose, purpose_of

RULE = Rule(
    "purpose-evidenced",
    documentary=True,
    messages={
        "no-purpose": Message(
            "the #{kind} states no purpose: money given for no stated purpose is miscellaneous income of the Regular Fund, not of this fund.",
            'add `purpose: "…"`, as the donor\'s letter has it (declared: {declared}), or take the entry to the Regular Fund.',
            "General Standards art. 78",
        ),
        "several-purposes": Message(
            "the #{kind} settles what was promised for several purposes ({promised}), and does not say how much of it is for which.",
            'give the contribution one posting for each purpose, with a line `purpose: "…"` below it; `vfund receipt` with --settles does so for pledges in the currency that came in.',
            "General Standards art. 78; Financial Handbook for Specific Fund Projects (purpose in precise terms)",
        ),
        "other-purpose": Message(
            "the entry states the purpose {purpose!r}, but what it settles was promised for {promised!r}.",
            "state the purpose of the pledge; if the donor agreed to another one, record that as an #agreement first.",
            "Financial Handbook for Specific Fund Projects (purpose in precise terms)",
        ),
        "unknown-purpose": Message(
            "the purpose {purpose!r} is not declared; {suggestion}",
            'correct it, or declare it with `custom "purpose"` and the basis on which the fund serves it.',
            "General Standards art. 78; Financial Handbook for Specific Fund Projects (purpose in precise terms)",
        ),
    },
)


@RULE.check
def purposes_missing(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every commitment, contribution or expenditure whose purpose is missing or not declared."""
    declared = {purpose.slug for purpose in fund.directives.purposes}
    for kind in _GIVEN:
        for entry in fund.by_kind[kind]:
            if not entry.reversal:
                yield from _judge(fund, entry, declared)
    for kind, entries in fund.by_kind.items():
        for entry in entries if kind not in _GIVEN else ():
            own = {str(p.meta["purpose"]) for _, p, _ in entry.money if p.meta and "purpose" in p.meta}
            own |= {str(entry.txn.meta["purpose"])} if "purpose" in entry.txn.meta else set()
            if not own <= declared:
                yield from _declared(entry, own, declared)


_GIVEN = frozenset({Kind.AGREEMENT, Kind.RECEIPT, Kind.IDENTIFY})


def _judge(fund: Fund, entry: Entry, declared: set[str]) -> Iterator[Finding]:
    if entry.kind is Kind.AGREEMENT:
        stated = {
            str((p.meta or {}).get("purpose") or entry.txn.meta.get("purpose") or GENERAL)
            for a, p, _ in entry.memorandum
            if a.role is Role.COMMITTED and p.units.number > 0
        }
        if GENERAL in stated:
            inherited = {purpose_of(fund, entry, p) for _, p, _ in entry.memorandum}
            stated = inherited
    else:
        stated = {purpose_of(fund, entry, p) for a, p, _ in entry.money if a.role is Role.CONTRIBUTION}
    if GENERAL in stated and entry.kind is not None:
        several = purposes_of(fund.taken_by(entry)) if entry.kind is not Kind.AGREEMENT else []
        if len(several) > 1:
            yield RULE.finding("several-purposes", entry.txn, kind=entry.kind.value, promised=", ".join(several))
        else:
            names = ", ".join(sorted(declared)) or "none yet"
            yield RULE.finding("no-purpose", entry.txn, kind=entry.kind.value, declared=names)
    yield from _declared(entry, stated - {GENERAL}, declared)
    promised = common_purpose(fund.taken_by(entry)) if entry.kind is not Kind.AGREEMENT else None
    pledged = {
        purpose_of(fund, entry, p)
        for a, p, _ in entry.money
        if a.role is Role.CONTRIBUTION and not (p.meta or {}).get("unpledged")
    }
    for purpose in sorted(pledged - {promised, GENERAL}) if promised else ():
        yield RULE.finding("other-purpose", entry.txn, purpose=purpose, promised=promised)


def _declared(entry: Entry, stated: set[str], declared: set[str]) -> Iterator[Finding]:
    for purpose in sorted(stated - declared):
        yield RULE.finding("unknown-purpose", entry.txn, purpose=purpose, suggestion=did_you_mean(purpose, declared))
