"""What `vfund reduce` and `vfund write-off` share: an instalment, an amount and a reason."""

import click

from app.asking import day, today
from app.books import read
from app.command import consistent
from app.recording import Common, Draft, metadata, record
from ledger.acts import compose
from ledger.acts.takes import takes_from
from ledger.ground.money import parse_amount
from ledger.language.kinds import Kind
from ledger.model.fund import Fund


def give_up(kind: Kind, what: str, pledge: str | None, amount: str | None, reason: str | None, common: Common) -> None:
    """Record that `what` (a reduction, a write-off) takes an amount, or all that is outstanding, from a pledge."""
    book = read(common.book)
    fund = book.fund
    form = common.form(fund)
    consistent(fund)
    when = form.field("--date", common.day, "Date of the entry", day, default=today(), doubt=form.unlikely)
    label = form.field("PLEDGE", pledge, "Pledge or instalment")
    number = form.read("--amount", amount, parse_amount)
    if number is None and amount is None and form.interactive:
        number = form.field(
            "--amount",
            None,
            "Amount (empty: all that is outstanding)",
            lambda t: parse_amount(t) if t else None,
            default="",
        )
    takes = form.read("PLEDGE", label, lambda text: takes_from(fund, text, number, when)) if when else None
    why = form.field("--reason", reason, "Reason: who decided, and in which document")
    words = form.field("--narration", common.narration, "What happened", default=what.capitalize())
    form.close()
    if not takes:
        raise click.ClickException(f"nothing is outstanding on {label}")
    notes = metadata(fund, common, when, reason=why)

    def draft(fund: Fund) -> Draft:
        txn = compose.give_up(fund, kind, takes, day=when, narration=words, meta=notes)
        return Draft([txn], f"{takes[0].instalment.pledge}: {what}")

    record(book, draft, common)
