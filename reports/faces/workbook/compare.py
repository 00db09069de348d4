"""Hold a workbook against the one that it should be, cell by cell; and read from its properties which one that is."""

import zipfile
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from ledger.ground.periods import Quarter
from reports.faces.workbook.recalculate import Difference, same, told
from reports.scope import Basis
from reports.words import LANGUAGES

LARGEST = 512 * 1024 * 1024
ASKED = ("Fund", "Quarter", "AsOf", "Basis", "Language", "Symbol", "LedgerSHA256")


class NotOursError(Exception):
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


def asked(content: bytes) -> Asked:
    """Read what a workbook says that it is.

    Raises:
        NotOursError: when it is no workbook, or does not say.

    """
    told = {prop.name: str(prop.value or "") for prop in _opened(content).custom_doc_props.props}
    lacking = [name for name in ASKED if name not in told]
    if lacking:
        raise NotOursError(f"its properties lack {', '.join(lacking)}: it was not written by `vfund export`")
    _sensible(told)
    return Asked(*(told[name] for name in ASKED))


def _sensible(told: dict[str, str]) -> None:
    """Refuse properties that somebody wrote by hand."""
    try:
        date.fromisoformat(told["AsOf"])
        Quarter.parse(told["Quarter"])
        Basis(told["Basis"])
        LANGUAGES[told["Language"]]
    except (ValueError, KeyError) as error:
        raise NotOursError(f"its properties make no sense ({error}): they were changed after `vfund export`") from error


def differences(found: bytes, expected: bytes) -> list[Difference]:
    """Return the cells that differ, in a formula or in a value, in the order of the sheets and rows."""
    wrong = []
    for data_only in (False, True):
        ours, theirs = _cells(_opened(found, data_only=data_only)), _cells(_opened(expected, data_only=data_only))
        for sheet, place in dict.fromkeys([*theirs, *ours]):
            one, other = ours.get((sheet, place)), theirs.get((sheet, place))
            if not same(one, other):
                wrong.append(Difference(sheet, place, told(one), told(other)))
    return list(dict.fromkeys(wrong))


def _opened(content: bytes, *, data_only: bool = False) -> Workbook:
    try:
        size = sum(part.file_size for part in zipfile.ZipFile(BytesIO(content)).infolist())
        book = load_workbook(BytesIO(content), data_only=data_only) if size <= LARGEST else None
    except Exception as error:
        raise NotOursError("it is no Excel workbook, or a damaged one") from error
    if book is None:
        raise NotOursError(f"it unpacks to more than {LARGEST // 1024 // 1024} MB; a report does not")
    return book


def _cells(book: Workbook) -> dict[tuple[str, str], Any]:
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
