"""The shape of an entry of each kind."""

from ledger.language.accounts import Role
from ledger.language.kinds import Kind
from ledger.language.shapes import SHAPES


def test_every_kind_has_a_shape() -> None:
    assert SHAPES.keys() == set(Kind)


def test_a_receipt_has_money_and_may_take_from_a_pledge_and_spending_touches_none() -> None:
    assert SHAPES[Kind.RECEIPT].takes
    assert not SHAPES[Kind.EXPENDITURE].memorandum
    assert Role.COMMITTED in SHAPES[Kind.RECEIPT].takes
