"""`vfund agreement`: record a commitment."""

import click
from beancount.core.amount import Amount

from app import parts
from app.agreements import in_order, one_donor, one_sum, other_currency, rate_of_the_announcement
from app.asking import day, needed, number, today, unlikely_due
from app.books import read
from app.commands.pledge import pledge_id
from app.recording import Common, Draft, metadata, record, recording_options
from app.relations import Command, consistent, excludes
from ledger.acts import compose
from ledger.acts.takes import Part, find_donor, find_pledge
from ledger.ground.money import parse_amount, show
from ledger.model.fund import Fund
from ledger.model.numbering import next_pledge_id
from ledger.model.pledges import Pledge
from ledger.model.purposes import common_purpose


@click.command(
    cls=Command,
    relations=(
        one_donor("PLEDGE", "--donor"),
        excludes("--instalment", "--due"),
        one_sum("--amount", "--instalment"),
        other_currency("--rate", "--amount", "--instalment"),
        rate_of_the_announcement("PLEDGE", "--rate", "--amount", "--instalment"),
        in_order("--instrument-date", "--accepted"),
    ),
    epilog="Example: vfund agreement PL-2026-001 --instalment '150000 USD@2026-10-31' --instalment '50000 USD@2026-12-31'",
)
@click.argument("pledge", required=False)
@click.option("--donor", metavar="DONOR", help="Donor, where nothing was announced before.")
@click.option("--amount", metavar="AMOUNT", help="How much is committed (default: all that is announced).")
@click.option("--due", metavar="DATE", help="Due date.")
@click.option(
    "--instalment",
    "several",
    multiple=True,
    metavar="AMOUNT@DUE",
    help="One of several payments, which are --amount in all (repeat it).",
)
@click.option("--rate", metavar="NUMBER", help="Rate, where nothing was announced before.")
@click.option("--agreement", "instrument", metavar="TEXT", help="The agreement, memorandum or exchange of letters.")
@click.option("--instrument-date", metavar="DATE", help="Date of the offer (default: that of the announcement).")
@click.option("--accepted", metavar="DATE", help="Date of the acceptance (default: the date of the entry).")
@click.option("--purpose", metavar="PURPOSE", help="Purpose that the donor states (default: that of the announcement).")
@recording_options
def command(
    pledge: str | None,
    donor: str | None,
    amount: str | None,
    due: str | None,
    several: tuple[str, ...],
    rate: str | None,
    instrument: str | None,
    instrument_date: str | None,
    accepted: str | None,
    purpose: str | None,
    common: Common,
) -> None:
    """Record that PLEDGE is committed: accepted by an agreement or an exchange of letters.

    Moves what was announced to committed instalments. Without a PLEDGE a new one begins as committed.
    """
    book = read(common.book)
    fund = book.fund
    form = common.form(fund)
    consistent(fund)
    when = form.field("--date", common.day, "Date of the entry", day, default=today(), doubt=form.unlikely)
    new = next_pledge_id(fund, when) if when else None
    running = pledge is None
    if running and donor is not None:
        pledge = new
    name = form.field(
        "PLEDGE",
        pledge,
        "Pledge (a new id: nothing was announced)",
        lambda text: _known(fund, text, new_allowed=donor is not None or form.interactive),
        default=new if form.interactive else None,
    )
    known = fund.pledges.get(name) if name else None
    if known is not None:
        who = fund.registry.by_account.get(known.donor)
    else:
        who = (
            form.field("--donor", donor, "Donor (code or name)", lambda text: find_donor(fund, text)) if name else None
        )
    if known is not None and not several and amount is None and _announced(known) is None:
        raise click.ClickException(f"nothing announced is left on {name}; say with --amount how much more is committed")
    if several:
        promised = parts.promised(form, several, when, "commitment")
    else:
        total = form.field("--amount", amount, "Amount committed", parse_amount, default=_announced(known))
        late = unlikely_due(when, "commitment")
        promised = [Part(total, form.field("--due", due, "Due date", day, default=_due(known), doubt=late))]
    text = form.field(
        "--agreement",
        instrument,
        "Agreement or exchange of letters",
        *([needed] if form.interactive else []),
        default="",
    )
    words = form.field("--narration", common.narration, "What happened", default="Commitment accepted")
    value = form.read("--rate", rate, number)
    announced = [i.opened.txn.meta for i in known.instalments] if known else []
    offered = next((str(meta["instrument-date"]) for meta in announced if "instrument-date" in meta), None)
    signed = form.field(
        "--instrument-date",
        instrument_date,
        "Date of the donor's offer",
        day,
        default=offered or str(when or ""),
        doubt=form.unlikely,
    )
    agreed = form.field(
        "--accepted", accepted, "Date of the acceptance", day, default=str(when or ""), doubt=form.unlikely
    )
    before = common_purpose([i for i in known.instalments if i.stage == "announced"]) if known else None
    if purpose is not None or (form.interactive and before is None):
        purpose = form.field("--purpose", purpose, parts.asked_purpose(fund), lambda slug: parts.purpose(fund, slug))
    form.close()
    if who is None:
        raise click.ClickException(f"the donor of {name} is not registered; `vfund check` says more")
    notes = metadata(
        fund, common, when, agreement=text, instrument_date=signed, accepted=agreed, purpose=purpose or before
    )

    def draft(fund: Fund) -> Draft:
        free = next_pledge_id(fund, when) if running and name == new else name
        txn = compose.agreement(fund, who, promised, day=when, identity=free, narration=words, rate=value, meta=notes)
        return Draft([txn], f"{free}: agreement with {who.name_en}", {"pledge": free})

    record(book, draft, common)


def _known(fund: Fund, text: str, *, new_allowed: bool) -> str:
    """Take the id of a pledge in the book; or a new one, when its donor is named or can be asked for."""
    name = pledge_id(text.upper())
    if name not in fund.pledges and not new_allowed:
        find_pledge(fund, name)
    return name


def _due(pledge: Pledge | None) -> str | None:
    """Give the due date that was announced."""
    announced = [i.due for i in pledge.instalments if i.stage == "announced" and i.due] if pledge else []
    return str(announced[0]) if announced else None


def _announced(pledge: Pledge | None) -> str | None:
    if pledge is None or len(pledge.currencies) != 1:
        return None
    currency = pledge.currencies[0]
    left = pledge.outstanding(currency, stage="announced")
    return show(Amount(left, currency)) if left else None
