"""`vfund show`: the state of the fund, of a donor or of a pledge; all donors, all pledges, all purposes."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import click
from beancount.core.amount import Amount

from app.books import book_option, json_option, read_to_show
from app.command import Command
from app.fund_lists import donor_list, instalment_list, movement_list, receipt_list, refund_list
from app.language import ENGLISH, language, say, translate
from app.listing import CSV_OR_JSON, Columns, csv_option, listing, show_list, write_csv
from app.output import day_of
from ledger.acts.lookup import find_donor
from ledger.acts.relations import excludes, needs
from ledger.book.loading import Book
from ledger.ground.errors import InvalidEntryError
from ledger.ground.money import ZERO
from ledger.ground.periods import Quarter, today
from ledger.ground.phrases import N_, Term, Text, phrase
from ledger.language.kinds import Kind
from ledger.language.models import Donor
from ledger.language.nearest import did_you_mean
from ledger.model.contacts import contact_on
from ledger.model.entries import text
from ledger.model.fund import Fund
from ledger.model.pledges import Instalment
from reports.ageing import days_late
from reports.faces.terminal import print_text
from reports.figures import total
from reports.names import Names
from reports.overdue import sums
from reports.scope import Scope
from reports.statement import Sources
from reports.statements.contributions import CONTRIBUTIONS
from reports.statements.earmarks import EARMARKS
from reports.statements.pledges import PLEDGES, InstalmentLine, instalment_line
from reports.statements.receipts import register
from reports.statements.summary import SUMMARY
from reports.table import Cell, ColumnType, Table

_TEXT, _DAY, _MONEY = ColumnType.TEXT, ColumnType.DAY, ColumnType.MONEY


@click.command(
    cls=Command,
    relations=(
        excludes("--purposes", "WHAT", "--donors", "--pledges", "--receipts"),
        excludes("--donors", "WHAT", "--pledges", "--receipts"),
        excludes("--pledges", "WHAT", "--receipts"),
        needs("--receipts", "WHAT"),
        needs("--csv", "WHAT", "--donors", "--pledges", "--purposes"),
        CSV_OR_JSON,
    ),
    epilog="Examples: vfund show · vfund show ARG · vfund show ARG --receipts --csv · vfund show PL-2016-001 --as-of 2016-09-30 · vfund show --donors",
)
@click.argument("what", required=False)
@click.option("--as-of", metavar="DATE", help="State at the end of a day (default: today).")
@click.option("--donors", is_flag=True, help="Every donor that is registered, with what it gave and owes.")
@click.option("--pledges", is_flag=True, help="Every instalment of every pledge.")
@click.option("--receipts", is_flag=True, help="Of a donor: its receipts only.")
@click.option(
    "--purposes", "earmarks", is_flag=True, help="What was received and spent for each purpose, and what covers it."
)
@book_option
@json_option
@csv_option
def command(
    what: str | None,
    as_of: str | None,
    book: str | None,
    *,
    donors: bool,
    pledges: bool,
    receipts: bool,
    earmarks: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Show WHAT: nothing for the whole fund, a donor (code or name), or a pledge (PL-2016-001)."""
    loaded = read_to_show(book)
    when = day_of(as_of) if as_of else today()
    if earmarks:
        _earmarks(loaded, when, as_json=as_json, as_csv=as_csv)
    elif donors:
        _print(
            donor_list(loaded.fund, when, _scope(when).language),
            phrase("Donors as of {day}", day=when),
            when,
            as_json=as_json,
            as_csv=as_csv,
        )
    elif pledges:
        chosen = [item for item in loaded.fund.instalments.values() if item.opened.txn.date <= when]
        listed = instalment_list(loaded.fund, _lines(loaded.fund, chosen, when), when, donors=True)
        _print(listed, phrase("Instalments as of {day}", day=when), when, as_json=as_json, as_csv=as_csv)
    elif what is None:
        _fund(loaded, when, as_json=as_json)
    elif (pledge := loaded.fund.pledges.get(what.strip().upper())) is not None:
        if receipts:
            raise click.UsageError(
                say(
                    "--receipts contradicts WHAT: {pledge} is a pledge, and receipts are those of a donor",
                    pledge=pledge.id,
                )
            )
        _pledge(loaded.fund, pledge.instalments, pledge.id, when, as_json=as_json, as_csv=as_csv)
    else:
        _donor(loaded.fund, _chosen(loaded.fund, what), when, receipts=receipts, as_json=as_json, as_csv=as_csv)


