"""The fund's tables in BQL, on the small book; every figure worked out by hand."""

from datetime import date

from beancount.core.inventory import Inventory
from beanquery import connect
from click.testing import CliRunner

from app.cli import cli
from ledger.book.loading import Book
from reports.bql import offer
from tests.books import MORE, SMALL
from tests.conftest import Write


def ask(loaded: Book, statement: str, as_of: date = date(2016, 12, 31)) -> list[tuple[object, ...]]:
    offer(str(loaded.options["filename"]), lambda: loaded, lambda: as_of)
    context = connect("beancount:", entries=loaded.entries, errors=[], options=loaded.options)
    return [tuple(row) for row in context.execute(statement).fetchall()]


def test_instalments_and_their_sums_by_currency(loaded: Book) -> None:
    rows = ask(
        loaded,
        "SELECT instalment, stage, number(pledged), number(received), number(outstanding) FROM instalments WHERE pledge = 'PL-2016-001' ORDER BY instalment",
    )
    assert rows == [
        ("PL-2016-001", "announced", 1000, 0, 0),
        ("PL-2016-001/1", "committed", 600, 600, 0),
        ("PL-2016-001/2", "committed", 400, 0, 300),
    ]
    ((total,),) = ask(loaded, "SELECT sum(outstanding) FROM instalments WHERE donor = 'Spain'")
    assert total == Inventory.from_string("300 EUR")


def test_a_pledge_counts_once_what_an_agreement_moved(loaded: Book) -> None:
    rows = ask(
        loaded,
        "SELECT currency, instalments, number(pledged), number(received), number(given_up), number(committed) FROM pledges WHERE pledge = 'PL-2016-001'",
    )
    assert rows == [("EUR", 3, 1000, 600, 100, 300)]  # 1000 = 600 received + 100 reduced + 300 outstanding


def test_receipts_donors_and_exceptions(loaded: Book) -> None:
    assert ask(loaded, "SELECT number, donor, value FROM receipts WHERE number = 'R-2016-0001'") == [
        ("R-2016-0001", "Spain", 640)
    ]
    assert ask(loaded, "SELECT date, identified FROM receipts WHERE donor = 'Chile'") == [
        (date(2016, 4, 15), date(2016, 6, 10))
    ]
    assert ask(loaded, "SELECT category FROM donors WHERE code = 'ESP'") == [("permanent-observer",)]
    assert ask(loaded, "SELECT count(*) FROM exceptions WHERE severity = 'error'") == []


def test_a_table_is_as_of_the_day_that_is_asked_for(loaded: Book) -> None:
    number = "SELECT number FROM receipts WHERE number = 'R-2016-0001'"
    assert ask(loaded, number, date(2016, 5, 1)) == []
    assert ask(loaded, number, date(2016, 12, 31)) == [("R-2016-0001",)]


def test_another_book_answers_nothing(loaded: Book) -> None:
    context = connect("beancount:", entries=loaded.entries, errors=[], options=loaded.options | {"filename": "/other"})
    assert context.execute("SELECT pledge FROM pledges").fetchall() == []


def test_on_the_command_line(write: Write) -> None:
    main = str(write(SMALL, MORE))

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(cli, ["query", *words])
        return done.exit_code, done.output

    code, said = run("SELECT donor, sum(outstanding) AS left FROM instalments GROUP BY donor", "--book", main, "--csv")
    assert (code, "Spain,300.00 EUR" in said) == (0, True), said
    code, said = run("SELECT donor FROM pledgs", "--book", main)
    assert (code, "--tables" in said) == (2, True)
    assert run()[1].startswith("pledges: pledge, donor")
