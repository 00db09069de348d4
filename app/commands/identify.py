"""`vfund identify`: move an unclaimed receipt to its donor, and settle what it pays."""

import click

from app import parts
from app.agreements import left_of_unclaimed, one_donor, part_of_the_credit, where_costs_are_paid
from app.asking import number, past_day, today
from app.books import read
from app.commands.receipt import stated_instrument, stated_purpose
from app.recording import Common, Draft, metadata, record, recording_options
from app.relations import Command, consistent, needs
from ledger.acts import compose
from ledger.acts.takes import find_donor, find_unclaimed
from ledger.ground.money import ZERO, parse_amount
from ledger.language.accounts import UNCLAIMED
from ledger.model.fund import Fund
from ledger.model.numbering import next_receipt_number
from ledger.model.unclaimed import Unclaimed


@click.command(
    cls=Command,
    relations=(
        left_of_unclaimed("LINK", "--amount"),
        one_donor("--donor", "--settles"),
        needs("--unpledged", "--settles"),
        where_costs_are_paid("--bank"),
        part_of_the_credit("--unpledged", "--amount", "--charges", "--settles"),
    ),
    epilog="Example: vfund identify UR-2026-001 --donor Mexico --settles PL-2026-003/1",
)
@click.argument("link", required=False)
@click.option("--donor", metavar="DONOR", help="Whose money it is (default: the donor of what it settles).")
@click.option("--amount", metavar="AMOUNT", help="How much of it (default: all that is left).")
@click.option("--charges", metavar="NUMBER", help="Bank charges kept on the way, in the same currency.")
@click.option("--settles", multiple=True, metavar="INSTALMENT[=AMOUNT]", help="What it settles (repeat it).")
@click.option("--unpledged", metavar="NUMBER", help="How much of it is beyond any pledge, in the same currency.")
@click.option("--receipt-number", metavar="TEXT", help="Official receipt number (default: the next one).")
@click.option("--purpose", metavar="PURPOSE", help="Purpose that the donor states (default: that of the pledge).")
@click.option(
    "--agreement", "instrument", metavar="TEXT", help="Its agreement or letter (default: that of the pledge)."
)
@click.option(
    "--bank", metavar="ACCOUNT", help="Bank account that pays the indirect costs (default: where it came in)."
)
@recording_options
def command(
    link: str | None,
    donor: str | None,
    amount: str | None,
    charges: str | None,
    settles: tuple[str, ...],
    unpledged: str | None,
    receipt_number: str | None,
    purpose: str | None,
    instrument: str | None,
    bank: str | None,
    common: Common,
) -> None:
    """Move the unclaimed receipt LINK (UR-2026-001) to its donor; both entries keep the link. `vfund unclaimed --list` lists them.

    The charge for indirect costs, at the rate in force, is recorded with it.
    """
    book = read(common.book)
    fund = book.fund
    form = common.form(fund)
    consistent(fund)
    when = form.field(
        "--date", common.day, "Date of the identification", past_day, default=today(), doubt=form.unlikely
    )
    item = form.field("LINK", link, "Unclaimed receipt, such as UR-2026-001", lambda text: find_unclaimed(fund, text))
    fee = form.field("--charges", charges, "Bank charges kept on the way", number, default="0")
    takes = (
        form.read("--settles", settles, lambda texts: parts.settlements(fund, texts, when)) if settles and when else []
    )
    known = fund.registry.by_account.get(takes[0].instalment.account.donor) if takes else None
    who = known or form.field("--donor", donor, "Donor (code or name)", lambda text: find_donor(fund, text))
    given = form.read("--amount", amount, parse_amount)
    beyond = form.read("--unpledged", unpledged, number) or ZERO
    following = next_receipt_number(fund, when) if when else ""
    official = form.field("--receipt-number", receipt_number, "Receipt number", default=following)
    stated = stated_purpose(fund, form, purpose, takes or [])
    paper = stated_instrument(form, instrument, takes or [])
    payer = form.read("--bank", bank, lambda text: parts.bank(fund, text))
    words = form.field("--narration", common.narration, "What happened", default="Donor identified")
    form.close()
    notes = metadata(fund, common, when, purpose=stated, agreement=paper)

    def draft(fund: Fund) -> Draft:
        free = next_receipt_number(fund, when) if official == following and receipt_number is None else official
        txn = compose.receipt(
            fund,
            who,
            day=when,
            bank=UNCLAIMED,
            credited=given or item.left(),
            charges=fee,
            takes=takes or [],
            unpledged=beyond,
            narration=words,
            rate=item.rate,
            meta={"receipt-number": free, **notes},
            identifies=item.link,
        )
        charge = compose.indirect_costs(fund, txn, payer or _bank(item))
        return Draft([txn, charge] if charge else [txn], f"{free}: {item.link} identified", {"receipt": free})

    record(book, draft, common)


def _bank(item: Unclaimed) -> str:
    return str(next(p.account for p in item.opened.txn.postings if p.account != UNCLAIMED))
