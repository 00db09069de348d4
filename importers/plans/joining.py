"""Whether a statement joins what the book has: no number left out, rates there, the balance after it the bank's."""

from collections.abc import Sequence
from datetime import date, timedelta

from importers.ground.configuration import BankAccount
from importers.ground.records import Statement
from importers.ground.refusal import Mistake
from importers.plans.movements import IdentifiedLine, Movements, describe_line
from ledger.ground.money import ZERO, show_number
from ledger.model.fund import Fund


def is_known(
    known: Movements, statement: Statement, items: Sequence[IdentifiedLine], new: Sequence[IdentifiedLine]
) -> bool:
    """Return whether the book has every line of a statement (of one without lines, the closing balance)."""
    closing = statement.closing
    return not new and (bool(items) or (closing is not None and closing.day in known.asserted))


def is_first(known: Movements, statement: Statement, account: BankAccount) -> bool:
    """Return whether a statement is the first of its account: nothing is in the book, nothing missing before it."""
    return not known.days and (not account.numbered or check_sequence(known, statement, account) is None)


def find_objection(
    known: Movements,
    statement: Statement,
    account: BankAccount,
    items: Sequence[IdentifiedLine],
    new: Sequence[IdentifiedLine],
) -> Mistake | None:
    """Return the first reason for which a statement does not join what the book has; None when it does."""
    return (
        (check_sequence(known, statement, account) if account.numbered else None)
        or check_balance(known, statement, account.account, items, new)
        or check_assertion(known, statement, account.account)
        or check_earlier_assertions(known, statement, new)
    )


def check_rates(fund: Fund, statement: Statement, new: Sequence[IdentifiedLine]) -> list[Mistake]:
    """Return a mistake for every month in which a line in another currency has no rate.

    It names the publication to import.
    """
    if statement.currency == fund.unit:
        return []
    latest: dict[date, date] = {}
    for item in new:
        month = item.line.day.replace(day=1)
        latest[month] = max(latest.get(month, month), item.line.day)
    mistakes = []
    for month, day in sorted(latest.items()):
        newest = fund.rates.newest(statement.currency, day)
        if newest is None or newest[0] < month:
            what = f"the book has no UN operational rate of {statement.currency} in force from {month}."
            mend = f"import the publication of {month:%B %Y} first: vfund import FILE."
            mistakes.append(Mistake(statement.place, what, mend))
    return mistakes


def check_sequence(known: Movements, statement: Statement, account: BankAccount) -> Mistake | None:
    """Return which numbers are missing between the last statement of the year before this one, and this one."""
    until, year = statement.last, statement.last.year
    before = [(day, number) for day, number, _ in known.statements if number and day <= until and day.year == year]
    if not statement.sequence or not before or statement.sequence <= before[-1][1] + 1:
        return None
    day, number = before[-1]
    one = statement.sequence == number + 2
    missing = f"{number + 1} is" if one else f"{number + 1} to {statement.sequence - 1} are"
    what = (
        f"it is statement {statement.sequence}, and the last one in the book is {number} of {day}: {missing} missing."
    )
    mend = f"import those first; or, where the bank leaves numbers out: `vfund account {account.account} --number {account.number} --unnumbered`."
    return Mistake(statement.place, what, mend)


def check_balance(
    known: Movements, statement: Statement, bank: str, items: Sequence[IdentifiedLine], new: Sequence[IdentifiedLine]
) -> Mistake | None:
    """Check the book's balance, with the new lines, against the closing balance: what is missing, and where to look."""
    opening, closing, unit = statement.opening, statement.closing, statement.currency
    if closing is None:  # proven before: a complete statement has one
        return Mistake(statement.place, "the statement lacks its closing balance.")
    if opening is None and not known.days:
        what = f"the statement has no opening balance, and the book has nothing of {bank} before it."
        return Mistake(statement.place, what, f"record what the account held before: `vfund opening --bank {bank}`.")
    added = sum((item.line.number for item in new), ZERO)
    held = known.balance(closing.day)
    if held + added == closing.number:
        return None
    what = (
        f"the book has {show_number(held)} {unit} on {bank} until {closing.day}; with {len(new)} new line{'' if len(new) == 1 else 's'} of "
        f"{show_number(added)} that is {show_number(held + added)}, but the bank says {show_number(closing.number)}: "
        f"{show_number(closing.number - held - added)} is missing in the book."
    )
    first = min((item.line.day for item in items), default=closing.day)
    before = known.balance(first - timedelta(days=1))
    if not known.days and opening is not None:
        mend = f"it is the first statement of the account: say --opening to take its opening balance, {show_number(opening.number)} {unit}, into the book."
    elif opening is not None and before != opening.number:
        last = f" (the last one in the book closed on {known.statements[-1][0]})" if known.statements else ""
        mend = (
            f"before {first} the book has {show_number(before)} and the statement opens with {show_number(opening.number)}: "
            f"import the statements between{last}."
        )
    elif missing := known.missing_from(items, first, closing.day):
        instead = "; ".join(describe_line(item.line) for item in new) or "nothing"
        what += f" An earlier file of these days had: {'; '.join(map(str, missing))}; this one has instead: {instead}."
        mend = "ask the bank which of the two is right."
    else:
        mend = "an entry of the book between these days is not in the statement: give it the bank's reference, or reverse it."
    return Mistake(statement.place, what, mend)


def check_assertion(known: Movements, statement: Statement, bank: str) -> Mistake | None:
    """Return a mistake when the book asserts another balance for the day on which a statement closes.

    So it is with two statements of one day, in two files.
    """
    closing = statement.closing
    if closing is None or not statement.ends or closing.day not in known.in_book:
        return None
    asserted = known.asserted[closing.day]
    if asserted == closing.number or goes_on(known, statement):
        return None
    line = f"{closing.day + timedelta(days=1)} balance {bank}"
    what = f"the book asserts {show_number(asserted)} for the end of {closing.day}, and this statement of the same day closes with {show_number(closing.number)}."
    return Mistake(statement.place, what, f"take the line `{line} …` out of the book, and import again.")


def goes_on(known: Movements, statement: Statement) -> bool:
    """Return whether a statement opens with what an earlier one of the same day closed with, as the book asserts."""
    opening, closing = statement.opening, statement.closing
    if opening is None or closing is None or closing.day not in known.in_book or not statement.ends:
        return False
    by_import = "import-id" in known.in_book[closing.day].meta
    return by_import and known.asserted[closing.day] == opening.number != closing.number


def check_earlier_assertions(known: Movements, statement: Statement, new: Sequence[IdentifiedLine]) -> Mistake | None:
    """Name a new line that lies on a day before which the book asserts a balance already: it would break that."""
    closing = statement.closing
    for item in new:
        later = [day for day in known.in_book if item.line.day <= day and (closing is None or day < closing.day)]
        if later:
            what = (
                f"the line of {item.line.day}, {show_number(item.line.number)} {item.line.currency}, is new, but the book asserts the balance of "
                f"{min(later)} already."
            )
            return Mistake(
                item.line.place,
                what,
                "ask the bank why an earlier statement did not have it, or whether its date is right.",
            )
    return None
