"""Take a receipt back whole: the entry, the charge for indirect costs on it, and what identified it.

Also when the bank took its credit back.

A credit that the bank takes back (a recall, a returned transfer) is no refund: nothing was given, so the pledge is
outstanding again, its charge is owed no more, and the donor's statement says that the bank returned it. Where an import
has booked the bank's debit already as a #payment marked `returned: TRUE`, the reversal goes through
`Liabilities:AccountsPayable`, which that payment debited; else it goes through the bank account itself.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from beancount.core.data import Transaction

from ledger.acts import compose
from ledger.acts.directives import describe_entry
from ledger.ground.errors import InvalidEntryError
from ledger.ground.phrases import phrase
from ledger.language.accounts import PAYABLE, Role
from ledger.language.kinds import Kind
from ledger.model.entries import Entry, read, receipts_named, text
from ledger.model.fund import Fund
from ledger.model.indirect_costs import paid_back
from ledger.model.unclaimed import links_of


def standing_entries(fund: Fund, kinds: frozenset[Kind]) -> Iterator[Entry]:
    """Yield the entries of some kinds that are no reversal and that none takes back."""
    originals = {entry for entry in fund.reversals.values() if entry is not None}
    yield from (e for e in fund.entries if e.kind in kinds and not e.reversal and e not in originals)


def take_back(
    fund: Fund, entry: Entry, *, day: date, narration: str, meta: Mapping[str, Any], through: str | None = None
) -> list[Transaction]:
    """Return the reversals that take an entry back with all that hangs on it, in the order in which they are recorded.

    `meta` is that of the reversal of the entry itself; `through` is the account that stands for the bank in it.
    """
    kept_meta = {key: meta[key] for key in ("reason", "recorded", "recorded-by", "returned") if key in meta}
    result: list[Transaction] = []
    if entry.kind is Kind.UNCLAIMED:
        links = set(links_of(entry.txn.links or frozenset()))
        for identification in standing_entries(fund, frozenset({Kind.IDENTIFY})):
            if links & set(links_of(identification.txn.links or frozenset())):
                result += take_back(fund, identification, day=day, narration=narration, meta=kept_meta)
    own = dict(meta) | {"corrects": name_of(entry)}
    back = compose.reversal(entry.txn, _kind(entry), day=day, narration=narration, meta=own, through=through)
    result.append(back)
    if entry.kind is Kind.REFUND:
        result += charge_anew(fund, back, narration, kept_meta)
    number = text(entry.txn, "receipt-number")
    for charge in standing_entries(fund, frozenset({Kind.INDIRECT_COSTS})):
        if number and _charges(charge, number):
            of_receipt = kept_meta | {"corrects": number, "on-receipt": number}
            result.append(
                compose.reversal(charge.txn, Kind.INDIRECT_COSTS, day=day, narration=narration, meta=of_receipt)
            )
    return result


def charge_anew(fund: Fund, refund: Transaction, narration: str, meta: Mapping[str, Any]) -> Iterator[Transaction]:
    """Yield what a new refund, or the reversal of one, changes in the charges for indirect costs on the receipts that it names.

    The charges that stand on each are reversed, and what is left of the receipt is charged at the rate of its day.
    """
    refund_entry = read(refund)
    back = list(paid_back(fund, [*fund.by_kind[Kind.REFUND], refund_entry]))
    for number in sorted(receipts_named(refund_entry)):
        charges = [e for e in standing_entries(fund, frozenset({Kind.INDIRECT_COSTS})) if _charges(e, number)]
        receipt = fund.receipt_entries.get(number)
        if receipt is None or not charges:
            continue
        entry_meta = {**meta, "corrects": number, "on-receipt": number}
        for old in charges:
            yield compose.reversal(old.txn, Kind.INDIRECT_COSTS, day=refund.date, narration=narration, meta=entry_meta)
        payer = next(leg.account.name for leg in charges[0].money if leg.account.role is not Role.INDIRECT_COSTS)
        mine = [item for item in back if item.receipt == number and item.value]
        anew = compose.indirect_costs(fund, receipt.txn, payer, mine, refund.date)
        if anew is not None:
            yield anew._replace(meta=anew.meta | {k: v for k, v in meta.items() if k in {"recorded", "recorded-by"}})


def _charges(entry: Entry, number: str) -> bool:
    return text(entry.txn, "on-receipt") == number


def name_of(entry: Entry) -> str:
    """Return what an entry is called: by its receipt number, its links, else by its day and what it says."""
    return text(entry.txn, "receipt-number") or ", ".join(sorted(entry.txn.links or ())) or describe_entry(entry.txn)


def _kind(entry: Entry) -> Kind:
    if entry.kind is None:
        raise InvalidEntryError(phrase("an entry without a kind cannot be reversed; give it its tag first"))
    return entry.kind


def returned_payment(fund: Fund, entry: Entry) -> Entry | None:
    """Return the #payment by which an import booked that the bank took the credit of an entry back, and which no reversal uses yet."""
    debits = {(p.account, p.units.number, p.units.currency) for part, p, _ in entry.money if part.role is Role.BANK}
    bookings = [
        (-p.units.number, p.units.currency)
        for e in fund.entries
        if e.reversal and e.txn.meta.get("returned") is True
        for part, p, _ in e.money
        if part.role is Role.PAYABLE
    ]
    for payment in standing_entries(fund, frozenset({Kind.PAYMENT})):
        numbers = {
            (p.account, -p.units.number, p.units.currency) for part, p, _ in payment.money if part.role is Role.BANK
        }
        amounts = {(number, currency) for _, number, currency in numbers}
        if payment.txn.meta.get("returned") is not True or payment.txn.date < entry.txn.date or numbers != debits:
            continue
        match = next((one for one in bookings if one in amounts), None)
        if match is None:
            return payment
        bookings.remove(match)
    return None


THROUGH = PAYABLE
"""What stands for the bank where its debit is booked already."""
