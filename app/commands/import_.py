"""`vfund import`: bring bank statements, pledge registers, rates and expenditure into the book."""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from app import findings, parts
from app.asking import Form
from app.books import book_option, json_option, read
from app.importing import Prepared, Refused, Wish, open_all, run, settings_of
from app.officers import by_option, officer
from app.recording import new_findings, refusing
from app.tables import print_table, table
from importers.planning import Outcome, What
from importers.refusal import RefusedFileError
from ledger.append import Appended
from ledger.loading import Book
from ledger.money import parse_amount, show_number
from ledger.render import render

_SHOWN = 40
_QUIET = frozenset({What.KNOWN})


@click.command(
    name="import",
    epilog="Examples: vfund import statement.xml · vfund import --dry-run 2026/*.sta · vfund import pledges.xlsx --expect-count 12",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--dry-run", is_flag=True, help="Show what would be added, as a diff; write nothing.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask before writing.")
@click.option("--opening", is_flag=True, help="Take the opening balance of an account's first statement into the book.")
@click.option("--bank", metavar="ACCOUNT", help="Account of the book for statements that import.toml does not know.")
@click.option("--expect-count", type=int, metavar="NUMBER", help="Refuse a file that has not this many lines.")
@click.option(
    "--expect-total", metavar="AMOUNT", help="Refuse a file whose lines are not this in all, such as '1200 USD'."
)
@click.option(
    "--currency", "currencies", multiple=True, metavar="EUR", help="Take the rate of this currency too (repeat it)."
)
@click.option(
    "--encoding", metavar="NAME", help="How the text of the files is encoded (default: UTF-8, else Windows-1252)."
)
@by_option
@json_option
@book_option
def command(
    files: tuple[Path, ...],
    bank: str | None,
    expect_count: int | None,
    expect_total: str | None,
    currencies: tuple[str, ...],
    encoding: str | None,
    by: str | None,
    book: str | None,
    *,
    dry_run: bool,
    yes: bool,
    opening: bool,
    as_json: bool,
) -> None:
    """Import bank statements (camt, MT940/942, BAI2, OFX, CSV, XLSX, zipped too), pledge registers, UN rates and expenditure.

    A payment that is certain becomes a receipt; one that may be somebody's waits as an unclaimed receipt for `vfund match`. Importing twice adds nothing. A
    file that does not add up is refused, with the sum; the others are imported.
    """
    loaded = read(book)
    form = Form()
    total = form.read("--expect-total", expect_total, lambda text: parse_amount(text.lstrip("-")))
    if total is not None and expect_total and expect_total.strip().startswith("-"):
        total = total._replace(number=-total.number)
    account = form.read("--bank", bank, lambda text: parts.bank(loaded.fund, text))
    form.close()
    wish = Wish(officer(loaded.fund, by), opening, account, expect_count, total, tuple(c.upper() for c in currencies))
    try:
        settings = settings_of(loaded)
    except RefusedFileError as error:
        raise click.ClickException("\n".join(str(mistake) for mistake in error.mistakes)) from error
    with Console(stderr=True).status("Reading the files …"):
        opened, refused = open_all(files, settings, encoding)
    asking = not (dry_run or yes or as_json) and sys.stdin.isatty()
    with refusing(as_json=as_json), _bar(len(opened)) as progress:
        task = progress.add_task("", total=len(opened))

        def advance(name: str) -> None:
            progress.update(task, description=name, advance=1)

        if asking:
            planned, more, _ = run(loaded, opened, settings, wish, dry_run=True, advance=advance)
            progress.stop()
            _show(planned)
            _refusals([*refused, *more])
            if not any(item.entries for item, _ in planned):
                sys.exit(1 if refused or more else 0)
            click.confirm("Import this?", default=True, abort=True)
            progress.reset(task)
            progress.start()
        done, more, after = run(loaded, opened, settings, wish, dry_run=dry_run, advance=advance)
    refused += more
    if as_json:
        click.echo(json.dumps(_facts(done, refused, dry_run=dry_run), ensure_ascii=False))
    else:
        _told(loaded, after, done, refused, dry_run=dry_run, shown=asking)
    sys.exit(1 if refused else 0)


def _bar(number: int) -> Progress:
    """Give a bar on the terminal's error stream; nothing is drawn where that is no terminal, or where there is little to wait for."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal or not number)


def _told(
    before: Book,
    after: Book,
    done: Sequence[tuple[Prepared, Appended | None]],
    refused: Sequence[Refused],
    *,
    dry_run: bool,
    shown: bool,
) -> None:
    """Say what was imported, what is new to look at, and what to do next."""
    if not shown:
        _show(done)
        _refusals(refused)
    if dry_run:
        for prepared, appended in done:
            if appended is not None:
                _diff(prepared, appended)
    for _, appended in done:
        if appended is not None and appended.notice:
            click.echo(f"Note: {appended.notice}", err=True)
    fresh = [f for f in new_findings(before.findings, after.findings) if not f.open]
    findings.show(fresh)
    waiting = sum(1 for f in after.findings if f.open)
    written = sum(1 for prepared, _ in done if prepared.entries)
    word = "Dry run: nothing was written. It would import" if dry_run else "Imported"
    click.echo(
        f"{word} {written} file{'' if written == 1 else 's'}" + f", refused {len(refused)}" * bool(refused) + "."
    )
    counts = _counts(done)
    if counts:
        click.echo("  " + ", ".join(f"{number} {what}" for what, number in counts.items()))
    if not dry_run and (counts.get(What.PROPOSED.value) or counts.get(What.UNCLAIMED.value)):
        click.echo("Next: `vfund match` goes through what is not certain.")
    if not dry_run and waiting:
        click.echo(
            f"{waiting} open points wait for documents or approval: `vfund pending`, `vfund evidence --missing`."
        )


def _counts(done: Sequence[tuple[Prepared, Appended | None]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for prepared, _ in done:
        for what, number in prepared.counted:
            counts[what] += number
    return +counts


def _show(done: Sequence[tuple[Prepared, Appended | None]]) -> None:
    """Show every line that is new, with what it was taken for and why."""
    for prepared, _ in done:
        click.echo(click.style(f"{prepared.opened.path.name}  ({prepared.opened.format.value})", bold=True))
        shown = [outcome for outcome in prepared.outcomes if outcome.what not in _QUIET]
        if shown:
            rows = table("Date", "Payer or text", "What", "Taken for", "Amount", text=4)
            for outcome in shown[:_SHOWN]:
                line = outcome.line
                amount = f"{show_number(line.number)} {line.currency}"
                rows.add_row(
                    str(line.day), (line.party.name or line.text)[:40], outcome.what.value, _taken(outcome), amount
                )
            print_table(rows)
            if len(shown) > _SHOWN:
                click.echo(f"  … and {len(shown) - _SHOWN} more lines (--json has them all)")
        counted = ", ".join(f"{number} {what}" for what, number in prepared.counted if number)
        click.echo(f"  {counted or 'nothing new'}")
        for note in prepared.notes:
            click.echo(f"  {note}")


def _taken(outcome: Outcome) -> str:
    """Say what a line was taken for, with its score."""
    match = outcome.match
    if match is None:
        return outcome.remark[:60]
    labels = ", ".join(take.instalment.label for take in match.takes) or match.donor
    return f"{labels} ({match.score})" + f": {outcome.remark}"[:60] * bool(outcome.remark)


def _diff(prepared: Prepared, appended: Appended) -> None:
    """Show the lines that the book would gain."""
    click.echo(f"+++ {findings.relative(str(appended.target))}  (from {prepared.opened.path.name})")
    for line in render(prepared.entries).splitlines():
        click.secho(f"+{line}", fg="green")


def _refusals(refused: Sequence[Refused]) -> None:
    for item in refused:
        click.echo(f"{click.style('refused', fg='red', bold=True)} {item.path}", err=True)
        for mistake in item.mistakes:
            click.echo(f"  {mistake}", err=True)
        findings.show(item.findings, err=True)


def _facts(
    done: Sequence[tuple[Prepared, Appended | None]], refused: Sequence[Refused], *, dry_run: bool
) -> dict[str, object]:
    return {
        "imported": not dry_run,
        "files": [
            {
                "file": str(prepared.opened.path),
                "format": prepared.opened.format.value,
                "sha256": prepared.opened.source.sha256,
                "counts": dict(prepared.counted),
                "commit": appended.commit if appended else "",
                "lines": [_line(outcome) for outcome in prepared.outcomes],
            }
            for prepared, appended in done
        ],
        "refused": [
            {
                "file": str(item.path),
                "mistakes": [mistake._asdict() for mistake in item.mistakes],
                "findings": [findings.as_data(finding) for finding in item.findings],
            }
            for item in refused
        ],
    }


def _line(outcome: Outcome) -> dict[str, object]:
    line, match = outcome.line, outcome.match
    return {
        "place": line.place,
        "date": str(line.day),
        "amount": str(line.number),
        "currency": line.currency,
        "payer": line.party.name,
        "text": line.text,
        "reference": line.reference,
        "account": outcome.bank,
        "what": outcome.what.value,
        "donor": match.donor if match else "",
        "settles": [take.instalment.label for take in match.takes] if match else [],
        "score": match.score if match else 0,
        "reasons": list(match.reasons) if match else [],
        "remark": outcome.remark,
    }
