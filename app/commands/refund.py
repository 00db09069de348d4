"""`vfund refund`: record money paid back."""

import click

from app import parts
from app.asking import number, past_day, today
from app.books import read
from app.command import Command, consistent
from app.recording import Common, Draft, metadata, record, recording_options
from ledger.acts import compose
from ledger.acts.agreements import left_of_unclaimed, other_currency
from ledger.acts.relations import excludes
from ledger.acts.takes import find_donor, find_unclaimed
from ledger.book.loading import Book
from ledger.ground.money import parse_amount
from ledger.model.fund import Fund
from ledger.model.purposes import GENERAL, purpose_of


@click.command(
    cls=Command,
    relations=(
        excludes("--unclaimed", "--donor", "--purpose", "--rate"),
        left_of_unclaimed("--unclaimed", "--amount"),
        other_currency("--rate", "--amount"),
    ),
    epilog="Example: vfund refund --donor ESP --amount '1500 USD' --reason 'Unspent balance, agreement art. 7'",
)
@click.option("--donor", metavar="DONOR", help="Donor: code, name or alias.")
@click.option(
    "--unclaimed",
    "link",
    metavar="LINK",
    help="Instead of a donor: return an unclaimed receipt, UR-2026-001, to its sender.",
)
@click.option("--amount", metavar="AMOUNT", help="How much was paid back (of an unclaimed receipt: all that is left).")
@click.option(
    "--bank",
    metavar="ACCOUNT",
    help="Bank account (default: the book's first); Liabilities:AccountsPayable for what an import booked already.",
)
@click.option("--bank-reference", metavar="TEXT", help="The bank's own reference of the payment.")
@click.option("--rate", metavar="NUMBER", help="Rate of the currency, where it is not the unit of account.")
@click.option(
    "--purpose",
    metavar="PURPOSE",
    help="For which purpose it had been given (default: the only purpose of the donor's receipts).",
)
@click.option("--reason", metavar="TEXT", help="Why, and by which document.")
@recording_options
def command(
    donor: str | None,
    link: str | None,
    amount: str | None,
    bank: str | None,
    bank_reference: str | None,
    rate: str | None,
    purpose: str | None,
    reason: str | None,
    common: Common,
) -> None:
    """Record money paid back to a donor (the pledge stays settled), or an unclaimed receipt returned to its sender."""
    book = read(common.book)
    fund = book.fund
    form = common.form(fund)
    consistent(fund)
    banks = parts.banks(fund)
    if link is not None:
        _give_back(book, link, amount, bank, bank_reference, reason, common)
        return
    who = form.field("--donor", donor, "Donor (code or name)", lambda text: find_donor(fund, text))
    when = form.field("--date", common.day, "Date of the payment", past_day, default=today(), doubt=form.unlikely)
    paid = form.field("--amount", amount, f"Amount, such as 1500 {fund.unit}", parse_amount)
    place = form.field(
        "--bank", bank, "Bank account", lambda text: parts.paid_from(fund, text), default=banks[0] if banks else None
    )
    why = form.field("--reason", reason, "Reason, and the document")
    words = form.field("--narration", common.narration, "What happened", default="Refund")
    value = form.read("--rate", rate, number)
    given = {
        purpose_of(fund, c.entry, p)
        for c in fund.contributions
        if who and c.account.donor == who.account
        for p in c.entry.txn.postings
        if p.account == c.account.name
    }
    only = next(iter(given)) if len(given) == 1 else GENERAL
    earmark = form.read("--purpose", purpose, lambda slug: parts.purpose(fund, slug)) or only or None
    form.close()
    notes = metadata(fund, common, when, reason=why, bank_reference=bank_reference, purpose=earmark)

    def draft(fund: Fund) -> Draft:
        txn = compose.refund(fund, who, paid, day=when, bank=place, narration=words, rate=value, meta=notes)
        return Draft([txn], f"Refund to {who.name_en}")

    record(book, draft, common)


def _give_back(
    book: Book,
    link: str,
    amount: str | None,
    bank: str | None,
    reference: str | None,
    reason: str | None,
    common: Common,
) -> None:
    fund, banks = book.fund, parts.banks(book.fund)
    form = common.form(fund)
    when = form.field("--date", common.day, "Date of the payment", past_day, default=today(), doubt=form.unlikely)
    item = form.field("--unclaimed", link, "Unclaimed receipt", lambda text: find_unclaimed(fund, text))
    part = form.read("--amount", amount, parse_amount)
    place = form.field(
        "--bank", bank, "Bank account", lambda text: parts.paid_from(fund, text), default=banks[0] if banks else None
    )
    why = form.field("--reason", reason, "Reason, and the document")
    words = form.field("--narration", common.narration, "What happened", default="Returned to the sender")
    form.close()
    notes = metadata(fund, common, when, reason=why, bank_reference=reference)

    def draft(_: Fund) -> Draft:
        txn = compose.give_back(item, part, day=when, bank=place, narration=words, meta=notes)
        return Draft([txn], f"{item.link}: returned to the sender")

    record(book, draft, common)
