"""`vfund reduce`: record that a donor reduced a pledge."""

import click

from app.command import Command
from app.giving_up import give_up
from app.recording import Common, recording_options
from ledger.acts.agreements import in_its_currency
from ledger.language.kinds import Kind


@click.command(
    cls=Command,
    relations=(in_its_currency("PLEDGE", "--amount"),),
    epilog="Example: vfund reduce PL-2026-001/2 --amount '10000 USD' --reason 'Letter of 3 November 2026'",
)
@click.argument("pledge", required=False)
@click.option("--amount", metavar="AMOUNT", help="How much less (default: all that is outstanding).")
@click.option("--reason", metavar="TEXT", help="Who decided, and in which document.")
@recording_options
def command(pledge: str | None, amount: str | None, reason: str | None, common: Common) -> None:
    """Record that the donor promises less: a reduction of PLEDGE or of one instalment."""
    give_up(Kind.REDUCTION, "reduction", pledge, amount, reason, common)
