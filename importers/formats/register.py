"""Read the register of pledges: the XLSX of `vfund template pledges`, or a CSV with the same headings.

The headings may be in any of the four languages.

People reorder columns, leave cells blank and type dates as text: all that is read. A row is one instalment; rows with
the same number of yours are instalments of one pledge. On the sheet of control totals, where it is filled in, the count
and the sums must be those of the rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from re import fullmatch
from typing import NamedTuple

from importers.ground.cells import Cell, read_amount
from importers.ground.configuration import Configuration
from importers.ground.files import Source, is_workbook
from importers.ground.format import Format, Headings
from importers.ground.grid import Rows, Sheet, find_table, guess_delimiter, normalise_heading, read_sheets
from importers.ground.records import Records
from importers.ground.refusal import RefusedFileError, refuse


class Heading(NamedTuple):
    """A column: its key, and its heading in English, Spanish, French and Portuguese."""

    key: str
    en: str
    es: str
    fr: str
    pt: str

    def name(self, language: str) -> str:
        """Return the heading in a language."""
        return str(getattr(self, language))

    @property
    def needed(self) -> bool:
        """Whether every row needs it."""
        return self.key in _NEEDED


_NEEDED = frozenset({"number", "donor", "amount", "currency", "letter"})


HEADINGS = (
    Heading("number", "Your number", "Su número", "Votre numéro", "Seu número"),
    Heading("donor", "Donor", "Donante", "Donateur", "Doador"),
    Heading("amount", "Amount", "Monto", "Montant", "Valor"),
    Heading("currency", "Currency", "Moneda", "Monnaie", "Moeda"),
    Heading("letter", "Date of the letter", "Fecha de la carta", "Date de la lettre", "Data da carta"),
    Heading("due", "Due date", "Fecha de vencimiento", "Date d'échéance", "Data de vencimento"),
    Heading("purpose", "Purpose", "Finalidad", "Objet", "Finalidade"),
    Heading("agreement", "Agreement", "Acuerdo", "Accord", "Acordo"),
    Heading("accepted", "Date of acceptance", "Fecha de aceptación", "Date d'acceptation", "Data de aceitação"),
    Heading("conditions", "Conditions", "Condiciones", "Conditions", "Condições"),
    Heading("note", "Note", "Nota", "Note", "Observação"),
)
CONTROL = {"en": "Control totals", "es": "Totales de control", "fr": "Totaux de contrôle", "pt": "Totais de controle"}
COUNT = {"en": "Number of rows", "es": "Número de filas", "fr": "Nombre de lignes", "pt": "Número de linhas"}
LANGUAGES = ("en", "es", "fr", "pt")


@dataclass(frozen=True, slots=True)
class Row:
    """One instalment as it stands, cell by cell."""

    cells: dict[str, Cell]

    def __getitem__(self, key: str) -> Cell:
        return self.cells[key]


@dataclass(frozen=True, slots=True)
class Register(Records):
    """The rows, and the control totals that the register states.

    These are the count and the sum by currency (empty where nothing is filled in).
    """

    rows: tuple[Row, ...]
    count: Cell | None = None
    totals: dict[str, Cell] = field(default_factory=dict)


def open_register(source: Source, _configuration: Configuration) -> Register | None:
    """Return the rows and the control totals of a register, known by its headings; None for any other file.

    Raises:
        RefusedFileError: when there are no rows, or formulas in place of values.

    """
    try:
        sheets = read_sheets(source, guess_delimiter(source))
    except RefusedFileError:
        if is_workbook(source.content):
            raise
        return None  # a table that import.toml declares may be in another encoding
    tables = _find_registers(sheets)
    if not tables:
        return None
    rows = tuple(row for table, language in tables for row in _read_rows(table, language))
    if not rows:
        raise refuse("", "the register has no row.", "fill in a row for each instalment.")
    count, totals = _read_control_totals(sheets)
    return Register(rows, count, totals)


def _headings(_configuration: Configuration) -> Iterator[Headings]:
    yield Headings("the register of pledges", [heading.en for heading in HEADINGS if heading.needed], ";")


FORMAT = Format("pledge register", "the pledge register", Register, open_register, _headings)


def _find_registers(sheets: list[Sheet]) -> list[tuple[Rows, str]]:
    """Find every sheet with the headings, in whatever language."""
    result = []
    for name, rows in sheets:
        for language in LANGUAGES:
            table = find_table(name, rows, [heading.name(language) for heading in HEADINGS if heading.needed])
            if table is not None:
                result.append((table, language))
                break
    return result


def _read_rows(table: Rows, language: str) -> Iterator[Row]:
    for row in table.rows:
        cells = {}
        for heading in HEADINGS:
            column = normalise_heading(heading.name(language))
            cells[heading.key] = table.cell(row, column) if column in table.header else Cell(None, "")
        if any(cells[heading.key].text for heading in HEADINGS):
            yield Row(cells)


def _read_control_totals(sheets: list[Sheet]) -> tuple[Cell | None, dict[str, Cell]]:
    """Find the control totals: two columns, what and how much.

    A label that is filled in and means nothing is refused.
    """
    count, totals = None, {}
    counts, names = ({text.casefold() for text in words.values()} for words in (COUNT, CONTROL))
    for name, rows in sheets:
        for row in rows if name.strip().casefold() in names else ():
            value = row[1] if len(row) > 1 and row[1].text else None
            label = row[0].text.casefold()
            if value is None:
                continue
            if label in counts:
                count = value
            elif fullmatch("[a-z]{3}", label):
                totals[label.upper()] = value
            else:
                raise refuse(
                    row[0].place,
                    f"{row[0].text!r} is no control total.",
                    "write a currency such as USD, or the number of rows.",
                )
    return count, totals


def read_number(cell: Cell) -> Decimal | None:
    """Read a number with a point or a comma as decimal mark, whichever makes sense of it.

    Raises:
        RefusedFileError: when neither does.

    """
    if isinstance(cell.value, Decimal):
        return read_amount(cell)
    text = cell.text
    if fullmatch(r"-?\d{1,3}(,\d{3}){2,}", text):
        return read_amount(cell)
    if fullmatch(r"-?\d{1,3}(\.\d{3}){2,}", text):
        return read_amount(cell, ",")
    comma, point = text.rfind(","), text.rfind(".")
    alone = (comma >= 0) != (point >= 0) and max(comma, point) == len(text) - 4
    if alone and text.count(",") + text.count(".") == 1:
        raise refuse(cell.place, f"{text!r} may be read in two ways.", "write it with decimals (1,000.00 or 1000.00).")
    return read_amount(cell, "," if comma > point else ".")
