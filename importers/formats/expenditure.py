"""Read an extract of expenditure from an ERP (CSV, XLSX), laid out as import.toml says, proven by its control line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from importers.ground.cells import Cell, read_amount, read_date
from importers.ground.configuration import Configuration, Expenditure
from importers.ground.files import Source
from importers.ground.format import Format, Headings
from importers.ground.grid import Rows, find_tables, read_sheets, split_at_closing_line
from importers.ground.records import Records
from importers.ground.refusal import Mistake, RefusedFileError, refuse
from ledger.ground.money import ZERO, decimals_of, show_number, too_fine


@dataclass(frozen=True, slots=True)
class ExpenditureLine:
    """One line: what was spent on which object of expenditure and for which purpose, as the ERP writes them."""

    place: str
    day: date
    document: str
    object: Cell
    purpose: Cell
    donor: Cell | None
    number: Decimal
    currency: str
    description: str


@dataclass(frozen=True, slots=True)
class Extract(Records):
    """The lines of one extract, proven by its control line."""

    lines: tuple[ExpenditureLine, ...]


def open_extract(source: Source, configuration: Configuration) -> Extract | None:
    """Return an extract, known by its headings; None for any other file.

    Raises:
        RefusedFileError: with every cell that is wrong, or when the control line is missing or does not agree.

    """
    declared = configuration.expenditure
    try:
        table = next(find_tables(read_sheets(source, declared.delimiter, declared.encoding), declared.columns), None)
    except RefusedFileError:  # what cannot be read as this table may still be another one
        return None
    return None if table is None else Extract(tuple(_read(table, declared)))


def _headings(configuration: Configuration) -> Iterator[Headings]:
    declared = configuration.expenditure
    yield Headings("an expenditure extract", declared.columns, declared.delimiter)


FORMAT = Format("expenditure extract", "an expenditure extract", Extract, open_extract, _headings)


def _read(table: Rows, declared: Expenditure) -> list[ExpenditureLine]:
    body, last = split_at_closing_line(table.rows, declared.control, "control line")
    mistakes: list[Mistake] = []
    lines: list[ExpenditureLine] = []
    for row in body:
        try:
            lines.append(_read_line(table, row, declared))
        except RefusedFileError as error:
            mistakes += error.mistakes
    if mistakes:
        raise RefusedFileError(mistakes)
    control = table.cell(last, declared.amount)
    stated, total = read_amount(control, declared.decimal_mark), sum((line.number for line in lines), ZERO)
    if stated != total:
        text = "nothing" if stated is None else show_number(stated)
        raise refuse(
            control.place,
            f"the control line says {text}; the {len(lines)} lines add up to {show_number(total)}.",
            "export it again.",
        )
    if len({line.currency for line in lines}) > 1:
        raise refuse(
            control.place,
            "the lines are in several currencies, which one control total cannot prove.",
            "export each currency alone.",
        )
    return lines


def _read_line(table: Rows, row: list[Cell], declared: Expenditure) -> ExpenditureLine:
    mistakes: list[Mistake] = []

    def needed(column: str) -> Cell:
        cell = table.cell(row, column)
        if not cell.text:
            mistakes.append(Mistake(cell.place, f"{column!r} is empty.", "fill it in in the ERP, and export again."))
        return cell

    day_cell, amount_cell, currency = needed(declared.date), needed(declared.amount), needed(declared.currency)
    document, what, purpose = needed(declared.document), needed(declared.object), needed(declared.purpose)
    day, number = None, None
    try:
        day = read_date(day_cell, declared.date_format)
    except RefusedFileError as error:
        mistakes += error.mistakes
    try:
        number = read_amount(amount_cell, declared.decimal_mark)
    except RefusedFileError as error:
        mistakes += error.mistakes
    unit = currency.text.upper()
    if number is not None and too_fine(number, unit):
        wrong = f"{amount_cell.text} {unit}: the currency has {decimals_of(unit)}."
        mistakes.append(Mistake(amount_cell.place, wrong, "correct it in the ERP."))
    if mistakes or day is None or number is None:
        raise RefusedFileError(mistakes)
    return ExpenditureLine(
        place=day_cell.place,
        day=day,
        document=document.text,
        object=what,
        purpose=purpose,
        donor=table.cell(row, declared.donor) if declared.donor else None,
        number=number,
        currency=unit,
        description=table.cell(row, declared.description).text,
    )
