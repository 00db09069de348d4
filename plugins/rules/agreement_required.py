"""agreement-required: a commitment or a receipt names its instrument.

An agreement, a memorandum, an exchange of letters.

Source: Financial Handbook for Specific Fund Projects (Administrative Memorandum 125 Rev. 1): "All contributions to
Specific Funds shall be documented by an agreement", which includes a memorandum of understanding, arrangement or
exchange of letters. The instrument stands as `agreement` on the entry, or on the agreement of every instalment that the
entry settles; what is beyond them needs an instrument of its own. `above` of the rule leaves small amounts out.

Breaks it:

    2016-09-08 * "Mexico" "Contribution" #receipt
      receipt-number: "R-2016-0001"
      Assets:Bank:Operating                                50.00 USD
      Income:Contributions:MemberStates:Mexico            -50.00 USD

Keeps it: the same entry with `agreement: "Note verbale of 1 September 2016"`.
"""

from collections.abc import Iterator
from decimal import Decimal

from beancount.core.data import Transaction

from ledger.ground.findings import Finding, Message
from ledger.language.kinds import Kind
from ledger.language.law import Money, Terms
from ledger.law.rule import Rule
from ledger.law.scopes import terms_of
from ledger.model.entries import Entry
from ledger.model.fund import Fund


class AgreementRequired(Terms):
    """`above`: only what is worth more than this, in the unit of account."""

    above: Money = Decimal(0)


RULE = Rule(
    "agreement-required",
    AgreementRequired,
    documentary=True,
    messages={
        "no-instrument": Message(
            "the #{kind} names no agreement, memorandum or exchange of letters.",
            'add `agreement: "…"` with the instrument\'s name and date, or have the rule waived.',
            "Financial Handbook for Specific Fund Projects",
        ),
    },
)


@RULE.check
def contributions_without_instrument(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every commitment or receipt without an instrument."""
    for kind in (Kind.AGREEMENT, Kind.RECEIPT, Kind.IDENTIFY):
        for entry in fund.by_kind[kind]:
            if (
                entry.reversal
                or names_instrument(entry.txn)
                or (kind is not Kind.AGREEMENT and _settles_agreed(fund, entry))
            ):
                continue
            terms = terms_of(fund, AgreementRequired, entry)
            if any(entry.moved > item.above for item in terms):
                yield RULE.finding("no-instrument", entry.txn, kind=kind.value)


def _settles_agreed(fund: Fund, entry: Entry) -> bool:
    """Return whether all that came in settles instalments whose agreement names its instrument."""
    beyond = any((posting.meta or {}).get("unpledged") for _, posting, _ in entry.money)
    instalments = fund.taken_by(entry)
    given = {part.donor for part, _, _ in entry.money if part.donor}
    has_instruments = all(names_instrument(instalment.opened.txn) for instalment in instalments)
    return (
        bool(instalments)
        and not beyond
        and has_instruments
        and given <= {instalment.account.donor for instalment in instalments}
    )


def names_instrument(txn: Transaction) -> bool:
    """Return whether the entry names one."""
    return bool(str(txn.meta.get("agreement") or "").strip())
