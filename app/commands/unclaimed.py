"""`vfund unclaimed`: record a bank credit whose donor is not known, or list those that are not identified."""

import json
from decimal import Decimal

import click

from app import parts
from app.asking import day, number, past_day, today
from app.books import read, read_to_show
from app.command import Command, consistent
from app.listing import CSV_OR_JSON, csv_option, listing, show_list, write_csv
from app.recording import Common, Draft, metadata, record, recording_options
from ledger.acts import compose
from ledger.acts.agreements import other_currency
from ledger.acts.relations import needs, only
from ledger.ground import periods
from ledger.ground.money import ZERO, parse_amount, show_number
from ledger.model.fund import Fund
from ledger.model.numbering import next_unclaimed_link
from reports.table import Cell, ColumnType


@click.command(
    cls=Command,
    relations=(
        only("--list", "--as-of", "--json", "--csv"),
        needs("--as-of", "--list"),
        needs("--csv", "--list"),
        CSV_OR_JSON,
        other_currency("--rate", "--amount"),
    ),
    epilog="Examples: vfund unclaimed --amount '500 USD' --bank-reference FT-1 · vfund unclaimed --list --as-of 2026-09-30",
)
@click.option("--list", "listed", is_flag=True, help="List what is not identified, with its age.")
@click.option("--as-of", metavar="DATE", help="With --list: at the end of a day (default: today).")
@click.option("--amount", metavar="AMOUNT", help="What the bank credited, such as '500 USD'.")
@click.option("--bank", metavar="ACCOUNT", help="Bank account (default: the book's first).")
@click.option("--bank-reference", metavar="TEXT", help="The bank's own reference of the credit.")
@click.option("--rate", metavar="NUMBER", help="Rate of the bank's currency, where it is not the unit of account.")
@csv_option
@recording_options
def command(
    as_of: str | None,
    amount: str | None,
    bank: str | None,
    bank_reference: str | None,
    rate: str | None,
    common: Common,
    *,
    listed: bool,
    as_csv: bool,
) -> None:
    """Record a bank credit whose donor is not known yet; `vfund identify` moves it on when the donor is found."""
    book = read_to_show(common.book) if listed else read(common.book)
    fund = book.fund
    form = common.form(fund)
    consistent(fund)
    if listed:
        _list(fund, as_of, as_json=common.as_json, as_csv=as_csv)
        return
    when = form.field("--date", common.day, "Date of the credit", past_day, default=today(), doubt=form.unlikely)
    credited = form.field("--amount", amount, f"Amount credited, such as 500 {fund.unit}", parse_amount)
    banks = parts.banks(fund)
    place = form.field(
        "--bank", bank, "Bank account", lambda text: parts.bank(fund, text), default=banks[0] if banks else None
    )
    reference = form.field("--bank-reference", bank_reference, "The bank's reference", default="")
    words = form.field(
        "--narration", common.narration, "What the bank's notice says", default="Credit without a known donor"
    )
    value = form.read("--rate", rate, number)
    form.close()
    notes = metadata(fund, common, when, bank_reference=reference)

    def draft(fund: Fund) -> Draft:
        link = next_unclaimed_link(fund, when)
        txn = compose.unclaimed(
            fund, day=when, bank=place, credited=credited, link=link, narration=words, rate=value, meta=notes
        )
        return Draft([txn], f"{link}: unclaimed receipt", {"link": link})

    record(book, draft, common)


_COLUMNS = {
    "Link": ColumnType.TEXT,
    "Date": ColumnType.DAY,
    "Bank reference": ColumnType.TEXT,
    "What the notice says": ColumnType.TEXT,
    "Currency": ColumnType.TEXT,
    "Days": ColumnType.COUNT,
    "Not identified": ColumnType.AMOUNT,
}


def _list(fund: Fund, as_of: str | None, *, as_json: bool, as_csv: bool) -> None:
    try:
        when = day(as_of) if as_of else periods.today()
    except ValueError as error:
        raise click.UsageError(f"--as-of: {error}") from error
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
    made = listing(_COLUMNS, rows)
    if as_csv:
        write_csv(made)
        return
    show_list(made)
    sums: dict[str, Decimal] = {}
    for item in items:
        sums[item.currency] = sums.get(item.currency, ZERO) + item.outstanding(when)
    total = " and ".join(f"{show_number(number)} {currency}" for currency, number in sorted(sums.items()))
    count = f"{len(items) or 'no'} unclaimed receipt{'' if len(items) == 1 else 's'}"
    click.echo(f"As of {when}: {count}, {total or 'nothing to identify'}.")
