"""Read MT940 (customer statements) and MT942 (interim reports) with the library `mt-940`.

The library joins all messages of a file into one; here a file is cut into its messages first, each is read alone, every
line `:61:` must come back as a transaction, and a message without its closing balance (or, in MT942, without its
totals) is refused: it may have been cut off.
"""

import logging
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mt940 import models, tags
from mt940.options import Options

from importers.ground.configuration import Configuration
from importers.ground.files import Source, decode, read_head
from importers.ground.format import Format
from importers.ground.records import BankStatements, Coverage, Line, Nature, Party, StatedBalance, Statement
from importers.ground.refusal import Mistake, RefusedFileError, refuse
from importers.ground.values import join_words
from ledger.ground.money import LARGEST, ZERO, show_number

_TAG = re.compile(r":(\d{2}[A-Z]?|NS):")
_ENVELOPE = re.compile(r"^\{1:.*?\{4:\n?", re.DOTALL | re.MULTILINE)
_RETURNED = frozenset({"108", "109", "159"})
"""German business transaction codes (GVC) of returned payments."""
_END = re.compile(r"^-(\}.*|[A-Z]{3}|)\s*$")
_NO_REFERENCE = frozenset({"", "NONREF", "NOREF", "UNKNOWN"})
_CODES = {
    Nature.CHARGES: frozenset({"CHG", "COM", "BRF"}),
    Nature.INTEREST: frozenset({"INT"}),
    Nature.RETURN: frozenset({"RTI", "RET"}),
}
"""Transaction types of field 61, subfield 6 (SWIFT)."""


@dataclass(frozen=True, slots=True)
class _Message:
    """One message with the line at which it begins."""

    begins: int
    text: str


def open_mt940(source: Source, _configuration: Configuration) -> BankStatements | None:
    """Return the statements of MT940 or MT942, told by their tags at the beginning of lines.

    None for any other file.
    """
    head = read_head(source)
    tagged = re.findall(rb"(?m)^:(20|25|28C?|60[FM]|61|62[FM]|86|90[CD]|NS|940):", head)
    ours = bool(tagged) and not head.startswith((b"<", b"01,", b"OFXHEADER"))
    return BankStatements(tuple(read(source))) if ours else None


FORMAT = Format("MT940/MT942", "MT940/942", BankStatements, open_mt940)


def read(source: Source) -> list[Statement]:
    """Read every message of a file.

    Raises:
        RefusedFileError: with every message that cannot be read or is not whole.

    """
    statements: list[Statement] = []
    mistakes: list[Mistake] = []
    for message in _split_messages(decode(source)):
        try:
            statements.append(_read_statement(message))
        except RefusedFileError as error:
            mistakes += error.mistakes
    if mistakes:
        raise RefusedFileError(mistakes)
    return statements


def _split_messages(text: str) -> Iterator[_Message]:
    """Cut a file at each `:20:`; what stands before a message (the banks' own headers) is left off."""
    lines = _ENVELOPE.sub(
        lambda found: "\n" * found[0].count("\n"), text.replace("\x01", "").replace("\x03", "")
    ).split("\n")
    starts = [number for number, line in enumerate(lines) if line.startswith(":20:")] or [0]
    if any(_TAG.match(line) for line in lines[: starts[0]] if not line.startswith(":940:")):
        starts.insert(0, 0)
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        body: list[str] = []
        for number, line in enumerate(lines[start:stop], start):
            if _END.match(line) and not (
                line.strip() == "-" and any(_TAG.match(later) for later in lines[number:stop])
            ):
                break
            if line.startswith(":940:"):
                continue
            body.append(line.rstrip())
        yield _Message(start + 1, "\n".join(body).strip("\n"))


