"""How a bank lays out a statement in CSV or XLSX: `[[table]]` of import.toml, written by `vfund bank`, or by hand."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ledger.language.models import dashed


class Section(BaseModel):
    """What all sections of import.toml share: keys are written with dashes, unknown ones are refused."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", alias_generator=dashed, populate_by_name=True)


class BankTable(Section):
    """The headings of the columns, and how the bank writes dates and numbers.

    A second column of the same heading is `Heading#2`; one without a heading is `#5`, by its place. What a line moved is
    `amount` (signed, or with its side in `direction`), or `credit` and `debit`. `balance` is the balance after a line,
    where the bank writes one.
    """

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    number: Annotated[str, Field(min_length=3)]
    """The account, where the file does not say its number."""
    account: str | None = None
    """Where the file says it: a column, or a label above the table."""
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    currency_column: str | None = None
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    encoding: str | None = None
    date: str
    date_format: str | None = None
    date_order: Literal["dmy", "mdy"] | None = None
    value_date: str | None = None
    amount: str | None = None
    credit: str | None = None
    debit: str | None = None
    direction: str | None = None
    credit_words: list[str] = Field(default_factory=list)
    debit_words: list[str] = Field(default_factory=list)
    decimal_mark: Literal[".", ","] = "."
    balance: str | None = None
    daily_balance: bool = False
    """Whether the balance is that of the end of the day, on whichever of its rows it stands."""
    fee: str | None = None
    """What the bank kept beside the amount, where a column says so: it moved too."""
    gross: str | None = None
    """What was given; the bank kept the rest as its charge."""
    detail: str | None = None
    """The amounts of the rows that detail the row above them, where they have a column of their own."""
    undated: Literal["text", "details"] | None = None
    """What a row without a date is: more text of the row above, or one of the payments that it sums up."""
    status: str | None = None
    pending: list[str] = Field(default_factory=list)
    """What stands in `status` of a row that moved nothing."""
    reference: str | None = None
    text: list[str] = Field(default_factory=list)
    payer: str | None = None
    payer_account: str | None = None
    newest_first: bool = False
    footer: str | None = None
    """How the line below the rows begins, whose amount is their sum."""
    opening: str | None = None
    closing: str | None = None
    """The labels above or below the table beside which the balances before and after all rows stand."""
    kind: str | None = None
    charges: list[str] = Field(default_factory=list)
    interest: list[str] = Field(default_factory=list)
    """Words of the column `kind` (else of `text`) in a row that is a bank charge, or interest."""

    @property
    def columns(self) -> list[str]:
        """The headings that the table must have; `account` may be a label above it."""
        named = (
            *(self.date, self.value_date, self.amount, self.credit, self.debit, self.direction, self.balance),
            *(self.fee, self.gross, self.detail, self.status, self.currency_column, self.reference, self.payer),
            *(self.payer_account, self.kind, *self.text),
        )
        return list(dict.fromkeys(name for name in named if name))

    def contradictions(self) -> Iterator[tuple[str, str]]:
        """Yield what is missing or too much, with how to mend it."""
        if bool(self.amount) == bool(self.credit or self.debit):
            yield "it names no amount.", "give `amount`, or `credit` and `debit`."
        if not (self.currency or self.currency_column):
            yield "it names no currency.", "give `currency`, or `currency-column`."
        if self.direction and not (self.credit_words and self.debit_words):
            yield "nothing says which side a word of `direction` means.", "give `credit-words` and `debit-words`."
        if self.status and not self.pending:
            yield "nothing says what in `status` moved nothing.", "give `pending`."
        if (self.charges or self.interest) and not (self.kind or self.text):
            yield (
                "nothing says where the words of `charges` and `interest` stand.",
                "give the column `kind`, or `text`.",
            )
