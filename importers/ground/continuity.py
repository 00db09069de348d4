"""Prove statements: opening + entries = closing, in one currency, one after the other, none of a later day.

A statement that states no opening balance is proven later, by what the book has (`importers.plans.joining`).
"""

from collections.abc import Iterable, Sequence

from importers.ground.records import Coverage, StatedBalance, Statement
from importers.ground.refusal import Mistake
from ledger.ground.money import decimals_of, show_number, too_fine

_AGAIN = "ask the bank for the whole statement; a file that does not add up is not imported."


def prove(statements: Sequence[Statement]) -> list[Mistake]:
    """Return every way in which the statements of a file do not add up, with the arithmetic."""
    mistakes = [mistake for statement in statements for mistake in _prove_alone(statement)]
    return mistakes or _prove_sequence(statements)


def _prove_alone(statement: Statement) -> list[Mistake]:
    foreign = [line for line in statement.booked if line.currency != statement.currency]
    mistakes = [
        Mistake(line.place, f"the line is in {line.currency}, its account in {statement.currency}.", _AGAIN)
        for line in foreign
    ]
    mistakes += [
        Mistake(line.place, f"{line.number} {line.currency}: the currency has {decimals_of(line.currency)}.", _AGAIN)
        for line in statement.booked
        if not foreign and too_fine(line.number, line.currency)
    ]
    opening, closing = statement.opening, statement.closing
    if statement.coverage is Coverage.PART or mistakes:
        return mistakes
    if closing is None:
        return [Mistake(statement.place, "the statement has no closing balance of what was booked.", _AGAIN)]
    if not (opening or closing).currency == closing.currency == statement.currency:
        opens = f"opens in {opening.currency}, " if opening else ""
        what = f"the statement {opens}its lines are in {statement.currency}, and it closes in {closing.currency}."
        return [Mistake(statement.place, what, _AGAIN)]
    if opening is not None and opening.number + statement.net != closing.number:
        return [Mistake(statement.place, show_sum(opening, statement, closing), _AGAIN)]
    return [
        Mistake(line.place, f"the line is of {line.day}, after the closing balance of {closing.day}.", _AGAIN)
        for line in statement.booked
        if line.day > closing.day
    ]


def show_sum(opening: StatedBalance, statement: Statement, closing: StatedBalance) -> str:
    """Show the sum that is wrong."""
    entries = f"{len(statement.booked)} line{'' if len(statement.booked) == 1 else 's'}"
    computed_closing = opening.number + statement.net
    return (
        f"opening {show_number(opening.number)} + {entries} {show_number(statement.net)} = {show_number(computed_closing)} {statement.currency}, "
        f"but the closing balance is {show_number(closing.number)}: {show_number(closing.number - computed_closing)} is unexplained."
    )


def sort_statements(statements: Iterable[Statement]) -> list[Statement]:
    """Return statements by the day on which they close.

    Those of one day stand by their numbers, where all have one, else as in the file.
    """
    every = list(statements)
    have_sequences = all(statement.sequence is not None for statement in every)
    return sorted(every, key=lambda statement: (statement.last, (statement.sequence or 0) if have_sequences else 0))


def _prove_sequence(statements: Sequence[Statement]) -> list[Mistake]:
    """Check each statement of an account against the one before it in the file."""
    mistakes = []
    last: dict[tuple[str, str], Statement] = {}
    for statement in sort_statements(s for s in statements if s.coverage is Coverage.COMPLETE):
        key = (statement.numbers[0] if statement.numbers else "", statement.currency)
        before = last.get(key)
        if before and before.closing and statement.opening and before.closing.number != statement.opening.number:
            what = (
                f"it opens with {show_number(statement.opening.number)} {statement.currency}, but the statement before it ({before.place}) closes with "
                f"{show_number(before.closing.number)}: a statement is missing between them."
            )
            mistakes.append(Mistake(statement.place, what, _AGAIN))
        last[key] = statement
    return mistakes
