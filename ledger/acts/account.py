"""Open a bank account of the book, and say under which number the bank keeps it."""

from typing import Any

from beancount.core.data import Open, new_metadata

from ledger.acts import values
from ledger.acts.act import Act, Choice, Field, FieldType
from ledger.acts.directives import custom
from ledger.acts.donor import match_pattern
from ledger.acts.entry import day_from
from ledger.acts.rate import find_currency
from ledger.book.append import Entries
from ledger.ground.errors import InvalidEntryError
from ledger.ground.phrases import phrase
from ledger.ground.values import normalise_number
from ledger.language.accounts import IN_TRANSIT
from ledger.language.patterns import COMPONENT

BANKS = "Assets:Bank:"


def _account(_act: Act, text: str) -> str:
    """Read `Savings`, or the whole name `Assets:Bank:Savings`."""
    name = BANKS + match_pattern(COMPONENT, text.removeprefix(BANKS))
    if name == IN_TRANSIT:
        raise ValueError(phrase("{name} holds what is between two accounts, and no bank keeps it", name=name))
    return name


def _number(act: Act, text: str) -> str:
    """Read the number of an account, which no other account of the book has."""
    number = normalise_number(text)
    if len(number) < _SHORTEST:
        raise ValueError(
            phrase(
                "{text!r} is not the number of an account: write its IBAN, or its number as the bank does", text=text
            )
        )
    for directive in act.fund.directives.bank_accounts:
        if normalise_number(directive.number) == number and directive.account != act.values.get(
            "account", directive.account
        ):
            raise ValueError(phrase("{text} is the number of {account} already", text=text, account=directive.account))
    return text.strip()


_SHORTEST = 3

BANK_NAME = FieldType(
    "ACCOUNT",
    _account,
    choices=lambda act: [Choice(name, "is open") for name in values.banks(act.fund)],
)
BANK_NUMBER = FieldType("NUMBER", _number)
CURRENCY = FieldType("CURRENCY", lambda _act, text: find_currency(text))


class OpenAccount(Act):
    """Open a bank account of the book, such as Savings, and say under which number the bank keeps it: imports then know its statements.

    Of an account that is open it records the number alone.
    """

    name = "account"
    example = "vfund account Savings --number US64SVBKUS6S3300958879 --currency USD --date 2026-01-01"

    account = Field[str](BANK_NAME, "Account, such as Savings", argument=True)
    number = Field[str | None](
        BANK_NUMBER, "IBAN, or its number as the bank writes it (empty: no statements are imported)", optional=True
    )
    currency = Field[list[str]](
        CURRENCY,
        "Currency that it holds (empty: any)",
        "Currency that a new account holds (repeat it; default: any).",
        asks=lambda act: act.is_new,
        verify=lambda act: act.takes_currencies(),
        many=True,
    )
    unnumbered = Field[bool | None](values.YES, "The bank leaves out numbers of statements", silent=True)
    day = day_from("Since when")

    @property
    def is_new(self) -> bool:
        """Whether the book does not have the account."""
        return self.account is not None and self.account not in self.fund.contents.opens

    def takes_currencies(self) -> None:
        """Refuse currencies for an account that is open."""
        if self.currency and not self.is_new:
            raise ValueError(
                phrase(
                    "{account} is open, and holds what it holds: leave {currency_option} out",
                    account=self.account,
                    currency_option=self.word("currency"),
                )
            )

    def entries(self) -> Entries:
        """Return the account, and its number.

        Raises:
            InvalidEntryError: when the account is open, and no number is stated.

        """
        if not self.is_new and not self.number:
            raise InvalidEntryError(
                phrase(
                    "{account} is open already: say {number_option}",
                    account=self.account,
                    number_option=self.word("number"),
                )
            )
        result: list[Any] = []
        if self.is_new:
            result.append(Open(new_metadata("<vfund>", 0), self.day, self.account, self.currency or None, None))
        if self.number:
            meta = {"numbered": False if self.unnumbered else None}
            result.append(custom("bank-account", self.day, (self.account, self.number), meta))
        return Entries(result, f"{self.account} at the bank", {"account": self.account}, "accounts.beancount")
