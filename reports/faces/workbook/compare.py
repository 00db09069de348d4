"""Hold a workbook against the one that it should be, cell by cell; and read from its properties which one that is."""

import zipfile
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from ledger.ground.errors import VfundError
from ledger.ground.periods import Quarter
from reports.faces.workbook.recalculate import Difference, same, write_value
from reports.scope import Basis
from reports.translation import LANGUAGES

LARGEST = 512 * 1024 * 1024
ASKED = ("Fund", "Quarter", "AsOf", "Basis", "Language", "Symbol", "LedgerSHA256")


class ForeignWorkbookError(VfundError):
    """The file is no workbook of this program; the message says what it lacks."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a workbook says that it is."""

    fund: str
    quarter: str
    as_of: str
    basis: str
    language: str
    symbol: str
    digest: str


def read_scope(content: bytes) -> Asked:
    """Read what a workbook says that it is.

    Raises:
        ForeignWorkbookError: when it is no workbook, or does not say.

    """
    write_value = {prop.name: str(prop.value or "") for prop in _open_workbook(content).custom_doc_props.props}
    lacking = [name for name in ASKED if name not in write_value]
    if lacking:
        raise ForeignWorkbookError(f"its properties lack {', '.join(lacking)}: it was not written by `vfund export`")
    _sensible(write_value)
    return Asked(*(write_value[name] for name in ASKED))


def _sensible(write_value: dict[str, str]) -> None:
    """Refuse properties that somebody wrote by hand."""
    try:
        date.fromisoformat(write_value["AsOf"])
        Quarter.parse(write_value["Quarter"])
        Basis(write_value["Basis"])
        LANGUAGES[write_value["Language"]]
    except (ValueError, KeyError) as error:
        raise ForeignWorkbookError(
            f"its properties make no sense ({error}): they were changed after `vfund export`"
        ) from error


def differences(found: bytes, expected: bytes) -> list[Difference]:
    """Return the cells that differ, in a formula or in a value, in the order of the sheets and rows."""
    wrong = []
    for data_only in (False, True):
        ours, theirs = (
            _cells(_open_workbook(found, data_only=data_only)),
            _cells(_open_workbook(expected, data_only=data_only)),
        )
        for sheet, place in dict.fromkeys([*theirs, *ours]):
            one, other = ours.get((sheet, place)), theirs.get((sheet, place))
            if not same(one, other):
                wrong.append(Difference(sheet, place, write_value(one), write_value(other)))
    return list(dict.fromkeys(wrong))


def _open_workbook(content: bytes, *, data_only: bool = False) -> Workbook:
    try:
        size = sum(part.file_size for part in zipfile.ZipFile(BytesIO(content)).infolist())
        book = load_workbook(BytesIO(content), data_only=data_only) if size <= LARGEST else None
    except Exception as error:
        raise ForeignWorkbookError("it is no Excel workbook, or a damaged one") from error
    if book is None:
        raise ForeignWorkbookError(f"it unpacks to more than {LARGEST // 1024 // 1024} MB; a report does not")
    return book


def _cells(book: Workbook) -> dict[tuple[str, str], Any]:
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
