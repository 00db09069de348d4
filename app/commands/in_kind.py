"""`vfund in-kind`: record a contribution in kind."""

import click

from app import parts
from app.asking import past_day, today
from app.books import read
from app.command import Command, consistent
from app.recording import Common, Draft, metadata, record, recording_options
from ledger.acts import compose
from ledger.acts.agreements import one_donor
from ledger.acts.takes import find_donor
from ledger.ground.money import parse_amount
from ledger.model.fund import Fund


@click.command(
    "in-kind",
    cls=Command,
    relations=(one_donor("--donor", "--converts"),),
    epilog="Example: vfund in-kind --donor PAN --value '12000 USD' --use Premises --valuation 'Letter of the donor'",
)
@click.option("--donor", metavar="DONOR", help="Donor: code, name or alias.")
@click.option("--value", metavar="AMOUNT", help="Fair value, in the unit of account.")
@click.option("--use", metavar="OBJECT", help="What it is: an account under Expenses:InKind.")
@click.option("--valuation", metavar="TEXT", help="How the value was found, and by whom.")
@click.option(
    "--converts",
    multiple=True,
    metavar="INSTALMENT[=AMOUNT]",
    help="What of a pledge it replaces (repeat it).",
)
@recording_options
def command(
    donor: str | None,
    value: str | None,
    use: str | None,
    valuation: str | None,
    converts: tuple[str, ...],
    common: Common,
) -> None:
    """Record a contribution in kind at its value; it never enters the fund balance."""
    book = read(common.book)
    fund = book.fund
    form = common.form(fund)
    consistent(fund)
    objects = [name.rpartition(":")[2] for name in fund.contents.opens if name.startswith("Expenses:InKind:")]
    who = form.field("--donor", donor, "Donor (code or name)", lambda text: find_donor(fund, text))
    when = form.field("--date", common.day, "Date of the entry", past_day, default=today(), doubt=form.unlikely)
    worth = form.field("--value", value, f"Fair value, such as 12000 {fund.unit}", parse_amount)
    kind = form.field(
        "--use",
        use,
        f"What it is ({', '.join(objects)})",
        lambda text: _object(text, objects),
        default=objects[0] if objects else None,
    )
    basis = form.field("--valuation", valuation, "How the value was found")
    words = form.field("--narration", common.narration, "What was given", default="Contribution in kind")
    takes = form.read("--converts", converts, lambda texts: parts.settlements(fund, texts, when)) if when else []
    form.close()
    notes = metadata(fund, common, when, valuation=basis)

    def draft(fund: Fund) -> Draft:
        txn = compose.in_kind(fund, who, worth, kind, takes or [], day=when, narration=words, meta=notes)
        return Draft([txn], f"In kind from {who.name_en}")

    record(book, draft, common)


def _object(text: str, objects: list[str]) -> str:
    if text not in objects:
        raise ValueError(f"{text!r} is not an object of use in kind; the book has: {', '.join(objects) or 'none'}")
    return text
