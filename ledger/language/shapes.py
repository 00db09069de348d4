"""Which accounts each kind of transaction may touch: the grammar of an entry.

`opens` and `takes` are the memorandum accounts that a kind may add an instalment to or take one from; `money` the other accounts it may
touch, of which it must touch every one in `needs`.
"""

from dataclasses import dataclass

from ledger.accounts import Role
from ledger.language.kinds import Kind

NONE: frozenset[Role] = frozenset()
BOTH = frozenset({Role.ANNOUNCED, Role.COMMITTED})
_OWN = frozenset({Role.CONTRIBUTION, Role.IN_KIND_INCOME, Role.IN_KIND_EXPENSE, *BOTH, Role.CONTRA})
ANY_OTHER = frozenset(Role) - _OWN
"""Every account that is neither a donor's income nor memorandum."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What an entry of one kind looks like."""

    opens: frozenset[Role] = NONE
    takes: frozenset[Role] = NONE
    money: frozenset[Role] = NONE
    needs: frozenset[Role] = NONE

    @property
    def memorandum(self) -> bool:
        """Whether the kind has a memorandum half at all."""
        return bool(self.opens or self.takes)


_RECEIPT = frozenset({Role.BANK, Role.BANK_CHARGES, Role.CONTRIBUTION})
_IN_KIND = frozenset({Role.IN_KIND_INCOME, Role.IN_KIND_EXPENSE})

SHAPES = {
    Kind.PLEDGE: Shape(opens=frozenset({Role.ANNOUNCED})),
    Kind.AGREEMENT: Shape(opens=frozenset({Role.COMMITTED}), takes=BOTH),
    Kind.RECEIPT: Shape(
        takes=frozenset({Role.COMMITTED}), money=_RECEIPT, needs=frozenset({Role.BANK, Role.CONTRIBUTION})
    ),
    Kind.IDENTIFY: Shape(
        takes=frozenset({Role.COMMITTED}),
        money=frozenset({Role.UNCLAIMED, Role.CONTRIBUTION, Role.BANK_CHARGES}),
        needs=frozenset({Role.UNCLAIMED, Role.CONTRIBUTION}),
    ),
    Kind.REDUCTION: Shape(takes=BOTH),
    Kind.WRITE_OFF: Shape(takes=BOTH),
    Kind.IN_KIND: Shape(takes=BOTH, money=_IN_KIND, needs=_IN_KIND),
    Kind.REFUND: Shape(money=_RECEIPT | {Role.REFUNDS_PAYABLE}),
    Kind.OPENING: Shape(opens=BOTH, money=ANY_OTHER),
    Kind.UNCLAIMED: Shape(money=ANY_OTHER, needs=frozenset({Role.UNCLAIMED})),
    Kind.EXPENDITURE: Shape(money=ANY_OTHER),
    Kind.INDIRECT_COSTS: Shape(money=ANY_OTHER, needs=frozenset({Role.INDIRECT_COSTS})),
    Kind.INTEREST: Shape(money=ANY_OTHER, needs=frozenset({Role.INTEREST})),
    Kind.TRANSFER: Shape(money=ANY_OTHER),
    Kind.LOAN: Shape(money=ANY_OTHER, needs=frozenset({Role.LOAN})),
}
