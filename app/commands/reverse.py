"""`vfund reverse`: take a receipt back, also when the bank has taken its credit back."""

import click

from app.asking import past_day, today
from app.books import read
from app.recording import Common, Draft, composed, metadata, record, recording_options
from app.relations import Command, needs
from ledger.acts.returns import THROUGH, returned_payment, standing, take_back
from ledger.acts.takes import ComposeError
from ledger.language.kinds import CASH_KINDS, Kind
from ledger.language.nearest import did_you_mean
from ledger.model.entries import Entry
from ledger.model.fund import Fund
from ledger.model.unclaimed import links_of


@click.command(
    cls=Command,
    relations=(needs("--bank-reference", "--returned"),),
    epilog="Examples: vfund reverse R-2026-0004 --reason 'Amount misread; bank notice of 12 September' · vfund reverse R-2026-0004 --returned",
)
@click.argument("receipt", required=False)
@click.option("--reason", metavar="TEXT", help="What was wrong, and by which document.")
@click.option(
    "--returned", is_flag=True, help="The bank has taken the credit back: what it settled is outstanding again."
)
@click.option("--bank-reference", metavar="TEXT", help="With --returned: the bank's own reference of its debit.")
@recording_options
def command(
    receipt: str | None, reason: str | None, bank_reference: str | None, common: Common, *, returned: bool
) -> None:
    """Reverse RECEIPT (R-2026-0004, or an unclaimed receipt UR-2026-001): the entry stays, and a second one takes it back.

    The number stays used; its bank reference is free again. Its charge for indirect costs is taken back too, and what identified it. Where an import has
    booked already that the bank took the credit back, the reversal settles that payment; else --returned takes the money from the bank account.
    """
    book = read(common.book)
    form = common.form(book.fund)
    found = form.field("RECEIPT", receipt, "Receipt number", lambda text: _find(book.fund, text))
    payment = returned_payment(book.fund, found) if found is not None else None
    by_the_bank = returned or payment is not None
    why = form.field(
        "--reason",
        reason,
        "What was wrong, and by which document",
        default="Returned by the bank" if by_the_bank else None,
    )
    when = form.field("--date", common.day, "Date of the reversal", past_day, default=today(), doubt=form.unlikely)
    words = form.field(
        "--narration", common.narration, "What happened", default="Returned by the bank" if by_the_bank else "Reversal"
    )
    form.close()

    def draft(fund: Fund) -> Draft:
        entry = _find(fund, _name(found))
        settled = returned_payment(fund, entry)
        notes = metadata(fund, common, when, reason=why, returned=by_the_bank or None)
        reference = {"bank-reference": bank_reference} if bank_reference and settled is None else {}
        through = THROUGH if settled is not None else None
        made = take_back(fund, entry, day=when, narration=words, meta={**notes, **reference}, through=through)
        return Draft(made, f"{_name(found)}: reversed")

    with composed():
        record(book, draft, common)


def _name(entry: Entry) -> str:
    """Return the receipt number of an entry, or the link of an unclaimed receipt."""
    links = links_of(entry.txn.links or frozenset())
    return str(entry.txn.meta.get("receipt-number") or (links[0] if links else ""))


def _find(fund: Fund, text: str) -> Entry:
    """Find what stands under a receipt number, or as an unclaimed receipt.

    Raises:
        ComposeError: when nothing does; the message says whether it is reversed already, or suggests another name.

    """
    open_ = {_name(entry): entry for entry in standing(fund, CASH_KINDS | {Kind.UNCLAIMED}) if _name(entry)}
    wanted = text.strip()
    if wanted not in open_:
        done = {str(entry.txn.meta.get("corrects")) for entry in fund.entries if entry.reversal}
        state = "is reversed already" if wanted in done else "is not in the book"
        raise ComposeError(f"receipt {text!r} {state}; {did_you_mean(text, open_)}")
    return open_[wanted]
