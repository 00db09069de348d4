"""`vfund pledge`: record an announced pledge."""

import click

from app import parts
from app.agreements import one_sum, other_currency
from app.asking import day, number, optional_day, today, unlikely_due
from app.books import read
from app.recording import Common, Draft, metadata, record, recording_options
from app.relations import Command, consistent, excludes
from ledger.acts import compose
from ledger.acts.takes import Part, find_donor
from ledger.ground.money import parse_amount
from ledger.language.kinds import LINK
from ledger.model.fund import Fund
from ledger.model.numbering import next_pledge_id


@click.command(
    cls=Command,
    relations=(
        excludes("--instalment", "--due"),
        one_sum("--amount", "--instalment"),
        other_currency("--rate", "--amount", "--instalment"),
    ),
    epilog="Example: vfund pledge --donor ARG --amount '200000 USD' --due 2026-12-31 --narration 'Letter of 26 August'",
)
@click.option("--donor", metavar="DONOR", help="Donor: code, name or alias.")
@click.option("--amount", metavar="AMOUNT", help="How much, such as '200000 USD'.")
@click.option("--due", metavar="DATE", help="Until when it is to be paid, if that was said.")
@click.option(
    "--instalment",
    "several",
    multiple=True,
    metavar="AMOUNT@DUE",
    help="One of several payments, which are --amount in all (repeat it).",
)
@click.option("--id", "identity", metavar="PLEDGE", help="Id of the pledge (default: the next free one).")
@click.option(
    "--rate",
    metavar="NUMBER",
    help="Unit of account per unit of its currency (default: the rate in the book).",
)
@click.option("--purpose", metavar="PURPOSE", help="What it is earmarked for.")
@click.option("--instrument-date", metavar="DATE", help="Date of the letter.")
@click.option("--conditions", metavar="TEXT", help="Conditions that the donor made.")
@recording_options
def command(
    donor: str | None,
    amount: str | None,
    due: str | None,
    several: tuple[str, ...],
    identity: str | None,
    rate: str | None,
    purpose: str | None,
    instrument_date: str | None,
    conditions: str | None,
    common: Common,
) -> None:
    """Record an announced pledge: a written, non-binding statement of a donor.

    Asks for what you leave out. What is signed at once is recorded with `vfund agreement`.
    """
    book = read(common.book)
    fund = book.fund
    form = common.form(fund)
    consistent(fund)
    who = form.field("--donor", donor, "Donor (code or name)", lambda text: find_donor(fund, text))
    when = form.field("--date", common.day, "Date of the entry", day, default=today(), doubt=form.unlikely)
    if several:
        promised = parts.promised(form, several, when, "pledge")
    else:
        total = form.field("--amount", amount, "Amount and currency, such as 200000 USD", parse_amount)
        late = unlikely_due(when, "pledge")
        until = form.field("--due", due, "Due date (empty: not said)", optional_day, default="", doubt=late)
        promised = [Part(total, until)]
    following = next_pledge_id(fund, when) if when else "PL-?"
    name = form.field("--id", identity, "Id of the pledge", pledge_id, default=following)
    words = form.field("--narration", common.narration, "What happened", default="Pledge announced")
    value = form.read("--rate", rate, number)
    letter = form.field(
        "--instrument-date", instrument_date, "Date of the letter", day, default=str(when or ""), doubt=form.unlikely
    )
    if purpose is not None:
        purpose = form.read("--purpose", purpose, lambda slug: parts.purpose(fund, slug))
    form.close()
    notes = metadata(fund, common, when, purpose=purpose, instrument_date=letter, conditions=conditions)

    def draft(fund: Fund) -> Draft:
        free = next_pledge_id(fund, when) if name == following and identity is None else name
        txn = compose.pledge(fund, who, promised, day=when, identity=free, narration=words, rate=value, meta=notes)
        return Draft([txn], f"{free}: pledge of {who.name_en}", {"pledge": free})

    record(book, draft, common)


def pledge_id(text: str) -> str:
    """Read the id of a pledge.

    Raises:
        ValueError: when it is none.

    """
    if not LINK.fullmatch(text):
        raise ValueError(f"{text!r} is not the id of a pledge: write it as PL-2016-003")
    return text
