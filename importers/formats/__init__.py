"""Which format a file is in, and its statements, proven."""

from collections.abc import Callable
from enum import Enum
from types import ModuleType

from importers.formats import bai2, camt, expenditure, mt940, ofx, rates, register, table
from importers.ground import continuity, grid
from importers.ground.configuration import Configuration
from importers.ground.files import Source, read_members
from importers.ground.records import Statement
from importers.ground.refusal import Mistake, RefusedFileError, refuse


class Format(Enum):
    """What a file is."""

    CAMT = "camt (ISO 20022)"
    MT940 = "MT940/MT942"
    BAI2 = "BAI2"
    OFX = "OFX"
    TABLE = "bank table"
    PLEDGES = "pledge register"
    RATES = "UN operational rates of exchange"
    EXPENDITURE = "expenditure extract"


STATEMENTS = frozenset({Format.CAMT, Format.MT940, Format.BAI2, Format.OFX, Format.TABLE})
_READERS: dict[Format, ModuleType] = {Format.CAMT: camt, Format.BAI2: bai2, Format.OFX: ofx, Format.MT940: mt940}


def recognise(source: Source, configuration: Configuration) -> Format:
    """Tell the format of a file (not of a zip) by its content, never by its name.

    Raises:
        RefusedFileError: when it is in none.

    """
    if rates.recognises(source):
        return Format.RATES
    for known, reader in _READERS.items():
        if reader.recognises(source):
            return known
    if register.recognises(source):
        return Format.PLEDGES
    if expenditure.recognises(source, configuration.expenditure):
        return Format.EXPENDITURE
    if any(table.recognises(source, declared) for declared in configuration.table):
        return Format.TABLE
    near = _nearest(source, configuration)
    if near:
        raise refuse("", near, "correct the headings in the file, or in import.toml (docs/formats.md has every key).")
    raise refuse(
        "",
        "it is in no format that is known: camt.052/053/054, MT940/942, BAI2, OFX, UN operational rates, the pledge register, an expenditure extract, "
        "or a table that import.toml declares.",
        "declare its columns under `[[table]]` in import.toml, or ask the bank for camt.053.",
    )


def _nearest(source: Source, configuration: Configuration) -> str:
    """Say which table that is known a file is nearly, and what it lacks; empty when it is like none."""
    declared = [(f"the table {item.name!r}", item.columns, item.delimiter) for item in configuration.table]
    declared.append(("an expenditure extract", configuration.expenditure.columns, configuration.expenditure.delimiter))
    declared.append(("the register of pledges", [h.en for h in register.HEADINGS if h.needed], ";"))
    best, said = 0, ""
    for what, columns, delimiter in declared:
        other = ";" if delimiter == "," else ","
        for parted in (delimiter, other):
            for row in _first_rows(source, parted):
                has = {grid.normalise_heading(text) for text in row}
                lacking = [column for column in columns if grid.normalise_heading(column) not in has]
                found = len(columns) - len(lacking)
                if found > max(best, 1):
                    lacks = (
                        f"it lacks {', '.join(repr(column) for column in lacking)}"
                        if lacking
                        else f"it is parted by {parted!r}, not {delimiter!r}"
                    )
                    best, said = found, f"it is nearly {what}, but {lacks}."
    return said


def _first_rows(source: Source, delimiter: str) -> list[list[str]]:
    try:
        return [[cell.text for cell in row] for _, rows in grid.read_sheets(source, delimiter) for row in rows[:30]]
    except RefusedFileError:
        return []


def statements(source: Source, configuration: Configuration) -> list[Statement]:
    """Read the statements of a file, or of every file in a zip, and prove that they add up.

    Raises:
        RefusedFileError: with every mistake in it.

    """
    found: list[Statement] = []
    mistakes: list[Mistake] = []
    inside = read_members(source)
    for member in inside:
        try:
            found += _proven(member, configuration)
        except RefusedFileError as error:
            prefix = f"{member.name.rpartition('/')[2]}: " if len(inside) > 1 or member is not source else ""
            mistakes += [replace_place(mistake, prefix) for mistake in error.mistakes]
    if mistakes:
        raise RefusedFileError(mistakes)
    return found


def _proven(source: Source, configuration: Configuration) -> list[Statement]:
    known = recognise(source, configuration)
    if known not in STATEMENTS:
        raise refuse("", f"a {known.value} stands in a zip.", "unpack it, and import it alone.")
    try:
        read = read_one(source, known, configuration)
    except RefusedFileError:
        raise
    except Exception as error:  # a library may fail on what nobody foresaw: the other files of the run must not suffer
        what = f"it cannot be read ({type(error).__name__}: {error})."
        raise refuse("", what, "fetch it again; if it stays so, report it with the file.") from error
    wrong = continuity.prove(read)
    if wrong:
        raise RefusedFileError(wrong)
    return read


def read_one(source: Source, known: Format, configuration: Configuration) -> list[Statement]:
    """Read the statements of one file, unproven.

    Raises:
        RefusedFileError: with every mistake in it.

    """
    if known is Format.TABLE:
        declared = next(item for item in configuration.table if table.recognises(source, item))
        return table.read(source, declared)
    read: Callable[[Source], list[Statement]] = _READERS[known].read
    return read(source)


def replace_place(mistake: Mistake, prefix: str) -> Mistake:
    """Name the file in a zip in which a mistake is."""
    return mistake._replace(place=f"{prefix}{mistake.place}".rstrip(": ") if prefix else mistake.place)
