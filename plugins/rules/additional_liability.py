"""additional-liability: a contribution that puts obligations on the Organization names the body that consented.

Source: UN Financial Regulation 3.12: contributions that "directly or indirectly involve additional financial liability
require the consent of the appropriate authority" (facts 1.5; that the OAS practice is the same has no source, so the
rule is a house rule after the UN's). The obligation stands as `liability` on the entry, the body and its decision as
`consent`; `liability: "none"` says that there is none. Under `stated` of the rule every commitment must say the one or
the other.

Breaks it:

    2016-09-01 * "Argentina" "Exchange of letters" #agreement ^PL-2016-003
      liability: "the Organization pays the rent after 2017"
      Equity:Pledges:Committed:MemberStates:Argentina    100.00 USD {1 USD, "PL-2016-003/1"}
        due: 2016-12-31
      Equity:Pledges:Contra                             -100.00 USD

Keeps it: the same entry with `consent: "Permanent Council, CP/RES. … of 30 August 2016"`.
"""

from collections.abc import Iterator

from ledger.ground.findings import Finding, Message
from ledger.language.kinds import Kind
from ledger.language.law import Terms
from ledger.law.rule import Rule
from ledger.law.scopes import terms_of
from ledger.model import entries
from ledger.model.fund import Fund

_KINDS = (Kind.PLEDGE, Kind.AGREEMENT, Kind.RECEIPT, Kind.IDENTIFY, Kind.IN_KIND)


class AdditionalLiability(Terms):
    """`stated`: every commitment must say whether it puts a liability on the Organization (`liability: "none"`)."""

    stated: bool = False


RULE = Rule(
    "additional-liability",
    AdditionalLiability,
    messages={
        "no-consent": Message(
            "the contribution puts an obligation on the Organization ({liability}), and no body is named that consented.",
            'add `consent: "…"` with the body and its decision.',
            "UN Financial Regulation 3.12",
        ),
        "not-stated": Message(
            "the commitment does not say whether it puts an obligation on the Organization.",
            'add `liability: "none"`, or the obligation and the `consent` to it.',
        ),
    },
)


@RULE.check
def obligations_without_consent(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every obligation without consent, and for every commitment that is silent where the rule asks."""
    for kind in _KINDS:
        for entry in fund.by_kind[kind]:
            liability = entries.text(entry.txn, "liability").strip()
            if liability and liability.casefold() != "none" and not entries.text(entry.txn, "consent").strip():
                yield RULE.finding("no-consent", entry.txn, liability=liability)
            elif (
                kind is Kind.AGREEMENT
                and not (liability or entry.reversal)
                and any(terms.stated for terms in terms_of(fund, AdditionalLiability, entry))
            ):
                yield RULE.finding("not-stated", entry.txn)
