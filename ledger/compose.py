"""Turn what an officer knows into entries of the book: pure functions that write nothing.

Each gives one Beancount transaction in the form that `ledger.language.shapes` asks for, with both halves of a receipt spelled out. Whether
the book takes it is for the rules to say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from beancount.core.amount import Amount
from beancount.core.data import Posting, Transaction, new_metadata
from beancount.core.number import MISSING
from beancount.core.position import CostSpec

from ledger.accounts import BANK_CHARGES, CONTRA, INDIRECT_COSTS, UNCLAIMED, Role, account, donor_account
from ledger.fund import Fund
from ledger.indirect_costs import charge, rate_on
from ledger.language.kinds import CORRECTION, METADATA, Kind
from ledger.language.models import Donor
from ledger.language.nearest import did_you_mean
from ledger.money import ZERO, show
from ledger.pledges import Instalment, Pledge

_CENTS = Decimal("0.00")


class ComposeError(ValueError):
    """What was asked for cannot be put into an entry; the message says what to give instead."""


@dataclass(frozen=True, slots=True)
class Part:
    """A promised payment: how much, and until when (None where nothing was said)."""

    amount: Amount
    due: date | None


@dataclass(frozen=True, slots=True)
class Take:
    """How much to take from which instalment."""

    instalment: Instalment
    amount: Amount


def find_donor(fund: Fund, text: str) -> Donor:
    """Find a donor by code, name or alias.

    Raises:
        ComposeError: with the nearest known names, when there is none.

    """
    donor = fund.registry.find(text)
    if donor is None:
        names = [name for known in fund.registry.donors.values() for name in (known.code, known.name_en)]
        raise ComposeError(f"no donor {text!r} is registered; {did_you_mean(text, names)}")
    return donor


def find_pledge(fund: Fund, text: str) -> Pledge:
    """Find a pledge by id.

    Raises:
        ComposeError: with the nearest known id, when there is none.

    """
    pledge = fund.pledges.get(text.strip().upper())
    if pledge is None:
        raise ComposeError(f"no pledge {text!r} is in the book; {did_you_mean(text, fund.pledges)}")
    return pledge


def pledge(
    fund: Fund,
    donor: Donor,
    parts: Sequence[Part],
    *,
    day: date,
    identity: str,
    narration: str,
    rate: Decimal | None = None,
    meta: Mapping[str, Any] | None = None,
) -> Transaction:
    """Record an announced pledge, one lot per part."""
    labels = [identity] if len(parts) == 1 else [f"{identity}/{n}" for n in range(1, len(parts) + 1)]
    opening = _openings(fund, Role.ANNOUNCED, donor, parts, labels, day, rate)
    return _entry(
        Kind.PLEDGE, day, donor.name_en, narration, [*opening, *_contra(opening, fund.unit)], meta, [identity]
    )


def agreement(
    fund: Fund,
    donor: Donor,
    parts: Sequence[Part],
    *,
    day: date,
    identity: str,
    narration: str,
    rate: Decimal | None = None,
    meta: Mapping[str, Any] | None = None,
) -> Transaction:
    """Record a commitment: what was announced under the id moves to committed instalments; what is more is newly pledged."""
    known = fund.pledges.get(identity)
    begun = min((i.opened.date for i in known.instalments), default=day) if known else day
    if begun > day:
        raise ComposeError(f"{identity} begins on {begun}, after {day}, the date of the agreement")
    announced = [i for i in known.instalments if i.stage == "announced" and i.outstanding(day)] if known else []
    taken = _take(announced, parts, day)
    carried = {take.amount.currency: take.instalment.rate for take in taken}
    used = {i.label for i in known.instalments if i.stage == "committed"} if known else set()
    free = (label for n in count(1) if (label := f"{identity}/{n}") not in used)
    labels = [next(free) for _ in parts]
    opening = _openings(fund, Role.COMMITTED, donor, parts, labels, day, rate, carried)
    postings = [*(_taking(take) for take in taken), *opening]
    moved = _weights(taken)
    added = sum((p.units.number * p.cost.number_per for p in opening), ZERO)
    if added != moved:
        postings.append(_posting(CONTRA, moved - added, fund.unit))
    return _entry(Kind.AGREEMENT, day, donor.name_en, narration, postings, meta, [identity])


def receipt(
    fund: Fund,
    donor: Donor,
    *,
    day: date,
    bank: str,
    credited: Amount,
    charges: Decimal,
    takes: Sequence[Take],
    unpledged: Decimal,
    narration: str,
    rate: Decimal | None = None,
    meta: Mapping[str, Any] | None = None,
    identifies: str | None = None,
) -> Transaction:
    """Record a bank credit. `credited` reached the bank, `charges` were kept on the way, `unpledged` is beyond any pledge.

    `rate` is the unit of account per unit of the bank's currency; it is needed only where they differ. With `identifies` the money does not
    come from the bank but from the unclaimed receipt of that link.
    """
    price = _price(fund, credited.currency, day, rate)
    gross, currency = credited.number + charges, credited.currency
    income = donor_account(Role.CONTRIBUTION, fund.registry.category_component(donor.code, day), donor.account)
    postings = [_posting(bank, credited.number, currency, price=price)]
    if charges:
        postings.append(_posting(BANK_CHARGES, charges, currency, price=price))
    if gross > unpledged:
        postings.append(_posting(income, unpledged - gross, currency, price=price))
    if unpledged:
        mark = {"unpledged": True} if takes else None
        postings.append(_posting(income, -unpledged, currency, price=price, meta=mark))
    postings += [_taking(take) for take in takes]
    if takes:
        postings.append(_posting(CONTRA, _weights(takes), fund.unit))
    links = [take.instalment.pledge for take in takes]
    if identifies is not None:
        return _entry(Kind.IDENTIFY, day, donor.name_en, narration, postings, meta, [*links, identifies])
    return _entry(Kind.RECEIPT, day, donor.name_en, narration, postings, meta, links)


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
    price = _price(fund, credited.currency, day, rate)
    postings = [
        _posting(bank, credited.number, credited.currency, price=price),
        _posting(UNCLAIMED, -credited.number, credited.currency, price=price),
    ]
    return _entry(Kind.UNCLAIMED, day, "", narration, postings, meta, [link])


def indirect_costs(fund: Fund, receipt: Transaction, bank: str) -> Transaction | None:
    """Charge a receipt for indirect costs at the rate of its donors' categories, in the currency in which it came in; None without a rate."""
    postings = []
    for posting in receipt.postings:
        part = account(posting.account)
        if part.role is not Role.CONTRIBUTION:
            continue
        category = fund.registry.by_category_account.get(part.category, "")
        rate = rate_on(fund, category, receipt.date, receipt)
        number = charge(-posting.units.number, rate) if rate else ZERO
        if number:
            currency = posting.units.currency
            postings.append(_posting(INDIRECT_COSTS, number, currency, price=posting.price))
            postings.append(_posting(bank, -number, currency, price=posting.price))
    if not postings:
        return None
    number = receipt.meta["receipt-number"]
    meta = {
        "on-receipt": number,
        "recorded": receipt.meta.get("recorded"),
        "recorded-by": receipt.meta.get("recorded-by"),
    }
    return _entry(Kind.INDIRECT_COSTS, receipt.date, "", f"Indirect costs of {number}", postings, meta, [])


