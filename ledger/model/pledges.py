"""Pledges and their instalments as movements in the memorandum accounts.

A pledge moves through stages: `announced` (a written, non-binding statement), `committed` (accepted by an agreement or
an exchange of letters), `received` (a bank credit). Each instalment is one Beancount lot in the currency of the pledge,
carried in US dollars at the rate of the day it was recorded, and labelled with the pledge's id (design decision 3).
Every figure here is a sum over movements up to a date, so it can be had for any date of the past.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from ledger.ground.money import ZERO, rounded
from ledger.ground.phrases import N_
from ledger.language.accounts import Account, Role
from ledger.language.kinds import LABEL
from ledger.model.entries import Entry
from ledger.model.rates import Rates


def pledge_of(label: str) -> str | None:
    """Return the id of the pledge that a lot's label names; None when it is not a label."""
    match = LABEL.fullmatch(label)
    return match["pledge"] if match else None


class Effect(Enum):
    """What a movement does to an instalment. All but the first two make it smaller."""

    PLEDGED = N_("pledged")
    MOVED_IN = N_("committed by an agreement")
    MOVED_OUT = N_("passed to an agreement")
    RECEIVED = N_("received")
    REDUCED = N_("reduced")
    WRITTEN_OFF = N_("written off")
    CONVERTED = N_("converted to in kind")

    __hash__ = object.__hash__  # by identity, as for `Role`

    @property
    def sign(self) -> int:
        """+1 when the effect makes the outstanding amount larger, else -1."""
        return 1 if self in {Effect.PLEDGED, Effect.MOVED_IN} else -1


class Movement(NamedTuple):
    """One effect on one instalment.

    `number` is in the pledge's currency and `carried` in the unit of account at the rate of the pledge; both are
    positive, or negative when a correction reverses an earlier movement. `carried` is the change of the rounded value
    of what is outstanding, so that the movements of an instalment always add up to it. `credited` is what a receipt
    brought in the unit of account (before bank charges): `carried - credited` is the exchange difference.
    """

    day: date
    effect: Effect
    number: Decimal
    carried: Decimal
    credited: Decimal
    entry: Entry

    @property
    def exchange_difference(self) -> Decimal:
        """The carried value that a receipt did not bring (positive: a loss), not a shortfall of the donor."""
        return self.carried - self.credited if self.effect is Effect.RECEIVED else ZERO


@dataclass(frozen=True, slots=True)
class Instalment:
    """A lot of a memorandum account: one promised payment in one stage."""

    label: str
    account: Account
    currency: str
    rate: Decimal
    carried_in: str
    due: date | None
    opened: Entry
    movements: list[Movement] = field(default_factory=list)

    def carried(self, number: Decimal) -> Decimal:
        """Return what an amount in its currency is worth at the rate of the pledge, in the unit of account, to the cent."""
        return rounded(number * self.rate)

    def worth(self, number: Decimal, rates: Rates, day: date) -> Decimal:
        """Return what an amount in its currency is worth at the rate of a day, to the cent.

        Without a rate in the book, at that of the pledge.
        """
        rate = rates.rate(self.currency, day)
        return self.carried(number) if rate is None else rounded(number * rate)

    @property
    def pledge(self) -> str:
        """The id of the pledge it belongs to."""
        return pledge_of(self.label) or self.label

    @property
    def stage(self) -> str:
        """`announced` or `committed`."""
        return "announced" if self.account.role is Role.ANNOUNCED else "committed"

    def overdue(self, day: date) -> bool:
        """Return whether it is committed, past its due date at the end of a day, and still outstanding."""
        late = self.due is not None and self.due < day
        return late and self.account.role is Role.COMMITTED and self.outstanding(day) > ZERO

    def total(self, effect: Effect, as_of: date = date.max) -> Decimal:
        """Sum an effect until the end of a day, in the currency of the pledge."""
        return sum((m.number for m in self._until(as_of) if m.effect is effect), ZERO)

    def outstanding(self, as_of: date = date.max) -> Decimal:
        """Return what is still promised at the end of a day, in the currency of the pledge."""
        return sum((m.effect.sign * m.number for m in self._until(as_of)), ZERO)

    def credited(self, as_of: date = date.max) -> Decimal:
        """Return what its receipts brought until the end of a day, in the unit of account."""
        return sum((m.credited for m in self._until(as_of)), ZERO)

    def exchange_difference(self, as_of: date = date.max) -> Decimal:
        """Return the carried value that its receipts did not bring, in the unit of account."""
        return sum((m.exchange_difference for m in self._until(as_of)), ZERO)

    def _until(self, as_of: date) -> Iterable[Movement]:
        return (m for m in self.movements if m.day <= as_of)


@dataclass(frozen=True, slots=True)
class Pledge:
    """All instalments with one pledge id."""

    id: str
    donor: str
    instalments: list[Instalment] = field(default_factory=list)

    @property
    def currencies(self) -> list[str]:
        """The currencies it was promised in (one, as a rule)."""
        return sorted({instalment.currency for instalment in self.instalments})

    def outstanding(self, currency: str, as_of: date = date.max, stage: str = "") -> Decimal:
        """Return what is still promised in one currency, in all stages or in one."""
        return sum(
            (i.outstanding(as_of) for i in self.instalments if i.currency == currency and stage in {"", i.stage}),
            ZERO,
        )
