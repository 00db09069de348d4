"""Numbers and dates as files write them; whatever is anything else is refused with its place."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from importers.ground.refusal import refuse
from ledger.ground.money import LARGEST
from ledger.ground.periods import OAS_SINCE

_PLAIN = re.compile(r"[+-]?(\d{1,18}(\.\d{0,8})?|\.\d{1,8})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(T.*|Z|[+-]\d{2}:\d{2})?")


def parse_number(text: str | None, place: str, what: str) -> Decimal:
    """Read a plain number with a point as decimal mark.

    Raises:
        RefusedFileError: when it is missing, anything else, or beyond any amount of a fund.

    """
    if text is None or not text.strip():
        raise refuse(place, f"{what} is missing.", "fetch the file again.")
    if not _PLAIN.fullmatch(text.strip()):
        raise refuse(
            place, f"{what} is {text.strip()[:40]!r}, which is not a number.", "a number such as 1234.50 is expected."
        )
    value = Decimal(text.strip())
    if abs(value) >= LARGEST:
        raise refuse(place, f"{what} is {value:,}; no amount of a fund reaches {LARGEST:,}.", "look into the file.")
    return value


def parse_day(text: str | None, place: str, what: str, form: str | None = None) -> date:
    """Read a date: ISO 8601 (a time of day is left off), or in a form of `strptime`.

    Raises:
        RefusedFileError: when it is missing, anything else, or before the OAS.

    """
    if text is None or not text.strip():
        raise refuse(place, f"{what} is missing.", "fetch the file again.")
    plain = text.strip()
    try:
        day = datetime.strptime(plain, form).date() if form else _read_iso(plain)  # noqa: DTZ007 - a calendar day
    except ValueError as error:
        expectation = f"a date in the form {form}" if form else "a date such as 2016-03-31"
        raise refuse(place, f"{what} is {plain[:40]!r}.", f"{expectation} is expected.") from error
    if day.year < OAS_SINCE:
        raise refuse(place, f"{what} is {day}, before the OAS began.", "look into the file.")
    return day


@lru_cache(maxsize=1 << 12)
def _read_iso(text: str) -> date:
    """Read a date of ISO 8601; a statement has the same few thousands of times."""
    return date.fromisoformat(text[:10] if _ISO.fullmatch(text) else text + "?")


_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Characters that show nothing, are none, or turn the order of what is shown round."""


def join_words(*parts: str | None) -> str:
    """Join texts with single spaces, each once; what does not show is left out."""
    result: list[str] = []
    for part in parts:
        text = part or ""
        plain = " ".join((text if text.isprintable() else _CONTROL.sub(" ", text)).split())
        if plain and plain not in result:
            result.append(plain)
    return " ".join(result)
