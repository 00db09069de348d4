"""`vfund completion`: tab completion."""

import click

from app.command import Command

_LINES = {
    "bash": 'eval "$(_VFUND_COMPLETE=bash_source vfund)"',
    "zsh": 'eval "$(_VFUND_COMPLETE=zsh_source vfund)"',
    "fish": "_VFUND_COMPLETE=fish_source vfund | source",
}


@click.command(cls=Command, epilog="Example: vfund completion bash >> ~/.bashrc")
@click.argument("shell", type=click.Choice(sorted(_LINES)))
def command(shell: str) -> None:
    """Print the line that turns on tab completion; put it into your shell's start file."""
    click.echo(_LINES[shell])
