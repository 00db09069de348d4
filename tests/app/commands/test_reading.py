"""Commands that read: what is left of a broken book is said to be that, a malformed query is refused, and names are found however they are typed."""

import csv
import json
import shlex
from decimal import Decimal
from pathlib import Path
from unicodedata import normalize

import pytest
from click.testing import CliRunner, Result

from app.cli import cli
from app.commands.query import _text
from reports.faces.csv_files import guarded

CONFLICT = '\n<<<<<<< HEAD\n2026-03-01 * "Mexico" "Contribution" #receipt\n=======\n>>>>>>> other\n'
WARNING = "Warning: main.beancount has 4 errors"


def run(line: str) -> Result:
    return CliRunner().invoke(cli, shlex.split(line))


@pytest.fixture
def main(main: Path) -> Path:
    for line in (
        "receipt -y --donor Mexico --amount '10 USD' --bank-reference M1 --date 2026-02-01 --purpose reports --agreement A",
        "unclaimed -y --amount '5 USD' --date 2026-02-01",
    ):
        assert run(line).exit_code == 0
    return main


READING = [
    "show",
    "show Mexico",
    "show --purposes",
    "show --json",
    "query 'SELECT number, donor FROM receipts'",
    "query 'SELECT number, donor FROM receipts' --csv",
    "unclaimed --list",
    "unclaimed --list --json",
    "pending",
    "report summary 2026-Q1",
    "report summary 2026-Q1 --csv",
    "report",
    "evidence",
    "evidence --missing --json",
    "rules",
    "explain four-eyes",
    "match --list",
    "match --json",
    "export 2026-Q1 --draft --dry-run",
]


@pytest.mark.parametrize("line", READING)
def test_what_is_left_of_a_broken_book_is_said_to_be_that(main: Path, line: str) -> None:
    whole = run(line)
    assert (whole.exit_code, "Warning:" in whole.stderr) == (0, False), whole.output
    entries = main.parent / "entries" / "2026.beancount"
    entries.write_text(entries.read_text(encoding="utf-8") + CONFLICT, encoding="utf-8")
    left = run(line)
    assert (left.exit_code, WARNING in left.stderr, "Warning:" in left.stdout) == (1, True, False), left.output
    assert left.stdout


def test_letters_and_reports_of_a_broken_book_are_not_written(main: Path) -> None:
    entries = main.parent / "entries" / "2026.beancount"
    entries.write_text(entries.read_text(encoding="utf-8") + CONFLICT, encoding="utf-8")
    for line in ("letter statement Mexico", "export 2026-Q1"):
        done = run(line)
        assert (done.exit_code, "error" in done.stderr) == (1, True)
    assert [path.name for path in main.parent.parent.iterdir()] == ["fund"]


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


@pytest.mark.usefixtures("main")
@pytest.mark.parametrize("statement", MALFORMED, ids=lambda text: repr(text)[:50])
def test_a_malformed_query_is_refused_as_one(statement: str) -> None:
    done = CliRunner().invoke(cli, ["query", statement])
    assert isinstance(done.exception, SystemExit)
    assert done.exit_code == 2
    assert "Error: " in done.stderr
    assert "--tables` lists the fund's tables" in done.stderr


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("  =1+1", "'  =1+1"),
        ("\u00a0=1+1", "'\u00a0=1+1"),
        ("\tx", "'\tx"),
        ("@x", "'@x"),
        ("－1", "'－1"),
        (" x", " x"),
        ("(example)", "(example)"),
        ("2016-Q3", "2016-Q3"),
    ],
)
def test_no_text_is_a_formula_in_csv(text: str, field: str) -> None:
    assert guarded(text) == field


def test_a_query_as_csv_is_guarded_and_keeps_every_digit_and_parenthesis(main: Path) -> None:
    text = (
        '2026-03-02 * "=cmd" "=1+1" #unclaimed ^UR-2026-002\n  bank-reference: "(example)"\n'
        "  Assets:Bank:Operating  7.123456789012345 USD\n  Liabilities:UnclaimedReceipts  -7.123456789012345 USD\n"
    )
    with (main.parent / "entries" / "2026.beancount").open("a", encoding="utf-8") as file:
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


def test_figures_of_a_statement_as_csv_have_the_digits_that_they_need(main: Path) -> None:
    """1,000 EUR at 1.10 are 1,100 USD, written so, and not with the twelve decimals of the product."""
    with (main.parent / "rates.beancount").open("a", encoding="utf-8") as file:
        file.write("2026-02-01 price EUR 1.100000000 USD\n")
    assert run("pledge -y --donor Spain --amount '1000 EUR' --date 2026-02-02 --purpose reports").exit_code == 0
    done = run("report pledges 2026-Q1 --csv")
    values = {cell for row in csv.reader(done.stdout.splitlines()) for cell in row}
    assert "1000.00" in values
    done = run("report summary 2026-Q1 --csv")
    numbers = [cell for row in csv.reader(done.stdout.splitlines()) for cell in row if _number(cell) is not None]
    assert "1100.00" in numbers
    assert [number for number in numbers if len(number.partition(".")[2]) != 2] == []


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except ArithmeticError:
        return None


DECOMPOSED = normalize("NFD", "México")


@pytest.mark.parametrize(
    "line",
    [
        f"show {DECOMPOSED}",
        f"letter statement {DECOMPOSED} --dry-run",
        f"pledge --donor {DECOMPOSED} --amount '5 USD' --dry-run",
        f"receipt --donor {DECOMPOSED} --amount '5 USD' --agreement A --purpose reports --dry-run",
        f"confirm {DECOMPOSED} 2026-Q1 --answer agreed --source slip --dry-run",
    ],
)
@pytest.mark.usefixtures("main")
def test_a_name_is_found_however_its_accents_are_composed(line: str) -> None:
    assert len(DECOMPOSED) == 7
    done = run(line)
    assert done.exit_code == 0, done.output
    assert any(name in done.output for name in ("Mexico", "México", '"MEX"'))


@pytest.mark.usefixtures("main")
def test_a_text_is_written_composed() -> None:
    done = CliRunner().invoke(cli, ["unclaimed", "--amount", "5 USD", "--narration", DECOMPOSED, "--dry-run", "--json"])
    assert '"México"' in json.loads(done.stdout)["entry"]


def test_a_donor_whose_name_the_book_has_decomposed_is_found(main: Path) -> None:
    name = normalize("NFD", "Fundación Puentes")
    with (main.parent / "donors.beancount").open("a", encoding="utf-8") as file:
        file.write(
            f'2004-06-08 custom "donor" "PUENTES"\n  account: "Puentes"\n  kind: "private-institution"\n  name-en: "{name}"\n'
        )
    assert run("show 'Fundación Puentes'").exit_code == 0
    assert run(f"show '{name}'").exit_code == 0


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("undo", "for that there is `vfund reverse ENTRY`"),
        ("late", "for that there is `vfund overdue`"),
        ("Delete", "for that there is `vfund reverse ENTRY`"),
        ("recept", "did you mean 'receipt'?"),
    ],
)
def test_a_word_that_is_no_command_leads_to_the_one_that_does_it(word: str, says: str) -> None:
    done = run(word)
    assert (done.exit_code, says in done.stderr) == (2, True), done.stderr
