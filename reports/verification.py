"""Verify a report that was sent out.

Build it again from the book or from its evidence, and name every cell that differs.

An independent engine calculates every formula of a workbook besides, so that a figure is not only what this program
wrote but what its formula gives.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ledger.ground.errors import VfundError
from reports.document import Document
from reports.faces import json_compare, json_file
from reports.faces.workbook.build import build
from reports.faces.workbook.compare import ReportIdentity, differences, read_scope
from reports.faces.workbook.recalculate import Difference, recalculate


class ReportMismatchError(VfundError):
    """What a file is held against is the report of something else."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found. `digest` is that in the file, `now` that of what it was held against.

    Only what is `equal`, byte for byte, is the report.
    """

    equal: bool
    digest: str
    now: str
    differences: tuple[Difference, ...]
    formulas: int
    miscalculated: tuple[Difference, ...]


def verify_workbook(content: bytes, rebuild: Callable[[ReportIdentity], Document]) -> Verdict:
    """Verify a workbook; `rebuild` gives the document that it says it is.

    Raises:
        ForeignWorkbookError: when the file is no workbook of this program.
        ReportMismatchError: when the document is of another fund, quarter, day, basis or language.

    """
    about = read_scope(content)
    expected = rebuild(about)
    _same(about, expected)
    again = build(expected)
    result = () if again == content else tuple(differences(content, again))
    count, wrong = recalculate(content)
    return Verdict(again == content, about.digest, expected.digest, result, count, tuple(wrong))


def verify_json(content: bytes, rebuild: Callable[[ReportIdentity], Document]) -> Verdict:
    """Verify a report as JSON; every value that differs is named by its place in the file.

    Raises:
        InvalidReportError: when the file is no report of this program.
        ReportMismatchError: when the document is of another fund, quarter, day, basis or language.

    """
    result = json_file.read(content)
    about = ReportIdentity(
        result.code, result.quarter, str(result.as_of), result.basis, result.language, result.symbol, result.digest
    )
    expected = rebuild(about)
    _same(about, expected)
    again = json_file.write(expected)
    values = () if again == content else tuple(Difference(*item) for item in json_compare.differences(content, again))
    return Verdict(again == content, result.digest, expected.digest, values, 0, ())


def _same(about: ReportIdentity, expected: Document) -> None:
    """Refuse to hold a report against that of another fund, quarter, day, basis or language."""
    pairs = (
        ("fund", about.fund, expected.code),
        ("quarter", about.quarter, expected.quarter),
        ("day", about.as_of, str(expected.as_of)),
        ("basis", about.basis, expected.basis),
        ("language", about.language, expected.language),
    )
    for what, one, other in pairs:
        if one != other:
            raise ReportMismatchError(f"it is of the {what} {one}, and what it is held against of the {what} {other}")
