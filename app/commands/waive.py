"""`vfund waive`: let one case pass a rule, with a reason, an approver and an end."""

import click

from app import findings
from app.asking import Form, day, today
from app.books import book_option, read
from app.officers import by_option, treasurer
from app.recording import refusing
from ledger import directives
from ledger.append import append
from ledger.language.law import RULES, STRUCTURE
from ledger.language.nearest import did_you_mean
from ledger.takes import ComposeError


@click.command(
    epilog="Example: vfund waive agreement-required PL-2026-001 --reason 'Signed copy follows' --expires 2026-12-31 --by treasurer-1"
)
@click.argument("rule", required=False)
@click.argument("subject", required=False)
@click.option("--reason", metavar="TEXT", help="Why this case may pass.")
@click.option("--expires", metavar="DATE", help="Last day of the waiver.")
@click.option("--date", "begin", metavar="DATE", help="First day of the waiver (default: today).")
@by_option
@click.option("--dry-run", is_flag=True, help="Show the waiver, judge the book with it, write nothing.")
@book_option
def command(
    rule: str | None,
    subject: str | None,
    reason: str | None,
    expires: str | None,
    begin: str | None,
    by: str | None,
    book: str | None,
    *,
    dry_run: bool,
) -> None:
    """Waive RULE for SUBJECT: a pledge, a donor's code, a receipt number, an unclaimed receipt, or the digest of an entry.

    It covers what is dated from its first day to its last. Every waiver is printed in the export. Treasurers waive.
    """
    loaded = read(book)
    form = Form()
    which = form.field("RULE", rule, "Rule", _rule)
    what = form.field("SUBJECT", subject, "Subject: a pledge, a donor, a receipt number, …")
    why = form.field("--reason", reason, "Reason")
    last = form.field("--expires", expires, "Last day", day)
    first = form.field("--date", begin, "First day", day, default=today())
    form.close()
    who = treasurer(loaded.fund, by)
    line = directives.waiver(which, what, first, reason=why, approved_by=who, expires=last)
    with refusing():
        done = append(loaded, [line], f"{which} waived for {what}", dry_run=dry_run, author=who)
    click.echo(done.text)
    fresh = [
        f for f in done.book.findings if f.rule == "waiver" and f.message not in {g.message for g in loaded.findings}
    ]
    findings.show(fresh)
    passed = len(loaded.errors) - len([f for f in done.book.errors if f.rule != "waiver"])
    click.echo(
        ("Dry run: nothing was written. " if dry_run else "Recorded. ")
        + f"It lets {max(passed, 0) or 'no'} error{'' if passed == 1 else 's'} pass."
    )


def _rule(text: str) -> str:
    if text in STRUCTURE:
        raise ComposeError(f"the rule {text!r} holds the book together and cannot be waived")
    if text not in RULES:
        raise ValueError(f"there is no rule {text!r}; {did_you_mean(text, RULES)}")
    return text
