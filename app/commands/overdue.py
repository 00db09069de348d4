"""`vfund overdue`: what is late, with whom to ask and when it was last reminded."""

import json
from collections.abc import Sequence
from decimal import Decimal

import click

from app.books import book_option, json_option, read_to_show
from app.command import Command
from app.language import language, translate
from app.listing import CSV_OR_JSON, Columns, csv_option, listing, show_list, write_csv
from app.output import day_of
from ledger.acts.lookup import find_donor
from ledger.ground.errors import InvalidEntryError
from ledger.ground.periods import today
from ledger.ground.phrases import N_, phrase, text_of
from reports.figures import total
from reports.overdue import OverdueLine, overdue_instalments
from reports.table import ColumnType, Table


@click.command(
    cls=Command,
    relations=(CSV_OR_JSON,),
    epilog="Examples: vfund overdue · vfund overdue Canada · vfund overdue --as-of 2016-12-31 --csv",
)
@click.argument("donor", required=False)
@click.option("--as-of", metavar="DATE", help="At the end of a day (default: today).")
@book_option
@json_option
@csv_option
def command(donor: str | None, as_of: str | None, book: str | None, *, as_json: bool, as_csv: bool) -> None:
    """List the committed instalments past their due date, of DONOR or of all: what is outstanding, since when, whom to ask, and the last reminder."""  # noqa: W505 - a sentence of the help
    fund = read_to_show(book).fund
    when = day_of(as_of) if as_of else today()
    try:
        lines = overdue_instalments(fund, when, find_donor(fund, donor) if donor else None)
    except InvalidEntryError as error:
        raise click.ClickException(translate(text_of(error))) from error
    if as_json:
        rows = [
            {
                "donor": x.donor.code,
                "name": x.donor.name_en,
                "pledge": x.pledge,
                "instalment": x.instalment,
                "due": str(x.due),
                "days": x.days,
                "outstanding": str(x.outstanding),
                "currency": x.currency,
                "value": str(x.value),
                "contact": x.contact,
                "reminded": str(x.reminded) if x.reminded else None,
            }
            for x in lines
        ]
        click.echo(json.dumps({"as-of": str(when), "unit": fund.unit, "overdue": rows}, ensure_ascii=False))
        return
    columns: Columns = {
        N_("Donor"): ColumnType.TEXT,
        N_("Instalment"): ColumnType.TEXT,
        N_("Due"): ColumnType.DAY,
        N_("Currency"): ColumnType.TEXT,
        N_("Contact"): ColumnType.TEXT,
        N_("Last reminder"): ColumnType.DAY,
        N_("Days late"): ColumnType.COUNT,
        N_("Outstanding"): ColumnType.AMOUNT,
        phrase("Outstanding, {unit}", unit=fund.unit): ColumnType.MONEY,
    }
    listed = listing(
        columns,
        (
            (
                *(x.donor.name(language()), x.instalment, x.due, x.currency, x.contact, x.reminded),
                *(Decimal(x.days), x.outstanding, x.value),
            )
            for x in lines
        ),
    )
    if as_csv:
        write_csv(listed)
        return
    if not lines:
        click.echo(translate(phrase("As of {day}: nothing is overdue.", day=when)))
        return
    show_list(listed, phrase("Overdue as of {day}", day=when))
    show_list(_totals(lines, fund.unit))


def _totals(lines: Sequence[OverdueLine], unit: str) -> Table:
    """Sum what is overdue in each currency; the sum of all is in the unit of account, at the rates of the day."""
    columns: Columns = {
        N_("Currency"): ColumnType.TEXT,
        N_("Instalments overdue"): ColumnType.COUNT,
        N_("Outstanding"): ColumnType.AMOUNT,
        phrase("Outstanding, {unit}", unit=unit): ColumnType.MONEY,
    }
    rows = []
    for currency in sorted({x.currency for x in lines}):
        own = [x for x in lines if x.currency == currency]
        sums = total(x.outstanding for x in own), total(x.value for x in own)
        rows.append((currency, Decimal(len(own)), *sums))
    return listing(columns, rows, totals=(N_("Instalments overdue"), phrase("Outstanding, {unit}", unit=unit)))
