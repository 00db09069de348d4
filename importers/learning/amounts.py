"""Which columns are the amounts of a table: tried one after the other, and proven by the balances that they lead to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations, product
from typing import NamedTuple

from importers.learning.columns import Column, Table
from importers.learning.words import SIDES, Role
from ledger.ground.money import ZERO

Numbers = list[Decimal | None]


class Amounts(NamedTuple):
    """One way to read what each row moved: `numbers`, with None for a row that moved nothing."""

    numbers: Numbers
    amount: Column | None = None
    credit: Column | None = None
    debit: Column | None = None
    direction: Column | None = None
    sides: tuple[str, str] = ("", "")
    fee: Column | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that it takes."""
        return tuple(column for column in (self.amount, self.credit, self.debit, self.direction, self.fee) if column)

    @property
    def is_signed(self) -> bool:
        """Whether it is certain which side each row is on without a balance."""
        return (
            self.amount is None or self.direction is not None or any(n is not None and n < ZERO for n in self.numbers)
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """Amounts with the balance that proves them, in the order of the rows; `steps` of it were proven."""

    amounts: Amounts
    mark: str
    balance: Column | None
    newest_first: bool
    steps: int
    score: int
    daily: bool = False
    """Whether the balance is that of the end of the day."""


def readings(table: Table, groups: Sequence[object], moves: Sequence[bool], days: Sequence[str]) -> Iterator[Reading]:
    """Yield every reading that its balances do not contradict.

    `groups` tells the rows of each account and currency apart, `moves` whether a row moved money, `days` its day.
    """
    for mark in (".", ","):
        numeric = {
            column.name: n for column in table.columns if (n := column.numbers(mark)) is not None and _is_figure(column)
        }
        columns = [column for column in table.columns if column.name in numeric]
        moving = [column for column in columns if not column.roles or column.roles[0] not in _NEVER]
        if any(_too_fine(numeric[column.name]) for column in columns if not _is_beside(column)):
            continue
        for amounts in _amounts(table, moving, numeric):
            yield Reading(amounts, mark, None, newest_first=False, steps=0, score=_score(amounts, None))
            for balance in columns:
                if balance in amounts.columns:
                    continue
                for newest_first, daily in product((False, True), repeat=2):
                    shown = numeric[balance.name]
                    if daily:
                        shown = _end_days(shown, groups, days, newest_first=newest_first)
                    steps = _count_steps(amounts.numbers, shown, groups, moves, newest_first=newest_first)
                    if steps is not None and (steps or not daily):
                        yield Reading(
                            amounts, mark, balance, newest_first, steps, _score(amounts, balance) - daily, daily=daily
                        )


def _end_days(balances: Numbers, groups: Sequence[object], days: Sequence[str], *, newest_first: bool) -> Numbers:
    """Return the balances, each on the last row of its day."""
    moved: Numbers = [None] * len(balances)
    last: dict[object, int] = {}
    rows = range(len(balances))
    for n in reversed(rows) if newest_first else rows:
        last[groups[n], days[n]] = n
    for n, balance in enumerate(balances):
        if balance is not None:
            moved[last[groups[n], days[n]]] = balance
    return moved


def _is_figure(column: Column) -> bool:
    """Return whether a column holds figures, and not the digits of a name."""
    return (
        not {Role.REFERENCE, Role.ACCOUNT, Role.PAYER_ACCOUNT, Role.TIME} & set(column.roles[:1])
        and column.days("dmy") is None
    )


def _is_beside(column: Column) -> bool:
    return column.is_for(Role.OTHER_AMOUNT)


def _too_fine(numbers: Numbers) -> bool:
    """Return whether a number has more than two decimals, all of them thousands in truth."""
    shown = [n for n in numbers if n]
    return bool(shown) and all(_places(n) == 3 for n in shown)  # noqa: PLR2004 - thousands


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _amounts(table: Table, columns: Sequence[Column], numeric: dict[str, Numbers]) -> Iterator[Amounts]:
    for column in columns:
        yield Amounts(numeric[column.name], amount=column)
        for fee in (c for c in table.columns if c.is_for(Role.FEE) and any(numeric.get(c.name, ()))):
            kept = zip(numeric[column.name], numeric[fee.name], strict=True)
            yield Amounts([None if n is None else n - abs(k or ZERO) for n, k in kept], amount=column, fee=fee)
        below = any(n is not None and n < ZERO for n in numeric[column.name])
        for side, sides in () if below else _sides(table, column, columns):
            signed = [
                None if n is None else abs(n) if text == sides[0] else -abs(n)
                for n, text in zip(numeric[column.name], side.texts, strict=True)
            ]
            yield Amounts(signed, amount=column, direction=side, sides=sides)
    empty = [c for c in table.columns if not c.filled and {Role.CREDIT, Role.DEBIT} & set(c.roles)]
    nothing: Numbers = [None] * len(table.dated)
    for credit, debit in permutations([*columns, *empty], 2):
        if Role.CREDIT in credit.roles and Role.DEBIT in debit.roles and credit.roles != debit.roles:
            pairs = list(zip(numeric.get(credit.name, nothing), numeric.get(debit.name, nothing), strict=True))
            if not any(c or d for c, d in pairs):
                continue
            if all(not c or not d for c, d in pairs):
                yield Amounts(
                    [None if c is None and d is None else (c or ZERO) - abs(d or ZERO) for c, d in pairs],
                    credit=credit,
                    debit=debit,
                )
    for column in columns:
        if column.roles[:1] in {(Role.CREDIT,), (Role.DEBIT,)} and not {Role.CREDIT, Role.DEBIT} <= set(column.roles):
            one = [None if n is None else n if column.is_for(Role.CREDIT) else -abs(n) for n in numeric[column.name]]
            yield Amounts(one, credit=column) if column.is_for(Role.CREDIT) else Amounts(one, debit=column)


def _sides(table: Table, amount: Column, columns: Sequence[Column]) -> Iterator[tuple[Column, tuple[str, str]]]:
    """Yield the columns that say on which side each row is, with how they say it."""
    for column in table.columns:
        if column is amount or column in columns or len(column.filled) < len(amount.filled):
            continue
        words = {text for text, n in zip(column.texts, amount.texts, strict=True) if n}
        for sides in SIDES:
            if words and words <= set(sides):
                yield column, sides


def _count_steps(
    numbers: Numbers, balances: Numbers, groups: Sequence[object], moves: Sequence[bool], *, newest_first: bool
) -> int | None:
    """Return how many balances follow from the one before; None where one does not."""
    steps = 0
    last: dict[object, Decimal] = {}
    moved: dict[object, Decimal] = {}
    rows = list(zip(numbers, balances, groups, moves, strict=True))
    for number, balance, group, moving in reversed(rows) if newest_first else rows:
        moved[group] = moved.get(group, ZERO) + ((number or ZERO) if moving else ZERO)
        if balance is None:
            continue
        if group in last:
            if last[group] + moved[group] != balance:
                return None
            steps += bool(moved[group])
        last[group], moved[group] = balance, ZERO
    return steps


_NEVER = {Role.BALANCE, Role.FEE, Role.OTHER_AMOUNT, Role.CURRENCY, Role.DETAIL, Role.TIME}
"""What a heading says that is never what a row moved."""
_POINTS = {
    Role.AMOUNT: 3,
    Role.NET: 4,
    Role.CREDIT: 3,
    Role.DEBIT: 3,
    Role.GROSS: 1,
}
"""House rule: what a heading says for or against a column of amounts."""


def _score(amounts: Amounts, balance: Column | None) -> int:
    score = 0
    for column in amounts.columns:
        if column is amounts.fee:
            continue
        if column is amounts.direction:
            score += 3 if Role.DIRECTION in column.roles else 1
        elif {Role.CREDIT, Role.DEBIT} <= set(column.roles) and amounts.amount is column:
            score += 3
        else:
            score += _POINTS.get(column.roles[0], 0) if column.roles else 0
        score += min(len(column.filled), 1)
    if balance is not None:
        score += 4 if Role.BALANCE in balance.roles else -3
    return score
