"""`vfund reconfirm`: record a donor's written word that it still means to pay."""

import click

from app.asking import Form, first_day, past_day, sure_option, today
from app.books import book_option, read
from app.command import Command
from app.officers import by_option, officer
from app.recording import refusing, say
from ledger.acts import directives
from ledger.acts.takes import find_pledge
from ledger.book.append import append


@click.command(cls=Command, epilog="Example: vfund reconfirm PL-2026-001 --source 'Note verbale of 3 May 2026'")
@click.argument("pledge", required=False)
@click.option("--source", metavar="TEXT", help="The letter or note in which the donor says so.")
@click.option("--date", "when", metavar="DATE", help="Date of the letter (default: today).")
@sure_option
@by_option
@click.option("--dry-run", is_flag=True, help="Show the line, judge the book with it, write nothing.")
@book_option
def command(
    pledge: str | None,
    source: str | None,
    when: str | None,
    by: str | None,
    book: str | None,
    *,
    sure: bool,
    dry_run: bool,
) -> None:
    """Record that the donor of PLEDGE reconfirmed it in writing; it then does not lapse for some time (rule pledge-lapse)."""
    loaded = read(book)
    form = Form(first_day(loaded.fund), sure=sure)
    found = form.field("PLEDGE", pledge, "Pledge", lambda text: find_pledge(loaded.fund, text))
    letter = form.field("--source", source, "The letter or note")
    dated = form.field("--date", when, "Date of the letter", past_day, default=today(), doubt=form.unlikely)
    form.close()
    acting = officer(loaded.fund, by)
    line = directives.reconfirmation(found.id, dated, letter)
    with refusing():
        done = append(loaded, [line], f"{found.id}: reconfirmed", dry_run=dry_run, author=acting or "")
    say(done, "Recorded.", dry_run=dry_run)
