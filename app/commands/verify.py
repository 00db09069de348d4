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
from app.language import say, translate
from app.output import scope_of
from ledger.acts.relations import excludes
from ledger.ground.phrases import N_, text_of

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
        text = N_("{file}: only .xlsx and .json can be built again; for others: sha256sum --check")
        raise click.UsageError(say(text, file=str(file)))

    def rebuild(about: "ReportIdentity") -> "Document":
        if evidence is None:
            return _from_book(about, book)
        try:
            return json_file.read(_content(evidence))
        except json_file.InvalidReportError as error:
            raise click.ClickException(
                say(
                    "{file} (--evidence) is no report as JSON: give the .json that came with the file ({reason})",
                    file=str(evidence),
                    reason=text_of(error),
                )
            ) from error

    check = verify_json if file.suffix.lower() == ".json" else verify_workbook
    try:
        with Console(stderr=True).status(say("Building the report again …")):
            verdict = check(_content(file), rebuild)
    except (ForeignWorkbookError, ReportMismatchError, json_file.InvalidReportError) as error:
        raise click.ClickException(f"{file}: {translate(text_of(error))}") from error
    if as_json:
        click.echo(json.dumps(_plain(file, verdict), ensure_ascii=False))
    else:
        _tell(file, verdict)
    sys.exit(0 if verdict.equal else 1)


def _content(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST:
        text = N_("{path} is larger than {number} MB; a report is not")
        raise click.ClickException(say(text, path=str(path), number=_LARGEST // 1024 // 1024))
    return path.read_bytes()


def _from_book(about: "ReportIdentity", book: str | None) -> "Document":
    from reports.document import document  # noqa: PLC0415
    from reports.report import report  # noqa: PLC0415

    scope = scope_of(about.quarter, about.as_of, about.basis, about.language, about.symbol)
    return document(report(read_to_show(book, scope.as_of), scope))


def _tell(file: Path, verdict: "Verdict") -> None:
    if verdict.digest != verdict.now:
        text = N_("The book has changed since: its digest was {before}, and is {now}.")
        click.echo(say(text, before=verdict.digest, now=verdict.now))
    if verdict.equal:
        click.echo(say("{file}: equal, byte for byte.", file=str(file)))
    elif not verdict.differences:
        click.echo(
            say(
                "{file}: every figure and text is the same, but it is not the file that was exported: it was saved again, and its "
                "formats, charts and headers may differ. Ask for the file as it was exported.",
                file=str(file),
            )
        )
    else:
        number = len(verdict.differences)
        text = N_("{file}: {number} value differs.") if number == 1 else N_("{file}: {number} values differ.")
        click.echo(say(text, file=str(file), number=number))
        _list(verdict.differences)
    if verdict.formulas:
        wrong = verdict.miscalculated
        if wrong:
            text = N_("An independent engine calculated {formulas} formulas: {wrong} otherwise than they stand in it.")
            click.echo(say(text, formulas=verdict.formulas, wrong=len(wrong)))
        else:
            text = N_("An independent engine calculated {formulas} formulas: all as they stand in it.")
            click.echo(say(text, formulas=verdict.formulas))
        _list(wrong)


def _list(cells: "Sequence[Difference]") -> None:
    for item in cells[:SHOWN]:
        nothing = N_("nothing")
        text = N_("{place}: the file has {value}, expected is {expected}")
        place = f"{item.sheet}!{item.place}"
        click.echo("  " + say(text, place=place, value=item.found or nothing, expected=item.expected or nothing))
    if len(cells) > SHOWN:
        click.echo("  " + say("… and {number} more; --json lists them all.", number=len(cells) - SHOWN))


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
