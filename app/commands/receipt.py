"""`vfund receipt`: record money that came in."""

from datetime import date
from decimal import Decimal
from typing import Any

import click
from beancount.core.amount import Amount

from app import parts
from app.agreements import one_donor, one_pledge, other_currency, part_of_the_credit
from app.asking import Form, number, past_day, today
from app.books import read
from app.recording import Common, Draft, metadata, record, recording_options
from app.relations import Command, consistent, needs
from ledger.acts import compose
from ledger.acts.takes import ComposeError, Take, find_donor, find_pledge, oldest_first
from ledger.ground.money import ZERO, parse_amount, show
from ledger.model.fund import Fund
from ledger.model.numbering import next_receipt_number


@click.command(
    cls=Command,
    relations=(
        one_donor("PLEDGE", "--donor", "--settles"),
        one_pledge("PLEDGE", "--settles"),
        needs("--unpledged", "PLEDGE", "--settles"),
        part_of_the_credit("--unpledged", "--amount", "--charges", "PLEDGE", "--settles"),
        other_currency("--rate", "--amount"),
    ),
    epilog="Example: vfund receipt PL-2026-001 --amount '149985 USD' --charges 15 --bank-reference FT-20261031-1",
)
@click.argument("pledge", required=False)
@click.option("--donor", metavar="DONOR", help="Donor, where nothing was pledged.")
@click.option("--amount", metavar="AMOUNT", help="What the bank credited, such as '149985 USD'.")
@click.option("--charges", metavar="NUMBER", help="Bank charges kept on the way, in the same currency.")
@click.option(
    "--settles",
    multiple=True,
    metavar="INSTALMENT[=AMOUNT]",
    help="What it settles (default: the instalments of PLEDGE, earliest due first; repeat it).",
)
@click.option("--unpledged", metavar="NUMBER", help="How much of it is beyond any pledge, in the same currency.")
@click.option("--bank", metavar="ACCOUNT", help="Bank account (default: the book's first).")
@click.option("--bank-reference", metavar="TEXT", help="The bank's own reference of the credit.")
@click.option("--receipt-number", metavar="TEXT", help="Official receipt number (default: the next one).")
@click.option("--purpose", metavar="PURPOSE", help="Purpose that the donor states (default: that of the pledge).")
@click.option(
    "--agreement", "instrument", metavar="TEXT", help="Its agreement or letter (default: that of the pledge)."
)
@click.option("--value-date", metavar="DATE", help="The bank's value date, where it is not the date of the entry.")
@click.option("--rate", metavar="NUMBER", help="Rate of the bank's currency, where it is not the unit of account.")
@recording_options
def command(
    pledge: str | None,
    donor: str | None,
    amount: str | None,
    charges: str | None,
    settles: tuple[str, ...],
    unpledged: str | None,
    bank: str | None,
    bank_reference: str | None,
    receipt_number: str | None,
    purpose: str | None,
    instrument: str | None,
    value_date: str | None,
    rate: str | None,
    common: Common,
) -> None:
    """Record money that came in, and settle PLEDGE (or an instalment, PL-2026-001/2) with it.

    Without a PLEDGE it is a contribution that nobody pledged. The charge for indirect costs, at the rate in force, is recorded with it.
    """
    book = read(common.book)
    fund = book.fund
    form = common.form(fund)
    consistent(fund)
    if pledge is None and donor is None and not settles and form.interactive:
        pledge = click.prompt("Pledge or instalment (empty: not pledged)", default="", show_default=False) or None
    when = form.field("--date", common.day, "Date of the credit", past_day, default=today(), doubt=form.unlikely)
    credited = form.field("--amount", amount, "Amount credited, such as 149985 USD", parse_amount)
    fee = form.field("--charges", charges, "Bank charges kept on the way", number, default="0")
    beyond = form.read("--unpledged", unpledged, number) or ZERO
    takes: list[Take] = []
    if when and credited and fee is not None:
        takes = (
            form.read(
                "--settles" if settles else "PLEDGE",
                (pledge, settles),
                lambda given: _takes(fund, *given, when, credited, fee - beyond),
            )
            or []
        )
    if form.interactive and form.refused:
        form.close()
    who = _donor(fund, form, donor, takes, pledge)
    banks = parts.banks(fund)
    place = form.field(
        "--bank", bank, "Bank account", lambda text: parts.bank(fund, text), default=banks[0] if banks else None
    )
    reference = form.field("--bank-reference", bank_reference, "The bank's reference", default="")
    following = next_receipt_number(fund, when) if when else ""
    official = form.field("--receipt-number", receipt_number, "Receipt number", default=following)
    words = form.field("--narration", common.narration, "What happened", default="Contribution received")
    value = form.read("--rate", rate, number)
    stated = stated_purpose(fund, form, purpose, takes)
    paper = stated_instrument(form, instrument, takes)
    bank_day = form.read_day("--value-date", value_date, past_day)
    form.close()
    if who is None:
        raise click.ClickException("the donor of the pledge is not registered; `vfund check` says more")
    notes = metadata(fund, common, when, bank_reference=reference)
    notes |= {"purpose": stated, "agreement": paper, "value-date": bank_day}

    def draft(fund: Fund) -> Draft:
        free = next_receipt_number(fund, when) if official == following and receipt_number is None else official
        txn = compose.receipt(
            fund,
            who,
            day=when,
            bank=place,
            credited=credited,
            charges=fee,
            takes=takes,
            unpledged=beyond,
            narration=words,
            rate=value,
            meta={"receipt-number": free, **notes},
        )
        charge = compose.indirect_costs(fund, txn, place)
        return Draft([txn, charge] if charge else [txn], f"{free}: receipt from {who.name_en}", {"receipt": free})

    record(book, draft, common)


