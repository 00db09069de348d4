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
PROPERTIES = ("Fund", "Quarter", "AsOf", "Basis", "Language", "Symbol", "LedgerSHA256")


class ForeignWorkbookError(VfundError):
    """The file is no workbook of this program; the message says what it lacks."""


@dataclass(frozen=True, slots=True)
class ReportIdentity:
    """What a workbook says that it is."""

    fund: str
    quarter: str
    as_of: str
    basis: str
    language: str
    symbol: str
    digest: str


def read_scope(content: bytes) -> ReportIdentity:
    """Read what a workbook says that it is.

    Raises:
        ForeignWorkbookError: when it is no workbook, or does not say.

    """
    properties = {prop.name: str(prop.value or "") for prop in _open_workbook(content).custom_doc_props.props}
    lacking = [name for name in PROPERTIES if name not in properties]
    if lacking:
        raise ForeignWorkbookError(f"its properties lack {', '.join(lacking)}: it was not written by `vfund export`")
    _validate(properties)
    return ReportIdentity(*(properties[name] for name in PROPERTIES))


def _validate(properties: dict[str, str]) -> None:
    """Refuse properties that somebody wrote by hand."""
    try:
        date.fromisoformat(properties["AsOf"])
        Quarter.parse(properties["Quarter"])
        Basis(properties["Basis"])
        LANGUAGES[properties["Language"]]
    except (ValueError, KeyError) as error:
        raise ForeignWorkbookError(
            f"its properties make no sense ({error}): they were changed after `vfund export`"
        ) from error


def differences(workbook: bytes, original_workbook: bytes) -> list[Difference]:
    """Return the cells that differ, in a formula or in a value, in the order of the sheets and rows."""
    wrong = []
    for data_only in (False, True):
        ours, theirs = (
            _cells(_open_workbook(workbook, data_only=data_only)),
            _cells(_open_workbook(original_workbook, data_only=data_only)),
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
