"""`vfund show`: the state of the fund, of a donor or of a pledge."""

import json
from datetime import date
from typing import Any

import click
from rich.table import Table

from app.asking import day
from app.books import book_option, json_option, read_to_show
from app.command import Command
from ledger.acts.relations import excludes
from ledger.acts.takes import ComposeError, find_donor
from ledger.book.loading import Book
from ledger.ground.money import ZERO, show_number
from ledger.ground.periods import Quarter, today
from ledger.language.nearest import did_you_mean
from ledger.model.fund import Fund
from ledger.model.pledges import Instalment
from reports.faces.terminal_tables import figure, print_table, table
from reports.names import Names
from reports.scope import Scope
from reports.statement import Sources
from reports.statements.contributions import CONTRIBUTIONS
from reports.statements.earmarks import EARMARKS
from reports.statements.pledges import PLEDGES, InstalmentLine, instalment_line
from reports.statements.summary import SUMMARY


@click.command(
    cls=Command,
    relations=(excludes("--purposes", "WHAT"),),
    epilog="Examples: vfund show · vfund show ARG · vfund show PL-2016-001 --as-of 2016-09-30",
)
@click.argument("what", required=False)
@click.option("--as-of", metavar="DATE", help="State at the end of a day (default: today).")
@click.option(
    "--purposes", "earmarks", is_flag=True, help="What was received and spent for each purpose, and what covers it."
)
@book_option
@json_option
def command(what: str | None, as_of: str | None, book: str | None, *, earmarks: bool, as_json: bool) -> None:
    """Show WHAT: nothing for the whole fund, a donor (code or name), or a pledge (PL-2016-001)."""
    loaded = read_to_show(book)
    fund = loaded.fund
    try:
        when = day(as_of) if as_of else today()
    except ValueError as error:
        raise click.UsageError(f"--as-of: {error}") from error
    if earmarks:
        _earmarks(loaded, when, as_json=as_json)
        return
    if what is None:
        _fund(loaded, when, as_json=as_json)
        return
    chosen, title = _choose(fund, what, when)
    names = Names(fund, Scope(Quarter.of(when), when, published=False))
    lines = [instalment_line(fund, instalment, when, names) for instalment in chosen]
    if as_json:
        click.echo(
            json.dumps(
                {"what": title, "as-of": str(when), "instalments": [_plain(x) for x in lines]},
                ensure_ascii=False,
            )
        )
        return
    click.echo(f"{title}, as of {when}")
    print_table(_instalments(lines))
    if len({instalment.pledge for instalment in chosen}) == 1:
        print_table(_movements(chosen, when))


def _choose(fund: Fund, what: str, when: date) -> tuple[list[Instalment], str]:
    """Give the instalments that are meant, and what to call them."""
    pledge = fund.pledges.get(what.strip().upper())
    if pledge is not None:
        donor = fund.registry.by_account.get(pledge.donor)
        return [
            i for i in pledge.instalments if i.opened.txn.date <= when
        ], f"{pledge.id}, {donor.name_en if donor else pledge.donor}"
    try:
        donor = find_donor(fund, what)
    except ComposeError as error:
        raise click.ClickException(
            f"{what!r} is neither a pledge nor a donor; pledges: {did_you_mean(what, fund.pledges)}"
        ) from error
    received = sum((c.value for c in fund.contributions if c.account.donor == donor.account and c.day <= when), ZERO)
    standing = fund.registry.standing(donor.code, when)
    title = f"{donor.name_en} ({standing.category}): received {show_number(received)} {fund.unit}, net of refunds"
    return [
        i for i in fund.instalments.values() if i.account.donor == donor.account and i.opened.txn.date <= when
    ], title


