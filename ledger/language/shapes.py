"""Which accounts each kind of transaction may touch: the grammar of an entry.

`opens` and `takes` are the memorandum accounts that a kind may add an instalment to or take one from; `money` the other
accounts it may touch, of which it must touch every one in `needs` (where accounts payable may be touched, they stand
for the bank); those in `debits` only by a positive amount, those in `credits` only by a negative one (a reversal turns
both round).
"""

from dataclasses import dataclass

from ledger.language.accounts import Role
from ledger.language.kinds import Kind

NONE: frozenset[Role] = frozenset()
BOTH = frozenset({Role.ANNOUNCED, Role.COMMITTED})


@dataclass(frozen=True, slots=True)
class Shape:
    """What an entry of one kind looks like."""

    opens: frozenset[Role] = NONE
    takes: frozenset[Role] = NONE
    money: frozenset[Role] = NONE
    needs: frozenset[Role] = NONE
    debits: frozenset[Role] = NONE
    credits: frozenset[Role] = NONE
    back: frozenset[Role] = NONE
    """What a reversal may touch beside: accounts payable, for a credit that the bank has taken back."""

    @property
    def memorandum(self) -> bool:
        """Whether the kind has a memorandum half at all."""
        return bool(self.opens or self.takes)


_CASH = frozenset({Role.BANK, Role.BANK_CHARGES})
_RECEIPT = _CASH | {Role.CONTRIBUTION}
_IN_KIND = frozenset({Role.IN_KIND_INCOME, Role.IN_KIND_EXPENSE})

_CHARGES = frozenset({Role.BANK_CHARGES})
_PAID_FROM = frozenset({Role.BANK, Role.PAYABLE})

SHAPES = {
    Kind.PLEDGE: Shape(opens=frozenset({Role.ANNOUNCED})),
    Kind.AGREEMENT: Shape(opens=frozenset({Role.COMMITTED}), takes=BOTH),
    Kind.RECEIPT: Shape(
        takes=frozenset({Role.COMMITTED}),
        money=_RECEIPT,
        needs=frozenset({Role.BANK, Role.CONTRIBUTION}),
        debits=_CASH,
        credits=frozenset({Role.CONTRIBUTION}),
        back=frozenset({Role.PAYABLE}),
    ),
    Kind.IDENTIFY: Shape(
        takes=frozenset({Role.COMMITTED}),
        money=frozenset({Role.UNCLAIMED, Role.CONTRIBUTION, Role.BANK_CHARGES}),
        needs=frozenset({Role.UNCLAIMED, Role.CONTRIBUTION}),
        debits=frozenset({Role.UNCLAIMED, Role.BANK_CHARGES}),
        credits=frozenset({Role.CONTRIBUTION}),
    ),
    Kind.REDUCTION: Shape(takes=BOTH),
    Kind.WRITE_OFF: Shape(takes=BOTH),
    Kind.IN_KIND: Shape(
        takes=BOTH,
        money=_IN_KIND,
        needs=_IN_KIND,
        debits=frozenset({Role.IN_KIND_EXPENSE}),
        credits=frozenset({Role.IN_KIND_INCOME}),
    ),
    Kind.REFUND: Shape(
        money=_RECEIPT | {Role.REFUNDS_PAYABLE, Role.UNCLAIMED, Role.PAYABLE},
        debits=_CHARGES | {Role.CONTRIBUTION, Role.UNCLAIMED},
        credits=_PAID_FROM,
    ),
    Kind.OPENING: Shape(
        opens=BOTH, money=frozenset({Role.BANK, Role.LOAN, Role.UNCLAIMED, Role.REFUNDS_PAYABLE, Role.OPENING})
    ),
    Kind.UNCLAIMED: Shape(
        money=_CASH | {Role.UNCLAIMED},
        needs=frozenset({Role.BANK, Role.UNCLAIMED}),
        debits=_CASH,
        credits=frozenset({Role.UNCLAIMED}),
        back=frozenset({Role.PAYABLE}),
    ),
    Kind.EXPENDITURE: Shape(
        money=_CASH | {Role.EXPENDITURE, Role.EXCHANGE, Role.PAYABLE},
        needs=frozenset({Role.BANK}),
        debits=_CHARGES | {Role.EXPENDITURE},
        credits=_PAID_FROM,
    ),
    Kind.INDIRECT_COSTS: Shape(
        money=_PAID_FROM | {Role.INDIRECT_COSTS},
        needs=frozenset({Role.BANK, Role.INDIRECT_COSTS}),
        debits=frozenset({Role.INDIRECT_COSTS}),
        credits=_PAID_FROM,
    ),
    Kind.PAYMENT: Shape(money=_CASH | {Role.PAYABLE, Role.EXCHANGE}, needs=frozenset({Role.BANK}), debits=_CHARGES),
    Kind.INTEREST: Shape(
        money=_CASH | {Role.INTEREST},
        needs=frozenset({Role.BANK, Role.INTEREST}),
        debits=_CASH,
        credits=frozenset({Role.INTEREST}),
    ),
    Kind.TRANSFER: Shape(
        money=_CASH | {Role.TRANSFER_IN, Role.EXCHANGE}, needs=frozenset({Role.BANK}), debits=_CHARGES
    ),
    Kind.LOAN: Shape(money=_CASH | {Role.LOAN}, needs=frozenset({Role.BANK, Role.LOAN}), debits=_CHARGES),
}
