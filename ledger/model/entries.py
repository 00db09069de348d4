"""A transaction of the fund, read once: its kind, its pledge links, and its two halves.

The memorandum half is every posting under `Equity:Pledges`; the money half is all the rest. Each must balance alone: an
error on the cash side must never disappear into the contra account.

An amount in another currency is worth its units at the rate of the entry, rounded to the cent where it is booked (UN
practice), so that what is printed adds up. The cents that rounding leaves between the postings of one entry go to what
is held or owed, never to a donor's contribution.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from beancount.core.data import Posting, Transaction

from ledger.ground.money import HALF_A_CENT, ZERO, rounded
from ledger.language.accounts import MEMORANDUM_ROLES, Account, account
from ledger.language.kinds import BY_TAG, CORRECTION, LINK, Kind


class Leg(NamedTuple):
    """One posting of an entry, and what it is worth in the unit of account at the rate of the entry, to the cent."""

    account: Account
    posting: Posting
    value: Decimal


@dataclass(slots=True, eq=False)
class Entry:
    """A transaction with its kind; `kind` is None when the tags name none, or several (`kinds` holds them all).

    An entry is itself and no other, however alike two of them are: it is compared and hashed by identity, and so is the
    key of whatever is remembered of it, which keeps it alive.
    """

    txn: Transaction
    kind: Kind | None
    kinds: tuple[Kind, ...]
    reversal: bool
    pledges: frozenset[str]
    memorandum: list[Leg]
    money: list[Leg]
    owned: list[Leg]
    """The postings of both halves to accounts of a donor."""
    moved: Decimal
    """How much it moves, in the unit of account: the larger of what its two halves add."""

    @property
    def sign(self) -> int:
        """-1 for a reversal, +1 otherwise."""
        return -1 if self.reversal else 1

    @property
    def place(self) -> str:
        """Where it stands, `file:line`."""
        return f"{self.txn.meta['filename']}:{self.txn.meta['lineno']}"


def read(txn: Transaction, account: Callable[[str], Account] = account) -> Entry:
    """Take a booked transaction apart; `account` takes a name apart, as the registry of the book has it."""
    memorandum: list[Leg] = []
    money: list[Leg] = []
    exact = True
    for posting in txn.postings:
        part = account(posting.account)
        plain = posting.price is None and posting.cost is None
        exact &= plain
        if part.role in MEMORANDUM_ROLES:
            memorandum.append(Leg(part, posting, rounded(weight(posting)[0])))
        else:
            money.append(Leg(part, posting, posting.units.number if plain else rounded(weight(posting)[0])))
    if not exact:
        _even_out(money)
    owned = [leg for leg in (*money, *memorandum) if leg.account.donor]
    kinds, reversal = _kinds(txn.tags or _NONE)
    kind = kinds[0] if len(kinds) == 1 else None
    moved = max(_sum_debits(money), _sum_debits(memorandum))
    return Entry(txn, kind, kinds, reversal, _pledges(txn.links or _NONE), memorandum, money, owned, moved)


def _sum_debits(half: Sequence[Leg]) -> Decimal:
    """Return what the debits of one half come to."""
    total = ZERO
    for _, posting, value in half:
        if posting.units.number > 0:
            total += value
    return total


def _even_out(half: list[Leg]) -> None:
    """Put the cents that rounding left in a half that balances on the largest amount at a rate.

    Of what is held or owed, else of all.
    """
    remainder = sum((leg.value for leg in half), ZERO)
    at_rate = [n for n, leg in enumerate(half) if leg.posting.price is not None or leg.posting.cost is not None]
    if not remainder or not at_rate or abs(sum((weight(leg.posting)[0] for leg in half), ZERO)) >= HALF_A_CENT:
        return
    monetary_legs = [n for n in at_rate if half[n].account.monetary]
    largest = max(monetary_legs or at_rate, key=lambda n: abs(half[n].value))
    half[largest] = half[largest]._replace(value=half[largest].value - remainder)


_NONE: frozenset[str] = frozenset()


def _kinds(tags: frozenset[str]) -> tuple[tuple[Kind, ...], bool]:
    """Return the kinds that tags name, and whether they make a reversal."""
    return tuple(BY_TAG[tag] for tag in sorted(tags) if tag in BY_TAG), CORRECTION in tags


def _pledges(links: frozenset[str]) -> frozenset[str]:
    """Return the links that are ids of pledges."""
    return frozenset(link for link in links if LINK.fullmatch(link))


_DIGITS = 12
"""Decimals of a converted amount: Beancount divides a total price (`@@`) by the units, which leaves dust behind the
25th."""


def weight(posting: Posting) -> tuple[Decimal, str]:
    """Return what a posting weighs in the balance of its entry, and in which currency.

    At cost, else at its price, else as it is.

    The rule is Beancount's own (`convert.get_weight`), without an `Amount` for each of half a million calls.
    """
    units, cost, price = posting.units, posting.cost, posting.price
    if cost is not None:
        return units.number * cost.number, cost.currency
    if price is not None:
        return _without_dust(units.number * price.number), price.currency
    return units.number, units.currency


def _without_dust(number: Decimal) -> Decimal:
    """Round what a division left behind the 25th digit; a number too large for that has no such dust."""
    try:
        return round(number, _DIGITS)
    except InvalidOperation:
        return number


def imbalance(half: Sequence[Leg]) -> dict[str, Decimal]:
    """Sum the exact weights of one half by currency; currencies that sum to nothing are left out."""
    sums: dict[str, Decimal] = {}
    for _, posting, _ in half:
        if posting.cost is None and posting.price is None:
            number, currency = posting.units
        else:
            number, currency = weight(posting)
        sums[currency] = sums[currency] + number if currency in sums else number
    return {currency: number for currency, number in sums.items() if number}


def receipts_named(entry: Entry) -> set[str]:
    """Return the receipts that an entry names in `on-receipt`.

    Those on which it charges indirect costs, or of which it pays something back.
    """
    metas = (entry.txn.meta, *(posting.meta or {} for posting in entry.txn.postings))
    return {str(meta["on-receipt"]) for meta in metas if "on-receipt" in meta}


def text(txn: Transaction, key: str) -> str:
    """Return a metadata value as text, '' when there is none."""
    result = txn.meta.get(key)
    return "" if result is None else str(result)