def give_up(
    fund: Fund,
    kind: Kind,
    takes: Sequence[Take],
    *,
    day: date,
    narration: str,
    meta: Mapping[str, Any] | None = None,
) -> Transaction:
    """Record a reduction or a write-off."""
    postings = [*(_taking(take) for take in takes), _posting(CONTRA, _weights(takes), fund.unit)]
    donor = fund.registry.by_account.get(takes[0].instalment.account.donor)
    links = [take.instalment.pledge for take in takes]
    return _entry(kind, day, donor.name_en if donor else "", narration, postings, meta, links)


def in_kind(
    fund: Fund,
    donor: Donor,
    value: Amount,
    use: str,
    takes: Sequence[Take],
    *,
    day: date,
    narration: str,
    meta: Mapping[str, Any] | None = None,
) -> Transaction:
    """Record a contribution in kind at its value; what is taken from instalments is converted to in kind."""
    income = donor_account(Role.IN_KIND_INCOME, fund.registry.category_component(donor.code, day), donor.account)
    postings = [
        _posting(f"Expenses:InKind:{use}", value.number, value.currency),
        _posting(income, -value.number, value.currency),
        *(_taking(take) for take in takes),
    ]
    if takes:
        postings.append(_posting(CONTRA, _weights(takes), fund.unit))
    links = [take.instalment.pledge for take in takes]
    return _entry(Kind.IN_KIND, day, donor.name_en, narration, postings, meta, links)


