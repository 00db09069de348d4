"""`vfund verify`: hold an exported report against the book, or against the JSON that came with it."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from app.books import book_option, json_option, read_to_show
from app.command import Command
from app.output import scope_of
from ledger.acts.relations import excludes

if TYPE_CHECKING:
    from reports.document import Document
    from reports.faces.workbook.compare import ReportIdentity
    from reports.faces.workbook.recalculate import Difference
    from reports.verification import Verdict

SHOWN = 40
_LARGEST = 256 * 1024 * 1024


@click.command(
    cls=Command,
    relations=(excludes("--evidence", "--book"),),
    epilog="Examples: vfund verify EXAMPLE-IACHR-2016-Q3.xlsx · vfund verify 2016-Q3.xlsx --evidence 2016-Q3.json",
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--evidence",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="JSON",
    help="Build it from the JSON of the same report, where the book is not at hand.",
)
@json_option
@book_option
def command(file: Path, evidence: Path | None, book: str | None, *, as_json: bool) -> None:
    """Build the report in FILE (.xlsx or .json) again from the book, and say that it is equal, or each cell that differs.

    Every formula of a workbook is calculated by an independent engine too. Exit code 0: equal; 1: something differs.
    """
    from reports.faces import json_file  # noqa: PLC0415 - the engines load only for this
    from reports.faces.workbook.compare import ForeignWorkbookError  # noqa: PLC0415
    from reports.verification import ReportMismatchError, verify_json, verify_workbook  # noqa: PLC0415

    if file.suffix.lower() not in {".json", ".xlsx"}:
        raise click.UsageError(f"{file}: only .xlsx and .json can be built again; for others: sha256sum --check")

    def rebuild(about: "ReportIdentity") -> "Document":
        if evidence is None:
            return _from_book(about, book)
        try:
            return json_file.read(_content(evidence))
        except json_file.InvalidReportError as error:
            raise click.ClickException(
                f"{evidence} (--evidence) is no report as JSON: give the .json that came with the file ({error})"
            ) from error

    check = verify_json if file.suffix.lower() == ".json" else verify_workbook
    try:
        with Console(stderr=True).status("Building the report again …"):
            verdict = check(_content(file), rebuild)
    except (ForeignWorkbookError, ReportMismatchError, json_file.InvalidReportError) as error:
        raise click.ClickException(f"{file}: {error}") from error
    if as_json:
        click.echo(json.dumps(_plain(file, verdict), ensure_ascii=False))
    else:
        _tell(file, verdict)
    sys.exit(0 if verdict.equal else 1)


def _content(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST:
        raise click.ClickException(f"{path} is larger than {_LARGEST // 1024 // 1024} MB; a report is not")
    return path.read_bytes()


def _from_book(about: "ReportIdentity", book: str | None) -> "Document":
    from reports.document import document  # noqa: PLC0415
    from reports.report import report  # noqa: PLC0415

    scope = scope_of(about.quarter, about.as_of, about.basis, about.language, about.symbol)
    return document(report(read_to_show(book, scope.as_of), scope))


def _tell(file: Path, verdict: "Verdict") -> None:
    if verdict.digest != verdict.now:
        click.echo(f"The book has changed since: its digest was {verdict.digest}, and is {verdict.now}.")
    if verdict.equal:
        click.echo(f"{file}: equal, byte for byte.")
    elif not verdict.differences:
        click.echo(
            f"{file}: every figure and text is the same, but it is not the file that was exported: it was saved again, and its "
            "formats, charts and headers may differ. Ask for the file as it was exported."
        )
    else:
        one = len(verdict.differences) == 1
        click.echo(f"{file}: {len(verdict.differences)} value{' differs' if one else 's differ'}.")
        _list(verdict.differences)
    if verdict.formulas:
        wrong = verdict.miscalculated
        agreed = f"{len(wrong)} otherwise than they stand in it" if wrong else "all as they stand in it"
        click.echo(f"An independent engine calculated {verdict.formulas} formulas: {agreed}.")
        _list(wrong)


def _list(cells: "Sequence[Difference]") -> None:
    for item in cells[:SHOWN]:
        found, expected = item.found or "nothing", item.expected or "nothing"
        click.echo(f"  {item.sheet}!{item.place}: the file has {found}, expected is {expected}")
    if len(cells) > SHOWN:
        click.echo(f"  … and {len(cells) - SHOWN} more; --json lists them all.")


def _plain(file: Path, verdict: "Verdict") -> dict[str, object]:
    def cells(found: "Sequence[Difference]") -> list[dict[str, str]]:
        return [{"sheet": x.sheet, "cell": x.place, "file": x.found, "expected": x.expected} for x in found]

    return {
        "file": str(file),
        "equal": verdict.equal,
        "digest": verdict.digest,
        "digest-now": verdict.now,
        "differences": cells(verdict.differences),
        "formulas": verdict.formulas,
        "miscalculated": cells(verdict.miscalculated),
    }
