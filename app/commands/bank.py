"""`vfund bank`: learn how a bank lays out its table, once; its later files need nothing."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import click
from beancount.core.amount import Amount

from app.acts import composer, word_in
from app.books import book_option, json_option, read
from app.command import Command
from app.language import confirm, say, translate
from app.listing import Columns, listing, show_list
from app.officers import by_option, officer
from app.recording import refusing, text_option
from importers import formats
from importers.formats.table import FORMAT
from importers.ground import configuration
from importers.ground.configuration import NAME, BankAccount, Banks, Configuration, index_accounts
from importers.ground.files import Source, read_file
from importers.ground.records import Statement
from importers.ground.refusal import RefusedFileError
from importers.learning.days import Order, UnsureError
from importers.learning.declaration import declare, free_name, to_toml
from importers.learning.layouts import Layout, Stated, learn
from ledger.acts.account import BANKS, OpenAccount
from ledger.acts.relations import excludes
from ledger.acts.values import banks as open_accounts
from ledger.acts.values import find_bank
from ledger.book.append import append
from ledger.book.loading import Book
from ledger.ground.money import show, show_number
from ledger.ground.phrases import N_, Text, phrase, text_of
from ledger.model.fund import Fund
from reports.table import Cell, ColumnType

_ANY = "XXX"
"""The code of no currency (ISO 4217)."""
_SHOWN = 6
"""How many lines are shown as they were read."""


@click.command(
    cls=Command,
    relations=(excludes("--text", "--json"),),
    epilog="Example: vfund bank statement.csv --account Operating",
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--account",
    metavar="ACCOUNT",
    help="Bank account of the book (default: the one whose number is in the file, else the only one).",
)
@click.option("--number", metavar="NUMBER", help="Number of the account, where the file does not say it.")
@click.option(
    "--currency",
    metavar="CODE",
    help="Currency of the account, where the file does not say it (default: that of the account in the book).",
)
@click.option(
    "--date-order",
    type=click.Choice(["dmy", "mdy"]),
    help="Whether the day or the month stands first, where the file does not show it.",
)
@click.option(
    "--name", metavar="NAME", help="What to call the layout in import.toml (default: from the name of the file)."
)
@click.option(
    "--encoding", metavar="NAME", help="How the text of the file is encoded (default: UTF-8, else Windows-1252)."
)
@click.option("--dry-run", is_flag=True, help="Show how the file is read; write nothing.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask before writing.")
@text_option
@by_option
@json_option
@book_option
def command(
    file: Path,
    account: str | None,
    number: str | None,
    currency: str | None,
    date_order: Order | None,
    name: str | None,
    encoding: str | None,
    by: str | None,
    book: str | None,
    *,
    dry_run: bool,
    yes: bool,
    text: bool,
    as_json: bool,
) -> None:
    """Learn how a bank lays out its CSV or XLSX: the columns, how it writes days and amounts, and what proves them.

    It is shown how the first lines are read, and the arithmetic; what the file does not prove is asked. The layout is
    kept in import.toml beside the book, so that `vfund import` reads this file and those that follow.
    """
    loaded = read(book)
    acting = officer(loaded.fund, by)
    settings = _settings(loaded)
    try:
        source = read_file(file, encoding)
        _refuse_what_is_read_already(source, settings)
        chosen = _open_account(loaded.fund, account) if account else None
        stated = Stated(name or "", number or "", (currency or "").upper(), date_order)
        banks = index_accounts(settings, loaded.fund)
        layout = _learn(source, stated, loaded.fund, banks, chosen, asks=sys.stdin.isatty() and not as_json)
    except RefusedFileError as error:
        _refuse(error, as_json=as_json)
    table = layout.table.model_copy(update={"name": free_name(settings, layout.table.name), "encoding": encoding})
    layout = replace(layout, table=table)
    known = banks.find((layout.number or table.number,))
    if known is not None and chosen not in {None, known.account}:
        text_ = N_("--account {account} contradicts the file: its number is that of {other}")
        raise click.UsageError(say(text_, account=str(account), other=known.account))
    chosen = known.account if known else chosen or _ask_account(loaded.fund, asks=sys.stdin.isatty() and not as_json)
    mapped = None if known or layout.number or number else BankAccount(number=table.number, account=chosen)
    if as_json:
        click.echo(json.dumps(_facts(layout, chosen, written=not dry_run), ensure_ascii=False))
    else:
        _show(layout, chosen)
        if text:
            click.echo("\n" + to_toml(table, mapped))
    if dry_run:
        if not as_json:
            click.echo(say("Dry run: nothing was written."))
        return
    if not (yes or as_json) and sys.stdin.isatty():
        confirm(N_("Is it read as the bank means it?"), default=True, abort=True)
    with refusing(as_json=as_json):
        declare(loaded.path, table, mapped, acting or "")
        if known is None and mapped is None:
            act = OpenAccount(loaded.fund, word_in(OpenAccount), officer=acting, sure=True)
            numbered = act.fill({"account": [chosen], "number": [layout.number or table.number]})
            append(loaded, composer(numbered), dry_run=False, author=acting or "")
    if not as_json:
        click.echo(say("Kept in {file}. Next: `vfund import {statement}`", file=NAME, statement=str(file)))


def _settings(loaded: Book) -> Configuration:
    try:
        return configuration.read(loaded.path)
    except RefusedFileError as error:
        raise click.ClickException("\n".join(map(str, error.mistakes))) from error


def _refuse(error: RefusedFileError, *, as_json: bool) -> NoReturn:
    if as_json:
        mistakes = [mistake._asdict() for mistake in error.mistakes]
        click.echo(json.dumps({"learnt": False, "mistakes": mistakes}, ensure_ascii=False))
        sys.exit(1)
    raise click.ClickException("\n".join(map(str, error.mistakes))) from error


def _refuse_what_is_read_already(source: Source, settings: Configuration) -> None:
    """Stop where there is nothing to learn.

    Raises:
        click.ClickException: when a format recognises the file.

    """
    for known in formats.FORMATS:
        try:
            records = known.open(source, settings)
        except RefusedFileError as error:
            if known is FORMAT:
                reasons = "; ".join(map(str, error.mistakes[:3]))
                text = N_("import.toml has the layout of this table, and the file is not right under it: {reasons}")
                raise click.ClickException(say(text, reasons=reasons)) from error
            records = None
        if records is not None:
            text = N_("there is nothing to learn: it is read as it is ({format}). Next: `vfund import {file}`")
            raise click.ClickException(say(text, format=known.name, file=source.name))


def _open_account(fund: Fund, account: str) -> str:
    """Return the whole name of a bank account of the book.

    Raises:
        click.UsageError: when the book has none of that name.

    """
    try:
        return find_bank(fund, BANKS + account.removeprefix(BANKS))
    except ValueError as error:
        raise click.UsageError(say("{word}: {problem}", word="--account", problem=text_of(error))) from error


def _ask_account(fund: Fund, *, asks: bool) -> str:
    """Return the only bank account of the book; of several a person is asked for one.

    Raises:
        click.UsageError: when nobody can be asked.

    """
    accounts = list(open_accounts(fund))
    if len(accounts) == 1:
        return accounts[0]
    if not asks:
        raise click.UsageError(
            say("--account: say which account of the book it is: {accounts}", accounts=", ".join(accounts))
        )
    question = say("Which account of the book is it")
    return str(click.prompt(question, type=click.Choice(accounts), default=accounts[0]))


def _learn(source: Source, stated: Stated, fund: Fund, banks: Banks, account: str | None, *, asks: bool) -> Layout:
    """Learn the layout; what is not certain is taken from the book, or asked.

    Raises:
        RefusedFileError: when it cannot be learnt.

    """
    while True:
        try:
            return learn(source, stated)
        except UnsureError as error:
            if error.option == "currency" and (
                held := _currency_held(fund, account or _account_in(source, stated, banks))
            ):
                stated = replace(stated, currency=held)
            elif not asks:
                raise
            elif error.option == "currency":
                stated = replace(stated, currency=str(click.prompt(say("In which currency is the account"))).upper())
            else:
                click.echo(str(error))
                question = say("Does the day stand first (dmy), or the month (mdy)")
                order: Order = click.prompt(question, type=click.Choice(["dmy", "mdy"]))
                stated = replace(stated, date_order=order)


def _account_in(source: Source, stated: Stated, banks: Banks) -> str | None:
    """Return the account of the book whose number the file says, whatever its currency; None where it says none."""
    known = banks.find((learn(source, replace(stated, currency=_ANY)).number,))
    return known.account if known else None


def _currency_held(fund: Fund, account: str | None) -> str:
    """Return the one currency that an account holds, as it was opened; empty where it may hold several."""
    accounts = [account] if account else list(open_accounts(fund))
    held = {currency for name in accounts for currency in fund.contents.opens[name].currencies or ("", "-")}
    return held.pop() if len(held) == 1 else ""


def _show(layout: Layout, account: str) -> None:
    """Show how the first lines are read, and what proves them."""
    table = layout.table
    columns: Columns = {
        N_("Date"): ColumnType.DAY,
        N_("Payer or text"): ColumnType.TEXT,
        N_("Bank reference"): ColumnType.TEXT,
        N_("Currency"): ColumnType.TEXT,
        N_("Amount"): ColumnType.AMOUNT,
    }
    rows: list[tuple[Cell, ...]] = []
    for statement in layout.statements:
        for line in statement.lines[:_SHOWN]:
            words = ", ".join(part for part in (line.party.name, line.text) if part)
            rows.append((line.day, words[:60], line.reference, line.currency, line.number))
    moved = table.amount or ", ".join(name for name in (table.credit, table.debit) if name)
    show_list(
        listing(columns, rows),
        phrase("Read from {date} and {amount}, for {account}", date=table.date, amount=moved, account=account),
    )
    for statement in layout.statements:
        for sentence in _arithmetic(statement, layout.steps):
            click.echo(translate(sentence))


def _arithmetic(statement: Statement, steps: int) -> list[Text]:
    """Return what proves a statement, and what it lacks."""
    total = Amount(statement.net, statement.currency)
    lines, opening, closing = len(statement.booked), statement.opening, statement.closing
    parts: list[Text] = []
    if opening and closing:
        sum_ = f"{show_number(opening.number)} + {show_number(statement.net)} = {show_number(closing.number)} {statement.currency}"
        parts.append(phrase("{lines} lines: {sum}, as the bank says.", lines=lines, sum=sum_))
    elif closing:
        parts.append(
            phrase(
                "{lines} lines, {total} in all; the bank says {closing} at the end.",
                lines=lines,
                total=show(total),
                closing=Amount(closing.number, closing.currency),
            )
        )
    else:
        parts.append(
            phrase(
                "{lines} lines, {total} in all, and no balance: import with `--closing` the balance that the bank shows, or it is taken as a part.",
                lines=lines,
                total=show(total),
            )
        )
    if steps:
        parts.append(phrase("Balances that follow from the one before: {steps}.", steps=steps))
    if waiting := len(statement.announced):
        parts.append(phrase("Lines that moved nothing yet: {number}.", number=waiting))
    return parts


def _facts(layout: Layout, account: str, *, written: bool) -> dict[str, object]:
    """Return it all as plain values."""
    return {
        "learnt": True,
        "written": written,
        "account": account,
        "number": layout.number,
        "table": layout.table.model_dump(by_alias=True, exclude_defaults=True),
        "balances-proven": layout.steps,
        "statements": [
            {
                "currency": s.currency,
                "lines": len(s.booked),
                "net": str(s.net),
                "opening": str(s.opening.number) if s.opening else None,
                "closing": str(s.closing.number) if s.closing else None,
                "coverage": s.coverage.value,
            }
            for s in layout.statements
        ],
    }
