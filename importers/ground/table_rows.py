"""Read the rows of a bank's table: each is a line, more text of the line above, one of its payments, or a balance.

Nothing is proven here (`importers.formats.table` does); every cell that is wrong is named.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from re import fullmatch

from beancount.core.amount import Amount

from importers.ground.bank_table import BankTable
from importers.ground.cells import Cell, read_amount, read_date
from importers.ground.grid import Rows, normalise_heading
from importers.ground.records import Line, Nature, Party
from importers.ground.refusal import Mistake, RefusedFileError, refuse
from importers.ground.values import join_words
from ledger.ground.money import ZERO, show_number
from ledger.ground.spelling import holds, spell


@dataclass(slots=True)
class TableRow:
    """A line with the account and the balance that its row states; without a line, a balance alone."""

    place: str
    account: str
    currency: str
    line: Line | None
    balance: Decimal | None

    @property
    def number(self) -> Decimal:
        """What it moved."""
        return self.line.number if self.line is not None and self.line.booked else ZERO


def read_rows(rows: Rows, body: Sequence[list[Cell]], table: BankTable) -> list[TableRow]:
    """Read the rows, the oldest first.

    Raises:
        RefusedFileError: with every cell that is wrong.

    """
    reader = _RowReader(rows, table)
    for row in body:
        try:
            reader.add(row)
        except RefusedFileError as error:
            reader.mistakes += error.mistakes
    reader.mistakes += reader.check_details()
    if reader.mistakes:
        raise RefusedFileError(reader.mistakes)
    found = reader.found[::-1] if table.newest_first else reader.found
    return end_days(found) if table.daily_balance else found


def end_days(rows: list[TableRow]) -> list[TableRow]:
    """Put the balance of each day on its last row."""
    last: dict[tuple[str, str, date], TableRow] = {}
    balances: dict[tuple[str, str, date], Decimal] = {}
    for row in rows:
        if row.line is None:
            continue
        key = row.account, row.currency, row.line.day
        last[key] = row
        if row.balance is not None:
            balances[key], row.balance = row.balance, None
    for key, balance in balances.items():
        last[key].balance = balance
    return rows


class _RowReader:
    """Reads one row after the other, as the file has them."""

    def __init__(self, rows: Rows, table: BankTable) -> None:
        self.rows, self.table = rows, table
        self.found: list[TableRow] = []
        self.mistakes: list[Mistake] = []
        self.labels = {spell(label) for label in (table.opening, table.closing) if label}
        heading = normalise_heading(table.account or "")
        self.account = heading if heading in rows.header else None

    def text(self, row: list[Cell], column: str | None) -> str:
        """Return what stands in a column; empty where there is none."""
        return self.rows.cell(row, column).text if column else ""

    def amount(self, row: list[Cell], column: str | None) -> Decimal | None:
        """Return the number in a column; None where there is none."""
        return read_amount(self.rows.cell(row, column), self.table.decimal_mark) if column else None

    def add(self, row: list[Cell]) -> None:
        """Read a row.

        Raises:
            RefusedFileError: when a cell of it is wrong.

        """
        table = self.table
        if self.labels and any(spell(cell.text.rstrip(":")) in self.labels for cell in row if cell.text):
            return
        day_cell = self.rows.cell(row, table.date)
        place = day_cell.place.partition(",")[0]
        if not day_cell.text and table.undated and self.found:
            self.go_on(row, place)
            return
        if day_cell.text and not day_cell.text[:1].isdigit() and self.says_nothing(row):
            return
        day = read_date(day_cell, table.date_format, table.date_order)
        if day is None:
            raise refuse(day_cell.place, "the date is missing.", "export the file again.")
        number, balance = self.moved(row), self.amount(row, table.balance)
        if number is None and table.detail and self.amount(row, table.detail) is not None:
            self.go_on(row, place)
            return
        if number is None and balance is None:
            number = ZERO  # the bank says something, and moves nothing
        currency = self.text(row, table.currency_column) or table.currency or ""
        if not fullmatch("[A-Z]{3}", currency):
            raise refuse(
                place, f"the currency is {currency!r}; three capital letters are expected.", "export the file again."
            )
        line = None
        if number is not None:
            words = join_words(*(self.text(row, column) for column in table.text))
            line = Line(
                place=place,
                number=number,
                currency=currency,
                day=day,
                value_day=read_date(self.rows.cell(row, table.value_date), table.date_format, table.date_order)
                if table.value_date
                else None,
                reference=self.text(row, table.reference),
                text=words,
                party=Party(self.text(row, table.payer), self.text(row, table.payer_account)),
                nature=nature_of(self.text(row, table.kind) if table.kind else words, table),
                instructed=self.given(row, number, currency),
                booked=self.text(row, table.status) not in table.pending if table.status else True,
            )
        self.found.append(TableRow(place, self.text(row, self.account), currency, line, balance))

    def says_nothing(self, row: list[Cell]) -> bool:
        """Return whether a row has no number where amounts stand: a note of the bank below the table, or between."""
        columns = (self.table.amount, self.table.credit, self.table.debit, self.table.balance)
        return not any(self.text(row, column) for column in columns)

    def moved(self, row: list[Cell]) -> Decimal | None:
        """Return what a row moved: a credit is positive, a debit negative; None where it says nothing."""
        table = self.table
        if not table.amount:
            credit, debit = self.amount(row, table.credit), self.amount(row, table.debit)
            return None if credit is None and debit is None else (credit or ZERO) - abs(debit or ZERO)
        number = self.amount(row, table.amount)
        if number is not None and table.fee:
            return number - abs(self.amount(row, table.fee) or ZERO)
        if number is None or not table.direction:
            return number
        side = self.rows.cell(row, table.direction)
        if side.text in table.credit_words:
            return abs(number)
        if side.text in table.debit_words:
            return -abs(number)
        expected = ", ".join([*table.credit_words, *table.debit_words])
        raise refuse(side.place, f"the side is {side.text!r}; one of {expected} is expected.", "export the file again.")

    def given(self, row: list[Cell], number: Decimal, currency: str) -> Amount | None:
        """Return what the payer gave, where the bank kept a part of it."""
        gross = self.amount(row, self.table.gross or (self.table.amount if self.table.fee else None))
        return Amount(abs(gross), currency) if gross is not None and number > ZERO and abs(gross) != number else None

    def go_on(self, row: list[Cell], place: str) -> None:
        """Take a row that goes on with the one above: its text, or a payment that the one above sums up."""
        above = self.found[-1]
        if above.line is None:
            raise refuse(place, "the row goes on with one that has no amount.", "export the file again.")
        words = join_words(*(self.text(row, column) for column in self.table.text))
        party = Party(self.text(row, self.table.payer), self.text(row, self.table.payer_account))
        number = self.amount(row, self.table.detail) if self.table.detail else self.moved(row)
        if number is None:
            above.line = replace(above.line, text=join_words(above.line.text, words))
            return
        if self.table.undated != "details" and not self.table.detail:
            raise refuse(place, f"a row without a date has the amount {show_number(number)}.", "export the file again.")
        signed = -number if above.line.number < ZERO and number > ZERO else number
        part = replace(
            above.line, place=place, number=signed, text=words, party=party, reference="", instructed=None, parts=()
        )
        above.line = replace(above.line, parts=(*above.line.parts, part))

    def check_details(self) -> Iterator[Mistake]:
        """Yield every row whose details do not add up to it."""
        for row in self.found:
            parts = row.line.parts if row.line is not None else ()
            total = sum((part.number for part in parts), ZERO)
            if parts and total != row.number:
                what = f"the rows below it add up to {show_number(total)}, the row itself is {show_number(row.number)}."
                yield Mistake(row.place, what, "export the file again.")


def nature_of(words: str, table: BankTable) -> Nature:
    """Return what a row is by the words that import.toml declares; a payment where it has none of them."""
    for nature, phrases in ((Nature.CHARGES, table.charges), (Nature.INTEREST, table.interest)):
        if any(holds(words, phrase) for phrase in phrases):
            return nature
    return Nature.PAYMENT