def _read_statement(message: _Message) -> Statement:
    place = f"line {message.begins}"
    parsed = _parse(message, place)
    data = parsed.data
    account = join_words(str(data.get("account_identification") or ""))
    if not account:
        raise refuse(place, "the message names no account (`:25:`).", "fetch the whole file again from the bank.")
    opening = _read_balance(data, place, "final_opening_balance", "intermediate_opening_balance", "opening_balance")
    closing = _read_balance(data, place, "final_closing_balance", "intermediate_closing_balance", "closing_balance")
    interim = opening is None and closing is None and bool(_INTERIM & data.keys())
    if not interim and (opening is None or closing is None):
        missing = "opening balance (`:60F:`)" if opening is None else "closing balance (`:62F:`)"
        what = f"the message has no {missing}: it was cut off, or is no statement."
        raise refuse(place, what, "fetch the whole file again from the bank.")
    currency = opening.currency if opening else _floor_currency(data)
    lines = tuple(_read_lines(message, parsed, currency, closing.day if closing else date.max))
    if interim:
        _check_totals(data, lines, place)
    sequence = str(data.get("statement_number") or "")
    page = str(data.get("sequence_number") or "")
    reference = str(data.get("transaction_reference") or "")
    return Statement(
        place=place,
        numbers=_ways_to_write(account),
        currency=currency,
        coverage=Coverage.PART if interim else Coverage.COMPLETE,
        identity=join_words(reference, f"{sequence}/{page}" if page.isdigit() else sequence),
        sequence=int(sequence) if sequence.isdigit() else None,
        opening=opening,
        closing=closing,
        lines=lines,
        ends="final_closing_balance" in data or "closing_balance" in data,
    )


_INTERIM = frozenset({"sum_debit_entries", "sum_credit_entries", "d_floor_limit", "c_floor_limit"})


def _parse(message: _Message, place: str) -> models.Transactions:
    """Read one message by the library.

    It is read with the lengths of SWIFT, else with those of banks that write an IBAN as reference.
    """
    expected = len(re.findall(r"(?m)^:61:", message.text))
    logging.getLogger("mt940").setLevel(logging.CRITICAL)  # it logs every pattern that it tries
    wrong = ""
    for line_tag in (tags.Statement(), tags.StatementASNB(), tags.StatementGLS()):
        result = models.Transactions(tags={line_tag.id: line_tag}, options=Options.all())
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                result.parse(message.text)
        except (RuntimeError, ValueError, ArithmeticError, KeyError, TypeError, AttributeError) as error:
            wrong = wrong or _explain_error(error)
            continue
        read_lines = [item for item in result.transactions if "amount" in item.data]
        if len(read_lines) == expected:
            return result
        wrong = f"{expected} lines `:61:` stand in the message, {len(read_lines)} of them can be read."
    raise refuse(place, wrong, "fetch the file again from the bank.")


def _explain_error(error: Exception) -> str:
    """Return in words what the library could not read."""
    value = next((part for part in error.args[::-1] if isinstance(part, str)), str(error))
    return (
        f"the field {value[:60]!r} cannot be read."
        if isinstance(error, RuntimeError)
        else f"a field cannot be read: {value[:80]}."
    )


def _read_balance(data: dict[str, Any], place: str, *names: str) -> StatedBalance | None:
    for name in names:
        balance = data.get(name)
        if balance is not None:
            if balance.amount is None or balance.date is None:
                raise refuse(place, f"the {name.replace('_', ' ')} cannot be read.", "fetch the file again.")
            day = balance.date
            return StatedBalance(
                balance.amount.amount, balance.amount.currency or "", date(day.year, day.month, day.day)
            )
    return None


def _floor_currency(data: dict[str, Any]) -> str:
    known = [data[key] for key in _INTERIM if key in data]
    return next(
        (
            c
            for item in known
            if (c := getattr(item, "currency", None) or getattr(getattr(item, "amount", None), "currency", None))
        ),
        "",
    )