def refund(
    fund: Fund,
    donor: Donor,
    amount: Amount,
    *,
    day: date,
    bank: str,
    narration: str,
    rate: Decimal | None = None,
    meta: Mapping[str, Any] | None = None,
) -> Transaction:
    """Record money paid back to a donor; `rate` is needed only where its currency is not the unit of account."""
    price = _price(fund, amount.currency, day, rate)
    part = donor_account(Role.CONTRIBUTION, fund.registry.category_component(donor.code, day), donor.account)
    postings = [
        _posting(part, amount.number, amount.currency, price=price),
        _posting(bank, -amount.number, amount.currency, price=price),
    ]
    return _entry(Kind.REFUND, day, donor.name_en, narration, postings, meta, [])


def reversal(original: Transaction, kind: Kind, *, day: date, narration: str, meta: Mapping[str, Any]) -> Transaction:
    """Turn an entry round, sign by sign; a lot goes back to where it came from. Nothing is ever changed or deleted."""
    postings = []
    for posting in original.postings:
        cost = posting.cost
        if cost is not None:
            cost = CostSpec(cost.number, None, cost.currency, cost.date, cost.label, None)
        units = Amount(-posting.units.number, posting.units.currency)
        kept = {key: value for key, value in (posting.meta or {}).items() if key in METADATA}
        postings.append(Posting(posting.account, units, cost, posting.price, None, kept or None))
    txn = _entry(kind, day, original.payee, narration, postings, meta, sorted(original.links))
    return txn._replace(tags=txn.tags | {CORRECTION})


def oldest_first(instalments: Sequence[Instalment], amount: Amount, day: date) -> list[Take]:
    """Spread an amount over instalments, the earliest due first (house rule); what they cannot hold is left over."""
    takes, left = [], amount.number
    for instalment in sorted(instalments, key=lambda i: (i.due or date.max, i.label)):
        part = min(left, instalment.outstanding(day))
        if part > ZERO and instalment.currency == amount.currency:
            takes.append(Take(instalment, Amount(part, amount.currency)))
            left -= part
    return takes


def takes_from(fund: Fund, label: str, amount: Amount | None, day: date) -> list[Take]:
    """Read `PL-2016-003/1` or `PL-2016-003`, with an amount or (None) with all that is outstanding on `day`.

    Raises:
        ComposeError: when nothing of that name is outstanding, or not as much.

    """
    text = label.strip().upper()
    found = [i for i in fund.instalments.values() if text in {i.label.upper(), i.pledge} and i.outstanding(day) > ZERO]
    exact = [i for i in found if i.label.upper() == text]
    chosen = exact or found
    if not chosen:
        raise ComposeError(f"nothing is outstanding on {label!r} on {day}; {did_you_mean(text, _labels(fund, day))}")
    if amount is None:
        return [Take(i, Amount(i.outstanding(day), i.currency)) for i in chosen]
    takes = oldest_first(chosen, amount, day)
    held = sum((take.amount.number for take in takes), ZERO)
    if held < amount.number:
        there = ", ".join(f"{show(Amount(i.outstanding(day), i.currency))} on {i.label}" for i in chosen)
        raise ComposeError(f"{show(amount)} is more than is outstanding on {label} on {day}: {there}")
    return takes


