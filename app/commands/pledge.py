"""`vfund pledge`: record an announced pledge."""

import click

from app import parts
from app.asking import Form, day, number, optional_day, today
from app.books import read
from app.recording import Common, composed, metadata, record, recording_options
from ledger import compose
from ledger.language.kinds import LINK
from ledger.money import parse_amount
from ledger.numbering import next_pledge_id
from ledger.takes import Part, find_donor


@click.command(
    epilog="Example: vfund pledge --donor ARG --amount '200000 USD' --due 2026-12-31 --narration 'Letter of 26 August'"
)
@click.option("--donor", metavar="DONOR", help="Donor: code, name or alias.")
@click.option("--amount", metavar="AMOUNT", help="How much, such as '200000 USD'.")
@click.option("--due", metavar="DATE", help="Until when it is to be paid, if that was said.")
@click.option(
    "--instalment",
    "several",
    multiple=True,
    metavar="AMOUNT@DUE",
    help="Instead of --amount: one of several payments (repeat it).",
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
    fund, form = book.fund, Form()
    who = form.field("--donor", donor, "Donor (code or name)", lambda text: find_donor(fund, text))
    when = form.field("--date", common.day, "Date of the entry", day, default=today())
    if several:
        promised = form.read("--instalment", several, parts.instalments)
    else:
        total = form.field("--amount", amount, "Amount and currency, such as 200000 USD", parse_amount)
        promised = [Part(total, form.field("--due", due, "Due date (empty: not said)", optional_day, default=""))]
    name = form.field(
        "--id",
        identity,
        "Id of the pledge",
        pledge_id,
        default=next_pledge_id(fund, when) if when else "PL-?",
    )
    words = form.field("--narration", common.narration, "What happened", default="Pledge announced")
    value = form.read("--rate", rate, number)
    letter = form.field("--instrument-date", instrument_date, "Date of the letter", day, default=str(when or ""))
    if purpose is not None:
        purpose = form.read("--purpose", purpose, lambda slug: parts.purpose(fund, slug))
    form.close()
    notes = metadata(fund, common, when, purpose=purpose, instrument_date=letter, conditions=conditions)
    with composed():
        txn = compose.pledge(fund, who, promised, day=when, identity=name, narration=words, rate=value, meta=notes)
    record(book, [txn], f"{name}: pledge of {who.name_en}", common, {"pledge": name})


def pledge_id(text: str) -> str:
    """Read the id of a pledge.

    Raises:
        ValueError: when it is none.

    """
    if not LINK.fullmatch(text):
        raise ValueError(f"{text!r} is not the id of a pledge: write it as PL-2016-003")
    return text
