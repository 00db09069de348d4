"""`vfund query`: a malformed query is refused as one, and CSV is guarded and exact."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import cli
from app.commands.query import _text

MALFORMED = [
    "",
    "   ",
    ";",
    "SELECT",
    "SELECT (",
    "SELECT 'x",
    "SELECT #",
    "SELECT %s",
    "SELECT %(a)s",
    "SELECT 2016-02-30",
    "SELECT date FROM receipts WHERE date > 2026-02-30",
    "SELECT date FROM nowhere",
    "SELECT * FROM receipts WHERE",
    "SELECT * FROM (SELECT * FROM receipts",
    "SELECT sum(narration)",
    "SELECT grep('(', narration)",
    "SELECT narration WHERE account ~ '('",
    "SELECT a.b.c",
    "SELECT account GROUP BY 5",
    "SELECT account ORDER BY 9",
    "SELECT account LIMIT -1",
    "SELECT account LIMIT 99999999999999999999999999",
    "SELECT account FROM year = 2016 CLOSE ON 2016-02-31",
    "SELECT year('x')",
    "SELECT parse_date('x')",
    "SELECT number, donor FROM receipts; SELECT 2",
    "SELECT 1; DROP TABLE receipts",
    "CREATE TABLE x (a int)",
    "INSERT INTO x VALUES (1)",
    "UPDATE receipts SET number = 1",
    "EXPLAIN SELECT 1",
    ".help",
    "exit",
    "run nothing",
    "SELECT \udcff",
    "SELECT \0",
    "SELECT " + "(" * 4000 + "1" + ")" * 4000,
    "SELECT " + "1+" * 4000 + "1",
]


@pytest.mark.parametrize("statement", MALFORMED, ids=lambda text: repr(text)[:50])
def test_a_malformed_query_is_refused_as_one(with_receipt: Path, statement: str) -> None:
    done = CliRunner().invoke(cli, ["query", statement, "--book", str(with_receipt)])
    assert isinstance(done.exception, SystemExit)
    assert done.exit_code == 2
    assert "Error: " in done.stderr
    assert "--tables` lists the fund's tables" in done.stderr


def test_a_query_as_csv_is_guarded_and_keeps_every_digit_and_parenthesis(received: Path) -> None:
    text = (
        '2026-03-02 * "=cmd" "=1+1" #unclaimed ^UR-2026-002\n  bank-reference: "(example)"\n'
        "  Assets:Bank:Operating  7.123456789012345 USD\n  Liabilities:UnclaimedReceipts  -7.123456789012345 USD\n"
    )
    with (received.parent / "entries" / "2026.beancount").open("a", encoding="utf-8") as file:
        file.write("\n" + text)
    asked = "SELECT payee, narration, number, position, entry_meta('bank-reference') AS ref WHERE date = 2026-03-02"
    done = CliRunner().invoke(cli, ["query", asked, "--csv"])
    assert list(csv.reader(done.stdout.splitlines()))[1:] == [
        ["'=cmd", "'=1+1", "7.123456789012345", "7.123456789012345 USD", "(example)"],
        ["'=cmd", "'=1+1", "-7.123456789012345", "-7.123456789012345 USD", "(example)"],
    ]
    assert _text("(example)") == "(example)"
    summed = CliRunner().invoke(cli, ["query", "SELECT sum(position) AS held WHERE account ~ 'Bank'", "--csv"])
    assert (
        summed.stdout.splitlines()[1] == "22.123456789012345 USD"
    )  # 10 + 5 + 7.123456789012345; the costs of the 10 are owed
