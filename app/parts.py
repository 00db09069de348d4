"""Options that say how much and when: `--amount`, `--due`, `--instalment`, `--settles`."""

from collections.abc import Sequence
from datetime import date

from app.asking import day
from ledger.compose import Part, Take, takes_from
from ledger.fund import Fund
from ledger.money import parse_amount


def instalments(texts: Sequence[str]) -> list[Part]:
    """Read `150000 USD@2016-10-31` for each instalment.

    Raises:
        ValueError: when one of them is anything else.

    """
    parts = []
    for text in texts:
        amount, at, due = text.partition("@")
        if not at:
            raise ValueError(f"{text!r}: write an instalment as AMOUNT@DUE, such as '150000 USD@2016-10-31'")
        parts.append(Part(parse_amount(amount), day(due.strip())))
    return parts


def settlements(fund: Fund, texts: Sequence[str], when: date) -> list[Take]:
    """Read `PL-2016-003/1=150000 USD` (or `PL-2016-003/1`, all that is outstanding) for each.

    Raises:
        ValueError: when one of them is anything else, or names nothing that is outstanding.

    """
    takes: list[Take] = []
    for text in texts:
        label, equals, amount = text.partition("=")
        takes += takes_from(fund, label, parse_amount(amount) if equals else None, when)
    return takes
