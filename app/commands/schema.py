"""`vfund schema`: what an act takes, as a JSON schema for programs."""

import json

import click

from app.command import Command
from app.language import say, translate
from ledger.acts import ACTS, find_act
from ledger.language.nearest import did_you_mean


@click.command(cls=Command, epilog="Example: vfund schema receipt")
@click.argument("act", required=False)
def command(act: str | None) -> None:
    """Print the JSON schema of ACT: the fields that a program can state, as texts like those of the command line. Without ACT, list all."""
    if act is None:
        for name, (_, summary) in ACTS.items():
            click.echo(f"{name:16}{translate(summary)}")
        return
    if act not in ACTS:
        hint = did_you_mean(act, ACTS)
        raise click.UsageError(say("there is no act {act!r}; {hint}", act=act, hint=hint))
    click.echo(json.dumps(find_act(act).schema(), ensure_ascii=False, indent=2))
