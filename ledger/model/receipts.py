"""Receipts: money of a donor that came in, once per bank credit."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from beancount.core.amount import Amount

from ledger.ground.money import CENT, ZERO
from ledger.language.accounts import Account
from ledger.model.entries import Entry, Leg


class Settlement(NamedTuple):
    """The part of a receipt that settles one instalment.

    In its own currency, and in the unit of account as credited.
    """

    label: str
    settled: Amount
    credited: Decimal


class Contribution(NamedTuple):
    """What one entry adds to one donor's contributions (negative for a refund or a reversal).

    `amount` is as posted; `value` is its worth in the unit of account at the rate of the entry. `kind` is the tag of the
    entry.
    """

    day: date
    account: Account
    amount: Amount
    value: Decimal
    kind: str
    reversal: bool
    entry: Entry


class Receipt(NamedTuple):
    """One bank credit of one donor. `value` is before bank charges; `charges` are in the unit of account."""

    day: date
    account: Account
    number: str
    bank_reference: str
    bank_account: str
    amounts: tuple[Amount, ...]
    value: Decimal
    charges: Decimal
    settlements: tuple[Settlement, ...]
    purpose: str
    reversal: bool
    entry: Entry


def share(pool: Decimal, lots: list[tuple[int, Leg]]) -> dict[int, Decimal]:
    """Share what a receipt brought among the lots that it settles.

    A lot in the unit of account takes its own number, so that an exchange difference falls only on the others; these
    share the rest by their carried value, and the last of them takes the remainder. House rule: a share is rounded to
    the cent, half to even.
    """
    carried = {n: -leg.value for n, leg in lots}
    foreign = [n for n, leg in lots if leg.posting.units.currency != leg.posting.cost.currency]
    if not foreign and pool != sum(carried.values(), ZERO):
        foreign = list(carried)  # paid in another currency: what it is worth is all there is to share
    shares = {n: number for n, number in carried.items() if n not in foreign}
    if not foreign:
        return shares
    rest = pool - sum(shares.values(), ZERO)
    total, remainder = sum((carried[n] for n in foreign), ZERO), rest
    for n in foreign[:-1]:
        shares[n] = (rest * carried[n] / total).quantize(CENT) if total else ZERO
        remainder -= shares[n]
    shares[foreign[-1]] = remainder
    return shares