def _labels(fund: Fund, day: date) -> list[str]:
    return [i.label for i in fund.instalments.values() if i.outstanding(day) > ZERO]


def _take(instalments: Sequence[Instalment], parts: Sequence[Part], day: date) -> list[Take]:
    takes: list[Take] = []
    for currency in sorted({part.amount.currency for part in parts}):
        wanted = sum((part.amount.number for part in parts if part.amount.currency == currency), ZERO)
        takes += oldest_first(instalments, Amount(wanted, currency), day)
    return takes


def _weights(takes: Sequence[Take]) -> Decimal:
    return sum((take.amount.number * take.instalment.rate for take in takes), _CENTS)


def _rate(fund: Fund, currency: str, day: date, given: Decimal | None) -> Decimal:
    rate = given or fund.rates.rate(currency, day)
    if rate is None:
        raise ComposeError(
            f"the book has no rate of {currency} on {day}: give it with --rate, or record the UN operational rate as "
            f"`{day.replace(day=1)} price {currency} … {fund.unit}`"
        )
    return rate


def _price(fund: Fund, currency: str, day: date, rate: Decimal | None) -> Amount | None:
    """Give the price of a currency; None for the unit of account itself."""
    return None if currency == fund.unit else Amount(_rate(fund, currency, day, rate), fund.unit)


def _openings(
    fund: Fund,
    role: Role,
    donor: Donor,
    parts: Sequence[Part],
    labels: Sequence[str],
    day: date,
    rate: Decimal | None,
    carried: Mapping[str, Decimal] | None = None,
) -> list[Posting]:
    place = donor_account(role, fund.registry.category_component(donor.code, day), donor.account)
    postings = []
    for part, label in zip(parts, labels, strict=True):
        currency = part.amount.currency
        value = (carried or {}).get(currency) or _rate(fund, currency, day, None if currency == fund.unit else rate)
        cost = CostSpec(value, None, fund.unit, None, label, None)
        meta = {"due": part.due} if part.due else None
        units = Amount(_written(part.amount.number), part.amount.currency)
        postings.append(Posting(place, units, cost, None, None, meta))
    return postings


def _taking(take: Take) -> Posting:
    cost = CostSpec(MISSING, None, None, None, take.instalment.label, None)
    units = Amount(_written(-take.amount.number), take.amount.currency)
    return Posting(take.instalment.account.name, units, cost, None, None, None)


def _contra(opening: Sequence[Posting], unit: str) -> list[Posting]:
    return [_posting(CONTRA, -sum((p.units.number * p.cost.number_per for p in opening), ZERO), unit)]


def _posting(
    name: str,
    number: Decimal,
    currency: str,
    *,
    price: Amount | None = None,
    meta: dict[str, Any] | None = None,
) -> Posting:
    return Posting(name, Amount(_written(number), currency), None, price, None, meta)


def _written(number: Decimal) -> Decimal:
    """Give a number with the digits that it needs, and at least two decimals."""
    short = number.normalize()
    return number.quantize(_CENTS) if short == short.quantize(_CENTS) else short


def _entry(
    kind: Kind,
    day: date,
    payee: str,
    narration: str,
    postings: Sequence[Posting],
    meta: Mapping[str, Any] | None,
    links: Sequence[str],
) -> Transaction:
    written = {key: value for key, value in (meta or {}).items() if value not in (None, "")}
    header = new_metadata("<vfund>", 0, written)
    return Transaction(header, day, "*", payee, narration, frozenset({kind.value}), frozenset(links), list(postings))
