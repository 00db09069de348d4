"""`vfund explain`: a rule's text, its source and its examples, and how this book sets it."""

import re

import click

from app.books import book_option, find, read_to_show
from app.command import Command
from ledger.language.nearest import did_you_mean
from plugins.rules import RULES

_RULES = {rule.rule: rule for rule in RULES if rule.terms is not None}


@click.command(cls=Command, epilog="Example: vfund explain four-eyes")
@click.argument("rule", shell_complete=lambda _ctx, _param, begun: [rule for rule in _RULES if rule.startswith(begun)])
@book_option
def command(rule: str, book: str | None) -> None:
    """Explain RULE: what it enforces, by which source, with a ledger that breaks it and one that keeps it, and what it can say."""
    if rule not in _RULES:
        raise click.UsageError(f"there is no rule {rule!r}; {did_you_mean(rule, _RULES)}")
    declared = _RULES[rule]
    click.echo(declared.specification)
    click.echo("\nWhat it says:\n")
    for code, message in declared.messages.items():
        kind = "open point" if message.open else message.severity
        click.echo(
            f"  {click.style(code, bold=True)} ({kind}): {_plain(message.what)}\n    To mend: {_plain(message.mend)}"
        )
    if declared.structural:
        click.echo("\nIt holds the book together: always in force, and neither turned off nor waived.")
        return
    try:
        path = find(book)
    except click.UsageError:
        return  # without a book the rule is explained all the same
    click.echo(f"\nIn {path.name}:\n")
    for terms in (terms for terms in read_to_show(str(path)).fund.law.rules if terms.rule == rule):
        parameters = ", ".join(f"{name} {value}" for name, value in terms.parameters().items())
        off = f", OFF: {terms.reason}" if terms.severity == "off" else ""
        click.echo(
            f"  from {terms.day} for {terms.category}: {parameters or terms.severity}{off}\n    [{terms.source}]"
        )


def _plain(text: str) -> str:
    """Show what is filled into a message as `<donor>`."""
    named = re.sub(r"\{(\w+)(![rs])?\}", r"<\1>", text)
    return named.replace("{{", "{").replace("}}", "}")
