"""Rates as the United Nations publish them."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import cli
from importers import formats
from importers.formats import rates
from importers.ground.files import Source
from importers.ground.refusal import RefusedFileError
from importers.plans import publication
from ledger.model.fund import Fund
from tests.conftest import Load
from tests.funds import run
from tests.reading import mistakes, opened, refused
from tests.sample_files import NOTHING_DECLARED

D = Decimal
DAY = date(2026, 3, 20)
UN = (
    "United Nations operational rates of exchange (example)\r\nRates of exchange per 1 US dollar\r\n\r\n"
    "Belarus\tRuble\tBYN\t01 Aug 2016\t2.01\r\nEuro area\tEuro\tEUR\t01 Aug 2016\t0.902\r\nEuro area\tEuro\tEUR\t15 Aug 2016\t0.885\r\n"
    "Japan\tYen\tJPY\t01 Aug 2016\t105.3\r\n\r\nNote (example)\r\n"
)


def taken(fund: Fund, text: str, *wanted: str) -> publication.NewPrices:
    return publication.select_prices(fund, opened(rates.FORMAT, text), "0" * 64, set(wanted))


def test_rates_are_inverted_to_ten_digits_with_the_published_figure_beside(small_fund: Fund) -> None:
    assert formats.recognise(Source("rates.xls", UN.encode()), NOTHING_DECLARED)[0] is rates.FORMAT
    found = taken(small_fund, UN, "EUR", "BYN", "BYR")
    assert [(p.date, p.currency, str(p.amount.number), p.meta["published"]) for p in found.prices] == [
        (date(2016, 8, 1), "BYN", "0.4975124378", "2.01 BYN for 1 USD"),
        (
            date(2016, 8, 1),
            "BYR",
            "0.00004975124378",
            "2.01 BYN for 1 USD; 10000 BYR are 1 BYN (ISO 4217 amendment 161)",
        ),
        (date(2016, 8, 1), "EUR", "1.108647450", "0.902 EUR for 1 USD"),
        (date(2016, 8, 15), "EUR", "1.129943503", "0.885 EUR for 1 USD"),
    ]
    assert found.others == ["JPY"]
    for price in found.prices:
        published = Decimal(price.meta["published"].split()[0]) * (10000 if price.currency == "BYR" else 1)
        assert abs(price.amount.number * published - 1) < Decimal("1e-9")


def test_a_currency_that_ended_or_had_not_begun_is_refused(small_fund: Fund) -> None:
    (ended,) = mistakes(lambda: taken(small_fund, UN.replace("BYN", "BYR"), "BYR"))
    assert "BYR was replaced by BYN on 2016-07-01" in ended
    (begun,) = mistakes(lambda: taken(small_fund, UN.replace("01 Aug 2016\t2.01", "01 Jun 2016\t2.01"), "BYN"))
    assert "BYN began on 2016-07-01" in begun


def test_rates_that_are_cut_off_or_contradict_the_book_or_jump_are_refused(book: Load) -> None:
    for size in range(1, UN.index("\r\n\r\nNote") + 3):
        with pytest.raises(RefusedFileError):
            rates.read(Source("rates.xls", UN[:size].encode()))
    had = book("2016-08-01 price EUR 1.20 USD\n").fund
    (wrong,) = mistakes(lambda: taken(had, UN, "EUR"))
    assert "EUR is 1.108647450 USD from 2016-08-01, but the book has 1.20" in wrong
    (jump,) = mistakes(lambda: taken(book("2016-07-01 price JPY 0.9 USD\n").fund, UN, "JPY"))
    assert "more than 5 times" in jump


@pytest.mark.parametrize("rate", ["0,862", "1,3", "1.234,5", "0.862,5", "1,300"])
def test_a_decimal_comma_in_a_rate_is_refused(rate: str) -> None:
    text = f"Rates\n\nEuro area\tEuro\tEUR\t01 Aug 2016\t{rate}\n\nNote\n"
    assert "whether the comma parts decimals" in refused(rates.read, text.encode())


def test_rates_parted_by_a_blank_line_are_refused() -> None:
    row = "Euro area\tEuro\t{}\t01 Aug 2016\t0.9\n"
    assert "a blank line parts the rows" in refused(
        rates.read, f"Rates\n\n{row.format('EUR')}\n{row.format('CAD')}\nNote\n".encode()
    )


def test_rates_are_imported_into_a_new_book(tmp_path: Path) -> None:
    assert CliRunner().invoke(cli, ["init", str(tmp_path / "new")]).exit_code == 0
    path = tmp_path / "un.xls"
    path.write_bytes(b"Rates\r\n\r\nEuro area\tEuro\tEUR\t01 Aug 2016\t0.9\r\n\r\nNote\r\n")
    done = run("import", path, book=tmp_path / "new" / "main.beancount")
    assert done.exit_code == 0, done.output
