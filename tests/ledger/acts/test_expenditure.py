"""What the fund spends: owed, or paid at once."""

from ledger.acts.expenditure import Expenditure, Payment
from ledger.ground.render import render
from tests.acting import made
from tests.conftest import Load

OPEN = "2004-06-08 open Liabilities:AccountsPayable\n"
SPENT = {"amount": "120 USD", "object": "Travel", "purpose": "country-visits", "document": "INV-1", "day": "2026-02-01"}


def postings(text: str) -> list[str]:
    return [
        " ".join(line.split()) for line in text.splitlines() if line.startswith("  ") and ":" in line.split()[0][1:-1]
    ]


def test_an_expenditure_is_owed_until_it_is_paid(book: Load) -> None:
    fund = book(OPEN).fund
    owed = postings(render(made(Expenditure, fund, **SPENT)))
    assert owed == ["Expenses:Travel 120.00 USD", "Liabilities:AccountsPayable -120.00 USD"]
    paid = postings(render(made(Payment, fund, amount="120 USD", day="2026-02-05")))
    assert paid == ["Liabilities:AccountsPayable 120.00 USD", "Assets:Bank:Operating -120.00 USD"]


def test_or_paid_at_once(book: Load) -> None:
    paid = postings(render(made(Expenditure, book(OPEN).fund, **SPENT, paid_from="Assets:Bank:Operating")))
    assert paid == ["Expenses:Travel 120.00 USD", "Assets:Bank:Operating -120.00 USD"]
