"""`vfund write-off`: record that the fund gives up a pledge."""

import click

from app.command import Command
from app.giving_up import give_up
from app.recording import Common, recording_options
from ledger.acts.agreements import in_its_currency
from ledger.language.kinds import Kind


@click.command(
    "write-off",
    cls=Command,
    relations=(in_its_currency("PLEDGE", "--amount"),),
    epilog="Example: vfund write-off PL-2026-001/2 --reason 'Decision of the treasurer of 1 December 2026'",
)
@click.argument("pledge", required=False)
@click.option("--amount", metavar="AMOUNT", help="How much is given up (default: all that is outstanding).")
@click.option("--reason", metavar="TEXT", help="Who decided, and in which document.")
@recording_options
def command(pledge: str | None, amount: str | None, reason: str | None, common: Common) -> None:
    """Record that the fund no longer expects PLEDGE, or one instalment of it."""
    give_up(Kind.WRITE_OFF, "write-off", pledge, amount, reason, common)
