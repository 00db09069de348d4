"""A bank account is opened, and its number is recorded in the book: imports know its statements by that."""

import pytest

from importers.ground.configuration import BankAccount, Configuration, index_accounts
from importers.ground.refusal import RefusedFileError
from ledger.acts.account import OpenAccount
from ledger.ground.errors import InvalidEntryError
from ledger.ground.render import render
from tests.acting import plain, stated
from tests.conftest import Load

BOOK = """
2016-01-04 custom "bank-account" "Assets:Bank:Operating" "US64 SVBK US6S"
"""


def test_a_new_account_is_opened_with_its_currencies_and_its_number(book: Load) -> None:
    act = OpenAccount(book(BOOK).fund, plain, sure=True).fill(
        {**stated(account="Savings", number="DE89 3704", day="2016-02-01"), "currency": ["eur", "USD"]}
    )
    entries = act.entries()
    assert entries.file == "accounts.beancount"
    assert [" ".join(line.split()) for line in render(entries.directives).splitlines() if line] == [
        "2016-02-01 open Assets:Bank:Savings EUR,USD",
        '2016-02-01 custom "bank-account" "Assets:Bank:Savings" "DE89 3704"',
    ]
    after = book(BOOK + render(entries.directives))
    assert after.errors == []
    banks = index_accounts(Configuration(), after.fund)
    assert banks.find(("de893704",)) == BankAccount(number="DE89 3704", account="Assets:Bank:Savings")
    assert banks.find(("US64SVBKUS6S",)) == BankAccount(number="US64 SVBK US6S", account="Assets:Bank:Operating")


def test_of_an_open_account_the_number_alone_is_recorded(book: Load) -> None:
    fund = book(BOOK).fund
    act = OpenAccount(fund, plain, sure=True).fill(
        stated(account="Assets:Bank:Operating", number="US64SVBKUS6S", unnumbered="yes", day="2016-02-01")
    )
    after = book(BOOK + render(act.entries().directives))
    found = index_accounts(Configuration(), after.fund).find(("US64SVBKUS6S",))
    assert found is not None
    assert (found.account, found.numbered) == ("Assets:Bank:Operating", False)  # the later line stands
    with pytest.raises(InvalidEntryError, match="Assets:Bank:Operating is open already: say number"):
        OpenAccount(fund, plain, sure=True).fill(stated(account="Operating")).entries()


@pytest.mark.parametrize(
    ("words", "field", "message"),
    [
        ({"account": "savings"}, "account", "an account component such as UnitedStates is expected"),
        ({"account": "InTransit"}, "account", "no bank keeps it"),
        (
            {"account": "Savings", "number": "us64-svbk-us6s"},
            "number",
            "is the number of Assets:Bank:Operating already",
        ),
        ({"account": "Savings", "number": "1"}, "number", "'1' is not the number of an account"),
        ({"account": "Operating", "currency": "EUR"}, "currency", "Assets:Bank:Operating is open"),
        ({"account": "Savings", "currency": "EURO"}, "currency", "'EURO' is not a currency"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    book: Load, words: dict[str, str], field: str, message: str
) -> None:
    (problem,) = OpenAccount(book(BOOK).fund, plain, sure=True).fill(stated(**words)).problems
    assert problem.field == field
    assert message in problem.text


def test_a_number_that_import_toml_takes_elsewhere_is_refused(book: Load) -> None:
    declared = Configuration(account=[BankAccount(number="US64SVBKUS6S", account="Assets:Bank:Other")])
    with pytest.raises(RefusedFileError) as refused:
        index_accounts(declared, book(BOOK).fund)
    (mistake,) = refused.value.mistakes
    assert "it is Assets:Bank:Other here, and Assets:Bank:Operating in the book" in str(mistake)


def test_an_account_of_another_kind_has_no_number(book: Load) -> None:
    (error,) = book('2016-01-04 custom "bank-account" "Assets:Cash" "US64SVBKUS6S"\n').errors
    assert error.code == "language/bad-value"
    assert "a bank account such as Assets:Bank:Operating is expected" in error.message
