"""Which formats there are, and what a file in one of them holds."""

from collections.abc import Iterator
from shlex import quote
from typing import Any

from importers.formats import bai2, camt, expenditure, mt940, ofx, rates, register, table
from importers.ground import continuity, grid
from importers.ground.configuration import Configuration
from importers.ground.files import Source, read_head, read_members
from importers.ground.format import Format
from importers.ground.records import BankStatements, Records
from importers.ground.refusal import Mistake, RefusedFileError, refuse

FORMATS: tuple[Format[Any], ...] = (
    camt.FORMAT,
    mt940.FORMAT,
    bai2.FORMAT,
    ofx.FORMAT,
    rates.FORMAT,
    register.FORMAT,
    expenditure.FORMAT,
    table.FORMAT,
)
"""Every format, in the order in which a file is offered to them: tables, which are told by headings, stand last."""


def open_file(source: Source, configuration: Configuration) -> tuple[Format[Any], Records]:
    """Return the format of a file and what it holds, statements proven.

    A zip holds the statements of all its files, and is in the format of the first.

    Raises:
        RefusedFileError: with every mistake in it.

    """
    members = read_members(source)
    if members == [source]:
        return _open_proven(source, configuration)
    opened: list[tuple[Format[Any], BankStatements]] = []
    mistakes: list[Mistake] = []
    names: list[str] = []
    for member in members:
        try:
            opened.append(_open_member(member, configuration))
            names.append(opened[-1][0].name)
        except RefusedFileError as error:
            names.append(error.format)
            prefix = f"{member.name.rpartition('/')[2]}: "
            mistakes += [mistake._replace(place=f"{prefix}{mistake.place}".rstrip(": ")) for mistake in error.mistakes]
    if mistakes:
        raise RefusedFileError(mistakes, names[0])
    return opened[0][0], BankStatements(tuple(s for _, records in opened for s in records.statements))


def _open_member(member: Source, configuration: Configuration) -> tuple[Format[Any], BankStatements]:
    known, records = _open_proven(member, configuration)
    if not isinstance(records, BankStatements):
        raise refuse("", f"a {known.name} stands in a zip.", "unpack it, and import it alone.")
    return known, records


def _open_proven(source: Source, configuration: Configuration) -> tuple[Format[Any], Records]:
    known, records = recognise(source, configuration)
    mistakes = continuity.prove(records.statements) if isinstance(records, BankStatements) else []
    if mistakes:
        raise RefusedFileError(mistakes, known.name)
    return known, records


def recognise(source: Source, configuration: Configuration) -> tuple[Format[Any], Records]:
    """Return the format of a file (not of a zip), told by its content alone, and what it holds, unproven.

    Raises:
        RefusedFileError: with every mistake in it, or when it is in no format.

    """
    for known in FORMATS:
        try:
            records = known.open(source, configuration)
        except RefusedFileError as error:
            raise RefusedFileError(error.mistakes, known.name) from error
        except (
            Exception
        ) as error:  # a library may fail on what nobody foresaw: the other files of the run must not suffer
            what = f"it cannot be read ({type(error).__name__}: {error})."
            mistake = Mistake("", what, "fetch it again; if it stays so, report it with the file.")
            raise RefusedFileError([mistake], known.name) from error
        if records is not None:
            return known, records
    if read_head(source).startswith(b"!Type:"):
        what = "it is QIF, which states neither currency nor balances: nothing proves that it is whole."
        raise refuse(
            "", what, "ask the bank for camt.053, MT940, BAI2 or OFX, or for a CSV with the balance after each line."
        )
    grid.read_sheets(source, grid.guess_delimiter(source))  # what cannot be read as text at all is refused for that
    near = _find_nearest(source, configuration)
    if near:
        raise refuse("", near, "correct the headings in the file, or in import.toml (docs/formats.md has every key).")
    *most, last = (known.wording for known in FORMATS)
    raise refuse(
        "",
        f"it is in no format that is known: {', '.join(most)}, or {last}.",
        f"where it is a bank's table, `vfund bank {quote(source.name)}` learns it; or ask the bank for camt.053.",
    )


def _find_nearest(source: Source, configuration: Configuration) -> str:
    """Return in words which table a file nearly is, and what it lacks; empty when it is like none.

    Two thirds of its headings must be there: a bank's own table has a date and an amount too. Where two are as
    near, the one that is recognised later says more: what import.toml declares stands last.
    """
    most, nearest = 1, ""
    for name, columns, delimiter in (h for known in reversed(FORMATS) for h in known.headings(configuration)):
        for mark in (delimiter, ";" if delimiter == "," else ","):
            for row in _first_rows(source, mark):
                headings = {grid.normalise_heading(text) for text in row}
                missing = [column for column in columns if grid.normalise_heading(column) not in headings]
                if len(columns) - len(missing) > most and 3 * len(missing) <= len(columns):
                    most = len(columns) - len(missing)
                    lack = f"it lacks {', '.join(map(repr, missing))}"
                    nearest = f"it is nearly {name}, but {lack if missing else f'it is parted by {mark!r}, not {delimiter!r}'}."
    return nearest


def _first_rows(source: Source, delimiter: str) -> Iterator[list[str]]:
    try:
        sheets = grid.read_sheets(source, delimiter)
    except RefusedFileError:
        return
    for _, rows in sheets:
        for row in rows[:30]:
            yield [cell.text for cell in row]
