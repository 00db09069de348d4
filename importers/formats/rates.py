"""Read the UN operational rates of exchange: tab-separated text that is offered as `.xls`.

The rows begin after the first blank line and end at the next, without which the file is taken as cut off; the third
column is the currency, the fourth the day from which the rate is in force, the fifth the units of the currency for one
US dollar. A monthly revision lists every currency, a mid-month revision those that changed; the newest effective date
supersedes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from importers.ground.configuration import Configuration
from importers.ground.files import Source, decode
from importers.ground.format import Format
from importers.ground.records import Records
from importers.ground.refusal import Mistake, RefusedFileError, refuse
from importers.ground.values import join_words, parse_day, parse_number

_CURRENCY, _DAY, _RATE = 2, 3, 4
_ROW = re.compile(r"^[^\t\n]*\t[^\t\n]*\t\s*[A-Z]{3}\s*\t\s*\d{1,2} [A-Z][a-z]{2} \d{4}\s*\t", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PublishedRate:
    """One published rate: `per_dollar` units of `currency` are worth one US dollar from `day` on."""

    place: str
    currency: str
    day: date
    per_dollar: Decimal


@dataclass(frozen=True, slots=True)
class Publication(Records):
    """One publication: its title as it stands above the rows, and its rates."""

    title: str
    rates: tuple[PublishedRate, ...]


def open_publication(source: Source, _configuration: Configuration) -> Publication | None:
    """Return a publication of rates, told by the shape of its rows; None for any other file."""
    head = source.content[:16384].decode("latin-1").replace("\r", "\n")
    return read(source) if _ROW.search(head) else None


FORMAT = Format("UN operational rates of exchange", "UN operational rates", Publication, open_publication)


def read(source: Source) -> Publication:
    """Read every rate.

    Raises:
        RefusedFileError: with every row that is wrong, or when the file was cut off.

    """
    text = decode(source)
    lines = text.split("\n")
    numbered = list(enumerate(lines, 1))
    first = next((number for number, line in numbered if not line.strip()), 0)
    title = join_words(*(line for number, line in numbered[: first - 1 if first else 0]))
    below = numbered[first:]
    blank = (at for at, (_, line) in enumerate(below[:-1]) if not line.strip())  # the last one only follows a line feed
    end = next(blank, None)
    if end is None:
        raise refuse(
            f"line {len(lines)}", "no blank line ends the rows: the file was cut off.", "fetch the publication again."
        )
    rows = below[:end]
    if any(_ROW.match(f"{line}\t") for _, line in below[end:]):
        raise refuse(f"line {below[end][0]}", "a blank line parts the rows.", "fetch the publication again.")
    mistakes: list[Mistake] = []
    result = list(_read_rates(rows, mistakes))
    if mistakes:
        raise RefusedFileError(mistakes)
    if not result:
        raise refuse("", "no rate stands between the first two blank lines.", "fetch the publication again.")
    return Publication(title, tuple(result))


def _read_rates(rows: list[tuple[int, str]], mistakes: list[Mistake]) -> Iterator[PublishedRate]:
    seen: dict[tuple[str, date], tuple[int, Decimal]] = {}
    for number, line in rows:
        place, cells = f"line {number}", line.split("\t")
        try:
            if len(cells) <= _RATE:
                raise refuse(
                    place,
                    f"the row has {len(cells)} columns; at least {_RATE + 1} are expected.",
                    "fetch the publication again.",
                )
            currency = cells[_CURRENCY].strip()
            if not re.fullmatch("[A-Z]{3}", currency):
                if _is_heading(cells):
                    continue
                raise refuse(place, f"{currency[:20]!r} is no currency.", "three capital letters are expected.")
            day = parse_day(cells[_DAY], place, "the effective date", "%d %b %Y")
            rate = _parse_rate(cells[_RATE].strip(), place)
            if rate <= 0:
                raise refuse(place, f"the rate of {currency} is {rate}.", "a rate is more than nothing.")
        except RefusedFileError as error:
            mistakes += error.mistakes
            continue
        first = seen.setdefault((currency, day), (number, rate))
        if first[1] != rate:
            what = f"{currency} has two rates from {day}; first in line {first[0]}."
            mistakes.append(Mistake(place, what, "fetch the publication again."))
        elif first[0] == number:
            yield PublishedRate(place, currency, day, rate)


def _parse_rate(text: str, place: str) -> Decimal:
    """Read a rate: a comma parts thousands, and only before a point; anything else may be a decimal comma."""
    if "," in text and not re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+\.\d+", text):
        raise refuse(
            place,
            f"the rate is {text[:20]!r}: whether the comma parts decimals is not certain.",
            "the publication writes a point.",
        )
    return parse_number(text.replace(",", ""), place, "the rate")


def _is_heading(cells: list[str]) -> bool:
    """Return whether it is the row of headings: no digit stands in it."""
    return not any(character.isdigit() for cell in cells for character in cell)
