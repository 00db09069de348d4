"""`vfund unclaimed`: record a bank credit whose donor is not known (the act), or list those that are not identified."""

import json
from decimal import Decimal
from typing import Any

import click
from beancount.core.amount import Amount

from app.acts import command_of
from app.books import read_to_show
from app.command import consistent
from app.language import say
from app.listing import CSV_OR_JSON, Columns, csv_option, listing, show_list, write_csv
from app.output import day_of
from ledger.acts.relations import needs, only
from ledger.acts.unclaimed import RecordUnclaimed
from ledger.ground.money import ZERO, show
from ledger.ground.periods import today
from ledger.ground.phrases import N_, join_with_and, phrase
from ledger.model.fund import Fund
from reports.table import Cell, ColumnType

command = command_of(RecordUnclaimed)
_record = command.callback


def _run(*, listed: bool, as_of: str | None, as_csv: bool, **stated: Any) -> None:
    if listed:
        fund = read_to_show(stated["book"]).fund
        consistent(fund)
        _list(fund, as_of, as_json=stated["as_json"], as_csv=as_csv)
    elif _record is not None:
        _record(**stated)


command.callback = _run
command.epilog = f"Examples: {RecordUnclaimed.example} · vfund unclaimed --list --as-of 2026-09-30"
command.relations = (
    only("--list", "--as-of", "--json", "--csv"),
    needs("--as-of", "--list"),
    needs("--csv", "--list"),
    CSV_OR_JSON,
    *command.relations,
)
for option in (
    click.option("--list", "listed", is_flag=True, help="List what is not identified, with its age."),
    click.option("--as-of", metavar="DATE", help="With --list: at the end of a day (default: today)."),
    csv_option,
):
    option(command)


_COLUMNS: Columns = {
    N_("Link"): ColumnType.TEXT,
    N_("Date"): ColumnType.DAY,
    N_("Bank reference"): ColumnType.TEXT,
    N_("What the notice says"): ColumnType.TEXT,
    N_("Currency"): ColumnType.TEXT,
    N_("Days"): ColumnType.COUNT,
    N_("Not identified"): ColumnType.AMOUNT,
}


def _list(fund: Fund, as_of: str | None, *, as_json: bool, as_csv: bool) -> None:
    when = day_of(as_of) if as_of else today()
    items = [item for item in fund.unclaimed.values() if item.opened.txn.date <= when and item.outstanding(when)]
    if as_json:
        plain = [
            {
                "link": i.link,
                "date": str(i.opened.txn.date),
                "days": i.age(when),
                "left": str(i.outstanding(when)),
                "currency": i.currency,
                "narration": i.opened.txn.narration,
            }
            for i in items
        ]
        click.echo(json.dumps({"as-of": str(when), "unit": fund.unit, "unclaimed": plain}, ensure_ascii=False))
        return
    rows: list[tuple[Cell, ...]] = []
    for item in items:
        txn, days, left = item.opened.txn, Decimal(item.age(when)), item.outstanding(when)
        reference = str(txn.meta.get("bank-reference", ""))
        rows.append((item.link, txn.date, reference, txn.narration, item.currency, days, left))
    listed = listing(_COLUMNS, rows)
    if as_csv:
        write_csv(listed)
        return
    if items:
        show_list(listed, phrase("Unclaimed receipts as of {day}", day=when))
    sums: dict[str, Decimal] = {}
    for item in items:
        sums[item.currency] = sums.get(item.currency, ZERO) + item.outstanding(when)
    if not items:
        click.echo(say("As of {day}: no unclaimed receipts, nothing to identify.", day=when))
        return
    total = join_with_and([show(Amount(number, currency)) for currency, number in sorted(sums.items())])
    one = N_("As of {day}: {number} unclaimed receipt, {total}.")
    several = N_("As of {day}: {number} unclaimed receipts, {total}.")
    click.echo(say(one if len(items) == 1 else several, day=when, number=len(items), total=total))
