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
from app.import_report import counts, diff, facts, refusals, show
from app.officers import by_option, officer
from app.recording import refusing
from app.relations import Command
from importers.formats import STATEMENTS, Format
from importers.ground.configuration import Configuration, index_accounts
from importers.ground.refusal import RefusedFileError
from importers.plans.planning import OutcomeKind
from importers.run import run
from importers.session import Opened, Prepared, Refused, Wish, open_all, settings_of
from ledger.book.append import Appended
from ledger.book.loading import Book
from ledger.ground.money import parse_amount

_WARNINGS = 5
_FOR = {
    "--bank": ("bank", STATEMENTS, "bank statements"),
    "--opening": ("opening", STATEMENTS, "bank statements"),
    "--charges-for": ("charges_for", STATEMENTS, "bank statements"),
    "--currency": ("currencies", frozenset({Format.RATES}), "publications of rates"),
    "--encoding": ("encoding", frozenset(Format) - {Format.CAMT}, "files that do not say it themselves, as XML does"),
}
"""Words that are for files of some formats only, with the name of their parameter."""


@click.command(
    cls=Command,
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
    "--charges-for", metavar="PURPOSE", help="Purpose that bears bank charges (default: the fund as a whole)."
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
    charges_for: str | None,
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
    bears = form.read("--charges-for", charges_for, lambda slug: parts.purpose(loaded.fund, slug))
    form.close()
    wanted = tuple(currency.upper() for currency in currencies)
    wish = Wish(officer(loaded.fund, by), opening, account, expect_count, total, wanted, bears)
    try:
        settings = settings_of(loaded)
    except RefusedFileError as error:
        raise click.ClickException("\n".join(str(mistake) for mistake in error.mistakes)) from error
    with Console(stderr=True).status("Reading the files …"):
        opened, refused = open_all(files, settings, encoding)
    if not refused:
        _said_for_nothing(opened, settings)
    asking = not (dry_run or yes or as_json) and sys.stdin.isatty()
    with refusing(as_json=as_json), _bar(len(opened)) as progress:
        task = progress.add_task("", total=len(opened))

        def advance(name: str) -> None:
            progress.update(task, description=name, advance=1)

        if asking:
            planned, more, _ = run(loaded, opened, settings, wish, dry_run=True, advance=advance)
            progress.stop()
            show(planned)
            refusals([*refused, *more])
            if not any(item.entries for item, _ in planned):
                sys.exit(1 if refused or more else 0)
            click.confirm("Import this?", default=True, abort=True)
            progress.reset(task)
            progress.start()
        done, more, after = run(loaded, opened, settings, wish, dry_run=dry_run, advance=advance)
    refused += more
    if as_json:
        click.echo(json.dumps(facts(done, refused, dry_run=dry_run), ensure_ascii=False))
    else:
        _told(loaded, after, done, refused, dry_run=dry_run, shown=asking)
    sys.exit(1 if refused else 0)


def _said_for_nothing(opened: Sequence[Opened], settings: Configuration) -> None:
    """Refuse words that are for files of another kind than those that were given, or for an account that import.toml knows.

    Raises:
        click.UsageError: with all of them.

    """
    given, formats = click.get_current_context().params, {item.format for item in opened}
    wrong = [
        f"{word} is for {what}, and none was given: leave it out"
        for word, (name, kinds, what) in _FOR.items()
        if given[name] and not formats & kinds
    ]
    known = [index_accounts(settings).find(statement.numbers) for item in opened for statement in item.statements]
    if given["bank"] and known and None not in known:
        account = ", ".join(sorted({found.account for found in known if found is not None}))
        wrong.append(
            f"--bank {given['bank']} contradicts import.toml, which takes these statements to {account}: leave it out"
        )
    if wrong:
        raise click.UsageError("\n".join(wrong))


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
        show(done)
        refusals(refused)
    for prepared, appended in done:
        if dry_run and appended is not None:
            diff(prepared, appended)
        if appended is not None and appended.notice:
            click.echo(f"Note: {appended.notice}", err=True)
    fresh = [f for f in findings.fresh(before.findings, after.findings) if not f.open]
    findings.show(fresh[:_WARNINGS])
    if len(fresh) > _WARNINGS:
        click.echo(f"… and {len(fresh) - _WARNINGS} more of that kind: `vfund check` shows them all.")
    became = counts(done)
    written = sum(1 for prepared, _ in done if prepared.entries)
    if written or refused:
        word = "Dry run: nothing was written. It would import" if dry_run else "Imported"
        plural = "" if written == 1 else "s"
        click.echo(f"{word} {written} file{plural}" + f", refused {len(refused)}" * bool(refused) + ".")
    else:
        click.echo("Nothing new: the book has all of it.")
    if became:
        click.echo("  " + ", ".join(f"{number} {what}" for what, number in became.items()))
    if not dry_run:
        _next(became, sum(1 for f in after.findings if f.open))


def _next(became: Counter[str], waiting: int) -> None:
    """Say what there is to do next."""
    if became.get(OutcomeKind.PROPOSED.value) or became.get(OutcomeKind.UNCLAIMED.value):
        click.echo("Next: `vfund match` goes through what is not certain.")
    if waiting:
        points = "point waits" if waiting == 1 else "points wait"
        click.echo(f"{waiting} open {points} for documents or approval: `vfund pending`, `vfund evidence --missing`.")
