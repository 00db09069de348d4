"""Learn the layout of a bank's table: what arithmetic proves is taken, what it cannot prove is asked.

Every way to read the table is tried (which columns are amounts, which is the balance, in which order the rows stand);
the one of which most balances follow from each other stands, and headings break ties. The declaration is then put to
the test: the reader of declared tables reads the file under it, and what it makes of it has to add up.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from importers.formats.table import read_table
from importers.ground import continuity, grid
from importers.ground.bank_table import BankTable
from importers.ground.cells import Cell, read_amount
from importers.ground.files import Source, is_workbook
from importers.ground.records import Statement
from importers.ground.refusal import RefusedFileError, refuse
from importers.learning.amounts import Reading, readings
from importers.learning.columns import Column, Table, find_header, undated
from importers.learning.days import Order, UnsureError, choose_days, day_columns, find_order, stands_newest_first
from importers.learning.labels import find_account_label, find_balance_label, find_currency, is_currency
from importers.learning.words import CLOSING, OPENING, PENDING, Role, is_one_of, sums_up
from ledger.ground.money import ZERO
from ledger.ground.spelling import spell

_DELIMITERS = (";", ",", "\t", "|")
_SHORTEST = 3


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
        self.days = day_columns(table)
        self.booking, self.value_day = choose_days(self.days)
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
            readings(self.table, groups, moves, self.booking.texts),
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
        order = self.stated.date_order or find_order(self.days, self.booking, self.table, _direction(reading))
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
        opening, closing = (find_balance_label(self.table, phrases, reading.mark) for phrases in (OPENING, CLOSING))
        name = self.stated.name or self._name()
        return BankTable(
            name=name,
            number=self.stated.number or name,
            account=self.account.name if self.account else find_account_label(self.table),
            currency=None if self.currency else self._currency(reading),
            currency_column=self.currency.name if self.currency else None,
            delimiter=self.delimiter,
            date=self.booking.name,
            date_order=order,
            value_date=self.value_day.name if self.value_day else None,
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
            newest_first=reading.newest_first if reading.steps else stands_newest_first(self.booking, order),
            footer=self._footer(),
            opening=opening,
            closing=closing,
        )

    def _currency_column(self) -> Column | None:
        fitting = [
            column
            for column in self.table.columns
            if len(column.filled) == len(column.cells) and all(is_currency(text) for text in column.texts)
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
        known = {*own, *(position[c.name] for c in (reading.balance, self.currency) if c)}
        for at, other in enumerate(self.table.columns):
            parts = [row[at] for row in rows if at < len(row) and row[at].text]
            if at not in known and parts and all(_number([cell], 0, reading.mark) is not None for cell in parts):
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

    def _currency(self, reading: Reading) -> str:
        """Return the one currency of the table, else as a person says."""
        amounts = (*reading.amounts.columns, *((reading.balance,) if reading.balance else ()))
        currency = find_currency(self.table, (column.name for column in amounts)) or self.stated.currency
        if not currency:
            raise UnsureError(
                "the file does not say its currency.", "currency", "say --currency, such as --currency CHF."
            )
        return currency

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
        texts = [row[at].text for row in self.table.body if at < len(row) and row[at].text]
        return any(re.search(r"[^\W\d_]{2}", text) for text in texts) and not all(map(is_currency, texts))

    def _name(self) -> str:
        """Return a name for the layout, from that of the file."""
        words = [word for word in spell(self.source.name.rpartition(".")[0]) if not any(c.isdigit() for c in word)]
        return "-".join(["bank", *words][-3:]) if len("".join(words)) < _SHORTEST else "-".join(words[:3])


def _number(row: list[Cell], at: int, mark: str) -> Decimal | None:
    if at >= len(row):
        return None
    try:
        return read_amount(row[at], mark)
    except RefusedFileError:
        return None


def _direction(reading: Reading) -> bool | None:
    """Return whether the newest row stands first, as the balances prove; None where they do not."""
    return reading.newest_first if reading.steps else None
