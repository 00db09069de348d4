"""`import.toml` beside the main file of a book.

Which account of the bank is which account of the book, and how tables are laid out.

The same configuration serves `vfund import` and Fava's import page.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails

from importers.ground.bank_table import BankTable, Section
from importers.ground.refusal import Mistake, RefusedFileError
from ledger.ground.values import normalise_number
from ledger.language.models import dashed
from ledger.language.nearest import did_you_mean
from ledger.model.fund import Fund

NAME = "import.toml"
INCOMING = "incoming"
"""The folder of a book in which files wait for Fava's import page."""


class BankAccount(Section):
    """One account at a bank. `number` is its IBAN or number as the bank writes it; `account` its account in the book.

    With `numbered = false` the bank's statement numbers are not looked at (some banks leave numbers out).
    """

    number: Annotated[str, Field(min_length=3)]
    account: Annotated[str, Field(pattern=r"^Assets:Bank:")]
    numbered: bool = True


class Expenditure(Section):
    """An extract of expenditure from an ERP in CSV or XLSX: its headings, and what its words mean in the book.

    `control` is how the line below the rows begins; it holds their sum. `objects` turns what stands in `object` into an
    account of the book (`Expenses:` and the name), `purposes` what stands in `purpose` into a purpose.
    """

    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    encoding: str | None = None
    date: str = "Date"
    date_format: str | None = None
    document: str = "Document"
    object: str = "Object"
    purpose: str = "Purpose"
    donor: str | None = None
    amount: str = "Amount"
    currency: str = "Currency"
    description: str = "Description"
    decimal_mark: Literal[".", ","] = "."
    control: str = "Total"
    objects: dict[str, str] = Field(default_factory=dict)
    purposes: dict[str, str] = Field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """The headings that the extract must have."""
        named = (
            self.date,
            self.document,
            self.object,
            self.purpose,
            self.donor,
            self.amount,
            self.currency,
            self.description,
        )
        return [name for name in named if name]


class RatesSettings(Section):
    """Which currencies of a publication are taken into the book, beside those that it uses already."""

    currencies: list[Annotated[str, Field(pattern=r"^[A-Z]{3}$")]] = Field(default_factory=list)


class Configuration(Section):
    """The whole file."""

    account: list[BankAccount] = Field(default_factory=list)
    table: list[BankTable] = Field(default_factory=list)
    expenditure: Expenditure = Expenditure()
    rates: RatesSettings = RatesSettings()


@dataclass(frozen=True, slots=True)
class Banks:
    """The accounts of a book by the numbers that banks write."""

    known: dict[str, BankAccount] = field(default_factory=dict)

    def find(self, numbers: tuple[str, ...]) -> BankAccount | None:
        """Find an account by any of the ways in which a bank writes it."""
        return next(
            (self.known[normalise_number(number)] for number in numbers if normalise_number(number) in self.known), None
        )


def read(book: Path) -> Configuration:
    """Read `import.toml` beside the main file of a book; an empty configuration where there is none.

    Raises:
        RefusedFileError: with every mistake in it.

    """
    path = book.parent / NAME
    if not path.exists():
        return Configuration()
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RefusedFileError(
            [Mistake(NAME, f"it cannot be read: {error}.", "correct the line that it names.")]
        ) from error
    try:
        result = Configuration.model_validate(document)
    except ValidationError as error:
        raise RefusedFileError([_explain(detail) for detail in error.errors()]) from error
    mistakes = [
        Mistake(f"{NAME}, table {table.name}", what, mend)
        for table in result.table
        for what, mend in table.contradictions()
    ]
    if mistakes:
        raise RefusedFileError(mistakes)
    return result


def index_accounts(configuration: Configuration, fund: Fund) -> Banks:
    """Return the accounts by number: those that the book says (`custom "bank-account"`), and those of import.toml.

    Raises:
        RefusedFileError: when both speak of one number, and mean different accounts.

    """
    declared = {normalise_number(item.number): item for item in configuration.account}
    recorded = {normalise_number(item.number): item for item in fund.directives.bank_accounts}
    mistakes = [
        Mistake(
            f"{NAME}, account {item.number}",
            f"it is {item.account} here, and {recorded[number].account} in the book.",
            "take it out here: the book knows the number.",
        )
        for number, item in declared.items()
        if number in recorded and recorded[number].account != item.account
    ]
    if mistakes:
        raise RefusedFileError(mistakes)
    recorded_accounts = {
        number: BankAccount(number=item.number, account=item.account, numbered=item.numbered)
        for number, item in recorded.items()
    }
    return Banks(declared | recorded_accounts)


def _describe_place(path: tuple[int | str, ...]) -> str:
    return ", ".join(f"no. {part + 1}" if isinstance(part, int) else str(part) for part in path)


_EXPECTED = {
    "string_type": 'text in quotes is expected, such as "Date"',
    "list_type": 'a list is expected, such as ["Description"]',
    "bool_type": "true or false is expected",
    "dict_type": "a section of its own is expected",
    "literal_error": 'one of "." and "," is expected',
    "string_pattern_mismatch": "it is not written as it must be",
}


def _explain(detail: ErrorDetails) -> Mistake:
    """Return in our words what pydantic found."""
    key, where = str(detail["loc"][-1]), f"{NAME}, {_describe_place(detail['loc'][:-1])}".rstrip(", ")
    mend = "docs/formats.md shows every key."
    if detail["type"] == "missing":
        return Mistake(where, f"{key!r} is missing.", mend)
    if detail["type"] == "extra_forbidden":
        section = str(detail["loc"][0]) if len(detail["loc"]) > 1 else ""
        models: dict[str, type[Section]] = {
            "account": BankAccount,
            "table": BankTable,
            "expenditure": Expenditure,
            "rates": RatesSettings,
        }
        model = models.get(section, Configuration)
        return Mistake(
            where, f"there is no key {key!r}; {did_you_mean(key, [dashed(name) for name in model.model_fields])}", mend
        )
    document = repr(detail["input"])[:40]
    return Mistake(where, f"{key!r} is {document}; {_EXPECTED.get(detail['type'], detail['msg'])}.", mend)
