"""`vfund pending`: what waits for another officer's approval."""

import json

import click

from app import findings
from app.books import book_option, json_option, read_to_show
from app.command import Command
from app.language import translate
from app.listing import CSV_OR_JSON, Columns, csv_option, listing, show_list, write_csv
from ledger.acts.directives import describe_entry
from ledger.acts.lookup import short
from ledger.ground.periods import today
from ledger.ground.phrases import N_, phrase, text_of
from ledger.ground.values import parse_date
from ledger.law.approvals import approvable
from reports.table import Cell, ColumnType


@click.command(
    cls=Command, relations=(CSV_OR_JSON,), epilog="Examples: vfund pending · vfund pending --as-of 2016-09-30"
)
@click.option("--as-of", metavar="DATE", help="What waited at the end of a day (default: today).")
@book_option
@json_option
@csv_option
def command(as_of: str | None, book: str | None, *, as_json: bool, as_csv: bool) -> None:
    """List the entries above the threshold of their category that wait for the approval of another officer."""
    try:
        when = parse_date(as_of) if as_of else today()
    except ValueError as error:
        raise click.UsageError(
            translate(phrase("{word}: {problem}", word="--as-of", problem=text_of(error)))
        ) from error
    fund = read_to_show(book).fund
    items = [item for item in approvable(fund, when) if not item.approved]
    if as_json:
        rows = [
            {
                "entry": item.digest,
                "what": describe_entry(item.entry.txn),
                "moves": str(item.moved),
                "above": str(item.above),
                "recorded-by": item.recorder,
                "file": str(item.entry.txn.meta["filename"]),
                "line": item.entry.txn.meta["lineno"],
            }
            for item in items
        ]
        click.echo(json.dumps({"as-of": str(when), "unit": fund.unit, "pending": rows}, ensure_ascii=False))
        return
    columns: Columns = {
        **dict.fromkeys((N_("Entry"), N_("What"), N_("Recorded by"), N_("Where")), ColumnType.TEXT),
        phrase("Moves, {unit}", unit=fund.unit): ColumnType.MONEY,
        N_("Above"): ColumnType.MONEY,
    }
    result: list[tuple[Cell, ...]] = []
    for item in items:
        where = findings.relative(item.entry.place)
        recorder = item.recorder or translate(N_("not said"))
        result.append((short(item.digest), describe_entry(item.entry.txn), recorder, where, item.moved, item.above))
    listed = listing(columns, result)
    if as_csv:
        write_csv(listed)
        return
    if items:
        show_list(listed, phrase("Waiting for approval as of {day}, in {unit}", day=when, unit=fund.unit))
        click.echo(translate(phrase("{number} waiting: vfund approve ENTRY --by TREASURER", number=len(items))))
    else:
        click.echo(translate(phrase("Nothing waits for approval as of {day}.", day=when)))
