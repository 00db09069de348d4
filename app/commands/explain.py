"""`vfund explain`: a rule's text, its source and its examples, and how this book sets it."""

import inspect
import re
from importlib import import_module

import click

from app.books import book_option, find, read_to_show
from ledger.language.law import RULES, STRUCTURE
from ledger.language.nearest import did_you_mean


@click.command(epilog="Example: vfund explain four-eyes")
@click.argument("rule", shell_complete=lambda _ctx, _param, begun: [rule for rule in RULES if rule.startswith(begun)])
@book_option
def command(rule: str, book: str | None) -> None:
    """Explain RULE: what it enforces, by which source, with a ledger that breaks it and one that keeps it, and what it can say."""
    if rule not in RULES:
        raise click.UsageError(f"there is no rule {rule!r}; {did_you_mean(rule, RULES)}")
    module = import_module(f"plugins.rules.{rule.replace('-', '_')}")
    click.echo(inspect.cleandoc(module.__doc__ or ""))
    click.echo("\nWhat it says:\n")
    for code, message in module.MESSAGES.messages.items():
        kind = "open point" if message.open else message.severity
        click.echo(
            f"  {click.style(code, bold=True)} ({kind}): {_plain(message.what)}\n    To mend: {_plain(message.mend)}"
        )
    if rule in STRUCTURE:
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
