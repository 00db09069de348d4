"""`vfund reverse`: reverse a receipt."""

from typing import Any

import click

from app.asking import past_day, today
from app.books import read
from app.recording import Common, Draft, metadata, record, recording_options
from app.relations import Command
from ledger import compose
from ledger.fund import Fund
from ledger.language.kinds import BY_TAG, Kind
from ledger.language.nearest import did_you_mean
from ledger.receipts import Receipt
from ledger.reversals import originals
from ledger.takes import ComposeError


@click.command(
    cls=Command, epilog="Example: vfund reverse R-2026-0004 --reason 'Amount misread; bank notice of 12 September'"
)
@click.argument("receipt", required=False)
@click.option("--reason", metavar="TEXT", help="What was wrong, and by which document.")
@recording_options
def command(receipt: str | None, reason: str | None, common: Common) -> None:
    """Reverse RECEIPT: the entry stays, and a second one takes it back. Then record the right one.

    The number of the receipt stays used; its bank reference is free again. Its charge for indirect costs is taken back too.
    """
    book = read(common.book)
    fund = book.fund
    form = common.form(fund)
    found = form.field("RECEIPT", receipt, "Receipt number", lambda text: _find(fund, text))
    why = form.field("--reason", reason, "What was wrong, and by which document")
    when = form.field("--date", common.day, "Date of the reversal", past_day, default=today(), doubt=form.unlikely)
    words = form.field("--narration", common.narration, "What happened", default="Reversal")
    form.close()
    notes = metadata(fund, common, when, corrects=found.number, reason=why)
    kind = next(BY_TAG[tag] for tag in sorted(found.entry.txn.tags) if tag in BY_TAG)
    txn = compose.reversal(found.entry.txn, kind, day=when, narration=words, meta=notes)
    gone = {e for e in fund.once(originals).values() if e is not None}
    charges = [
        e
        for e in fund.by_kind[Kind.INDIRECT_COSTS]
        if e.txn.meta.get("on-receipt") == found.number and not e.reversal and e not in gone
    ]
    back = [
        compose.reversal(e.txn, Kind.INDIRECT_COSTS, day=when, narration=words, meta=_charge(notes, found))
        for e in charges
    ]
    record(book, lambda _: Draft([txn, *back], f"{found.number}: reversed"), common)


def _charge(notes: dict[str, Any], found: Receipt) -> dict[str, Any]:
    """Give the metadata of the reversal of a charge: the charge of which receipt it takes back."""
    return {**notes, "on-receipt": found.number}


def _find(fund: Fund, text: str) -> Receipt:
    done = {r.entry.txn.meta.get("corrects") for r in fund.receipts if r.reversal}
    open_ = {r.number: r for r in fund.receipts if r.number and not r.reversal and r.number not in done}
    if text not in open_:
        state = "is reversed already" if text in done else "is not in the book"
        raise ComposeError(f"receipt {text!r} {state}; {did_you_mean(text, open_)}")
    return open_[text]
