"""What stands above or below a table, or among its headings, beside a label: balances, the account, the currency."""

import re
from collections.abc import Iterable, Iterator, Sequence

from importers.ground.cells import Cell, read_amount
from importers.ground.refusal import RefusedFileError
from importers.learning.columns import Table, undated
from importers.learning.words import ACCOUNT, CURRENCY, is_one_of
from ledger.ground.money import minor_units
from ledger.ground.spelling import spell

_CODE = re.compile(r"(?<![A-Z])[A-Z]{3}(?![A-Z])")
_WITH_NUMBER = re.compile(r"(?<![A-Z])([A-Z]{3})\s?[-+]?\d|\d\s?([A-Z]{3})(?![A-Z])")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[\dA-Z ]{8,34}")
_NUMBER = re.compile(r"(?=(?:\D*\d){4})[\dA-Z][\dA-Z ./-]{3,}", re.IGNORECASE)

Rows = Iterable[Sequence[Cell]]


def beside_labels(rows: Rows) -> Iterator[tuple[str, str]]:
    """Yield each label with what stands beside it: the next cell that is not empty, or behind the colon in its own."""
    for row in rows:
        for position, cell in enumerate(row):
            label, _, rest = cell.text.partition(":")
            beside = rest.strip() or next((other.text for other in row[position + 1 :] if other.text), "")
            if label and beside:
                yield label.strip(), beside


def find_balance_label(table: Table, phrases: str, mark: str) -> str | None:
    """Return the label beside which a balance stands: around the table, or in a row of it that says so in two words."""
    for label, beside in beside_labels([*table.above, *undated(table)]):
        if is_one_of(label, phrases) and _is_amount(beside, mark):
            return label
    for label, beside in beside_labels([table.body[n] for n in table.dated]):
        if is_one_of(label, phrases) and len(spell(label)) > 1 and _is_amount(beside, mark):
            return label
    return None


def find_account_label(table: Table) -> str | None:
    """Return the label beside which the number of the account stands, that of an IBAN before another."""
    labels = [
        (not _IBAN.match(beside), label)
        for label, beside in beside_labels(table.above)
        if is_one_of(label, ACCOUNT) and _NUMBER.match(beside)
    ]
    return min(labels, key=lambda item: item[0])[1] if labels else None


def find_currency(table: Table, headings: Iterable[str]) -> str:
    """Return the one currency of a table: as the headings of its amounts say, or what stands above it; empty for none."""
    for heading in headings:
        for code in _CODE.findall(heading):
            if is_currency(code):
                return str(code)
    for label, beside in beside_labels(table.above):
        if is_one_of(label, CURRENCY) and is_currency(beside):
            return beside
    codes = {
        code
        for row in table.above
        for cell in row
        for pair in _WITH_NUMBER.findall(cell.text)
        for code in pair
        if is_currency(code)
    }
    return codes.pop() if len(codes) == 1 else ""


def is_currency(text: str) -> bool:
    """Return whether a text is the code of a currency."""
    return bool(re.fullmatch("[A-Z]{3}", text)) and minor_units(text) is not None


def _is_amount(text: str, mark: str) -> bool:
    try:
        return read_amount(Cell(text, ""), mark) is not None
    except RefusedFileError:
        return False