def _chosen(fund: Fund, what: str) -> Donor:
    try:
        return find_donor(fund, what)
    except InvalidEntryError as error:
        raise click.ClickException(
            say(
                "{what!r} is neither a pledge nor a donor; pledges: {hint}",
                what=what,
                hint=did_you_mean(what, fund.pledges),
            )
        ) from error


def _pledge(
    fund: Fund, instalments: Sequence[Instalment], title: str, when: date, *, as_json: bool, as_csv: bool
) -> None:
    """Show a pledge: its instalments and all that moved them."""
    chosen = [item for item in instalments if item.opened.txn.date <= when]
    lines = _lines(fund, chosen, when)
    donor = fund.registry.by_account.get(instalments[0].account.donor)
    title = f"{title}, {donor.name(_scope(when).language) if donor else instalments[0].account.donor}"
    if as_json:
        _write_json({"what": title, "as-of": str(when), "instalments": [_plain(x) for x in lines]})
        return
    listed = instalment_list(fund, lines, when)
    if as_csv:
        write_csv(listed)
        return
    show_list(listed, phrase("{what}, as of {day}", what=title, day=when))
    print_text(_outstanding(lines, when))
    show_list(movement_list(chosen, when))


def _donor(fund: Fund, donor: Donor, when: date, *, receipts: bool, as_json: bool, as_csv: bool) -> None:
    """Show a donor: its instalments, its receipts, and what was paid back to it."""
    own = [i for i in fund.instalments.values() if i.account.donor == donor.account and i.opened.txn.date <= when]
    lines = _lines(fund, own, when)
    names = Names(fund, _scope(when))
    receipt_lines = register(
        fund, (r for r in fund.receipts if r.account.donor == donor.account and r.day <= when), names
    )
    contributions = [c for c in fund.contributions if c.account.donor == donor.account and c.day <= when]
    back = [c for c in contributions if c.kind == Kind.REFUND.value]
    received = total(c.value for c in contributions)
    standing = fund.registry.standing(donor.code, when)
    title = phrase(
        "{donor} ({category}): received {amount}, net of refunds",
        donor=donor.name(_scope(when).language),
        category=standing.category or "",
        amount=Amount(received, fund.unit),
    )
    if as_json:
        result = {"instalments": [_plain(x) for x in lines], "receipts": [_plain(x) for x in receipt_lines]}
        refunds = [
            {"day": str(c.day), "bank_reference": text(c.entry.txn, "bank-reference"), "value": str(-c.value)}
            for c in back
        ]
        _write_json({"what": str(title), "as-of": str(when), **result, "refunds": refunds})
        return
    if as_csv:
        write_csv(receipt_list(fund, receipt_lines) if receipts else instalment_list(fund, lines, when))
        return
    print_text(say("{what}, as of {day}", what=title, day=when))
    if contact := contact_on(fund, donor, when).lines:
        print_text(say("Contact: {contact}", contact=" · ".join(contact)))
    if not receipts:
        show_list(instalment_list(fund, lines, when))
        print_text(_outstanding(lines, when))
    show_list(receipt_list(fund, receipt_lines))
    if back:
        show_list(refund_list(fund, back), N_("Paid back"))
    if not receipt_lines:
        click.echo(say("No receipts as of {day}.", day=when))


def _scope(when: date) -> Scope:
    """Return all that is known at the end of a day, in the language; JSON is for programs, and in English."""
    as_json = click.get_current_context().params["as_json"]
    return Scope(Quarter.of(when), when, language=ENGLISH if as_json else language(), published=False)


def _lines(fund: Fund, instalments: Iterable[Instalment], when: date) -> list[InstalmentLine]:
    names = Names(fund, _scope(when))
    return [instalment_line(fund, instalment, when, names) for instalment in instalments]


def _outstanding(lines: Sequence[InstalmentLine], when: date) -> str:
    """Print what is outstanding, by stage and currency, and what of the committed is overdue."""
    committed = [x for x in lines if x.stage == "committed"]
    parts = [
        (N_("announced"), sums((x.currency, x.outstanding) for x in lines if x.stage == "announced")),
        (N_("committed"), sums((x.currency, x.outstanding) for x in committed)),
        (N_("of that overdue"), sums((x.currency, x.outstanding) for x in committed if days_late(x.due, when))),
    ]
    amounts = ", ".join(f"{translate(name)} {text}" for name, text in parts if text)
    return say("Outstanding: {amounts}.", amounts=amounts or N_("nothing"))


