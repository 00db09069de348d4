"""Formulas: from the keys of columns to cells and defined names, which are the same in every language."""

from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from reports.table import NAMED, Live, Table


@dataclass(frozen=True, slots=True)
class Places:
    """Where a table stands on its sheet: the row of its header, its first and its last row of data."""

    sheet: str
    header: int
    first: int
    last: int

    def cells(self, column: int) -> str:
        """Return the cells of a column, counted from 1."""
        letter = get_column_letter(column)
        return f"{letter}{self.first}:{letter}{self.last}"

    @staticmethod
    def quoted(sheet: str) -> str:
        """Write the name of a sheet as a formula does."""
        return "'" + sheet.replace("'", "''") + "'"

    def absolute(self, column: int) -> str:
        """Return the cells of a column as another sheet names them."""
        letter = get_column_letter(column)
        return f"{self.quoted(self.sheet)}!${letter}${self.first}:${letter}${self.last}"


def write_formula(formula: str, table: Table, row: int) -> str:
    """Write a formula for one row.

    `{key}` is the cell of that column, `{table.key}` the defined name of a column elsewhere.
    """
    return NAMED.sub(
        lambda m: (
            f"{m['table']}_{m['column']}" if m["table"] else f"{get_column_letter(table.column(m['column']) + 1)}{row}"
        ),
        formula,
    )


def referenced_columns(tables: tuple[Table, ...]) -> set[tuple[str, str]]:
    """Return the columns that formulas of other tables name."""
    result: set[tuple[str, str]] = set()
    for formula in _formulas(tables):
        result |= {(m["table"], m["column"]) for m in NAMED.finditer(formula) if m["table"]}
    return result


def _formulas(tables: tuple[Table, ...]) -> set[str]:
    own = {column.formula for table in tables for column in table.columns}
    return own | {cell.formula for table in tables for row in table.rows for cell in row if isinstance(cell, Live)}
