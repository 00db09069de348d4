"""`vfund export` waits for open points, and names nobody who does not want it."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.funds import DAY, RECEIPT, YEAR, ok, vfund


@pytest.mark.usefixtures("main")
def test_a_donor_who_asks_is_named_in_the_book_and_not_in_the_workbook() -> None:
    ok(f"clear UNHCR --until {YEAR + 1}-01-01 --ceiling 1000 --document notice.txt")
    line = f"receipt --donor UNHCR --amount '900 USD' --bank-reference FT-2 --date {DAY} --purpose reports --agreement Letter"
    ok(f"{line} --meta anonymous=TRUE --evidence notice.txt --narration Gift")
    quarter = f"{YEAR}-Q{(date.today().month + 2) // 3}"
    ok(f"export {quarter} --output report.xlsx")
    book = load_workbook(BytesIO(Path("report.xlsx").read_bytes()))
    text = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert "Not named, at the donor's wish" in text
    assert not [words for words in text if "Refugees" in words]
    assert "High Commissioner" in ok("show")


@pytest.mark.usefixtures("main")
def test_an_export_waits_for_open_points_and_prints_the_law() -> None:
    ok(RECEIPT)
    quarter = f"{YEAR}-Q{(date.today().month + 2) // 3}"
    assert vfund(f"export {quarter} --output report.xlsx").exit_code == 1
    assert not Path("report.xlsx").exists()
    ok(f"export {quarter} --output report.xlsx --draft")