def _print(listed: Table, title: Text, when: date, *, as_json: bool, as_csv: bool) -> None:
    """Print a list with its title; as JSON each row by the headers in small letters."""
    if as_csv:
        write_csv(listed)
    elif as_json:
        rows = [
            {column.key: None if cell is None else str(cell) for column, cell in zip(listed.columns, row, strict=True)}
            for row in listed.rows
        ]
        _write_json({"as-of": str(when), "rows": rows})
    else:
        show_list(listed, title)


def _write_json(facts: dict[str, Any]) -> None:
    click.echo(json.dumps(facts, ensure_ascii=False))


def _fund(book: Book, when: date, *, as_json: bool) -> None:
    """Show the stages by category, and the donors that gave or promised."""
    fund, quarter = book.fund, Quarter.of(when)
    of = Sources(book, _scope(when))
    given, pledged, rows = of[CONTRIBUTIONS], of[PLEDGES], of[SUMMARY]
    identity = fund.directives.funds[0] if fund.directives.funds else None
    title = identity.name(_scope(when).language) if identity else book.path.name
    if as_json:
        _write_json({"fund": title, "as-of": str(when), "unit": fund.unit, "categories": [_plain(row) for row in rows]})
        return
    text = N_("As of {day}, in {unit}. The stages are kept apart and never added.")
    print_text(f"{title}\n{say(text, day=when, unit=fund.unit)}")
    stages: Columns = {N_("Announced"): _MONEY, N_("Committed"): _MONEY}
    years: Columns = {
        phrase("Received {year}", year=str(quarter.year)): _MONEY,
        N_("Received in all"): _MONEY,
    }
    categories: Columns = {
        N_("Category"): _TEXT,
        **stages,
        phrase("Received {year}", year=str(quarter)): _MONEY,
        **years,
    }
    figures = ("announced", "committed", "received_quarter", "received_year", "received_cumulative")
    show_list(listing(categories, ((Term(row.category), *(getattr(row, name) for name in figures)) for row in rows)))
    seen = {(x.donor, x.category) for x in pledged.lines if x.outstanding} | {
        (x.donor, x.category) for x in given.lines
    }
    donors: list[tuple[Cell, ...]] = []
    for name, category in sorted(seen):
        promised = [x for x in pledged.lines if (x.donor, x.category) == (name, category)]
        left = [total(getattr(x, stage) for x in promised) for stage in ("announced", "committed")]
        contributions = next((x for x in given.lines if (x.donor, x.category) == (name, category)), None)
        donors.append(
            (
                name,
                Term(category),
                *left,
                contributions.year if contributions else ZERO,
                contributions.cumulative if contributions else ZERO,
            )
        )
    show_list(listing({N_("Donor"): _TEXT, N_("Category"): _TEXT, **stages, **years}, donors))
    click.echo(say("Received: before bank charges and before refunds."))


def _earmarks(book: Book, when: date, *, as_json: bool, as_csv: bool) -> None:
    """Show the earmarks, and every movement by which unearmarked money covers a purpose."""
    statement, unit = Sources(book, _scope(when))[EARMARKS], book.fund.unit
    if as_json:
        covers = [{"day": str(c.day), "purpose": c.purpose, "amount": str(c.amount)} for c in statement.covers]
        rows = [_plain(x) for x in statement.lines]
        _write_json({"as-of": str(when), "unit": unit, "purposes": rows, "covers": covers})
        return
    figures = (N_("Received, less refunds"), N_("Spent"), N_("Covered by unearmarked money"), N_("Left"))
    listed = listing(
        {N_("Purpose"): _TEXT, **dict.fromkeys(figures, _MONEY)},
        ((x.purpose, x.received, x.spent, x.covered, x.left) for x in statement.lines),
    )
    if as_csv:
        write_csv(listed)
        return
    text = N_("Earmarks as of {day}, in {unit}. What is earmarked for one purpose never pays for another.")
    show_list(listed, phrase(text, day=when, unit=unit))
    moves: Columns = {
        N_("Date"): _DAY,
        N_("Purpose"): _TEXT,
        N_("Unearmarked money pays (comes back: in parentheses)"): _MONEY,
    }
    show_list(listing(moves, ((cover.day, cover.purpose, cover.amount) for cover in statement.covers)))


def _plain(x: object) -> dict[str, Any]:
    """Return a line as plain values."""
    return {
        name: value if isinstance(value := getattr(x, name), str) or value is None else str(value)
        for name in type(x).__dataclass_fields__  # type: ignore[attr-defined]
    }
