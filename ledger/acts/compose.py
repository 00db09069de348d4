"""Turn what an officer knows into entries of the book: pure functions that write nothing.

Each gives one transaction in the form that `ledger.language.shapes` asks for. Whether the book takes it is for the
rules to say.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import count, islice
from typing import Any

from beancount.core.amount import Amount
from beancount.core.data import Posting, Transaction
from beancount.core.position import CostSpec

from ledger.acts.allocations import Allocation, PromisedPayment, allocate, by_purpose, by_rate
from ledger.acts.postings import (
    allocation_posting,
    contra_postings,
    entry_of,
    instalment_postings,
    posting_of,
    price_of,
    value_of,
)
from ledger.ground.errors import InvalidEntryError
from ledger.ground.money import ZERO
from ledger.ground.phrases import phrase
from ledger.language.accounts import (
    BANK_CHARGES,
    CONTRA,
    INDIRECT_COSTS,
    PAYABLE,
    UNCLAIMED,
    Role,
    account,
    donor_account,
)
from ledger.language.kinds import CORRECTION, METADATA, Kind
from ledger.language.models import Donor
from ledger.model.fund import Fund
from ledger.model.indirect_costs import PaidBack, charge, rate_on
from ledger.model.pledges import Pledge
from ledger.model.unclaimed import Unclaimed


def pledge(
    fund: Fund,
    donor: Donor,
    parts: Sequence[PromisedPayment],
    *,
    day: date,
    identity: str,
    narration: str,
    rate: Decimal | None = None,
    meta: Mapping[str, Any] | None = None,
) -> Transaction:
    """Record an announced pledge, one lot per part."""
    labels = [identity] if len(parts) == 1 else [f"{identity}/{n}" for n in range(1, len(parts) + 1)]
    opening = instalment_postings(fund, Role.ANNOUNCED, donor, parts, labels, day, rate)
    return entry_of(
        Kind.PLEDGE, day, donor.name_en, narration, [*opening, *contra_postings(opening, fund.unit)], meta, [identity]
    )


def agreement(
    fund: Fund,
    donor: Donor,
    parts: Sequence[PromisedPayment],
    *,
    day: date,
    identity: str,
    narration: str,
    rate: Decimal | None = None,
    meta: Mapping[str, Any] | None = None,
) -> Transaction:
    """Record a commitment: what was announced under the id moves to committed instalments.

    What is more is newly pledged.
    """
    existing = fund.pledges.get(identity)
    since = min((i.opened.txn.date for i in existing.instalments), default=day) if existing else day
    if since > day:
        raise InvalidEntryError(
            phrase(
                "{pledge} begins on {begun}, after {day}, the date of the agreement",
                pledge=identity,
                begun=since,
                day=day,
            )
        )
    announced = [i for i in existing.instalments if i.stage == "announced" and i.outstanding(day)] if existing else []
    allocations = allocate(announced, parts, day)
    pieces = by_rate(parts, allocations)
    split, carried = [part for part, _ in pieces], [known_rate for _, known_rate in pieces]
    labels_in_use = {i.label for i in existing.instalments if i.stage == "committed"} if existing else set()
    labels = _free_labels(identity, labels_in_use, len(split))
    opening = instalment_postings(fund, Role.COMMITTED, donor, split, labels, day, rate, carried)
    postings = [*(allocation_posting(take) for take in allocations), *opening]
    announced_value = value_of(allocations)
    opening_value = sum((p.units.number * p.cost.number_per for p in opening), ZERO)
    if opening_value != announced_value:
        postings.append(posting_of(CONTRA, announced_value - opening_value, fund.unit))
    return entry_of(Kind.AGREEMENT, day, donor.name_en, narration, postings, meta, [identity])


def increase(
    fund: Fund,
    donor: Donor,
    pledge: Pledge,
    parts: Sequence[PromisedPayment],
    *,
    committed: bool,
    day: date,
    narration: str,
    rate: Decimal | None = None,
    meta: Mapping[str, Any] | None = None,
) -> Transaction:
    """Record what a donor adds to a pledge.

    Instalments of their own beside the others of the stage, at the rate of the day.
    """
    since = min(i.opened.txn.date for i in pledge.instalments)
    if since > day:
        raise InvalidEntryError(
            phrase(
                "{pledge} begins on {begun}, after {day}, the date of the increase",
                pledge=pledge.id,
                begun=since,
                day=day,
            )
        )
    if foreign := sorted({part.amount.currency for part in parts} - set(pledge.currencies)):
        raise InvalidEntryError(
            phrase(
                "{pledge} is in {currencies}: what is promised in {others} is a pledge of its own (`vfund pledge`)",
                pledge=pledge.id,
                currencies=" and ".join(pledge.currencies),
                others=" and ".join(foreign),
            )
        )
    role, kind = (Role.COMMITTED, Kind.AGREEMENT) if committed else (Role.ANNOUNCED, Kind.PLEDGE)
    labels_in_use = [i.label for i in pledge.instalments if i.account.role is role]
    labels = _free_labels(pledge.id, labels_in_use, len(parts), first=len(labels_in_use) + 1)
    opening = instalment_postings(fund, role, donor, parts, labels, day, rate)
    return entry_of(
        kind, day, donor.name_en, narration, [*opening, *contra_postings(opening, fund.unit)], meta, [pledge.id]
    )


def _free_labels(identity: str, labels_in_use: Collection[str], number: int, first: int = 1) -> list[str]:
    """Return labels for so many instalments of a pledge that none of its others has, counted from `first` on."""
    free = (label for n in count(first) if (label := f"{identity}/{n}") not in labels_in_use)
    return list(islice(free, number))


def receipt(
    fund: Fund,
    donor: Donor,
    *,
    day: date,
    bank: str,
    credited: Amount,
    charges: Decimal,
    takes: Sequence[Allocation],
    unpledged: Decimal,
    narration: str,
    rate: Decimal | None = None,
    meta: Mapping[str, Any] | None = None,
    identifies: str | None = None,
) -> Transaction:
    """Record a bank credit.

    `credited` reached the bank, `charges` were kept on the way, `unpledged` is beyond any pledge.

    `rate` is the unit of account per unit of the bank's currency; it is needed only where they differ. With
    `identifies` the money does not come from the bank but from the unclaimed receipt of that link.
    """
    price = price_of(fund, credited.currency, day, rate)
    gross, currency = credited.number + charges, credited.currency
    income = donor_account(Role.CONTRIBUTION, fund.registry.category_component(donor.code, day), donor.account)
    postings = [posting_of(bank, credited.number, currency, price=price)]
    if charges:
        postings.append(posting_of(BANK_CHARGES, charges, currency, price=price))
    for purpose, number in by_purpose(takes, gross - unpledged, currency, entry_purpose=(meta or {}).get("purpose")):
        posting_meta = {"purpose": purpose} if purpose else None
        postings.append(posting_of(income, -number, currency, price=price, meta=posting_meta))
    if unpledged:
        mark = {"unpledged": True} if takes else None
        postings.append(posting_of(income, -unpledged, currency, price=price, meta=mark))
    postings += [allocation_posting(take) for take in takes]
    if takes:
        postings.append(posting_of(CONTRA, value_of(takes), fund.unit))
    links = [take.instalment.pledge for take in takes]
    if identifies is not None:
        return entry_of(Kind.IDENTIFY, day, donor.name_en, narration, postings, meta, [*links, identifies])
    return entry_of(Kind.RECEIPT, day, donor.name_en, narration, postings, meta, links)


def unclaimed(
    fund: Fund,
    *,
    day: date,
    bank: str,
    credited: Amount,
    link: str,
    narration: str,
    rate: Decimal | None = None,
    meta: Mapping[str, Any] | None = None,
) -> Transaction:
    """Record a bank credit whose donor is not known yet."""
    price = price_of(fund, credited.currency, day, rate)
    postings = [
        posting_of(bank, credited.number, credited.currency, price=price),
        posting_of(UNCLAIMED, -credited.number, credited.currency, price=price),
    ]
    return entry_of(Kind.UNCLAIMED, day, "", narration, postings, meta, [link])


def indirect_costs(
    fund: Fund, receipt: Transaction, bank: str, back: Sequence[PaidBack] = (), day: date | None = None
) -> Transaction | None:
    """Charge a receipt for indirect costs at the rates of its donors' categories, on `day` (else its own).

    None where nothing is to be charged.

    The charge is on what is left after what was paid `back` of it. It is owed where the book has accounts payable, so
    that the bank account moves only with the bank; else `bank` pays it at once.
    """
    source = PAYABLE if PAYABLE in fund.contents.opens else bank
    sums: dict[tuple[Decimal, str, Amount | None, str | None], Decimal] = {}
    for posting, number in _remainders(receipt, back):
        category = fund.registry.by_category_account.get(account(posting.account).category, "")
        rate = rate_on(fund, category, receipt.date, receipt)
        if rate:
            key = (rate, posting.units.currency, posting.price, (posting.meta or {}).get("purpose"))
            sums[key] = sums.get(key, ZERO) + number
    postings = []
    for (rate, currency, price, purpose), amount in sums.items():
        due, posting_meta = charge(amount, rate, currency), {"purpose": purpose} if purpose else None
        if due:
            postings.append(posting_of(INDIRECT_COSTS, due, currency, price=price, meta=posting_meta))
            postings.append(posting_of(source, -due, currency, price=price))
    if not postings:
        return None
    number = receipt.meta["receipt-number"]
    meta = {"on-receipt": number} | {key: receipt.meta.get(key) for key in ("recorded", "recorded-by")}
    narration = f"Indirect costs of {number}" + ", on what is not paid back" * bool(back)
    return entry_of(Kind.INDIRECT_COSTS, day or receipt.date, "", narration, postings, meta, [])


def _remainders(receipt: Transaction, back: Sequence[PaidBack]) -> list[tuple[Posting, Decimal]]:
    """Return the contributions of a receipt, each with what is left of it in its currency.

    What was paid back is taken from what came in for its purpose first, then from the others in their order (house
    rule).
    """
    contributions = [p for p in receipt.postings if account(p.account).role is Role.CONTRIBUTION]
    remainders = [-p.units.number for p in contributions]
    for item in back:
        own = [n for n, p in enumerate(contributions) if account(p.account).donor == item.donor]
        rest = item.value
        for n in sorted(own, key=lambda n: (contributions[n].meta or {}).get("purpose") != item.purpose):
            price = contributions[n].price.number if contributions[n].price is not None else Decimal(1)
            part = min(rest, remainders[n] * price)
            remainders[n] -= part / price
            rest -= part
    return list(zip(contributions, remainders, strict=True))


def give_up(
    fund: Fund,
    kind: Kind,
    takes: Sequence[Allocation],
    *,
    day: date,
    narration: str,
    meta: Mapping[str, Any] | None = None,
) -> Transaction:
    """Record a reduction or a write-off."""
    postings = [*(allocation_posting(take) for take in takes), posting_of(CONTRA, value_of(takes), fund.unit)]
    donor = fund.registry.by_account.get(takes[0].instalment.account.donor)
    links = [take.instalment.pledge for take in takes]
    return entry_of(kind, day, donor.name_en if donor else "", narration, postings, meta, links)


def in_kind(
    fund: Fund,
    donor: Donor,
    value: Amount,
    use: str,
    takes: Sequence[Allocation],
    *,
    day: date,
    narration: str,
    meta: Mapping[str, Any] | None = None,
) -> Transaction:
    """Record a contribution in kind at its value; what is taken from instalments is converted to in kind."""
    income = donor_account(Role.IN_KIND_INCOME, fund.registry.category_component(donor.code, day), donor.account)
    postings = [
        posting_of(f"Expenses:InKind:{use}", value.number, value.currency),
        posting_of(income, -value.number, value.currency),
        *(allocation_posting(take) for take in takes),
    ]
    if takes:
        postings.append(posting_of(CONTRA, value_of(takes), fund.unit))
    links = [take.instalment.pledge for take in takes]
    return entry_of(Kind.IN_KIND, day, donor.name_en, narration, postings, meta, links)


def refund(
    fund: Fund,
    donor: Donor,
    amount: Amount,
    *,
    day: date,
    bank: str,
    narration: str,
    rate: Decimal | None = None,
    of: Mapping[str, Decimal] | None = None,
    meta: Mapping[str, Any] | None = None,
) -> Transaction:
    """Record money paid back to a donor; `rate` is needed only where its currency is not the unit of account.

    `of` says how much of it pays back which receipts, whose charges for indirect costs go with it.
    """
    price = price_of(fund, amount.currency, day, rate)
    part = donor_account(Role.CONTRIBUTION, fund.registry.category_component(donor.code, day), donor.account)
    parts = {number: share for number, share in (of or {}).items() if share}
    postings = [
        posting_of(part, share, amount.currency, price=price, meta={"on-receipt": number})
        for number, share in parts.items()
    ]
    if rest := amount.number - sum(parts.values(), ZERO):
        postings.append(posting_of(part, rest, amount.currency, price=price))
    postings.append(posting_of(bank, -amount.number, amount.currency, price=price))
    return entry_of(Kind.REFUND, day, donor.name_en, narration, postings, meta, [])


def give_back(
    item: Unclaimed,
    amount: Amount | None = None,
    *,
    day: date,
    bank: str,
    narration: str,
    meta: Mapping[str, Any] | None = None,
) -> Transaction:
    """Record that an amount, or all that is left, of an unclaimed receipt is returned to its sender, at the rate at which it came in."""
    number, currency = amount or item.outstanding_amount()
    postings = [
        posting_of(UNCLAIMED, number, currency, price=item.price),
        posting_of(bank, -number, currency, price=item.price),
    ]
    return entry_of(Kind.REFUND, day, "", narration, postings, meta, [item.link])


def reversal(
    original: Transaction,
    kind: Kind,
    *,
    day: date,
    narration: str,
    meta: Mapping[str, Any],
    through: str | None = None,
) -> Transaction:
    """Turn an entry round, sign by sign; a lot goes back to where it came from. Nothing is ever changed or deleted.

    `through` stands for the bank account, where the bank's own debit is booked already.
    """
    postings = []
    for posting in original.postings:
        cost = posting.cost
        if cost is not None:
            cost = CostSpec(cost.number, None, cost.currency, cost.date, cost.label, None)
        units = Amount(-posting.units.number, posting.units.currency)
        posting_meta = {key: value for key, value in (posting.meta or {}).items() if key in METADATA}
        name = through if through and account(posting.account).role is Role.BANK else posting.account
        postings.append(Posting(name, units, cost, posting.price, None, posting_meta or None))
    entry_meta = {"purpose": original.meta["purpose"], **meta} if "purpose" in original.meta else meta
    txn = entry_of(kind, day, original.payee, narration, postings, entry_meta, sorted(original.links))
    return txn._replace(tags=txn.tags | {CORRECTION})
