"""bank-reference-once: one bank reference is booked once.

Source: house rule; the auditors' complaint behind it is the same gift counted twice (facts 6), and the bank's own
reference is the only thing that tells two equal payments from one payment entered twice. A reference stands on the
entry or on its bank posting, and counts per bank account; capitals and spaces make no difference. A reversal
(`#correction`) frees it again. Identifying an unclaimed receipt is not a bank movement and may repeat it.

Breaks it:

    2016-09-08 * "Mexico" "Contribution" #receipt
      bank-reference: "FT-1"
      Assets:Bank:Operating                                50.00 USD
      Income:Contributions:MemberStates:Mexico
    2016-09-09 * "Mexico" "Contribution, entered again" #receipt
      bank-reference: "FT-1"
      Assets:Bank:Operating                                50.00 USD
      Income:Contributions:MemberStates:Mexico

Keeps it: the second entry has the bank's own reference of a second payment, or is not there.
"""

from collections import Counter
from collections.abc import Iterator

from ledger.ground.findings import Finding, Message
from ledger.language.accounts import IN_TRANSIT, Role
from ledger.law.rule import Rule
from ledger.model.entries import Entry
from ledger.model.fund import Fund

RULE = Rule(
    "bank-reference-once",
    messages={
        "twice": Message(
            "the bank reference {reference!r} of {bank} is booked already, on {day} at {first}.",
            "take the second entry out if it is the same payment, or give it the reference of its own payment.",
        ),
        "not-text": Message(
            "the bank reference {reference} is not text.",
            "put it in quotes.",
        ),
    },
)


@RULE.check
def bank_references_repeated(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every further use of a bank reference that no reversal has freed."""
    taken_back = [entry for entry in fund.reversals.values() if entry is not None]
    freed = Counter((bank, _plain(text)) for e in taken_back for bank, text in _references(e) if isinstance(text, str))
    booked: dict[tuple[str, str], Entry] = {}
    for entry in fund.entries:
        for bank, reference in _references(entry):
            if not isinstance(reference, str):
                yield RULE.finding("not-text", entry.txn, reference=str(reference))
                continue
            key = (bank, _plain(reference))
            if entry.reversal:
                continue
            if key not in booked:
                booked[key] = entry
            elif freed[key]:
                freed[key] -= 1
            else:
                first = booked[key]
                facts = {"reference": reference, "bank": bank, "day": first.txn.date, "first": first.place}
                yield RULE.finding("twice", entry.txn, **facts)


def _plain(reference: str) -> str:
    return " ".join(reference.split()).casefold()


def _references(entry: Entry) -> set[tuple[str, object]]:
    """Return each bank account of the entry with the reference that stands on its posting, else on the entry."""
    of_entry = entry.txn.meta.get("bank-reference")
    result = set()
    for part, posting, _ in entry.money:
        if part.role is Role.BANK and part.name != IN_TRANSIT:  # both ends of a transfer may have one reference
            reference = (posting.meta or {}).get("bank-reference", of_entry)
            if reference is not None and reference != "":
                result.add((part.name, reference))
    return result
