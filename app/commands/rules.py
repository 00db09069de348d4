"""`vfund rules`: the law in force on a day."""

import json
from typing import Any

import click

from app.books import book_option, json_option, read_to_show
from app.command import Command
from app.language import say, translate
from app.listing import CSV_OR_JSON, csv_option, listing, show_list, write_csv
from ledger.ground.periods import today
from ledger.ground.phrases import N_, phrase, text_of
from ledger.ground.values import parse_date
from ledger.language.nearest import did_you_mean
from reports.statements.law import RuleOnDay, rules_on
from reports.table import ColumnType


@click.command(
    cls=Command,
    relations=(CSV_OR_JSON,),
    epilog="Examples: vfund rules · vfund rules --as-of 2010-12-31 --category other",
)
@click.option("--as-of", metavar="DATE", help="In force on a day (default: today).")
@click.option("--category", metavar="CATEGORY", help="Only what applies to one donor category.")
@book_option
@json_option
@csv_option
def command(as_of: str | None, category: str | None, book: str | None, *, as_json: bool, as_csv: bool) -> None:
    """List the rules in force on a day: since when, for whom, with which parameters, by which source; and those turned off, with the reason."""  # noqa: W505 - a sentence of the help
    fund = read_to_show(book).fund
    try:
        when = parse_date(as_of) if as_of else today()
    except ValueError as error:
        raise click.UsageError(
            translate(phrase("{word}: {problem}", word="--as-of", problem=text_of(error)))
        ) from error
    if category is not None and category not in fund.registry.categories:
        hint = did_you_mean(category, fund.registry.categories)
        raise click.UsageError(say("{word}: {problem}", word="--category", problem=hint))
    lines = [line for line in rules_on(fund, when) if category is None or line.category in {"*", category}]
    if as_json:
        click.echo(json.dumps({"as-of": str(when), "rules": [_plain(line) for line in lines]}, ensure_ascii=False))
        return
    columns = (N_("Rule"), N_("For"), N_("Since"), N_("Severity"), N_("Parameters"), N_("Source, or why it is off"))
    rows = (
        (
            line.rule,
            line.category,
            line.since or translate(N_("always")),
            translate(line.severity),
            str(line.parameters),
            str(line.source),
        )
        for line in lines
    )
    listed = listing(dict.fromkeys(columns, ColumnType.TEXT), rows)
    if as_csv:
        write_csv(listed)
        return
    show_list(listed, phrase("The law in force on {day}. `vfund explain RULE` explains one.", day=when))
    schema = fund.law.schema
    in_force = {line.rule for line in lines} | schema.structure
    silent = [rule for rule in schema.terms if rule not in in_force]
    if silent and category is None:
        click.echo(say("Not in force on that day: {rules}.", rules=", ".join(silent)))


def _plain(line: RuleOnDay) -> dict[str, Any]:
    return {name: str(getattr(line, name)) for name in type(line).__dataclass_fields__}
