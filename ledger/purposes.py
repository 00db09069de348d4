"""Earmarks: what was received for each purpose, what was spent on it, and what unearmarked money covers.

House rule, after OAS General Standards art. 105 (expenditures must not exceed income and other available resources): money given for a
purpose is spent on it alone; what a purpose spends beyond what it was given is covered by unearmarked money, visibly and on that day, and
goes back as soon as the purpose receives more. Charges on a receipt (bank, indirect costs) are borne by its purpose.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby

from beancount.core.data import Posting, Transaction

from ledger import entries
from ledger.accounts import Role, account
from ledger.entries import Entry
from ledger.fund import Fund
from ledger.money import ZERO
from ledger.pledges import Instalment

GENERAL = ""
"""The pool of unearmarked money."""

_OUTSIDE = frozenset(
    {
        Role.IN_KIND_INCOME,
        Role.IN_KIND_EXPENSE,
        Role.BANK,
        Role.LOAN,
        Role.UNCLAIMED,
        Role.REFUNDS_PAYABLE,
        Role.PAYABLE,
    }
)
_GIVEN = frozenset({Role.CONTRIBUTION, Role.INTEREST, Role.EXCHANGE, Role.OPENING, Role.TRANSFER_IN})


@dataclass(slots=True)
class Balance:
    """One purpose up to a day, in the unit of account, with the entries behind both sums. `covered` is what unearmarked money pays for it."""

    received: Decimal = ZERO
    spent: Decimal = ZERO
    received_by: list[Transaction] = field(default_factory=list)
    spent_by: list[Transaction] = field(default_factory=list)

    @property
    def left(self) -> Decimal:
        """Received less spent; below nothing when the purpose is covered by unearmarked money."""
        return self.received - self.spent

    @property
    def covered(self) -> Decimal:
        """What unearmarked money pays for it."""
        return max(ZERO, -self.left)


@dataclass(frozen=True, slots=True)
class Cover:
    """A movement between unearmarked money and a purpose at the end of a day (negative when it goes back)."""

    day: date
    purpose: str
    amount: Decimal


@dataclass(slots=True)
class Purposes:
    """All purposes up to a day; `pool` is unearmarked money after all covers."""

    balances: dict[str, Balance] = field(default_factory=lambda: defaultdict(Balance))
    covers: list[Cover] = field(default_factory=list)
    covered: Decimal = ZERO

    @property
    def pool(self) -> Decimal:
        """Unearmarked money that is left."""
        return self.balances[GENERAL].left - self.covered


def purpose_of(fund: Fund, entry: Entry, posting: Posting) -> str:
    """Give the purpose of a posting: its own, else its entry's, else that of the instalments that the entry takes from; `GENERAL` for none."""
    stated = (posting.meta or {}).get("purpose") or entry.txn.meta.get("purpose")
    if stated is None and entry.pledges:
        donor = account(posting.account).donor
        stated = common_purpose([i for i in fund.taken_by(entry) if donor in {"", i.account.donor}])
    return GENERAL if stated is None else str(stated)


def common_purpose(instalments: Sequence[Instalment]) -> str | None:
    """Give the purpose that the entries which opened some instalments state; None where they state none, or several."""
    stated = {instalment.opened.meta.get("purpose") for instalment in instalments}
    return str(next(iter(stated))) if len(stated) == 1 and None not in stated else None


def changes(
    fund: Fund, entry: Entry, general: frozenset[str], of_receipt: dict[str, str]
) -> list[tuple[str, Decimal, bool]]:
    """Give what an entry changes: purpose, amount, and whether it is an increase of what was received.

    `of_receipt` remembers the purpose of each receipt, for the charges on it.
    """
    found = []
    meta = entry.txn.meta
    for part, posting in entry.money:
        if part.role in _OUTSIDE:
            continue
        number, own = entries.value(posting), posting.meta or {}
        receipt = None
        if part.role is Role.INDIRECT_COSTS:
            receipt = own.get("on-receipt") or meta.get("on-receipt")
        purpose = of_receipt.get(receipt) if receipt and "purpose" not in own else None
        if purpose is None:
            purpose = purpose_of(fund, entry, posting)
            purpose = GENERAL if purpose in general else purpose
        given = part.role in _GIVEN
        if part.role is Role.CONTRIBUTION and "receipt-number" in meta:
            of_receipt[meta["receipt-number"]] = purpose
        found.append((purpose, -number if given else number, given))
    return found


def general_purposes(fund: Fund) -> frozenset[str]:
    """Give the purposes that stand for the fund as a whole."""
    return frozenset({GENERAL, *(item.slug for item in fund.directives.purposes if item.general)})


def purposes(fund: Fund, as_of: date = date.max) -> Purposes:
    """Build the balances up to the end of a day, with every movement of cover on the way."""
    state = Purposes()
    for _, _, newest in walk(fund, as_of):
        state = newest
    return state


def walk(fund: Fund, as_of: date = date.max) -> Iterator[tuple[date, Entry | None, Purposes]]:
    """Give the state at the end of every day, and the last entry of the day that spent; the state is the same object all along."""
    state, general = Purposes(), general_purposes(fund)
    of_receipt: dict[str, str] = {}
    covered: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for day, of_day in groupby(fund.entries, key=lambda entry: entry.txn.date):
        if day > as_of:
            return
        touched: set[str] = set()
        spender: Entry | None = None
        for entry in of_day:
            for purpose, amount, given in changes(fund, entry, general, of_receipt):
                balance = state.balances[purpose]
                if given:
                    balance.received += amount
                    balance.received_by.append(entry.txn)
                else:
                    balance.spent += amount
                    balance.spent_by.append(entry.txn)
                if (amount > ZERO) != given:
                    spender = entry
                touched.add(purpose)
        _settle(state, day, touched, covered)
        yield day, spender, state


def _settle(state: Purposes, day: date, touched: set[str], covered: dict[str, Decimal]) -> None:
    """Note at the end of a day which purposes are covered by more or less than before."""
    for purpose in sorted(touched - {GENERAL}):
        moved = state.balances[purpose].covered - covered[purpose]
        if moved:
            state.covers.append(Cover(day, purpose, moved))
            state.covered += moved
            covered[purpose] += moved
