"""`vfund confirm`: record what a donor answered to the letter that asked it to confirm its account."""

import click

from app.asking import Form, sure_option
from app.books import book_option, read
from app.command import Command
from app.language import translate
from app.officers import by_option, officer
from app.recording import refusing, say
from ledger.acts import directives
from ledger.acts.dates import parse_past_date
from ledger.acts.takes import find_donor
from ledger.book.append import append
from ledger.ground import phrases
from ledger.ground.periods import Quarter, today
from ledger.ground.phrases import N_
from ledger.language.models import Donor
from ledger.model.fund import Fund
from reports.letters.letters import asked

ANSWERS = ("agreed", "differs", "no-reply")


@click.command(
    cls=Command,
    epilog="Example: vfund confirm Mexico 2016-Q4 --answer agreed --source 'Slip of 3 February 2017, signed' --date 2017-02-03",
)
@click.argument("donor", required=False)
@click.argument("quarter", required=False)
@click.option("--answer", metavar="ANSWER", help=f"What was answered: {', '.join(ANSWERS)}.")
@click.option("--source", metavar="TEXT", help="The answer, or the letter that was not answered.")
@click.option("--note", default="", metavar="TEXT", help="In what it differs, and what was done about it.")
@click.option("--date", "when", metavar="DATE", help="Date of the answer (default: today).")
@sure_option
@by_option
@click.option("--dry-run", is_flag=True, help="Show the line, judge the book with it, write nothing.")
@book_option
def command(
    donor: str | None,
    quarter: str | None,
    answer: str | None,
    source: str | None,
    note: str,
    when: str | None,
    by: str | None,
    book: str | None,
    *,
    sure: bool,
    dry_run: bool,
) -> None:
    """Record what DONOR answered about its account at the end of QUARTER; statement 14g tells what the answers cover."""
    loaded = read(book)
    form = Form(loaded.fund, sure=sure)
    found = form.field("DONOR", donor, N_("Donor"), lambda text: find_donor(loaded.fund, text))
    about = form.field("QUARTER", quarter, N_("Quarter, such as 2016-Q4"), Quarter.parse)
    said = form.field("--answer", answer, phrases.say("Answer ({answers})", answers=", ".join(ANSWERS)), _answer)
    letter = form.field("--source", source, N_("The answer, or the letter that was not answered"))
    dated = form.field(
        "--date", when, N_("Date of the answer"), parse_past_date, default=str(today()), doubt=form.unlikely
    )
    form.close()
    _doubt(loaded.fund, found, about)
    acting = officer(loaded.fund, by)
    line = directives.confirmation(found.code, str(about), dated, answer=said, source=letter, note=note)
    with refusing():
        done = append(loaded, [line], f"{found.code}: account {about} {said}", dry_run=dry_run, author=acting or "")
    say(done, translate("Recorded."), dry_run=dry_run)


def _doubt(fund: Fund, donor: Donor, about: Quarter) -> None:
    """Say what is odd about an answer: nobody asked for it, or there is one already."""
    if donor.code not in {item.code for item in asked(fund, about.end)}:
        note = phrases.say(
            "Note: {donor} neither gave in {year} nor has a commitment at {day}.",
            donor=donor.code,
            year=str(about.year),
            day=about.end,
        )
        click.echo(translate(note), err=True)
    for item in fund.directives.confirmations:
        if (item.donor, item.quarter) == (donor.code, str(about)):
            note = phrases.say(
                "Note: its answer of {day} ({answer}) stands too; the newest counts.", day=item.day, answer=item.answer
            )
            click.echo(translate(note), err=True)


def _answer(text: str) -> str:
    plain = text.casefold().replace(" ", "-")
    if plain not in ANSWERS:
        raise ValueError(phrases.say("{text!r} is none of {known}", text=text, known=", ".join(ANSWERS)))
    return plain
