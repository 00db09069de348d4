"""`vfund waive`: let one case pass a rule, with a reason, an approver and an end."""

import click

from app import findings
from app.asking import Form, sure_option
from app.books import book_option, read
from app.command import Command, consistent
from app.language import translate
from app.officers import by_option, treasurer
from app.recording import composed, refusing, say
from ledger.acts import directives
from ledger.acts.agreements import in_order
from ledger.acts.takes import ComposeError
from ledger.book.append import append
from ledger.ground import phrases
from ledger.ground.periods import today
from ledger.ground.phrases import N_
from ledger.ground.values import parse_date
from ledger.language.nearest import did_you_mean
from plugins.rules import SCHEMA


@click.command(
    cls=Command,
    relations=(in_order("--date", "--expires"),),
    epilog="Example: vfund waive agreement-required PL-2026-001 --reason 'Signed copy follows' --expires 2026-12-31 --by treasurer-1",
)
@click.argument(
    "rule",
    required=False,
    shell_complete=lambda _ctx, _param, begun: [
        rule for rule in SCHEMA.terms if rule.startswith(begun) and rule not in SCHEMA.structure
    ],
)
@click.argument("subject", required=False)
@click.option("--reason", metavar="TEXT", help="Why this case may pass.")
@click.option("--expires", metavar="DATE", help="Last day of the waiver.")
@click.option("--date", "begin", metavar="DATE", help="First day of the waiver (default: today).")
@sure_option
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
    sure: bool,
    dry_run: bool,
) -> None:
    """Waive RULE for SUBJECT: a pledge, a donor's code, a receipt number, an unclaimed receipt, or the digest of an entry.

    It covers what is dated from its first day to its last. Every waiver is printed in the export. Treasurers waive.
    """
    loaded = read(book)
    form = Form(loaded.fund, sure=sure)
    consistent(loaded.fund)
    which = form.field("RULE", rule, N_("Rule"), _rule)
    what = form.field("SUBJECT", subject, N_("Subject: a pledge, a donor, a receipt number, …"))
    why = form.field("--reason", reason, N_("Reason"))
    last = form.field("--expires", expires, N_("Last day"), parse_date)
    first = form.field("--date", begin, N_("First day"), parse_date, default=str(today()), doubt=form.unlikely)
    form.close()
    who = treasurer(loaded.fund, by)
    if last < first:
        why_not = phrases.say(
            "--expires {last} contradicts --date {first}: a waiver does not end before it begins",
            last=last,
            first=first,
        )
        raise click.UsageError(translate(why_not))
    with composed():
        line = directives.waiver(which, what, first, reason=why, approved_by=who, expires=last)
    with refusing():
        done = append(loaded, [line], f"{which} waived for {what}", dry_run=dry_run, author=who)
    known = {finding.message for finding in loaded.findings}
    findings.show([f for f in done.book.findings if f.rule == "waiver" and f.message not in known])
    passed = sum(len(item.findings) for item in done.book.waived) - sum(len(item.findings) for item in loaded.waived)
    effects = {
        0: phrases.say("Recorded. It lets nothing pass yet."),
        1: phrases.say("Recorded. It lets 1 finding pass."),
    }
    effect = effects.get(passed) or phrases.say("Recorded. It lets {number} findings pass.", number=passed)
    say(done, translate(effect), dry_run=dry_run)


def _rule(text: str) -> str:
    if text in SCHEMA.structure:
        raise ComposeError(phrases.say("the rule {text!r} holds the book together and cannot be waived", text=text))
    if text not in SCHEMA.terms:
        hint = did_you_mean(text, SCHEMA.terms)
        raise ValueError(phrases.say("there is no rule {text!r}; {hint}", text=text, hint=hint))
    return text
