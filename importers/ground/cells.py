"""Cells of a table, and the numbers and dates that stand in them."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from re import DOTALL
from re import compile as compile_pattern
from typing import NamedTuple

from importers.ground.refusal import refuse
from importers.ground.values import parse_day
from ledger.ground.money import LARGEST as LARGEST_AMOUNT
from ledger.ground.spelling import spell

_MONTHS = 12
_FORMS = ("%d.%m.%Y", "%Y/%m/%d", "%d %b %Y", "%d %B %Y", "%d/%m/%Y", "%m/%d/%Y")
"""Dates as people type them. `03/04/2016` is 3 April in one country and 4 March in another, and is refused."""


_SIGNED = compile_pattern(
    r"\((?P<parens>[^()+-]*)\)|(?P<before>[^()+-]*)(?P<after>-)|(?:\+|(?P<minus>-))?(?P<bare>[^()+-]*)"
)
"""A number with one sign at most: before it, a minus behind it, or in parentheses; another is a slip of the pen."""


_GROUPED = compile_pattern(r"(?<=\d)[\s\u00a0\u202f'\u2019\u00b4`](?=\d{3}(\D|$))")
_CURRENCY = compile_pattern(r"^(?:[A-Z]{3}|[$\u20ac\u00a3])\s?(?=[\d(+-])|(?<=[\d)+-])\s?(?:[A-Z]{3}|[$\u20ac\u00a3])$")
"""A currency beside a number: the table says elsewhere which one it is."""


class Cell(NamedTuple):
    """A value and where it stands (`line 4, column 3`, or `C4` in a sheet)."""

    value: str | Decimal | date | None
    place: str

    @property
    def text(self) -> str:
        """The value as text, spaces around it left off."""
        if isinstance(self.value, Decimal):
            return f"{self.value.normalize():f}"
        return "" if self.value is None else " ".join(str(self.value).split())


def read_amount(cell: Cell, mark: str = ".") -> Decimal | None:
    """Read a number: thousands separators and spaces are left off, parentheses and a trailing minus make it negative.

    None for an empty cell.

    Raises:
        RefusedFileError: when it is anything else.

    """
    if isinstance(cell.value, Decimal):
        value = cell.value
    else:
        text = _GROUPED.sub("", _CURRENCY.sub("", cell.text).strip())
        if not text or text in {"-", "–"}:
            return None
        sign = _SIGNED.fullmatch(text)
        negative = bool(sign and (sign["parens"] or sign["minus"] or sign["after"]))
        bare = (sign["parens"] or sign["before"] or sign["bare"]).strip() if sign else ""
        thousands = "," if mark == "." else "."
        whole, _, decimals = bare.partition(mark)
        groups = whole.split(thousands)
        sound = bool(bare) and groups[0].isdigit() and all(len(group) == 3 and group.isdigit() for group in groups[1:])  # noqa: PLR2004 - thousands
        if not sound or (decimals and not decimals.isdigit()):
            raise refuse(
                cell.place,
                f"{cell.text!r} is not a number with {mark!r} as decimal mark.",
                f"write it as 1234{mark}50, and a negative one as -1234{mark}50, 1234{mark}50- or (1234{mark}50).",
            )
        try:
            value = Decimal(f"{'-' * negative}{''.join(groups)}.{decimals or 0}")
        except InvalidOperation as error:
            raise refuse(cell.place, f"{cell.text!r} is not a number.", f"write it as 1234{mark}50.") from error
    if abs(value) >= LARGEST_AMOUNT:
        raise refuse(cell.place, f"{value:,} is beyond any amount of a fund.", "correct it.")
    return value


def read_date(cell: Cell, form: str | None = None, order: str | None = None) -> date | None:
    """Read a date, also one typed as text; None for an empty cell.

    It may be written as `form` says (as `strptime` has it), or in an `order` (`dmy`, `mdy`) with any marks between, the
    year in two or four digits, a time of day behind it.

    Raises:
        RefusedFileError: when it is anything else.

    """
    if isinstance(cell.value, date):
        return parse_day(cell.value.isoformat(), cell.place, "the date")
    if not cell.text:
        return None
    if form:
        return parse_day(cell.text, cell.place, "the date", form)
    if order:
        parts = order_date(cell.text, order)
        return parse_day(parts or f"{cell.text}?", cell.place, "the date")
    day, _, rest = cell.text.partition("/")
    month = rest.partition("/")[0]
    if day.isdigit() and month.isdigit() and int(day) <= _MONTHS and int(month) <= _MONTHS and day != month:
        raise refuse(cell.place, f"{cell.text!r} may be read in two ways.", "write the date as 2016-04-03.")
    for form_to_try in _FORMS:
        try:
            return parse_day(datetime.strptime(cell.text, form_to_try).date().isoformat(), cell.place, "the date")  # noqa: DTZ007 - a calendar day
        except ValueError:
            continue
    return parse_day(cell.text if "-" in cell.text else cell.text + "?", cell.place, "the date")


def order_date(text: str, order: str) -> str | None:
    """Return a date as ISO 8601 has it, its day and month in an order (`dmy`, `mdy`); None where it is no date.

    A year that stands first, and a month by its name, say themselves where they belong.
    """
    if (compact := _COMPACT.fullmatch(text)) is not None:
        year, month, day = compact[1], compact[2], compact[3]
    elif (parts := _DATE.fullmatch(text)) is None:
        return None
    elif len(parts[1]) == _FOUR:
        year, month, day = parts[1], parts[2], parts[3]
    elif parts[1].isdigit() and not parts[2].isdigit():
        year, month, day = parts[3], parts[2], parts[1]
    elif not parts[1].isdigit():
        year, month, day = parts[3], parts[1], parts[2]
    else:
        year, month, day = parts[3], *((parts[2], parts[1]) if order == "dmy" else (parts[1], parts[2]))
    number = (
        month
        if month.isdigit()
        else str(_NAMES.get("jul" if (name := "".join(spell(month))).startswith("juil") else name[:3], ""))
    )
    if not number or not day.isdigit() or len(year) not in {2, _FOUR} or len(day) > 2:  # noqa: PLR2004 - two digits
        return None
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(number), int(day)).isoformat()  # noqa: PLR2004 - two digits
    except ValueError:
        return None


_FOUR = 4
_DATE = compile_pattern(
    r"(\d{1,4}|[^\W\d_]{3,})[.]?[-/.: ,]{1,2}(\d{1,2}|[^\W\d_]{3,})[.]?[-/.: ,]{1,2}(\d{2,4})[.]?(?:[T ,]+\d{1,2}[:.]\d{2}.*)?",
    DOTALL,
)
_COMPACT = compile_pattern(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_NAMES = {
    name: number
    for number, names in enumerate(
        (
            "jan gen ene",
            "feb fev",
            "mar mrz mae",
            "apr avr abr",
            "mai may mag maj",
            "jun jui giu",
            "jul lug",
            "aug aou ago",
            "sep set",
            "oct okt ott out",
            "nov",
            "dec dez dic",
        ),
        1,
    )
    for name in names.split()
}
"""The first three letters of months in English, German, French, Italian, Spanish and Portuguese, without accents.

French `juin` and `juillet` begin alike, and are told by the fourth letter.
"""
