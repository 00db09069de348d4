"""Receipts: money of a donor that came in, once per bank credit."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from beancount.core.amount import Amount
from beancount.core.data import Transaction

from ledger.accounts import Account


class Settlement(NamedTuple):
    """The part of a receipt that settles one instalment: in its own currency, and in the unit of account as credited."""

    label: str
    settled: Amount
    credited: Decimal


class Contribution(NamedTuple):
    """What one entry adds to one donor's contributions (negative for a refund or a reversal).

    `given` is as posted; `value` is its worth in the unit of account at the rate of the entry. `kind` is the tag of the entry.
    """

    day: date
    account: Account
    given: Amount
    value: Decimal
    kind: str
    reversal: bool
    entry: Transaction


class Receipt(NamedTuple):
    """One bank credit of one donor. `value` is before bank charges; `charges` are in the unit of account."""

    day: date
    account: Account
    number: str
    bank_reference: str
    bank_account: str
    given: tuple[Amount, ...]
    value: Decimal
    charges: Decimal
    settlements: tuple[Settlement, ...]
    purpose: str
    reversal: bool
    entry: Transaction
