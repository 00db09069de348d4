"""Postings and the entry around them, as `vfund` writes them: every amount spelled out, every lot labelled."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from beancount.core.amount import Amount
from beancount.core.data import Posting, Transaction, new_metadata
from beancount.core.number import MISSING
from beancount.core.position import CostSpec

from ledger.acts.allocations import Allocation, PromisedPayment
from ledger.ground.errors import InvalidEntryError
from ledger.ground.money import ZERO, quantum, too_fine
from ledger.ground.phrases import phrase
from ledger.language.accounts import CONTRA, Role, donor_account
from ledger.language.kinds import Kind
from ledger.language.models import Donor
from ledger.model.fund import Fund

_CENTS = Decimal("0.00")


def value_of(takes: Sequence[Allocation]) -> Decimal:
    """Return what is taken, at the rates of the pledges, in the unit of account."""
    return sum((take.amount.number * take.instalment.rate for take in takes), _CENTS)


def rate_of(fund: Fund, currency: str, day: date, own_rate: Decimal | None) -> Decimal:
    """Return the rate of a currency on a day: as told, else as the book has it."""
    rate = own_rate or fund.rates.rate(currency, day)
    if rate is None:
        raise InvalidEntryError(
            phrase(
                "the book has no rate of {currency} on {day}: record it (`vfund rate {currency}`), or import the UN operational rates of the month",
                currency=currency,
                day=day,
            )
        )
    return rate


def price_of(fund: Fund, currency: str, day: date, rate: Decimal | None) -> Amount | None:
    """Return the price of a currency; None for the unit of account itself."""
    return None if currency == fund.unit else Amount(rate_of(fund, currency, day, rate), fund.unit)


def instalment_postings(
    fund: Fund,
    role: Role,
    donor: Donor,
    parts: Sequence[PromisedPayment],
    labels: Sequence[str],
    day: date,
    rate: Decimal | None,
    carried: Sequence[Decimal | None] | None = None,
) -> list[Posting]:
    """Return the lots that open instalments.

    Each at the rate at which it is `carried` already, else at the rate of the day.
    """
    place = donor_account(role, fund.registry.category_component(donor.code, day), donor.account)
    postings = []
    for part, label, carried_rate in zip(parts, labels, carried or [None] * len(parts), strict=True):
        currency = part.amount.currency
        value = carried_rate or rate_of(fund, currency, day, None if currency == fund.unit else rate)
        cost = CostSpec(value, None, fund.unit, None, label, None)
        meta = {"due": part.due} if part.due else None
        units = Amount(with_decimals(part.amount.number, part.amount.currency), part.amount.currency)
        postings.append(Posting(place, units, cost, None, None, meta))
    return postings


def allocation_posting(take: Allocation) -> Posting:
    """Return the posting that takes from an instalment."""
    cost = CostSpec(MISSING, None, None, None, take.instalment.label, None)
    units = Amount(with_decimals(-take.amount.number, take.amount.currency), take.amount.currency)
    return Posting(take.instalment.account.name, units, cost, None, None, None)


def contra_postings(opening: Sequence[Posting], unit: str) -> list[Posting]:
    """Return the contra posting of opened instalments."""
    return [posting_of(CONTRA, -sum((p.units.number * p.cost.number_per for p in opening), ZERO), unit)]


def posting_of(
    name: str,
    number: Decimal,
    currency: str,
    *,
    price: Amount | None = None,
    meta: dict[str, Any] | None = None,
) -> Posting:
    """Return a posting of the money half, or of the contra account."""
    return Posting(name, Amount(with_decimals(number, currency), currency), None, price, None, meta)


def with_decimals(number: Decimal, currency: str) -> Decimal:
    """Return a number with the decimals of its currency, or with more where it has more."""
    return number.normalize() if too_fine(number, currency) else number.quantize(quantum(currency))


def shorten(number: Decimal) -> Decimal:
    """Return a number with no more digits than it needs."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def entry_of(
    kind: Kind,
    day: date,
    payee: str,
    narration: str,
    postings: Sequence[Posting],
    meta: Mapping[str, Any] | None,
    links: Sequence[str],
) -> Transaction:
    """Return the transaction."""
    content = {key: value for key, value in (meta or {}).items() if value not in (None, "")}
    header = new_metadata("<vfund>", 0, content)
    return Transaction(header, day, "*", payee, narration, frozenset({kind.value}), frozenset(links), list(postings))