def _fund(book: Book, when: date, *, as_json: bool) -> None:
    """Show the stages by category, and the donors that gave or promised."""
    fund, quarter = book.fund, Quarter.of(when)
    of = Sources(book, Scope(quarter, when, published=False))
    given, pledged, rows = of[CONTRIBUTIONS], of[PLEDGES], of[SUMMARY]
    identity = fund.directives.funds[0] if fund.directives.funds else None
    title = identity.name() if identity else book.path.name
    if as_json:
        plain = [{name: str(getattr(row, name)) for name in type(row).__dataclass_fields__} for row in rows]
        facts = {"fund": title, "as-of": str(when), "unit": fund.unit, "categories": plain}
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    click.echo(f"{title}\nAs of {when}, in {fund.unit}. The stages are kept apart and never added.")
    shown = table(
        "Category",
        "Announced",
        "Committed",
        f"Received {quarter}",
        f"Received {quarter.year}",
        "Received in all",
        text=1,
    )
    for row in rows:
        figures = (
            row.announced,
            row.committed,
            row.received_quarter,
            row.received_year,
            row.received_cumulative,
        )
        shown.add_row(row.category, *(figure(value) for value in figures))
    print_table(shown)
    donors = table("Donor", "Category", "Announced", "Committed", f"Received {quarter.year}", "Received in all", text=2)
    seen = {(x.donor, x.category) for x in pledged.lines if x.outstanding} | {
        (x.donor, x.category) for x in given.lines
    }
    for name, category in sorted(seen):
        promised = [x for x in pledged.lines if (x.donor, x.category) == (name, category)]
        stages = [sum((getattr(x, stage) for x in promised), ZERO) for stage in ("announced", "committed")]
        gave = next((x for x in given.lines if (x.donor, x.category) == (name, category)), None)
        donors.add_row(
            name,
            category,
            *(figure(v) for v in (*stages, gave.year if gave else ZERO, gave.cumulative if gave else ZERO)),
        )
    if donors.row_count:
        print_table(donors)
    click.echo("Received: before bank charges and before refunds.")


def _earmarks(book: Book, when: date, *, as_json: bool) -> None:
    """Show the earmarks, and every movement by which unearmarked money covers a purpose."""
    made, unit = Sources(book, Scope(Quarter.of(when), when, published=False))[EARMARKS], book.fund.unit
    if as_json:
        rows = [{name: str(getattr(x, name)) for name in type(x).__dataclass_fields__} for x in made.lines]
        covers = [{"day": str(c.day), "purpose": c.purpose, "amount": str(c.amount)} for c in made.covers]
        click.echo(
            json.dumps({"as-of": str(when), "unit": unit, "purposes": rows, "covers": covers}, ensure_ascii=False)
        )
        return
    click.echo(f"Earmarks as of {when}, in {unit}. What is earmarked for one purpose never pays for another.")
    shown = table("Purpose", "Received, less refunds", "Spent", "Covered by unearmarked money", "Left", text=1)
    for x in made.lines:
        shown.add_row(x.purpose, *(figure(value) for value in (x.received, x.spent, x.covered, x.left)))
    print_table(shown)
    if made.covers:
        moves = table("Date", "Purpose", "Unearmarked money pays (comes back: -)", text=2)
        for cover in made.covers:
            moves.add_row(str(cover.day), cover.purpose, figure(cover.amount))
        print_table(moves)


def _instalments(lines: list[InstalmentLine]) -> Table:
    shown = table(
        "Instalment",
        "Stage",
        "Due",
        "Ageing",
        "Pledged",
        "Brought forward",
        "Received",
        "Given up",
        "Moved on",
        "Outstanding",
        text=4,
    )
    for x in lines:
        given_up = x.reduced + x.written_off + x.converted
        figures = (x.pledged, x.brought_forward, x.received, given_up, x.moved_on)
        due = str(x.due) if x.due else "not said"
        outstanding = f"{show_number(x.outstanding)} {x.currency}"
        shown.add_row(x.instalment, x.stage, due, x.ageing, *(figure(value) for value in figures), outstanding)
    return shown


def _movements(instalments: list[Instalment], when: date) -> Table:
    shown = table("Date", "Instalment", "What", "Entry", "Amount", text=4)
    moves = [(m, i) for i in instalments for m in i.movements if m.day <= when]
    for movement, instalment in sorted(moves, key=lambda pair: (pair[0].day, pair[0].entry.txn.meta["lineno"])):
        amount = f"{show_number(movement.number)} {instalment.currency}"
        shown.add_row(str(movement.day), instalment.label, movement.effect.value, movement.entry.txn.narration, amount)
    return shown


def _plain(x: InstalmentLine) -> dict[str, Any]:
    return {
        name: value if isinstance(value := getattr(x, name), str) or value is None else str(value)
        for name in type(x).__dataclass_fields__
    }
