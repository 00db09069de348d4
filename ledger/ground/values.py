"""Dates, numbers and amounts of money as people write them.

What can be read in one way only is read, the rest is asked back.

House rules. A number has `.` or `,` as its decimal mark and the other one, a space or an apostrophe between its
thousands: `1,234.50`, `1.234,50`, `1 234,50`. One mark with three digits behind it can be either. Where so many
decimals are possible (a rate, dinars) a point is the decimal mark, as `vfund` itself writes it, and a comma is asked
back; where they are not, a comma stands between thousands, and a point is asked back. A date is `2016-09-30`, `30 Sep
2016`, `30 septiembre 2016` or, where the day is above twelve (or equal to the month), `30/09/2016`.
"""

import re
from datetime import date
from decimal import Decimal
from unicodedata import combining, normalize

from beancount.core.amount import Amount

from ledger.ground.errors import InvalidAmountError
from ledger.ground.money import LARGEST, ZERO, decimals_of, minor_units, too_fine
from ledger.ground.periods import OAS_SINCE
from ledger.ground.phrases import N_, Phrase, Term, phrase, text_of

_NUMBER = re.compile(
    r"[1-9]\d{0,2}(?P<mark>[ ,.'’])\d{3}(?:(?P=mark)\d{3})*(?P<rest>[.,]\d{1,12})?|\d{1,60}(?:[.,]\d{1,12})?"
)
_AMOUNT = re.compile(r"(?P<before>[^\d\s]{1,3})?\s*(?P<number>\d[\d ,.'’]*?)\s*(?P<after>[^\d\s.,'’]{1,3})?")
_SYMBOLS = {"€": "EUR", "£": "GBP", "US$": "USD", "R$": "BRL", "CA$": "CAD", "C$": "CAD"}
"""Signs that stand for one currency (CLDR); `$` and `¥` stand for several."""
_SEVERAL = {"$": N_("USD, CAD, MXN and others"), "¥": N_("JPY or CNY")}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january ene enero janv janvier janeiro",
            "feb february febrero fev fevr fevrier fevereiro",
            "mar march marzo mars marco",
            "apr april abr abril avr avril",
            "may mayo mai maio",
            "jun june junio juin junho",
            "jul july julio juil juillet julho",
            "aug august ago agosto aout",
            "sep sept september septiembre setiembre septembre set setembro",
            "oct october octubre octobre out outubro",
            "nov november noviembre novembre novembro",
            "dec december dic diciembre decembre dez dezembro",
        ),
        1,
    )
    for name in names.split()
}
_WORDS = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º)?\s+(?:de\s+)?(?P<month>[a-z]{3,10})\.?,?\s+(?:de\s+)?(?P<year>\d{4})"
)
_FIGURES = re.compile(r"(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_TWO, _THREE = 2, 3


def parse_number(text: str, decimals: int | None = None) -> Decimal:
    """Read a number that is not negative, and has at most so many decimals (None: any number, as a rate of exchange).

    Raises:
        ValueError: when it is none, or can be read in two ways.

    """
    plain = " ".join(text.split())
    match = _NUMBER.fullmatch(plain)
    if match is None or (match["mark"] and match["rest"] and match["rest"][0] == match["mark"]):
        raise ValueError(
            phrase("{text!r} is not a number that can be used here: write it as 1234.50, not negative", text=text)
        )
    mark, rest = match["mark"], match["rest"] or ""
    if mark is None:
        return _check_bounds(text, Decimal(plain.replace(",", ".")))
    if mark in ".," and not rest and plain.count(mark) == 1:
        fine = decimals is None or decimals >= _THREE
        if mark == "." and fine:
            return Decimal(plain)
        if mark == "." or fine:
            whole, part = plain.replace(mark, ""), plain.replace(mark, ".")
            raise ValueError(_two_ways(text, whole, f"{part}0"))
    return _check_bounds(text, Decimal(plain.removesuffix(rest).replace(mark, "") + rest.replace(",", ".")))


def _check_bounds(text: str, number: Decimal) -> Decimal:
    if number >= LARGEST:
        raise ValueError(phrase("{text!r}: a number here is below {largest}", text=text, largest=f"{LARGEST:,}"))
    return number


def normalise_number(number: str) -> str:
    """Return the number of a bank account as it is compared: capitals and digits alone."""
    return re.sub(r"[^0-9A-Z]", "", number.upper())


def parse_amount(text: str) -> Amount:
    """Read a positive amount with its currency: `200000 USD`, `USD 200.000,50`, `€ 500`.

    With no more decimals than the currency has (ISO 4217).

    Raises:
        InvalidAmountError: when the text is anything else, or can be read in two ways.

    """
    match = _AMOUNT.fullmatch(" ".join(text.split()))
    signs = [sign for sign in (match["before"], match["after"]) if sign] if match else []
    if match is None or len(signs) != 1:
        raise InvalidAmountError(
            phrase(
                "{text!r} is not an amount: write a positive number and its currency, such as 200,000.00 USD", text=text
            )
        )
    currency = _currency(text, signs[0])
    try:
        units = minor_units(currency)
        number = parse_number(match["number"], _TWO if units is None else units)
    except ValueError as error:
        raise InvalidAmountError(text_of(error)) from error
    if number == ZERO:
        raise InvalidAmountError(
            phrase("{text!r} is nothing: write a positive number and its currency, such as 200,000.00 USD", text=text)
        )
    if too_fine(number, currency):
        raise InvalidAmountError(
            phrase(
                "{text!r}: {currency} has {decimals}",
                text=text,
                currency=currency,
                decimals=Term(decimals_of(currency)),
            )
        )
    return Amount(number, currency)


def _currency(text: str, sign: str) -> str:
    """Return the currency that a code or a sign stands for."""
    if sign in _SEVERAL:
        raise InvalidAmountError(
            phrase(
                "{text!r}: {sign} can be {several}; write the code of the currency, such as 500 USD",
                text=text,
                sign=sign,
                several=_SEVERAL[sign],
            )
        )
    code = _SYMBOLS.get(sign.upper(), sign.upper())
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise InvalidAmountError(
            phrase(
                "{text!r}: {sign!r} is not a currency: write its code of three letters, such as 500 USD",
                text=text,
                sign=sign,
            )
        )
    return code


def parse_date(text: str) -> date:
    """Read a day since the OAS began.

    Raises:
        ValueError: when the text is no date, the day does not exist, or it can be read in two ways.

    """
    plain = "".join(c for c in normalize("NFKD", text.strip().lower()) if not combining(c))
    if result := _ISO.fullmatch(plain):
        value = _day(text, result["year"], result["month"], result["day"])
    elif (result := _WORDS.fullmatch(plain)) and result["month"] in _MONTHS:
        value = _day(text, result["year"], _MONTHS[result["month"]], result["day"])
    elif result := _FIGURES.fullmatch(plain):
        value = _read_numeric_date(text, result)
    else:
        raise ValueError(phrase("{text!r} is not a date: write it as 2016-09-30", text=text))
    if value.year < OAS_SINCE:
        raise ValueError(phrase("{text} is before {year}, when the OAS began", text=text, year=str(OAS_SINCE)))
    return value


def _read_numeric_date(text: str, match: re.Match[str]) -> date:
    """Read `30/09/2016`, or `09/30/2016`; what may be both is asked back."""
    first, second, year = int(match["first"]), int(match["second"]), match["year"]
    if first != second and max(first, second) <= 12:  # noqa: PLR2004 - months
        one, other = f"{year}-{second:02}-{first:02}", f"{year}-{first:02}-{second:02}"
        raise ValueError(_two_ways(text, one, other))
    return _day(text, year, *((second, first) if first > 12 or first == second else (first, second)))  # noqa: PLR2004


def _day(text: str, year: str, month: str | int, day: str | int) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise ValueError(phrase("there is no day {text}: the month or the day does not exist", text=text)) from error


def _two_ways(text: str, one: str, other: str) -> Phrase:
    return phrase("{text!r} is {one} or {other}: write it in one of these ways", text=text, one=one, other=other)
