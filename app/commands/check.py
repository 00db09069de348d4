"""`vfund check`: judge the book."""

import json
import sys
from itertools import groupby

import click

from app import findings
from app.books import book_option, json_option, read
from app.command import Command
from app.language import say, translate
from ledger.book.loading import Book
from ledger.ground.findings import Finding
from ledger.ground.periods import today
from ledger.ground.phrases import N_, Term, Text, join, phrase, text_of
from ledger.ground.values import parse_date
from ledger.language.nearest import did_you_mean
from plugins.rules import SCHEMA

_BESIDE = ("beancount", "book", "language", "law", "waiver")
"""What may be found beside the rules of the law."""


@click.command(
    cls=Command, epilog="Examples: vfund check · vfund check --rule evidence · vfund check --as-of 2026-12-31"
)
@click.option("--rule", metavar="RULE", help="Show the findings of one rule only.")
@click.option(
    "--as-of", metavar="DATE", help="Judge what depends on age as of a day, such as today (default: the last entry's)."
)
@book_option
@json_option
def command(rule: str | None, as_of: str | None, book: str | None, *, as_json: bool) -> None:
    """Judge the whole book: Beancount's own checks and every rule of the fund's law, grouped by rule.

    Exits with 1 when there is an error or an open point (an approval or a document that is missing); warnings only
    show.
    """
    try:
        when = parse_date(as_of) if as_of else None
    except ValueError as error:
        raise click.UsageError(
            translate(phrase("{word}: {problem}", word="--as-of", problem=text_of(error)))
        ) from error
    if rule is not None and rule not in SCHEMA.terms and rule not in _BESIDE:
        hint = did_you_mean(rule, [*SCHEMA.terms, *_BESIDE])
        raise click.UsageError(say("--rule: there is no rule {rule!r}; {hint}", rule=rule, hint=hint))
    loaded = read(book, when)
    if as_json:
        click.echo(json.dumps(_facts(loaded, rule), ensure_ascii=False))
    else:
        _print(loaded, rule)
        _say_when(loaded, asked=when is not None)
    sys.exit(1 if loaded.errors else 0)


def _facts(book: Book, rule: str | None) -> dict[str, object]:
    return {
        "book": str(book.path),
        "entries": len(book.entries),
        "as-of": str(book.fund.as_of),
        "errors": [findings.as_data(f) for f in book.errors if rule in {None, f.rule}],
        "warnings": [findings.as_data(f) for f in book.warnings if rule in {None, f.rule}],
        "waived": [
            {
                "rule": item.waiver.rule,
                "subject": item.waiver.subject,
                "reason": item.waiver.reason,
                "findings": [findings.as_data(f) for f in item.findings],
            }
            for item in book.waived
        ],
    }


def _print(book: Book, rule: str | None) -> None:
    shown = [finding for finding in book.findings if rule in {None, finding.rule}]
    by_rule = sorted(shown, key=lambda finding: (finding.rule, finding.order))
    counts: dict[str, list[Finding]] = {}
    for name, group in groupby(by_rule, key=lambda finding: finding.rule):
        counts[name] = list(group)
        click.echo(click.style(f"— {name}: {translate(_kinds(counts[name]))} —", bold=True))
        findings.show(counts[name])
    if counts:
        rules = ", ".join(f"{name} {len(result)}" for name, result in counts.items())
        click.echo(translate(phrase("By rule: {rules}", rules=rules)))
    if book.waived:
        passed = _count(sum(len(item.findings) for item in book.waived), _FINDINGS)
        click.echo(
            translate(
                phrase("Waived: {findings} by {waivers}.", findings=passed, waivers=_count(len(book.waived), _WAIVERS))
            )
        )
    fund = book.fund
    summary = phrase(
        "{file}: {entries}, {pledges}, {receipts}: {found}.",
        file=findings.relative(str(book.path)),
        entries=_count(len(fund.entries), _ENTRIES),
        pledges=_count(len(fund.pledges), _PLEDGES),
        receipts=_count(sum(not r.reversal for r in fund.receipts), _RECEIPTS),
        found=_kinds(book.findings),
    )
    click.echo(translate(summary))


def _say_when(book: Book, *, asked: bool) -> None:
    """Say as of which day the book is judged.

    By itself it is judged by what it holds alone, so that it says the same on every day.
    """
    day, now = book.fund.as_of, today()
    if asked or day == now:
        click.echo(translate(phrase("Judged as of {day}.", day=day)))
    else:
        line = f"vfund check --as-of {now}"
        click.echo(translate(phrase("Judged as of {day}, the last entry (today: `{line}`).", day=day, line=line)))


def _kinds(found: list[Finding]) -> Text:
    """Count errors, open points and warnings."""
    errors = [f for f in found if f.severity == "error"]
    waiting = sum(f.open for f in errors)
    parts = [_count(len(errors) - waiting, _ERRORS)]
    parts += [_count(waiting, _OPEN_POINTS)] if waiting else []
    return join([*parts, _count(len(found) - len(errors), _WARNINGS)])


_Forms = tuple[Term, Term, Term]
_ERRORS: _Forms = N_("no errors"), N_("{count} error"), N_("{count} errors")
_OPEN_POINTS: _Forms = N_("no open points"), N_("{count} open point"), N_("{count} open points")
_WARNINGS: _Forms = N_("no warnings"), N_("{count} warning"), N_("{count} warnings")
_FINDINGS: _Forms = N_("no findings"), N_("{count} finding"), N_("{count} findings")
_WAIVERS: _Forms = N_("no waivers"), N_("{count} waiver"), N_("{count} waivers")
_ENTRIES: _Forms = N_("no transactions"), N_("{count} transaction"), N_("{count} transactions")
_PLEDGES: _Forms = N_("no pledges"), N_("{count} pledge"), N_("{count} pledges")
_RECEIPTS: _Forms = N_("no receipts"), N_("{count} receipt"), N_("{count} receipts")
"""What is counted: where there is none, one, several."""


def _count(number: int, forms: _Forms) -> Text:
    return phrase(forms[min(number, 2)], count=number)