def _takes(
    fund: Fund, pledge: str | None, settles: tuple[str, ...], when: date, credited: Amount, beside: Decimal
) -> list[Take]:
    """Say what a receipt settles: as told, else the named pledge with all that came in for it."""
    if settles:
        return parts.settlements(fund, settles, when)
    if pledge is None:
        return []
    gross = Amount(credited.number + beside, credited.currency)
    committed = [
        i for i in fund.instalments.values() if i.stage == "committed" and pledge.upper() in {i.label.upper(), i.pledge}
    ]
    outstanding = [i for i in committed if i.outstanding(when)]
    if not committed:
        find_pledge(fund, pledge.partition("/")[0])
        raise ComposeError(f"{pledge} is not committed yet: record its `vfund agreement` first")
    if outstanding and all(i.currency != credited.currency for i in outstanding):
        label, currency = outstanding[0].label, outstanding[0].currency
        raise ComposeError(
            f"{pledge} is in {currency}, but {credited.currency} came in: say how much is settled, such as --settles '{label}="
            f"{show(Amount(outstanding[0].outstanding(when), currency)).replace(',', '')}'"
        )
    takes = oldest_first(outstanding, gross, when)
    held = sum((take.amount.number for take in takes), ZERO)
    if held < gross.number:
        there = show(Amount(held, gross.currency))
        raise ComposeError(
            f"{show(gross)} came in, but only {there} is outstanding on {pledge} on {when}: correct the amount, or say with "
            f"--unpledged {gross.number - held} how much is beyond the pledge"
        )
    return takes


def _donor(fund: Fund, form: Form, donor: str | None, takes: list[Take], pledge: str | None) -> Any:
    if takes and donor is None:
        return fund.registry.by_account.get(takes[0].instalment.account.donor)
    if donor is None and pledge is not None:
        return None  # what is wrong with the pledge is said already
    return form.field("--donor", donor, "Donor (code or name)", lambda text: find_donor(fund, text))


def stated_purpose(fund: Fund, form: Form, given: str | None, takes: list[Take]) -> str | None:
    """Give the purpose: as told, else that of the pledge, else asked for; the rule `purpose-evidenced` judges a receipt without one."""
    if given is not None:
        text: str | None = form.read("--purpose", given, lambda slug: parts.purpose(fund, slug))
        return text
    if not form.interactive or not parts.asks_purpose([take.instalment for take in takes]):
        return None
    asked: str = form.field("--purpose", None, parts.asked_purpose(fund), lambda slug: parts.purpose(fund, slug))
    return asked


def stated_instrument(form: Form, given: str | None, takes: list[Take]) -> str | None:
    """Give the agreement or letter: as told, else (None) that of the pledge, else asked for."""
    if given is not None or takes or not form.interactive:
        return given
    asked: str = form.field("--agreement", None, "Agreement or letter of the donor", default="")
    return asked
