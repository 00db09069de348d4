"""anonymity: the book always knows who gave.

Only what is published may leave the name out, and only where the category allows it.

Source: house rule, after gift-acceptance policies, which settle recognition "in accordance with … confidentiality, and
anonymity" (facts 1.5); that the finance office must know the identity has no source of its own. `anonymous: TRUE` on an
entry asks not to be named in the workbook; Fava and the book show the name. `allowed` of the rule says which categories
may ask.

Breaks it, where member states may not ask:

    2016-09-08 * "Mexico" "Contribution" #receipt
      receipt-number: "R-2016-0001"
      anonymous: TRUE
      Assets:Bank:Operating                                50.00 USD
      Income:Contributions:MemberStates:Mexico            -50.00 USD

Keeps it: the same entry without `anonymous: TRUE`.
"""

from collections.abc import Iterator

from ledger.ground.findings import Finding, Message, Scope
from ledger.language.kinds import Kind
from ledger.language.law import Terms
from ledger.law.rule import Rule
from ledger.law.scopes import categories_of
from ledger.model.donors import spellings
from ledger.model.fund import Fund

NAMELESS = frozenset(
    {
        *("anonymous", "anonymous donor", "unknown", "unnamed", "n.n."),
        *("anónimo", "donante anónimo", "anonyme", "donateur anonyme", "anônimo", "doador anônimo"),
    }
)
"""Names that hide a donor, in the four languages."""
_KINDS = (Kind.PLEDGE, Kind.AGREEMENT, Kind.RECEIPT, Kind.IDENTIFY, Kind.IN_KIND)


class Anonymity(Terms):
    """`allowed`: whether a donor of the category may ask not to be named in what is published."""

    allowed: bool


RULE = Rule(
    "anonymity",
    Anonymity,
    messages={
        "not-allowed": Message(
            "a donor of the category {category!r} may not ask to be left unnamed.",
            "take `anonymous` out of the entry, or have the rule waived.",
        ),
        "not-yes-or-no": Message(
            "`anonymous` is {value}; TRUE or FALSE is expected.",
            "write `anonymous: TRUE`, without quotes.",
        ),
        "nameless-donor": Message(
            "the donor {code} is registered as {name!r}: the book must know who gives.",
            "register the donor by its name, and write `anonymous: TRUE` on its entries.",
        ),
    },
)


@RULE.check
def names_withheld_without_leave(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every donor without a name, and every wish that the category does not allow."""
    for donor in fund.registry.donors.values():
        if not NAMELESS.isdisjoint(spellings(donor)):
            category = fund.registry.standing(donor.code, fund.as_of).category
            scope = Scope(fund.as_of, (category,), frozenset({donor.code}))
            yield RULE.finding("nameless-donor", donor.meta, scope, code=donor.code, name=donor.name_en)
    for kind in _KINDS:
        for entry in fund.by_kind[kind]:
            wish = entry.txn.meta.get("anonymous")
            if wish is None or wish is False:
                continue
            if wish is not True:
                yield RULE.finding("not-yes-or-no", entry.txn, value=repr(wish))
            for category in categories_of(fund, entry):
                terms = fund.law.terms(Anonymity, category, entry.txn.date)
                if terms is not None and not terms.allowed:
                    yield RULE.finding("not-allowed", entry.txn, category=category)
