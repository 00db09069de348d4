"""Read a bank statement in CSV or XLSX that import.toml declares, proven by its running balance or its footer."""

from collections.abc import Iterator
from decimal import Decimal

from importers.ground.cells import Cell, read_amount, read_date
from importers.ground.configuration import BankTable, Configuration
from importers.ground.files import Source
from importers.ground.format import Format, Headings
from importers.ground.grid import Rows, find_tables, read_sheets, split_at_closing_line
from importers.ground.records import BankStatements, Coverage, Line, Nature, Party, StatedBalance, Statement
from importers.ground.refusal import Mistake, RefusedFileError, refuse
from ledger.ground.money import ZERO, show_number
from ledger.ground.spelling import holds


def open_table(source: Source, configuration: Configuration) -> BankStatements | None:
    """Return the one statement of a table, the first of import.toml whose headings it has; None for any other file.

    Raises:
        RefusedFileError: with every cell that is wrong, or when the balances or the footer do not agree with the lines.

    """
    for settings in configuration.table:
        try:
            rows = next(find_tables(read_sheets(source, settings.delimiter, settings.encoding), settings.columns), None)
        except RefusedFileError:  # what cannot be read as this table may still be another one
            continue
        if rows is not None:
            return BankStatements((_read_statement(rows, settings),))
    return None


def _headings(configuration: Configuration) -> Iterator[Headings]:
    for settings in configuration.table:
        yield Headings(f"the table {settings.name!r}", settings.columns, settings.delimiter)


FORMAT = Format("bank table", "a table that import.toml declares", BankStatements, open_table, _headings)


def _read_statement(rows: Rows, table: BankTable) -> Statement:
    body, footer = _split_footer(rows, table)
    mistakes: list[Mistake] = []
    read_lines: list[tuple[Line, Decimal | None]] = []
    for row in body:
        try:
            read_lines.append(_read_line(rows, row, table))
        except RefusedFileError as error:
            mistakes += error.mistakes
    if mistakes:
        raise RefusedFileError(mistakes)
    if table.newest_first:
        read_lines.reverse()
    lines = [line for line, _ in read_lines]
    _prove_balances(read_lines, table)
    _prove_footer(lines, rows, footer, table)
    if not lines:
        raise refuse("", "the table has no line.", "export the period again.")
    balances = [balance for _, balance in read_lines]
    opening = closing = None
    if balances[0] is not None and balances[-1] is not None:
        opening = StatedBalance(balances[0] - lines[0].number, table.currency, lines[0].day)
        closing = StatedBalance(balances[-1], table.currency, max(line.day for line in lines))
    return Statement(
        place=rows.sheet or "the table",
        numbers=(table.number,),
        currency=table.currency,
        coverage=Coverage.COMPLETE if closing else Coverage.PART,
        identity=f"{table.name} {lines[0].day} {lines[-1].day}",
        sequence=None,
        opening=opening,
        closing=closing,
        lines=tuple(lines),
    )


def _split_footer(rows: Rows, table: BankTable) -> tuple[list[list[Cell]], list[Cell] | None]:
    """Split the rows from the footer; it must be there when one is declared."""
    if table.footer is None:
        return rows.rows, None
    return split_at_closing_line(rows.rows, table.footer, "footer")


def _read_line(rows: Rows, row: list[Cell], table: BankTable) -> tuple[Line, Decimal | None]:
    def text(column: str | None) -> str:
        return rows.cell(row, column).text if column else ""

    def number(column: str | None) -> Decimal | None:
        return read_amount(rows.cell(row, column), table.decimal_mark) if column else None

    day_cell = rows.cell(row, table.date)
    day = read_date(day_cell, table.date_format)
    if day is None:
        raise refuse(day_cell.place, "the date is missing.", "export the file again.")
    if table.amount:
        amount = number(table.amount)
    else:
        credit, debit = number(table.credit), number(table.debit)
        amount = None if credit is None and debit is None else (credit or ZERO) - abs(debit or ZERO)
    if amount is None:
        raise refuse(day_cell.place, "the line has no amount.", "export the file again.")
    words = " ".join(part for column in table.text if (part := text(column)))
    line = Line(
        place=day_cell.place.partition(",")[0],
        number=amount,
        currency=table.currency,
        day=day,
        value_day=read_date(rows.cell(row, table.value_date), table.date_format) if table.value_date else None,
        reference=text(table.reference),
        text=words,
        party=Party(text(table.payer), text(table.payer_account)),
        nature=_nature(text(table.kind) if table.kind else words, table),
    )
    return line, number(table.balance)


def _nature(words: str, table: BankTable) -> Nature:
    """Return what a row is by the words that import.toml declares; a payment where it has none of them."""
    for nature, phrases in ((Nature.CHARGES, table.charges), (Nature.INTEREST, table.interest)):
        if any(holds(words, phrase) for phrase in phrases):
            return nature
    return Nature.PAYMENT


def _prove_balances(lines: list[tuple[Line, Decimal | None]], table: BankTable) -> None:
    """Check every line against the balance after it."""
    if table.balance is None:
        return
    before: Decimal | None = None
    mistakes = []
    for line, balance in lines:
        if balance is None:
            mistakes.append(Mistake(line.place, "the balance is missing.", "export the file again."))
        elif before is not None and before + line.number != balance:
            what = f"{show_number(before)} + {show_number(line.number)} = {show_number(before + line.number)}, but the balance is {show_number(balance)}."
            mistakes.append(Mistake(line.place, what, "a line is missing above; or set `newest-first` in import.toml."))
        before = balance
    if mistakes:
        raise RefusedFileError(mistakes)


def _prove_footer(lines: list[Line], rows: Rows, footer: list[Cell] | None, table: BankTable) -> None:
    """Check the sum of the lines against the footer."""
    if footer is None:
        return
    footer_amounts = [
        read_amount(rows.cell(footer, column), table.decimal_mark)
        for column in (table.amount, table.credit, table.debit)
        if column
    ]
    total = sum((line.number for line in lines), ZERO)
    credit, debit = (sum((line.number for line in lines if line.number * sign > 0), ZERO) for sign in (1, -1))
    mine = (
        [total]
        if table.amount
        else [value for column, value in ((table.credit, credit), (table.debit, abs(debit))) if column]
    )
    if [None if value is None else abs(value) if not table.amount else value for value in footer_amounts] != mine:
        words = ", ".join("nothing" if value is None else show_number(value) for value in footer_amounts)
        what = f"the footer says {words}; the lines add up to {', '.join(show_number(value) for value in mine)}."
        raise refuse(footer[0].place.partition(",")[0], what, "export the file again.")
