"""`vfund schema`: what an act takes, as a JSON schema for programs."""

import json

import click

from app.command import Command
from ledger.acts import ACTS, find_act
from ledger.language.nearest import did_you_mean


@click.command(cls=Command, epilog="Example: vfund schema receipt")
@click.argument("act", required=False)
def command(act: str | None) -> None:
    """Print the JSON schema of ACT: the fields that a program can state, as texts like those of the command line. Without ACT, list all."""
    if act is None:
        for name, (_, summary) in ACTS.items():
            click.echo(f"{name:16}{summary}")
        return
    if act not in ACTS:
        raise click.UsageError(f"there is no act {act!r}; {did_you_mean(act, ACTS)}")
    click.echo(json.dumps(find_act(act).schema(), ensure_ascii=False, indent=2))
