"""The four letters, as what they say: paragraphs, tables and a slip to answer with.

They are signed by a role, never by a name.

A letter is dated the day as of which it speaks unless somebody says otherwise, so that the same book gives the same
letter on any day. Its reference names what it is about, so that an answer finds its way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from babel.languages import get_official_languages

from ledger.ground.errors import VfundError
from ledger.ground.periods import Quarter
from ledger.ground.phrases import N_, Text, join, money, phrase
from ledger.language.models import Donor
from ledger.model.contacts import contact_on, lines_of
from ledger.model.fund import Fund
from ledger.model.receipts import Receipt
from reports.document import translate_table
from reports.figures import total
from reports.letters.account import Account, account_of
from reports.names import Names
from reports.overdue import OverdueLine, overdue_instalments
from reports.scope import Scope
from reports.statements.receipts import register
from reports.table import Column, ColumnType, Table, table
from reports.translation import LANGUAGES, Translator

REPLY_WITHIN = timedelta(days=30)
"""House rule: how long a donor has to answer, from the day of the letter, where nobody says otherwise."""


class NothingOverdueError(VfundError, LookupError):
    """The donor has nothing overdue on that day."""


class MissingReceiptError(VfundError, LookupError):
    """The book has no receipt of that number on that day."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with every text said in the language of its donor, whose code is `code`.

    `sender` and `address` are the lines that the book has of the fund's address and of the donor's.
    """

    language: str
    code: str
    fund: str
    mandate: str
    sender: tuple[str, ...]
    subject: str
    reference: str
    day: str
    to: str
    address: tuple[str, ...]
    paragraphs: tuple[str, ...]
    tables: tuple[Table, ...]
    closing: str
    signed: str
    slip: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dates:
    """When a letter is issued (else on the day as of which it speaks), and by when its answer is asked for (else `REPLY_WITHIN`)."""

    issued: date | None = None
    reply_by: date | None = None


UNSAID = Dates()


def letter_to(
    fund: Fund, donor: Donor, scope: Scope, language: str | None, dates: Dates = UNSAID, *, confirm: bool = False
) -> Letter:
    """Write a donor's statement of account, or the letter that asks it to confirm its account, in a language (else in the donor's)."""
    own = _own(fund, scope, donor, language, dates.issued or scope.as_of)
    account = account_of(fund, donor, own)
    return _confirmation(fund, account, own, dates) if confirm else _statement(fund, account, own, dates)


def reminder(fund: Fund, donor: Donor, scope: Scope, language: str | None, dates: Dates = UNSAID) -> Letter:
    """Write the reminder of what a donor has overdue as of the day of the scope.

    Raises:
        NothingOverdueError: when nothing is.

    """
    day = dates.issued or scope.as_of
    own = _own(fund, scope, donor, language, day)
    lines = overdue_instalments(fund, scope.as_of, donor)
    if not lines:
        raise NothingOverdueError(f"nothing of {donor.code} is overdue on {scope.as_of}: there is nothing to remind of")
    paragraphs: list[Text] = [
        N_("The fund is grateful for your contributions and for the commitment on which its work rests."),
        N_(
            "According to our records the payments below, committed by agreement, have fallen due and have not reached us. We should be grateful if you would arrange for them, or let us know when they may be expected."
        ),
        phrase(
            "Outstanding and overdue on {day}: {value} {unit} at the rates of the day.",
            day=scope.as_of,
            value=total(line.value for line in lines),
            unit=fund.unit,
        ),
        N_(
            "If a payment has been made in the meantime, please disregard this letter; its date and the reference of the bank would help us to find it. Should your records differ from ours, please tell us."
        ),
    ]
    head = _Head(f"RM-{scope.as_of}-{donor.code}", day, phrase("Payments overdue at {day}", day=scope.as_of))
    return _letter(fund, donor, own, head, paragraphs, [_overdue(lines)])


def to_remind(fund: Fund, day: date) -> list[Donor]:
    """Return the donors that have something overdue at the end of a day, in the order of their codes."""
    result = {line.donor.code: line.donor for line in overdue_instalments(fund, day)}
    return [result[code] for code in sorted(result)]


def _overdue(lines: Sequence[OverdueLine]) -> Table:
    columns = [
        Column("instalment", N_("Payment"), ColumnType.TEXT, 18),
        Column("due", N_("Due"), ColumnType.DAY, 12),
        Column("days", N_("Days overdue"), ColumnType.COUNT, 12),
        Column("currency", N_("Currency"), ColumnType.TEXT, 9),
        Column("outstanding", N_("Outstanding"), ColumnType.AMOUNT, 16),
    ]
    rows = [(x.instalment, x.due, Decimal(x.days), x.currency, x.outstanding) for x in lines]
    notes = (N_("Amounts are in the currency of the pledge."),)
    return table("overdue", "", N_("Overdue"), N_("Payments that are overdue"), columns, rows, notes=notes)


def _own(fund: Fund, scope: Scope, donor: Donor, language: str | None, day: date) -> Scope:
    """Return the scope of a letter issued on a day: it is for the donor itself, who is named in it."""
    return replace(scope, language=language or language_of(fund, donor, day), published=False)


def language_of(fund: Fund, donor: Donor, day: date) -> str:
    """Return the language in which a donor is written to on a day.

    As the book says, else the first of ours that is official in its country (Unicode CLDR), else English.
    """
    own_language = contact_on(fund, donor, day).language
    if own_language:
        return own_language
    official = get_official_languages(donor.iso2, de_facto=True) if donor.iso2 else ()
    return next((language for language in official if language in LANGUAGES), "en")


def _statement(fund: Fund, account: Account, scope: Scope, dates: Dates) -> Letter:
    """Write the statement of account of a donor."""
    period = phrase("Statement of account, {begin} to {end}", begin=account.begin, end=account.end)
    head = _Head(f"SA-{account.end}-{account.donor.code}", dates.issued or account.end, period)
    return _letter(fund, account.donor, scope, head, [*_sums(fund, account)], account.tables(fund.unit))


def _confirmation(fund: Fund, account: Account, scope: Scope, dates: Dates) -> Letter:
    """Write the letter that asks a donor to confirm its account, with the slip to answer with."""
    day = dates.issued or account.end
    reference = f"CA-{account.end}-{account.donor.code}"
    paragraphs: list[Text] = [
        N_(
            "Our auditors ask us to have our records confirmed by those who contribute. Please compare the account below with your own records, and send the slip at the end of this letter back, whether you agree or not."
        ),
        *_sums(fund, account),
        phrase("We ask for your answer by {day}, under our reference.", day=dates.reply_by or day + REPLY_WITHIN),
        N_("This is no request for payment."),
    ]
    slip: list[Text] = [
        phrase("To be sent back: {reference}", reference=reference),
        phrase(
            "The account of {donor} at {day}, as stated above:",
            donor=account.donor.name(scope.language),
            day=account.end,
        ),
        *_sums(fund, account),
        N_("☐ agrees with our records."),
        N_("☐ differs from our records as follows: ________________________________________"),
        N_("Place and date: ____________________    Name, office and signature: ____________________"),
    ]
    head = _Head(reference, day, phrase("Confirmation of your account at {day}", day=account.end))
    return _letter(fund, account.donor, scope, head, paragraphs, account.tables(fund.unit), slip)


def acknowledgements(fund: Fund, number: str, language: str | None, dates: Dates = UNSAID) -> list[Letter]:
    """Write the acknowledgement of a receipt to each of its donors, of the day of its entry.

    What is stated is what the donor gave, before bank charges, and the day on which the bank credited it.

    Raises:
        MissingReceiptError: when there is no such receipt, it was taken back, or is of after the day of the letter.

    """
    result = [r for r in fund.receipts if r.number == number and not r.reversal]
    back = any(r.reversal and r.entry.txn.meta.get("corrects") == number for r in fund.receipts)
    if not result or back:
        raise MissingReceiptError(f"receipt {number} {'was taken back' if back else 'is not in the book'}")
    return [_acknowledgement(fund, receipt, language, dates) for receipt in result]


def _acknowledgement(fund: Fund, receipt: Receipt, language: str | None, dates: Dates) -> Letter:
    donor, day = fund.registry.by_account[receipt.account.donor], receipt.day
    if dates.issued is not None and dates.issued < day:
        raise MissingReceiptError(f"receipt {receipt.number} is of {day}, after {dates.issued}")
    scope = _own(fund, Scope(Quarter.of(day), day), donor, language, dates.issued or day)
    paragraphs: list[Text] = [
        phrase(
            "We acknowledge with thanks your contribution of {amount}, received on {day} under our receipt number {number}.",
            amount=join([money(amount) for amount in receipt.amounts], " + "),
            day=fund.credited_by(receipt.entry).txn.date,
            number=receipt.number,
        ),
        *_worth(fund, receipt),
    ]
    mine = Account(donor, day, day, (), register(fund, [receipt], Names(fund, scope)), (), ())
    head = _Head(receipt.number, dates.issued or day, phrase("Receipt {number}", number=receipt.number))
    return _letter(fund, donor, scope, head, paragraphs, mine.tables(fund.unit))


def _worth(fund: Fund, receipt: Receipt) -> Sequence[Text]:
    if all(amount.currency == fund.unit for amount in receipt.amounts):
        return ()
    return (phrase("It was credited as {value} {unit}, before bank charges.", value=receipt.value, unit=fund.unit),)


def _sums(fund: Fund, account: Account) -> Sequence[Text]:
    """Tell the sums of an account in words."""
    paragraphs: list[Text] = [
        phrase(
            "In the period we received {received} {unit} from you, before bank charges.",
            received=account.received,
            unit=fund.unit,
        )
    ]
    if account.refunded:
        paragraphs.append(phrase("We paid {refunded} {unit} back to you.", refunded=account.refunded, unit=fund.unit))
    for stage, text in (
        (
            "committed",
            N_("Outstanding at the end of it, committed by agreement: {value} {unit} at the rates of the day."),
        ),
        (
            "announced",
            N_(
                "Outstanding at the end of it, announced and binding on nobody: {value} {unit} at the rates of the day."
            ),
        ),
    ):
        if value := account.outstanding(stage):
            paragraphs.append(phrase(text, value=value, unit=fund.unit))
    return paragraphs


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above a letter."""

    reference: str
    issued: date
    subject: Text


def _letter(
    fund: Fund,
    donor: Donor,
    scope: Scope,
    head: _Head,
    paragraphs: Sequence[Text],
    tables: Sequence[Table],
    slip: Sequence[Text] = (),
) -> Letter:
    words, contact = Translator(scope.language), contact_on(fund, donor, head.issued)
    identity = fund.directives.funds[0] if fund.directives.funds else None
    return Letter(
        language=scope.language,
        code=donor.code,
        fund=identity.name(scope.language) if identity else "",
        mandate=identity.mandate(scope.language) if identity else "",
        sender=lines_of(identity.address) if identity else (),
        subject=words.say(head.subject),
        reference=words.say(phrase("Our reference: {reference}", reference=head.reference)),
        day=words.say(head.issued),
        to=donor.name(scope.language),
        address=tuple(line for line in (contact.addressee, *contact.address) if line),
        paragraphs=tuple(words.say(text) for text in paragraphs),
        tables=tuple(translate_table(table, words) for table in tables),
        closing=words.say(N_("For the fund")),
        signed=words.say(N_("The Treasurer")),
        slip=tuple(words.say(text) for text in slip),
    )
