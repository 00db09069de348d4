"""Read a bank statement in CSV or XLSX whose layout import.toml declares.

It is proven by the balance after each line, by the balances that stand above or below the table, or by its footer; what
has none of them is a part of a statement, to be told again by one that has.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from importers.ground.bank_table import BankTable
from importers.ground.cells import Cell, read_amount
from importers.ground.configuration import Configuration
from importers.ground.files import Source
from importers.ground.format import Format, Headings
from importers.ground.grid import Rows, find_tables, normalise_heading, read_sheets, split_at_closing_line
from importers.ground.records import BankStatements, Coverage, Line, StatedBalance, Statement
from importers.ground.refusal import Mistake, RefusedFileError, refuse
from importers.ground.table_rows import TableRow, read_rows
from ledger.ground.money import ZERO, show_number
from ledger.ground.spelling import spell


def open_table(source: Source, configuration: Configuration) -> BankStatements | None:
    """Return the statements of a table, the first of import.toml whose headings it has; None for any other file.

    Raises:
        RefusedFileError: with every cell that is wrong, or when the balances or the footer do not agree with the lines.

    """
    for declared in configuration.table:
        try:
            rows = next(find_tables(read_sheets(source, declared.delimiter, declared.encoding), declared.columns), None)
        except RefusedFileError:  # what cannot be read as this table may still be another one
            continue
        if rows is not None:
            return BankStatements(tuple(read_table(rows, declared)))
    return None


def _headings(configuration: Configuration) -> Iterator[Headings]:
    for declared in configuration.table:
        yield Headings(f"the table {declared.name!r}", declared.columns, declared.delimiter)


FORMAT = Format("bank table", "a table that import.toml declares", BankStatements, open_table, _headings)


def read_table(rows: Rows, table: BankTable) -> list[Statement]:
    """Read the statements of a table, one for each account and currency.

    Raises:
        RefusedFileError: with every cell that is wrong, or when the balances or the footer do not agree with the lines.

    """
    body, footer = (
        (rows.rows, None) if table.footer is None else split_at_closing_line(rows.rows, table.footer, "footer")
    )
    read = read_rows(rows, body, table)
    if not any(row.line for row in read):
        raise refuse("", "the table has no line.", "export the period again.")
    _prove_footer([row.line for row in read if row.line], rows, footer, table)
    parts: dict[tuple[str, str], list[TableRow]] = {}
    for row in read:
        parts.setdefault((row.account, row.currency), []).append(row)
    told = {
        label: _find_balance(rows, label, table) if len(parts) == 1 else None
        for label in (table.opening, table.closing)
        if label
    }
    above = (
        _find_label(rows, table.account)
        if table.account and normalise_heading(table.account) not in rows.header
        else ""
    )
    statements, mistakes = [], []
    for (account, currency), part in parts.items():
        mistakes += list(_prove_balances(part))
        ends = (told.get(table.opening or ""), told.get(table.closing or ""))
        statements.append(_statement(rows, table, part, account or above or table.number, currency, ends))
    if mistakes:
        raise RefusedFileError(mistakes)
    return statements


def _statement(
    rows: Rows,
    table: BankTable,
    part: Sequence[TableRow],
    number: str,
    currency: str,
    told: tuple[Decimal | None, Decimal | None],
) -> Statement:
    lines = [row.line for row in part if row.line]
    first, last = min(line.day for line in lines), max(line.day for line in lines)
    opening, closing = told
    balances = [row for row in part if row.balance is not None]
    if balances:
        before = sum((row.number for row in part[: part.index(balances[0]) + 1]), ZERO)
        opening = opening if opening is not None else (balances[0].balance or ZERO) - before
        if part[-1] is balances[-1] or not any(row.number for row in part[part.index(balances[-1]) + 1 :]):
            closing = closing if closing is not None else balances[-1].balance
    whole = closing is not None
    return Statement(
        place=rows.sheet or "the table",
        numbers=(number,),
        currency=currency,
        coverage=Coverage.COMPLETE if whole else Coverage.PART,
        identity=f"{table.name} {first} {last}",
        sequence=None,
        opening=StatedBalance(opening, currency, first) if whole and opening is not None else None,
        closing=StatedBalance(closing, currency, last) if closing is not None else None,
        lines=tuple(lines),
    )


def _prove_balances(rows: Sequence[TableRow]) -> Iterator[Mistake]:
    """Check every balance against the one before it and what was moved since."""
    before: Decimal | None = None
    moved = ZERO
    for row in rows:
        moved += row.number
        if row.balance is None:
            continue
        if before is not None and before + moved != row.balance:
            what = f"{show_number(before)} + {show_number(moved)} = {show_number(before + moved)}, but the balance is {show_number(row.balance)}."
            yield Mistake(row.place, what, "a line is missing above; or set `newest-first` in import.toml.")
        before, moved = row.balance, ZERO


def _find_balance(rows: Rows, label: str, table: BankTable) -> Decimal | None:
    """Return the number that stands beside a label above or below the table."""
    for cell in _beside(rows, label):
        return read_amount(cell, table.decimal_mark)
    return None


def _find_label(rows: Rows, label: str) -> str:
    """Return the text that stands beside a label above the table."""
    return next((cell.text for cell in _beside(rows, label)), "")


def _beside(rows: Rows, label: str) -> Iterator[Cell]:
    """Yield what stands beside a label: the next cell that is not empty, or behind the colon in its own."""
    words = spell(label)
    for row in (*rows.above, *rows.rows):
        for position, cell in enumerate(row):
            name, colon, rest = cell.text.partition(":")
            if spell(name) != words:
                continue
            if colon and rest.strip():
                yield Cell(rest.strip(), cell.place)
            else:
                yield from [other for other in row[position + 1 :] if other.text][:1]


def _prove_footer(lines: list[Line], rows: Rows, footer: list[Cell] | None, table: BankTable) -> None:
    """Check the sum of the lines against the footer."""
    if footer is None:
        return
    stated = [
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
    if [None if value is None else abs(value) if not table.amount else value for value in stated] != mine:
        words = ", ".join("nothing" if value is None else show_number(value) for value in stated)
        what = f"the footer says {words}; the lines add up to {', '.join(show_number(value) for value in mine)}."
        raise refuse(footer[0].place.partition(",")[0], what, "export the file again.")
