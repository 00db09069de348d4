"""agreement-required: a commitment or a receipt names its instrument: an agreement, a memorandum, an exchange of letters.

Source: Financial Handbook for Specific Fund Projects (Administrative Memorandum 125 Rev. 1): "All contributions to Specific Funds shall be
documented by an agreement", which includes a memorandum of understanding, arrangement or exchange of letters. The instrument stands as
`agreement` on the entry, or on the agreement of every pledge that the entry settles. `above` of the rule leaves small amounts out.

Breaks it:

    2016-09-08 * "Mexico" "Contribution" #receipt
      receipt-number: "R-2016-0001"
      Assets:Bank:Operating                                50.00 USD
      Income:Contributions:MemberStates:Mexico            -50.00 USD

Keeps it: the same entry with `agreement: "Note verbale of 1 September 2016"`.
"""

from collections.abc import Iterator

from ledger.entries import Entry
from ledger.findings import Catalogue, Finding, Message
from ledger.fund import Fund
from ledger.language.kinds import Kind
from ledger.language.law import AgreementRequired
from ledger.scopes import category_of, moved

RULE = "agreement-required"

MESSAGES = Catalogue(
    RULE,
    {
        "no-instrument": Message(
            "the #{kind} names no agreement, memorandum or exchange of letters.",
            'add `agreement: "…"` with the instrument\'s name and date, or have the rule waived.',
            "Financial Handbook for Specific Fund Projects",
        ),
    },
)


def check(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every commitment or receipt without an instrument."""
    agreed = {pledge for entry in fund.by_kind[Kind.AGREEMENT] if names_instrument(entry) for pledge in entry.pledges}
    for kind in (Kind.AGREEMENT, Kind.RECEIPT, Kind.IDENTIFY):
        for entry in fund.by_kind[kind]:
            if entry.reversal or names_instrument(entry) or (entry.pledges and entry.pledges <= agreed):
                continue
            terms = fund.law.terms(RULE, AgreementRequired, category_of(fund, entry), entry.txn.date)
            if terms is not None and moved(entry) > terms.above:
                yield MESSAGES.finding("no-instrument", entry.txn, kind=kind.value)


def names_instrument(entry: Entry) -> bool:
    """Tell whether the entry names one."""
    return bool(str(entry.txn.meta.get("agreement") or "").strip())
