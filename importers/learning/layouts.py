"""Learn the layout of a bank's table: what arithmetic proves is taken, what it cannot prove is asked.

Every way to read the table is tried (which columns are amounts, which is the balance, in which order the rows stand);
the one of which most balances follow from each other stands, and headings break ties. The declaration is then put to
the test: the reader of declared tables reads the file under it, and what it makes of it has to add up.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from importers.formats.table import read_table
from importers.ground import continuity, grid
from importers.ground.bank_table import BankTable
from importers.ground.cells import Cell, read_amount
from importers.ground.files import Source, is_workbook
from importers.ground.records import Statement
from importers.ground.refusal import Mistake, RefusedFileError, refuse
from importers.learning.amounts import Reading, readings
from importers.learning.columns import Column, Table, find_header, undated
from importers.learning.words import ACCOUNT, CLOSING, CURRENCY, OPENING, PENDING, Role, is_one_of, sums_up
from ledger.ground.money import ZERO, minor_units
from ledger.ground.spelling import spell

Order = Literal["dmy", "mdy"]
_ORDERS: tuple[Order, ...] = ("dmy", "mdy")
_DELIMITERS = (";", ",", "\t", "|")
_CODE = re.compile(r"(?<![A-Z])[A-Z]{3}(?![A-Z])")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[\dA-Z ]{8,34}")
_NUMBER = re.compile(r"(?=(?:\D*\d){4})[\dA-Z][\dA-Z ./-]{3,}", re.IGNORECASE)
_SHORTEST = 3
_NO_LANGUAGE = frozenset({"date", "amount", "balance", "description", "details", "type", "reference", "currency"})


@dataclass(frozen=True, slots=True)
class Stated:
    """What a person says of a file that it does not say, or does not prove, itself; empty where it does."""

    name: str = ""
    number: str = ""
    currency: str = ""
    date_order: Order | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout as it was learnt, and what the file says under it. `steps` balances follow from the one before."""

    table: BankTable
    statements: tuple[Statement, ...]
    steps: int
    number: str
    """The account as the file writes it; empty where it does not."""


class UnsureError(RefusedFileError):
    """A file that may be read in two ways: `option` says which is meant."""

    def __init__(self, what: str, option: str, mend: str) -> None:
        super().__init__([Mistake("", what, mend)])
        self.option = option


def learn(source: Source, stated: Stated) -> Layout:
    """Learn the layout of a bank's table.

    Raises:
        UnsureError: when something has to be said first.
        RefusedFileError: when no table is found in it, or none that adds up.

    """
    best = max(_tables(source), key=lambda found: (len(found[1].dated), len(found[1].header)), default=None)
    if best is None:
        what = "no table is in it: no heading with rows below it that have a day and an amount."
        raise refuse("", what, "ask the bank for camt.053, or for a table with headings.")
    delimiter, table = best
    return _Learner(source, delimiter, table, stated).learn()


def _tables(source: Source) -> Iterator[tuple[str, Table]]:
    """Yield the table of every sheet; of CSV, of every way to part its columns."""
    for delimiter in (",",) if is_workbook(source.content) else _DELIMITERS:
        try:
            sheets = grid.read_sheets(source, delimiter)
        except RefusedFileError:
            continue
        for _, rows in sheets:
            table = find_header(rows)
            if table is not None:
                yield delimiter, table


