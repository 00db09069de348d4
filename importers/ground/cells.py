"""Cells of a table, and the numbers and dates that stand in them."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from re import compile as compile_pattern
from re import sub as re_sub
from typing import NamedTuple

from importers.ground.refusal import refuse
from importers.ground.values import parse_day
from ledger.ground.money import LARGEST as LARGEST_AMOUNT

_MONTHS = 12
_FORMS = ("%d.%m.%Y", "%Y/%m/%d", "%d %b %Y", "%d %B %Y", "%d/%m/%Y", "%m/%d/%Y")
"""Dates as people type them. `03/04/2016` is 3 April in one country and 4 March in another, and is refused."""


_SIGNED = compile_pattern(
    r"\((?P<parens>[^()+-]*)\)|(?P<before>[^()+-]*)(?P<after>-)|(?:\+|(?P<minus>-))?(?P<bare>[^()+-]*)"
)
"""A number with one sign at most: before it, a minus behind it, or in parentheses; another is a slip of the pen."""


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
        text = re_sub(r"(?<=\d)[\s\u00a0\u202f'](?=\d{3}(\D|$))", "", cell.text)
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


def read_date(cell: Cell, form: str | None = None) -> date | None:
    """Read a date, also one typed as text; None for an empty cell.

    Raises:
        RefusedFileError: when it is anything else.

    """
    if isinstance(cell.value, date):
        return parse_day(cell.value.isoformat(), cell.place, "the date")
    if not cell.text:
        return None
    if form:
        return parse_day(cell.text, cell.place, "the date", form)
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
