"""`vfund pending`: what waits for another officer's approval."""

import json

import click

from app import findings
from app.asking import day
from app.books import book_option, json_option, read_to_show
from ledger.acts.directives import named
from ledger.acts.pointing import short
from ledger.ground.periods import today
from ledger.law.approvals import approvable
from reports.faces.terminal_tables import figure, print_table, table


@click.command(epilog="Examples: vfund pending · vfund pending --as-of 2016-09-30")
@click.option("--as-of", metavar="DATE", help="What waited at the end of a day (default: today).")
@book_option
@json_option
def command(as_of: str | None, book: str | None, *, as_json: bool) -> None:
    """List the entries above the threshold of their category that wait for the approval of another officer."""
    try:
        when = day(as_of) if as_of else today()
    except ValueError as error:
        raise click.UsageError(f"--as-of: {error}") from error
    fund = read_to_show(book).fund
    items = [item for item in approvable(fund, when) if not item.approved]
    if as_json:
        rows = [
            {
                "entry": item.digest,
                "what": named(item.entry.txn),
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
    shown = table("Entry", "What", "Recorded by", "Where", f"Moves, {fund.unit}", "Above", text=4)
    for item in items:
        shown.add_row(
            short(item.digest),
            named(item.entry.txn),
            item.recorder or "not said",
            findings.relative(item.entry.place),
            figure(item.moved),
            figure(item.above),
        )
    if items:
        print_table(shown)
    if items:
        click.echo(f"{len(items)} waiting as of {when}: vfund approve ENTRY --by TREASURER")
    else:
        click.echo(f"Nothing waits for approval as of {when}.")
