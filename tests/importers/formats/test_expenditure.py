"""The extract of expenditure, proven by its control line."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from beancount.core.data import Transaction

from importers.formats import expenditure
from importers.ground.configuration import Configuration, Expenditure
from importers.plans import spending
from ledger.ground.render import render
from ledger.model.fund import Fund
from tests.books import PURPOSES
from tests.conftest import Load
from tests.reading import context, mistakes, opened, refused

D = Decimal
DAY = date(2026, 3, 20)
ERP = "Date,Document,Object,Purpose,Description,Amount,Currency\n2026-01-05,D1,Staff travel,SRMW-1,Visit,120.50,USD\n2026-01-06,D2,Travel,visits,Visit,79.50,EUR\nTotal,,,,,200.00,\n"
EXTRACT = Configuration(expenditure=Expenditure(objects={"Staff travel": "Travel"}, purposes={"SRMW-1": "visits"}))


def test_an_extract_is_proven_by_its_control_line_and_owed_until_paid(small_fund: Fund) -> None:
    text = ERP.replace("EUR", "USD")
    extract = opened(expenditure.FORMAT, text, EXTRACT)
    found = spending.plan(extract, context(small_fund, EXTRACT, officer="finance-officer-1"))
    assert {txn.meta["statement-sha256"] for txn in found.transactions} == {"ab" * 32}
    assert [[(p.account, p.units.number) for p in txn.postings] for txn in found.transactions] == [
        [("Expenses:Travel", Decimal("120.50")), ("Liabilities:AccountsPayable", Decimal("-120.50"))],
        [("Expenses:Travel", Decimal("79.50")), ("Liabilities:AccountsPayable", Decimal("-79.50"))],
    ]
    assert {txn.meta["purpose"] for txn in found.transactions} == {"visits"}


def test_what_an_extract_has_wrong_is_named_cell_by_cell(small_fund: Fund) -> None:
    (several,) = mistakes(lambda: opened(expenditure.FORMAT, ERP, EXTRACT))
    assert "several currencies" in several
    (control,) = mistakes(lambda: opened(expenditure.FORMAT, ERP.replace("200.00", "201.00"), EXTRACT))
    assert "the control line says 201.00; the 2 lines add up to 200.00" in control
    (cut,) = mistakes(lambda: opened(expenditure.FORMAT, ERP.partition("Total")[0], EXTRACT))
    assert "was cut off" in cut
    text = (
        ERP.replace("EUR", "USD")
        .replace("Staff travel", "Rockets")
        .replace("SRMW-1", "moon")
        .replace("D2,Travel", "D2,")
    )
    (empty,) = mistakes(lambda: opened(expenditure.FORMAT, text, EXTRACT))
    assert empty.startswith("line 3, column 3: 'Object' is empty")
    extract = opened(expenditure.FORMAT, text.replace("D2,,", "D2,Travel,"), EXTRACT)
    found = mistakes(lambda: spending.plan(extract, context(small_fund, EXTRACT)))
    assert [item.partition(":")[0] for item in found] == ["line 2, column 3", "line 2, column 4"]


def after(book: Load, transactions: Sequence[Transaction]) -> Fund:
    """Return the fund after an import."""
    return book(PURPOSES, render(transactions)).fund


DOC9 = (
    "Date,Document,Object,Purpose,Description,Amount,Currency\n"
    "2026-03-05,DOC-9,Travel,visits,Leg 1,10.00,USD\n2026-03-05,DOC-9,Travel,visits,Leg 2,15.00,USD\nTotal,,,,,25.00,\n"
)


@pytest.mark.parametrize(
    ("old", "new", "in_the_book", "in_the_file"),
    [
        ("10.00", "12.00", "10.00 USD for Travel", "12.00 USD for Travel"),
        (
            "2026-03-05,DOC-9,Travel,visits,Leg 1",
            "2026-03-07,DOC-9,Travel,visits,Leg 1",
            "2026-03-05, 10.00",
            "2026-03-07, 10.00",
        ),
        ("visits,Leg 1", "reports,Leg 1", "10.00 USD for Travel, visits", "10.00 USD for Travel, reports"),
        ("Leg 2", "Leg two", "'Leg 2'", "'Leg two'"),
        (
            "2026-03-05,DOC-9,Travel,visits,Leg 2,15.00,USD\n",
            "2026-03-05,D-10,Travel,visits,New,15.00,USD\n",
            "15.00 USD",
            "has not any more",
        ),
    ],
)
def test_a_changed_line_of_an_extract_is_shown_as_the_book_and_as_the_file_has_it(
    book: Load, small_fund: Fund, old: str, new: str, in_the_book: str, in_the_file: str
) -> None:
    extract = opened(expenditure.FORMAT, DOC9, EXTRACT)
    had = after(book, spending.plan(extract, context(small_fund, EXTRACT)).transactions)
    assert dict(spending.plan(extract, context(had, EXTRACT)).counted)["already known"] == 2
    text = DOC9.replace(old, new, 1)
    total = sum(Decimal(row.split(",")[5]) for row in text.splitlines()[1:-1])
    changed = opened(expenditure.FORMAT, text.replace("25.00,\n", f"{total},\n"), EXTRACT)
    (wrong,) = mistakes(lambda: spending.plan(changed, context(had, EXTRACT)))
    assert in_the_book in wrong
    assert in_the_file in wrong
    assert "main.beancount:" in wrong


def test_a_document_may_get_a_further_line(book: Load, small_fund: Fund) -> None:
    extract = opened(expenditure.FORMAT, DOC9, EXTRACT)
    had = after(book, spending.plan(extract, context(small_fund, EXTRACT)).transactions)
    more = DOC9.replace("Total,,,,,25.00", "2026-03-06,DOC-9,Travel,visits,Leg 3,5.00,USD\nTotal,,,,,30.00")
    plan = spending.plan(opened(expenditure.FORMAT, more, EXTRACT), context(had, EXTRACT))
    assert (dict(plan.counted)["already known"], len(plan.transactions)) == (2, 1)


def test_nothing_below_a_total_is_lost() -> None:
    head = "Date,Document,Object,Purpose,Description,Amount,Currency\n2026-01-05,D1,Travel,visits,V,100.00,USD\n"
    subtotals = head + "Total Travel,,,,,100.00,\n2026-01-05,D2,Travel,visits,V,900.00,USD\nTotal,,,,,1000.00,\n"
    assert "2 lines begin with 'Total'" in refused(expenditure.open_extract, subtotals.encode(), EXTRACT)
    below = head + "Total,,,,,100.00,\n2026-01-05,D2,Travel,visits,V,900.00,USD\n"
    assert "a line with a number stands below the control line" in refused(
        expenditure.open_extract, below.encode(), EXTRACT
    )
