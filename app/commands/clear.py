"""`vfund clear`: record the result of the due diligence on a donor."""

from pathlib import Path

import click

from app.asking import Form, sure_option
from app.books import book_option, read
from app.command import Command, consistent
from app.language import translate
from app.officers import by_option, officer
from app.recording import refusing, say
from ledger.acts import directives
from ledger.acts.agreements import in_order
from ledger.acts.dates import parse_past_date
from ledger.acts.filing import NotADocumentError, place, take_away
from ledger.acts.takes import find_donor
from ledger.book.append import append
from ledger.ground import phrases
from ledger.ground.periods import today
from ledger.ground.phrases import N_
from ledger.ground.values import parse_date, parse_number
from ledger.law.evidence import FOLDER


@click.command(
    cls=Command,
    relations=(in_order("--date", "--until"),),
    epilog="Example: vfund clear UNHCR --until 2028-01-31 --ceiling 100000 --document due-diligence.pdf",
)
@click.argument("donor", required=False)
@click.option(
    "--result", type=click.Choice(["cleared", "refused"]), default="cleared", show_default=True, help="The result."
)
@click.option("--until", metavar="DATE", help="Last day on which it is valid.")
@click.option("--ceiling", metavar="NUMBER", help="How much the donor may give under it, in the unit of account.")
@click.option("--document", type=click.Path(path_type=Path), metavar="FILE", help="The report of the due diligence.")
@click.option("--date", "begin", metavar="DATE", help="Day of the result (default: today).")
@sure_option
@by_option
@click.option("--dry-run", is_flag=True, help="Show the clearance, judge the book with it, write nothing.")
@book_option
def command(
    donor: str | None,
    result: str,
    until: str | None,
    ceiling: str | None,
    document: Path | None,
    begin: str | None,
    by: str | None,
    book: str | None,
    *,
    sure: bool,
    dry_run: bool,
) -> None:
    """Record the result of the due diligence on DONOR; without one a donor of the category `other` cannot give (rule due-diligence)."""
    loaded = read(book)
    fund, form = loaded.fund, Form(loaded.fund, sure=sure)
    consistent(fund)
    who = form.field("DONOR", donor, "Donor (code or name)", lambda text: find_donor(fund, text))
    first = form.field(
        "--date", begin, N_("Day of the result"), parse_past_date, default=str(today()), doubt=form.unlikely
    )
    last = form.field("--until", until, N_("Valid until"), parse_date)
    most = form.field("--ceiling", ceiling, phrases.say("Ceiling, in {unit}", unit=fund.unit), parse_number)
    paper = form.field(
        "--document", str(document) if document else None, N_("Report of the due diligence (a file)"), _file
    )
    form.close()
    if last < first:
        why = phrases.say(
            "--until {last} contradicts --date {first}: a clearance does not end before it begins",
            last=last,
            first=first,
        )
        raise click.UsageError(translate(why))
    acting = officer(fund, by)
    try:
        placed = place(loaded, paper, first, who.code)
    except NotADocumentError as error:
        raise click.ClickException(
            translate(phrases.say("nothing was written: {reason}", reason=phrases.text_of(error)))
        ) from error
    name = str(placed.path.relative_to(loaded.path.parent / FOLDER))
    meta = {"result": result, "until": last, "ceiling": most, "document": name, "sha256": placed.sha256}
    recorded = False
    try:
        with refusing():
            line = directives.clearance(who.code, first, **meta, by=acting or "finance-officer")
            done = append(
                loaded,
                [line],
                f"{who.code}: due diligence, {result}",
                dry_run=dry_run,
                author=acting or "",
                also=[placed.path],
            )
        recorded = not dry_run
    finally:
        if not recorded:
            take_away([placed])
    say(done, translate("Recorded."), dry_run=dry_run)


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise ValueError(phrases.say("there is no file {path}", path=repr(text)))
    return path
