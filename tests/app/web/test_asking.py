"""A query asks, is answered with a reason, and is guarded against formulas."""

import csv
import io
from pathlib import Path

import pytest

from app.web.application import make_application
from tests.conftest import EXAMPLE


@pytest.mark.parametrize(
    "query",
    ["select account where account ~ '('", "select date_add(date,99999999)", 'run "x', "select 1/0", "run nope"],
)
def test_a_query_that_cannot_be_worked_out_is_answered_with_a_reason(query: str) -> None:
    client = make_application(EXAMPLE).test_client()
    home = client.get("/").headers["Location"].split("/")[1]
    answer = client.get(f"/{home}/api/query", query_string={"query_string": query})
    assert answer.status_code in {200, 400, 500}
    assert "Traceback" not in answer.get_data(as_text=True)
    assert answer.status_code == 200 or answer.get_json()["error"] not in {"", "Internal Server Error"}


def test_a_query_as_csv_is_guarded_against_formulas(copied: Path) -> None:
    with (copied.parent / "entries" / "2016.beancount").open("a", encoding="utf-8") as file:
        file.write(
            '\n2016-12-01 * "=HYPERLINK(1)" " =1+2" #interest\n  Assets:Bank:Operating  1.00 USD\n  Income:Interest  -1.00 USD\n'
        )
    client = make_application(copied).test_client()
    home = client.get("/").headers["Location"].split("/")[1]
    words = {"query_string": "select payee, narration, number where payee ~ 'HYPER'"}
    text = client.get(f"/{home}/download-query/query_result.csv", query_string=words).get_data(as_text=True)
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][:2] == ["'=HYPERLINK(1)", "' =1+2"]
    assert {row[2] for row in rows[1:]} == {"1.00", "-1.00"}