class _Learner:
    """What is found out of one table, step by step."""

    def __init__(self, source: Source, delimiter: str, table: Table, stated: Stated) -> None:
        self.source, self.delimiter, self.table, self.stated = source, delimiter, table, stated
        self.days = [column for column in table.columns if any(column.days(order) for order in _ORDERS)]
        self.currency = self._currency_column()
        self.account = self._account_column()
        self.status, self.pending = self._status()

    def learn(self) -> Layout:
        """Find out all of it.

        Raises:
            RefusedFileError: see the module.

        """
        moves = (
            [text not in self.pending for text in self.status.texts] if self.status else [True] * len(self.table.dated)
        )
        groups = list(
            zip(
                self.currency.texts if self.currency else [""] * len(moves),
                self.account.texts if self.account else [""] * len(moves),
                strict=True,
            )
        )
        tried = sorted(
            readings(self.table, groups, moves, self._day_columns()[0].texts),
            key=lambda item: (-min(item.steps, 1), -item.steps, -item.score),
        )
        layouts: list[Layout] = []
        problems: list[RefusedFileError] = []
        for reading in tried[:12]:
            if layouts and (reading.steps < layouts[0].steps or reading.steps):
                break
            try:
                layouts.append(self._test(reading))
            except UnsureError:
                raise
            except RefusedFileError as error:
                problems.append(error)
            if layouts:
                break
        if not layouts:
            raise self._refusal(problems)
        return layouts[0]

    def _test(self, reading: Reading) -> Layout:
        """Declare a reading, and read the file under it."""
        declared = self._declare(reading)
        rows = next(
            grid.find_tables(grid.read_sheets(self.source, declared.delimiter, declared.encoding), declared.columns),
            None,
        )
        if rows is None:
            raise refuse("", "the table could not be found again.", "report it with the file.")
        statements = read_table(rows, declared)
        mistakes = continuity.prove(statements)
        if mistakes:
            raise RefusedFileError(mistakes)
        ends = all(statement.opening and statement.closing for statement in statements)
        if not reading.steps and not reading.amounts.is_signed and not ends:
            what = "no row says whether it is a credit or a debit, and no balance proves it."
            raise refuse("", what, "ask the bank for a file with the balance after each line, or for camt.053.")
        if not reading.steps and self._has_balances() and not ends:
            raise refuse("", "the balances do not follow from the amounts.", "export the whole period again.")
        number = next((n for s in statements for n in s.numbers if n != declared.number or self.stated.number), "")
        return Layout(declared, tuple(statements), reading.steps, number)

    def _refusal(self, problems: Sequence[RefusedFileError]) -> RefusedFileError:
        if problems:
            return problems[0]
        return refuse(
            "", "no column of it is what each row moved.", "ask the bank for a table with an amount in each row."
        )

    def _has_balances(self) -> bool:
        """Return whether several rows state a balance."""
        return any(column.is_for(Role.BALANCE) and len(column.filled) > 1 for column in self.table.columns)

    def _declare(self, reading: Reading) -> BankTable:
        amounts = reading.amounts
        order = self._date_order(reading)
        date_column, value_column = self._day_columns()
        gross = self._gross(reading)
        detail, kind_of_undated = self._undated(reading)
        taken = {
            c.name
            for c in (*amounts.columns, reading.balance, self.currency, self.account, self.status, *self.days)
            if c
        }
        payer = self._first(Role.PAYER, taken)
        payer_account = self._first(Role.PAYER_ACCOUNT, taken)
        reference = self._reference(taken)
        taken |= {c.name for c in (payer, payer_account, reference) if c}
        opening, closing = (self._label(phrases, reading.mark) for phrases in (OPENING, CLOSING))
        number_label = self._number_label()
        name = self.stated.name or self._name()
        return BankTable(
            name=name,
            number=self.stated.number or name,
            account=self.account.name if self.account else number_label or None,
            currency=None if self.currency else self._currency(reading),
            currency_column=self.currency.name if self.currency else None,
            delimiter=self.delimiter,
            date=date_column.name,
            date_order=order,
            value_date=value_column.name if value_column else None,
            amount=amounts.amount.name if amounts.amount else None,
            credit=amounts.credit.name if amounts.credit else None,
            debit=amounts.debit.name if amounts.debit else None,
            direction=amounts.direction.name if amounts.direction else None,
            credit_words=[amounts.sides[0]] if amounts.direction else [],
            debit_words=[amounts.sides[1]] if amounts.direction else [],
            decimal_mark="," if reading.mark == "," else ".",
            balance=reading.balance.name if reading.balance else None,
            daily_balance=reading.daily,
            fee=amounts.fee.name if amounts.fee else None,
            gross=gross.name if gross else None,
            detail=detail.name if detail else None,
            undated=kind_of_undated,
            status=self.status.name if self.status else None,
            pending=sorted(self.pending),
            reference=reference.name if reference else None,
            text=[column.name for column in self._texts(taken)],
            payer=payer.name if payer else None,
            payer_account=payer_account.name if payer_account else None,
            newest_first=self._newest_first(reading, order),
            footer=self._footer(),
            opening=opening,
            closing=closing,
        )

    def _currency_column(self) -> Column | None:
        fitting = [
            column
            for column in self.table.columns
            if len(column.filled) == len(column.cells) and all(_is_currency(text) for text in column.texts)
        ]
        fitting = [column for column in fitting if Role.OTHER_AMOUNT not in column.roles]
        return next((c for c in fitting if Role.CURRENCY in c.roles), fitting[0] if fitting else None)

    def _account_column(self) -> Column | None:
        return next(
            (
                column
                for column in self.table.columns
                if column.is_for(Role.ACCOUNT)
                and len(column.filled) == len(column.cells)
                and all(any(c.isdigit() for c in text) for text in column.texts)
                and len(set(column.texts)) <= max(1, len(column.cells) // 3)
            ),
            None,
        )

    def _status(self) -> tuple[Column | None, set[str]]:
        for column in self.table.columns:
            if Role.STATUS in column.roles:
                pending = {text for text in column.texts if PENDING & set(spell(text))}
                if pending:
                    return column, pending
        return None, set()

    def _day_columns(self) -> tuple[Column, Column | None]:
        """Return the column of the booking date, and that of the value date."""
        full = [column for column in self.days if len(column.filled) == len(column.cells)] or self.days
        values = [column for column in self.days if Role.VALUE_DATE in column.roles]
        rest = [column for column in full if column not in values] or full
        booking = next(
            (c for c in rest if re.search(r"book|buchung|comptab|contab|post|boek", " ".join(spell(c.name)))), rest[0]
        )
        return booking, next((column for column in values if column is not booking), None)

    def _date_order(self, reading: Reading) -> Order:
        """Return which of day and month stands first."""
        if self.stated.date_order:
            return self.stated.date_order
        booking, _ = self._day_columns()
        possible = {
            order: days
            for order in _ORDERS
            if all(c.days(order) is not None for c in self.days) and (days := booking.days(order))
        }
        if len(possible) == 1 or possible.get("dmy") == possible.get("mdy"):
            return next(iter(possible), "dmy")
        steady = {
            order
            for order, days in possible.items()
            if _is_steady([d for d in days if d], newest_first=reading.newest_first if reading.steps else None)
        }
        if len(steady) == 1:
            return steady.pop()
        words = {word for column in self.table.columns for word in spell(column.name)}
        marks = {mark for text in booking.texts for mark in text if mark in "./"}
        if marks == {"."} or not words & _NO_LANGUAGE:
            return "dmy"
        sample = next(text for text in booking.texts if text)
        what = (
            f"{sample!r} may be read in two ways: nothing in the file says whether the day or the month stands first."
        )
        raise UnsureError(what, "date-order", "say --date-order dmy (day first), or mdy.")

    def _newest_first(self, reading: Reading, order: Order) -> bool:
        if reading.steps:
            return reading.newest_first
        booking, _ = self._day_columns()
        days = [day for day in booking.days(order) or [] if day]
        return len(days) > 1 and days[0] > days[-1]

    def _gross(self, reading: Reading) -> Column | None:
        """Return the column of what was given, where another says what was kept of it: gross and fee are the net."""
        net = reading.amounts.numbers
        fees = [c for c in self.table.columns if Role.FEE in c.roles]
        for gross in (c for c in self.table.columns if Role.GROSS in c.roles):
            for fee in fees:
                whole, kept = gross.numbers(reading.mark), fee.numbers(reading.mark)
                if (
                    whole
                    and kept
                    and all(
                        (g or ZERO) + k * sign == (n or ZERO)
                        for g, k, n in zip(whole, [k or ZERO for k in kept], net, strict=True)
                        for sign in ((1,) if any((x or ZERO) < ZERO for x in kept) else (-1,))
                    )
                ):
                    return gross
        return None

    def _undated(self, reading: Reading) -> tuple[Column | None, Literal["text", "details"] | None]:
        """Return what the rows without a day are, with the column of their amounts where that is one of its own."""
        position = {column.name: n for n, column in enumerate(self.table.columns)}
        own = [
            position[column.name]
            for column in reading.amounts.columns
            if column not in {reading.amounts.direction, reading.amounts.fee}
        ]
        rows = [row for row in undated(self.table) if not self._is_label(row)]
        details = [c for c in self.table.columns if Role.DETAIL in c.roles and c not in reading.amounts.columns]
        column = details[0] if details and details[0].numbers(reading.mark) is not None else None
        if not rows:
            return column, None
        if any(_number(row, at, reading.mark) is not None for row in rows for at in own):
            return None, "details"
        for other in details:
            if any(_number(row, position[other.name], reading.mark) is not None for row in rows):
                return other, "details"
        return column, "text"

    def _is_label(self, row: list[Cell]) -> bool:
        first = next((cell.text for cell in row if cell.text), "")
        label = first.partition(":")[0]
        return sums_up(first) or any(is_one_of(label, phrases) for phrases in (OPENING, CLOSING))

    def _footer(self) -> str | None:
        """Return how the line begins that sums up the rows."""
        for row in undated(self.table):
            first = next((cell.text for cell in row if cell.text), "")
            if sums_up(first):
                return first
        return None

    def _label(self, phrases: str, mark: str) -> str | None:
        """Return the label beside which a balance stands."""
        days = set(self.table.dated)
        within = [row for n, row in enumerate(self.table.body) if n in days]
        for rows, certain in (((*self.table.above, *undated(self.table)), True), (within, False)):
            for row in rows:
                for position, cell in enumerate(row):
                    label, _, rest = cell.text.partition(":")
                    beside = rest.strip() or next((other.text for other in row[position + 1 :] if other.text), "")
                    if is_one_of(label, phrases) and (certain or len(spell(label)) > 1) and _parses(beside, mark):
                        return label.strip()
        return None

    def _currency(self, reading: Reading) -> str:
        """Return the one currency of the table: said by a heading of its amounts, or above it."""
        headings = [
            column.name for column in (*reading.amounts.columns, *((reading.balance,) if reading.balance else ()))
        ]
        for text in headings:
            named = [str(code) for code in _CODE.findall(text) if _is_currency(code)]
            if named:
                return named[0]
        for row in self.table.above:
            for position, cell in enumerate(row):
                label, _, rest = cell.text.partition(":")
                beside = rest.strip() or next((other.text for other in row[position + 1 :] if other.text), "")
                if is_one_of(label, CURRENCY) and _is_currency(beside):
                    return beside
        told = {code for row in self.table.above for cell in row for code in _CODE.findall(cell.text)}
        told |= {column.texts[0] for column in self.table.columns}
        codes = [code for code in told if _is_currency(code)]
        if self.stated.currency:
            return self.stated.currency
        if len(codes) == 1:
            return str(codes[0])
        raise UnsureError("the file does not say its currency.", "currency", "say --currency, such as --currency CHF.")

    def _number_label(self) -> str:
        """Return the label beside which the number of the account stands, an IBAN before another; empty where none does."""
        labels = []
        for row in self.table.above:
            for position, cell in enumerate(row):
                label, _, rest = cell.text.partition(":")
                beside = rest.strip() or next((other.text for other in row[position + 1 :] if other.text), "")
                if is_one_of(label, ACCOUNT) and _NUMBER.match(beside):
                    labels.append((not _IBAN.match(beside), label.strip()))
        return min(labels, default=(False, ""))[1]

    def _first(self, role: Role, taken: Iterable[str]) -> Column | None:
        return next((c for c in self.table.columns if c.is_for(role) and c.name not in taken and c.filled), None)

    def _reference(self, taken: Iterable[str]) -> Column | None:
        """Return the bank's own reference: every row has one, with digits, and no two the same."""
        for column in self.table.columns:
            texts = column.texts
            if (
                column.is_for(Role.REFERENCE)
                and column.name not in taken
                and len(column.filled) == len(column.cells)
                and len(set(texts)) == len(texts)
                and all(any(c.isdigit() for c in text) for text in texts)
            ):
                return column
        return None

    def _texts(self, taken: Iterable[str]) -> list[Column]:
        """Return the columns of text: what has letters in it, and is nothing else."""
        numeric = {c.name for c in self.table.columns if c.numbers(".") is not None or c.numbers(",") is not None}
        return [
            column
            for column in self.table.columns
            if column.name not in taken
            and column.name not in numeric
            and not column.is_for(Role.TIME)
            and not column.is_for(Role.STATUS)
            and self._has_words(column)
        ]

    def _has_words(self, column: Column) -> bool:
        at = self.table.columns.index(column)
        rows = [row[at].text for row in self.table.body if at < len(row)]
        return any(re.search(r"[^\W\d_]{2}", text) for text in rows) and len({*rows}) > 0

    def _name(self) -> str:
        """Return a name for the layout, from that of the file."""
        words = [word for word in spell(self.source.name.rpartition(".")[0]) if not any(c.isdigit() for c in word)]
        return "-".join(["bank", *words][-3:]) if len("".join(words)) < _SHORTEST else "-".join(words[:3])


def _is_currency(text: str) -> bool:
    return bool(re.fullmatch("[A-Z]{3}", text)) and minor_units(text) is not None


def _number(row: list[Cell], at: int, mark: str) -> Decimal | None:
    if at >= len(row):
        return None
    try:
        return read_amount(row[at], mark)
    except RefusedFileError:
        return None


def _parses(text: str, mark: str) -> bool:
    return _number([Cell(text, "")], 0, mark) is not None


def _is_steady(days: Sequence[object], *, newest_first: bool | None) -> bool:
    """Return whether days stand in their order (either, where it is not known), within a year."""
    up = all(a <= b for a, b in pairwise(days))  # type: ignore[operator]
    down = all(a >= b for a, b in pairwise(days))  # type: ignore[operator]
    return (up or down) if newest_first is None else down if newest_first else up
