"""`vfund report` as CSV."""

import csv
from decimal import Decimal
from pathlib import Path

from tests.funds import vfund


def test_figures_of_a_statement_as_csv_have_the_digits_that_they_need(received: Path) -> None:
    """1,000 EUR at 1.10 are 1,100 USD, written so, and not with the twelve decimals of the product."""
    with (received.parent / "rates.beancount").open("a", encoding="utf-8") as file:
        file.write("2026-02-01 price EUR 1.100000000 USD\n")
    assert vfund("pledge -y --donor Spain --amount '1000 EUR' --date 2026-02-02 --purpose reports").exit_code == 0
    done = vfund("report pledges 2026-Q1 --csv")
    values = {cell for row in csv.reader(done.stdout.splitlines()) for cell in row}
    assert "1000.00" in values
    done = vfund("report summary 2026-Q1 --csv")
    numbers = [cell for row in csv.reader(done.stdout.splitlines()) for cell in row if _number(cell) is not None]
    assert "1100.00" in numbers
    assert [number for number in numbers if len(number.partition(".")[2]) != 2] == []


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except ArithmeticError:
        return None