def _check_totals(data: dict[str, Any], lines: tuple[Line, ...], place: str) -> None:
    """Check the lines of an interim report against its own totals, `:90D:` and `:90C:`."""
    totals = 0
    for key, sign in (("sum_debit_entries", -1), ("sum_credit_entries", 1)):
        total = data.get(key)
        if total is None:
            continue
        if not str(total.number).isdigit():
            raise refuse(
                place, "the totals (`:90D:`, `:90C:`) cannot be read.", "fetch the report again from the bank."
            )
        totals += 1
        mine = [line.number for line in lines if line.number * sign > 0]
        count, number = int(total.number), abs(total.amount.amount if hasattr(total.amount, "amount") else total.amount)
        if count != len(mine) or number != abs(sum(mine, ZERO)):
            side = "debits" if sign < 0 else "credits"
            what = f"the report totals {count} {side} of {show_number(number)}; its lines are {len(mine)} of {show_number(abs(sum(mine, ZERO)))}."
            raise refuse(place, what, "fetch the file again from the bank.")
    if not totals:
        raise refuse(
            place,
            "the report has no totals (`:90D:`, `:90C:`): it may have been cut off.",
            "fetch it again, or import the statement of the day.",
        )


def _read_lines(message: _Message, parsed: models.Transactions, currency: str, closes: date) -> Iterator[Line]:
    at = [message.begins + number for number, line in enumerate(message.text.split("\n")) if line.startswith(":61:")]
    for number, item in zip(at, (t for t in parsed.transactions if "amount" in t.data), strict=True):
        data = {key: value for key, value in item.data.items() if value is not None}
        amount: Decimal = data["amount"].amount
        if abs(amount) >= LARGEST:
            raise refuse(f"line {number}", f"the amount is {amount:,}; no amount of a fund reaches {LARGEST:,}.")
        value_day = _as_date(data["date"])
        reference = join_words(str(data.get("bank_reference", "")))
        customer = join_words(str(data.get("customer_reference", "")))
        details = join_words(str(data.get("transaction_details", "")))
        text = join_words(
            str(data.get("purpose", "")),
            str(data.get("end_to_end_reference", "")),
            details,
            str(data.get("extra_details", "")),
            "" if data.get("purpose") or details else str(data.get("posting_text", "")),
        )
        yield Line(
            place=f"line {number}",
            number=amount,
            currency=str(data.get("currency") or currency),
            day=_as_date(data["entry_date"]) if "entry_date" in data else min(value_day, closes),
            value_day=value_day,
            reference=reference if reference.upper() not in _NO_REFERENCE else "",
            text=join_words(text, customer if customer.upper() not in _NO_REFERENCE else ""),
            party=Party(
                join_words(str(data.get("applicant_name", "")), str(data.get("deviate_applicant", ""))),
                join_words(str(data.get("applicant_iban", ""))),
                join_words(str(data.get("applicant_bin", ""))),
            ),
            nature=_nature_of(str(data.get("id", "")), str(data.get("transaction_code", ""))),
            reversal=str(data.get("status", "")).upper().startswith("R"),
        )


def _as_date(day: date) -> date:
    return date(day.year, day.month, day.day)


def _nature_of(code: str, gvc: str) -> Nature:
    if gvc in _RETURNED:
        return Nature.RETURN
    kind = code[1:].strip().upper()
    return next((nature for nature, codes in _CODES.items() if kind in codes), Nature.PAYMENT)


def _ways_to_write(account: str) -> tuple[str, ...]:
    """Return the ways in which the account of `:25:` may be written.

    As it stands, without the bank's code before the stroke, without a currency at the end.
    """
    last = account.rpartition("/")[2]
    ways = [account, last, *(way[:-3] for way in (account, last) if re.fullmatch(r".*\d[A-Z]{3}", way))]
    parts = account.split("/")
    ways += [part for part in parts if re.fullmatch(r"[\dA-Z.\-]{6,}", part)]
    return tuple(dict.fromkeys(ways))
