"""The kinds of value that the fields of acts have: how each is read in a book, and what may be chosen."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from beancount.core.amount import Amount

from ledger.acts.act import Act, Choice, FieldType
from ledger.acts.allocations import Allocation, PromisedPayment, allocations_from
from ledger.acts.dates import doubt_of, doubt_of_due, parse_past_date
from ledger.acts.lookup import find_donor, find_entry, find_pledge, find_unclaimed
from ledger.book.papers import read_document
from ledger.ground.errors import InvalidDocumentError, InvalidEntryError
from ledger.ground.money import minor_units
from ledger.ground.periods import today
from ledger.ground.phrases import N_, Phrase, layout, phrase, text_of
from ledger.ground.values import parse_amount, parse_date, parse_number
from ledger.language.accounts import IN_TRANSIT, PAYABLE, Role, account
from ledger.language.kinds import LINK, METADATA
from ledger.language.nearest import did_you_mean
from ledger.model.fund import Fund
from ledger.model.pledges import Instalment

NONE = "none"
"""What says that nothing is meant, where something is suggested."""


def decimals_in(act: Act) -> int:
    """Return how many decimals a number beside the amount of an act has: those of its currency (ISO 4217).

    Two where it is not known.
    """
    amount: Amount | None = act.values.get("amount")
    units = minor_units(amount.currency) if amount is not None else None
    return _TWO if units is None else units


_TWO = 2


def _text(_act: Act, text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(phrase("the text holds bytes that are not UTF-8")) from error
    return text


def _doubt_of_due(act: Act, value: date) -> Phrase | None:
    return doubt_of_due(value, act.values.get("day"), act.name)


def parse_part(text: str) -> PromisedPayment:
    """Read one of several payments, `150000 USD@2016-10-31`.

    Raises:
        ValueError: when it is anything else.

    """
    amount, at, due = text.partition("@")
    if not at:
        raise ValueError(
            phrase("{text!r}: write an instalment as AMOUNT@DUE, such as '150000 USD@2016-10-31'", text=text)
        )
    return PromisedPayment(parse_amount(amount), parse_date(due))


def _doubt_of_part(act: Act, part: PromisedPayment) -> Phrase | None:
    return _doubt_of_due(act, part.due) if part.due is not None else None


def _pledge_or_instalment(act: Act, text: str) -> str:
    find_pledge(act.fund, text.partition("/")[0])
    return text.strip().upper()


def _read_allocations(act: Act, text: str) -> list[Allocation]:
    if text == NONE:
        return []
    label, equals, amount = text.partition("=")
    return allocations_from(act.fund, label, parse_amount(amount) if equals else None, act.values.get("day") or today())


def _donors(act: Act) -> Sequence[Choice]:
    return [Choice(donor.code, donor.name_en) for donor in act.fund.registry.donors.values()]


def _pledge_id(_act: Act, text: str) -> str:
    if not LINK.fullmatch(text.upper()):
        raise ValueError(phrase("{text!r} is not the id of a pledge: write it as PL-2016-003", text=text))
    return text.upper()


def find_purpose(fund: Fund, text: str) -> str:
    """Return the slug of a declared purpose.

    Raises:
        InvalidEntryError: when the book does not declare it.

    """
    slugs = [item.slug for item in fund.directives.purposes]
    if text not in slugs:
        raise InvalidEntryError(
            phrase("the purpose {text!r} is not declared; {hint}", text=text, hint=did_you_mean(text, slugs))
        )
    return text


def lacks_purpose(instalments: Sequence[Instalment]) -> bool:
    """Return whether a purpose is to be asked for: what is settled states none, or some of it does not.

    Several are split by themselves.
    """
    purposes = {instalment.opened.txn.meta.get("purpose") for instalment in instalments}
    return not purposes or None in purposes


def _purposes(act: Act) -> Sequence[Choice]:
    return [Choice(item.slug, item.name("en")) for item in act.fund.directives.purposes]


def banks(fund: Fund) -> list[str]:
    """Return the bank accounts of a book, without that of money in transit between them."""
    return [name for name in fund.contents.opens if account(name).role is Role.BANK and name != IN_TRANSIT]


def find_bank(fund: Fund, text: str) -> str:
    """Return a bank account of a book.

    Raises:
        ValueError: when the book has none of that name.

    """
    names = banks(fund)
    if text not in names:
        has = ", ".join(names) or N_("none")
        raise ValueError(phrase("{text!r} is not a bank account of the book; it has: {known}", text=text, known=has))
    return text


def _paid_from(act: Act, text: str) -> str:
    return text if text == PAYABLE and PAYABLE in act.fund.contents.opens else find_bank(act.fund, text)


def _document(_act: Act, text: str) -> Path:
    try:
        read_document(Path(text))
    except InvalidDocumentError as error:
        raise ValueError(text_of(error)) from error
    return Path(text)


def open_instalments(act: Act, donor: str | None = None, stage: str = "committed") -> list[Instalment]:
    """Return the instalments of a stage of which something is outstanding on the day of an act, the earliest due first."""
    day = act.values.get("day") or today()
    result = [
        item
        for item in act.fund.instalments.values()
        if item.stage == stage and donor in {None, item.account.donor} and item.outstanding(day)
    ]
    return sorted(result, key=lambda item: (item.due or date.max, item.label))


def choice_of(act: Act, item: Instalment) -> Choice:
    """Return an instalment as a choice, with what is outstanding on the day of an act and when it is due."""
    outstanding = Amount(item.outstanding(act.values.get("day") or today()), item.currency)
    giver = act.fund.registry.by_account.get(item.account.donor)
    donor = giver.name_en if giver else item.account.donor
    if item.due is None:
        return Choice(item.label, phrase("{donor}: {left}", donor=donor, left=outstanding))
    return Choice(item.label, phrase("{donor}: {left}, due {due}", donor=donor, left=outstanding, due=item.due))


def open_choices(act: Act, stage: str = "committed") -> Sequence[Choice]:
    """Return the instalments of a stage of which something is outstanding, as choices."""
    return [choice_of(act, item) for item in open_instalments(act, stage=stage)]


def _unclaimed_choices(act: Act) -> Sequence[Choice]:
    return [
        Choice(item.link, layout("{left}, {day}", left=item.outstanding_amount(), day=item.opened.txn.date))
        for item in act.fund.unclaimed.values()
        if item.outstanding()
    ]


OURS = frozenset({"recorded", "recorded-by"})
"""Metadata that the program writes itself."""


def _metadata(act: Act, text: str) -> tuple[str, Any]:
    key, equals, value = text.partition("=")
    if key in OURS:
        raise ValueError(
            phrase("{key}: `vfund` writes it itself; say with {by} who records", key=key, by=act.word("by"))
        )
    if not equals or key not in METADATA:
        hint = did_you_mean(key, METADATA)
        raise ValueError(phrase("{text!r}: write KEY=VALUE with a key that is known; {hint}", text=text, hint=hint))
    try:
        return key, _VALUES[METADATA[key]](value)
    except ValueError as error:
        raise ValueError(phrase("{key}: {error}", key=key, error=text_of(error))) from error


def _truth(text: str) -> bool | str:
    return text.upper() == "TRUE" if text.upper() in {"TRUE", "FALSE"} else text


_VALUES: dict[type, Callable[[str], Any]] = {date: parse_date, Decimal: parse_number, bool: _truth, str: str}
"""How a metadata value is read, by the type of its key."""


def _yes(_act: Act, text: str) -> bool:
    if text.casefold() not in {"yes", "no"}:
        raise ValueError(phrase("{text!r}: say yes or no", text=text))
    return text.casefold() == "yes"


def one_of(words: Sequence[str]) -> Callable[[Act, str], str]:
    """Return what reads one of some words, however it is written: `No reply` is `no-reply`."""

    def read(_act: Act, text: str) -> str:
        plain = text.casefold().replace(" ", "-")
        if plain not in words:
            raise ValueError(phrase("{text!r} is none of {known}", text=text, known=", ".join(words)))
        return plain

    return read


def rule_of(refusal: str) -> FieldType[str]:
    """Return the type of a rule that a book may set; one that holds the book together is refused, as `refusal` says it."""

    def read(act: Act, text: str) -> str:
        schema = act.fund.law.schema
        if text in schema.structure:
            raise InvalidEntryError(phrase(refusal, rule=text))
        if text not in schema.terms:
            hint = did_you_mean(text, schema.terms)
            raise ValueError(phrase("there is no rule {rule!r}; {hint}", rule=text, hint=hint))
        return text

    def choices(act: Act) -> Sequence[Choice]:
        schema = act.fund.law.schema
        return [Choice(rule) for rule in schema.terms if rule not in schema.structure]

    return FieldType("RULE", read, choices=choices)


def in_order(first: str, last: str) -> Callable[[Act], None]:
    """Return what refuses an act of which the last day is before the first."""

    def verify(act: Act) -> None:
        begin, end = act.values.get(first), act.values.get(last)
        if begin is not None and end is not None and end < begin:
            raise ValueError(
                phrase("{end} is before {first} {begin}: correct one", end=end, first=act.word(first), begin=begin)
            )

    return verify


YES = FieldType("YES", _yes, choices=lambda _act: [Choice("yes"), Choice("no")])
TEXT = FieldType("TEXT", _text)
DAY = FieldType("DATE", lambda _act, text: parse_date(text), doubt=lambda act, day: doubt_of(act.fund, day))
PAST_DAY = FieldType("DATE", lambda _act, text: parse_past_date(text), doubt=lambda act, day: doubt_of(act.fund, day))
DUE = FieldType("DATE", lambda _act, text: parse_date(text), doubt=_doubt_of_due)
AMOUNT = FieldType("AMOUNT", lambda _act, text: parse_amount(text))
NUMBER = FieldType("NUMBER", lambda act, text: parse_number(text, decimals_in(act)))
RATE = FieldType("NUMBER", lambda _act, text: parse_number(text))
PART = FieldType("AMOUNT@DUE", lambda _act, text: parse_part(text), doubt=_doubt_of_part)
DONOR = FieldType("DONOR", lambda act, text: find_donor(act.fund, text), choices=_donors)
PLEDGE_ID = FieldType("PLEDGE", _pledge_id)
PLEDGE_OR_INSTALMENT = FieldType("PLEDGE", _pledge_or_instalment, choices=open_choices)
ENTRY = FieldType("ENTRY", lambda act, text: find_entry(act.fund, text))
PLEDGE = FieldType("PLEDGE", lambda act, text: find_pledge(act.fund, text))
SETTLED = FieldType("INSTALMENT[=AMOUNT]", _read_allocations, choices=open_choices)
UNCLAIMED = FieldType("LINK", lambda act, text: find_unclaimed(act.fund, text), choices=_unclaimed_choices)
PURPOSE = FieldType("PURPOSE", lambda act, text: find_purpose(act.fund, text), choices=_purposes)
BANK = FieldType(
    "ACCOUNT",
    lambda act, text: find_bank(act.fund, text),
    choices=lambda act: [Choice(name) for name in banks(act.fund)],
)
PAID_FROM = FieldType("ACCOUNT", _paid_from, choices=lambda act: [Choice(name) for name in banks(act.fund)])
METADATA_PAIR = FieldType("KEY=VALUE", _metadata)
DOCUMENT = FieldType("FILE", _document)
