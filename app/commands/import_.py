"""`vfund import`: bring bank statements, pledge registers, rates and expenditure into the book."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import click
from beancount.core.amount import Amount
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from app import findings
from app.books import book_option, json_option, read
from app.command import Command
from app.import_report import counts, describe_counts, diff, facts, refusals, show
from app.language import confirm, say
from app.officers import by_option, officer
from app.reading import OptionReader
from app.recording import refusing
from importers.formats.rates import Publication
from importers.ground import configuration
from importers.ground.configuration import Banks, index_accounts
from importers.ground.records import BankStatements
from importers.ground.refusal import RefusedFileError
from importers.plans.plan import ImportOptions, OutcomeKind
from importers.session import Import, OpenedFile, RefusedFile, import_files, open_files
from ledger.acts.values import find_bank, find_purpose
from ledger.book.loading import Book
from ledger.ground.findings import new_findings
from ledger.ground.phrases import N_, Text
from ledger.ground.values import parse_amount

_WARNINGS = 5


def _holds_statements(file: OpenedFile) -> bool:
    return isinstance(file.records, BankStatements)


_FOR: dict[str, tuple[str, Callable[[OpenedFile], bool], Text]] = {
    "--bank": ("bank", _holds_statements, N_("bank statements")),
    "--closing": ("closing", _holds_statements, N_("bank statements")),
    "--opening": ("opening", _holds_statements, N_("bank statements")),
    "--charges-for": ("charges_for", _holds_statements, N_("bank statements")),
    "--currency": ("currencies", lambda file: isinstance(file.records, Publication), N_("publications of rates")),
    "--encoding": (
        "encoding",
        lambda file: not file.format.states_encoding,
        N_("files that do not say it themselves, as XML does"),
    ),
}
"""Words that are for some files only, with the name of their parameter."""


@click.command(
    cls=Command,
    name="import",
    epilog="Examples: vfund import statement.xml · vfund import --dry-run 2026/*.sta · vfund import pledges.xlsx --expect-count 12",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--dry-run", is_flag=True, help="Show what would be added, as a diff; write nothing.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask before writing.")
@click.option("--opening", is_flag=True, help="Take the opening balance of an account's first statement into the book.")
@click.option("--bank", metavar="ACCOUNT", help="Account of the book for statements of a number that is not known.")
@click.option("--expect-count", type=int, metavar="NUMBER", help="Refuse a file that has not this many lines.")
@click.option(
    "--expect-total", metavar="AMOUNT", help="Refuse a file whose lines are not this in all, such as '1200 USD'."
)
@click.option(
    "--closing",
    metavar="AMOUNT",
    help="Balance after the last line of a statement that states none, such as '1200 USD', as the bank shows it.",
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
    closing: str | None,
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

    A payment that is certain becomes a receipt; one that may be somebody's waits as an unclaimed receipt for `vfund
    match`. Importing twice adds nothing. A file that does not add up is refused, with the sum; the others are imported.
    """
    loaded = read(book)
    reader = OptionReader()
    total = reader.read("--expect-total", expect_total, _signed_amount)
    ends_with = reader.read("--closing", closing, _signed_amount)
    account = reader.read("--bank", bank, lambda text: find_bank(loaded.fund, text))
    bears = reader.read("--charges-for", charges_for, lambda slug: find_purpose(loaded.fund, slug))
    reader.close()
    more_currencies = tuple(currency.upper() for currency in currencies)
    options = ImportOptions(
        officer(loaded.fund, by), opening, account, expect_count, total, ends_with, more_currencies, bears
    )
    try:
        settings = configuration.read(loaded.path)
        banks = index_accounts(settings, loaded.fund)
    except RefusedFileError as error:
        raise click.ClickException("\n".join(str(mistake) for mistake in error.mistakes)) from error
    with Console(stderr=True).status(say("Reading the files …")):
        opened, refused = open_files(files, settings, encoding)
    if not refused:
        _refuse_needless_options(opened, banks)
    asking = not (dry_run or yes or as_json) and sys.stdin.isatty()
    with refusing(as_json=as_json), _bar(len(opened)) as progress:
        task = progress.add_task("", total=len(opened))

        def advance(name: str) -> None:
            progress.update(task, description=name, advance=1)

        if asking:
            planned = import_files(loaded, opened, settings, options, dry_run=True, advance=advance)
            progress.stop()
            show(planned.imported)
            refusals([*refused, *planned.refused])
            if not any(item.plan.entries for item in planned.imported):
                sys.exit(1 if refused or planned.refused else 0)
            confirm(N_("Import this?"), default=True, abort=True)
            progress.reset(task)
            progress.start()
        outcome = import_files(loaded, opened, settings, options, dry_run=dry_run, advance=advance)
    refused += outcome.refused
    if as_json:
        click.echo(json.dumps(facts(outcome.imported, refused, dry_run=dry_run), ensure_ascii=False))
    else:
        _report(loaded, outcome, refused, dry_run=dry_run, shown=asking)
    sys.exit(1 if refused else 0)


