"""Read BAI2 (Cash Management Balance Reporting, version 2) with the library `bai2`, its checks of totals on.

Amounts count the smallest unit of the currency. Type 010 is the opening ledger balance and 015 the closing one; a group
without both is a report of a part of the day.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from bai2 import bai2
from bai2.constants import GroupStatus, TypeCodeTransaction
from bai2.exceptions import IntegrityException, NotSupportedYetException, ParsingException

from importers.ground.configuration import Configuration
from importers.ground.files import Source, decode, read_head
from importers.ground.format import Format
from importers.ground.records import BankStatements, Coverage, Line, Nature, StatedBalance, Statement
from importers.ground.refusal import refuse
from importers.ground.values import join_words
from ledger.ground.money import quantum

_NATURES = {
    **dict.fromkeys(("354", "359"), Nature.INTEREST),
    **dict.fromkeys(("661", "698"), Nature.CHARGES),
    **dict.fromkeys(("252", "255", "257", "258", "552", "555", "557", "558"), Nature.RETURN),
}
"""Type codes of the BAI2 specification, appendix A."""
_MEND = "fetch the whole file again from the bank."


def open_bai2(source: Source, _configuration: Configuration) -> BankStatements | None:
    """Return the statements of BAI2, told by its first record; None for any other file."""
    return BankStatements(tuple(read(source))) if read_head(source).startswith(b"01,") else None


FORMAT = Format("BAI2", "BAI2", BankStatements, open_bai2)


def read(source: Source) -> list[Statement]:
    """Read every account of every group.

    Raises:
        RefusedFileError: when a count or a control total is wrong, or something in the file is not supported.

    """
    text = decode(source)
    try:
        result = bai2.parse_from_string(text, check_integrity=True)
    except NotSupportedYetException as error:
        raise refuse("", f"{error}.", "ask the bank for a file without its own codes, or for camt.053.") from error
    except (IntegrityException, ParsingException) as error:
        raise refuse("", f"{error}.", _MEND) from error
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, StopIteration, RuntimeError) as error:
        raise refuse("", f"a record cannot be read ({error}).", _MEND) from error
    tail = [line for line in text.splitlines() if line.strip()][-1]
    if not tail.startswith("99,"):
        raise refuse("", "the file does not end with its trailer (record 99): it was cut off.", _MEND)
    return [_read_statement(group, account) for group in result.children for account in group.children]


def _read_statement(group: Any, account: Any) -> Statement:
    number = join_words(account.header.customer_account_number)
    place = f"account {number} of {group.header.as_of_date}"
    status = group.header.group_status
    if status is not GroupStatus.update:
        raise refuse(
            place,
            f"the group is a {status.name.replace('_', ' ') if status else 'group without a status'}, no update.",
            "ask the bank for the statement itself.",
        )
    currency = account.header.currency or group.header.currency
    unit = quantum(currency)
    day = group.header.as_of_date
    balances = {
        item.type_code.code: item.amount
        for item in account.header.summary_items
        if item.type_code is not None and item.amount is not None
    }
    opening, closing = (
        StatedBalance(balances[code] * unit, currency, day) if code in balances else None for code in ("010", "015")
    )
    whole = opening is not None and closing is not None
    return Statement(
        place=place,
        numbers=tuple(dict.fromkeys((number, number.replace(" ", "")))),
        currency=currency,
        coverage=Coverage.COMPLETE if whole else Coverage.PART,
        identity=f"{number} {day}",
        sequence=None,
        opening=opening if whole else None,
        closing=closing if whole else None,
        lines=tuple(_read_lines(account, place, currency, unit, day)),
    )


def _read_lines(account: Any, place: str, currency: str, unit: Decimal, day: Any) -> Iterator[Line]:
    for number, item in enumerate(account.children, 1):
        here = f"{place}, transaction {number}"
        kind = item.type_code.transaction
        if not item.amount and kind not in {TypeCodeTransaction.credit, TypeCodeTransaction.debit}:
            continue  # type 890 and its like are text without money
        if kind not in {TypeCodeTransaction.credit, TypeCodeTransaction.debit} or item.amount is None:
            raise refuse(here, f"type {item.type_code.code} is neither a credit nor a debit.", _MEND)
        yield Line(
            place=here,
            number=item.amount * unit * (1 if kind is TypeCodeTransaction.credit else -1),
            currency=currency,
            day=day,
            value_day=(item.availability or {}).get("date") if isinstance(item.availability, dict) else None,
            reference=join_words(item.bank_reference),
            text=join_words(item.text, item.customer_reference),
            nature=_NATURES.get(item.type_code.code, Nature.PAYMENT),
        )
