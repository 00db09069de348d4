"""`vfund explain`: a rule's text, its source and its examples, and how this book sets it."""

import re

import click

from app.books import book_option, find, read_to_show
from app.command import Command
from app.language import say, translate
from ledger.language.nearest import did_you_mean
from plugins.rules import RULES

_RULES = {rule.rule: rule for rule in RULES if rule.terms is not None}


@click.command(cls=Command, epilog="Example: vfund explain four-eyes")
@click.argument("rule", shell_complete=lambda _ctx, _param, begun: [rule for rule in _RULES if rule.startswith(begun)])
@book_option
def command(rule: str, book: str | None) -> None:
    """Explain RULE: what it enforces, by which source, with a ledger that breaks it and one that keeps it, and what it can say."""
    if rule not in _RULES:
        hint = did_you_mean(rule, _RULES)
        raise click.UsageError(say("there is no rule {rule!r}; {hint}", rule=rule, hint=hint))
    declared = _RULES[rule]
    click.echo(declared.specification)
    click.echo("\n" + say("What it says:") + "\n")
    for code, message in declared.messages.items():
        kind = translate("open point" if message.open else message.severity)
        mend = say("To mend: {mend}", mend=_plain(translate(message.mend)))
        click.echo(f"  {click.style(code, bold=True)} ({kind}): {_plain(translate(message.what))}\n    {mend}")
    if declared.structural:
        text = say("It holds the book together: always in force, and neither turned off nor waived.")
        click.echo(f"\n{text}")
        return
    try:
        path = find(book)
    except click.UsageError:
        return  # without a book the rule is explained all the same
    click.echo("\n" + say("In {file}:", file=path.name) + "\n")
    for terms in (terms for terms in read_to_show(str(path)).fund.law.rules if terms.rule == rule):
        parameters = ", ".join(f"{name} {value}" for name, value in terms.parameters().items())
        off = ", " + say("OFF: {reason}", reason=terms.reason) if terms.severity == "off" else ""
        since = say("from {day} for {category}", day=terms.day, category=terms.category)
        click.echo(f"  {since}: {parameters or translate(terms.severity)}{off}\n    [{terms.source}]")


def _plain(text: str) -> str:
    """Show what is filled into a message as `<donor>`."""
    named = re.sub(r"\{(\w+)(![rs])?\}", r"<\1>", text)
    return named.replace("{{", "{").replace("}}", "}")