def _signed_amount(text: str) -> Amount:
    """Read an amount that may be below nothing."""
    amount = parse_amount(text.strip().lstrip("-"))
    return amount._replace(number=-amount.number) if text.strip().startswith("-") else amount


def _refuse_needless_options(opened: Sequence[OpenedFile], banks: Banks) -> None:
    """Refuse words that are for files of another kind than those that were given, or for an account whose number is known.

    Raises:
        click.UsageError: with all of them.

    """
    given = click.get_current_context().params
    wrong = [
        say("{word} is for {what}, and none was given: leave it out", word=word, what=what)
        for word, (name, is_for, what) in _FOR.items()
        if given[name] and not any(is_for(file) for file in opened)
    ]
    statements = [s for file in opened if isinstance(file.records, BankStatements) for s in file.records.statements]
    known = [banks.find(statement.numbers) for statement in statements]
    if given["bank"] and known and None not in known:
        account = ", ".join(sorted({result.account for result in known if result is not None}))
        wrong.append(
            say(
                "--bank {bank} contradicts the number of these statements, which is that of {account}: leave it out",
                bank=given["bank"],
                account=account,
            )
        )
    if wrong:
        raise click.UsageError("\n".join(wrong))


def _bar(number: int) -> Progress:
    """Return a bar on the terminal's error stream.

    Nothing is drawn where that is no terminal, or where there is little to wait for.
    """
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal or not number)


def _report(before: Book, outcome: Import, refused: Sequence[RefusedFile], *, dry_run: bool, shown: bool) -> None:
    """Say what was imported, what is new to look at, and what to do next."""
    if not shown:
        show(outcome.imported)
        refusals(refused)
    for item in outcome.imported:
        if dry_run:
            diff(item)
        if item.appended is not None and item.appended.notice:
            click.echo(say("Note: {notice}.", notice=item.appended.notice), err=True)
    fresh = [f for f in new_findings(before.findings, outcome.book.findings) if not f.open]
    findings.show(fresh[:_WARNINGS])
    if len(fresh) > _WARNINGS:
        click.echo(
            say("… and {number} more of that kind: `vfund check` shows them all.", number=len(fresh) - _WARNINGS)
        )
    became = counts(outcome.imported)
    written = sum(1 for item in outcome.imported if item.plan.entries)
    if written or refused:
        click.echo(_conclusion(written, len(refused), dry_run=dry_run))
    else:
        click.echo(say("Nothing new: the book has all of it."))
    if became:
        click.echo(f"  {describe_counts(became.items())}")
    if not dry_run:
        _next(became, sum(1 for f in outcome.book.findings if f.open))


def _conclusion(written: int, refused: int, *, dry_run: bool) -> str:
    """Return how many files were imported, or would be, and how many were refused."""
    one, several = (
        (
            N_("Dry run: nothing was written. It would import {number} file"),
            N_("Dry run: nothing was written. It would import {number} files"),
        )
        if dry_run
        else (N_("Imported {number} file"), N_("Imported {number} files"))
    )
    also = say(", refused {number}", number=refused) if refused else ""
    return f"{say(one if written == 1 else several, number=written)}{also}."


def _next(became: Counter[str], waiting: int) -> None:
    """Say what there is to do next."""
    if became.get(OutcomeKind.PROPOSED.value) or became.get(OutcomeKind.UNCLAIMED.value):
        click.echo(say("Next: `vfund match` goes through what is not certain."))
    if waiting:
        one = N_("{number} open point waits for documents or approval: `vfund pending`, `vfund evidence --missing`.")
        several = N_(
            "{number} open points wait for documents or approval: `vfund pending`, `vfund evidence --missing`."
        )
        click.echo(say(one if waiting == 1 else several, number=waiting))
