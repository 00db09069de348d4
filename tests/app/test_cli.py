"""The command line as an officer uses it: a fund's life from `init` to `export`, exit codes, help, missing answers."""

import contextlib
import json
import os
import pty
import shlex
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import SUMMARIES, cli
from app.main import main as entry_point
from ledger.book.loading import load
from tests.conftest import EXAMPLE, ROOT
from tests.generate_book import write_book

SCRIPT = """
pledge --donor Spain --amount '1000 EUR' --rate 1.10 --due 2026-12-31 --date 2026-01-10 --purpose country-visits
agreement PL-2026-001 --instalment '600 EUR@2026-03-31' --instalment '400 EUR@2026-06-30' --date 2026-02-10 --agreement letters
receipt PL-2026-001 --amount '625 USD' --charges 15 --settles PL-2026-001/1 --bank-reference FT-1 --date 2026-05-05
reduce PL-2026-001/2 --amount '100 EUR' --reason letter --date 2026-06-20
write-off PL-2026-001/2 --amount '50 EUR' --reason decision --date 2026-06-21
in-kind --donor PAN --value '80 USD' --use Premises --valuation letter --converts 'PL-2026-001/2=50 EUR' --date 2026-06-25
agreement --donor ARG --amount '200 USD' --due 2026-12-31 --date 2026-06-26 --agreement letters --purpose reports
receipt PL-2026-002 --amount '230 USD' --unpledged 30 --bank-reference FT-2 --date 2026-06-27 --agreement letter
receipt --donor MEX --amount '50 USD' --bank-reference FT-3 --date 2026-06-28 --agreement letter --purpose rapporteurship
refund --donor MEX --amount '20 USD' --reason unspent --date 2026-06-29
"""


@pytest.fixture
def fund(blank: Path, tmp_path: Path) -> Path:
    shutil.copytree(blank, tmp_path / "fund", ignore=shutil.ignore_patterns(".git"))
    return tmp_path / "fund" / "main.beancount"


def run(*words: str, **more: str):  # type: ignore[no-untyped-def]  # noqa: ANN201 - click's Result
    return CliRunner().invoke(cli, list(words), **more)  # type: ignore[arg-type]


def split(line: str) -> list[str]:
    return shlex.split(line)


def test_a_fund_from_its_beginning_to_its_first_report(fund: Path, tmp_path: Path) -> None:
    for line in SCRIPT.strip().splitlines():
        done = run(*split(line), "--book", str(fund))
        expected = 2 if line.startswith("in-kind --donor PAN") else 0  # what Spain promised is not Panama's to convert
        assert done.exit_code == expected, line + done.output
    book = load(fund)
    assert {finding.code for finding in book.findings} == {
        "evidence/no-document",
        "exchange-rate/no-rate",
        "recording-delay/late",
    }
    assert run("export", "2026-Q2", "--output", str(tmp_path / "q2.xlsx"), "--book", str(fund)).exit_code == 1
    letter = tmp_path / "letter.txt"
    letter.write_text("example", encoding="utf-8")
    for row in json.loads(run("evidence", "--missing", "--json", "--book", str(fund)).stdout)["missing"]:
        filed = run("attach", row["entry"], str(letter), "--book", str(fund))
        assert filed.exit_code == 0, filed.output
    book = load(fund)
    assert book.errors == []
    spain = book.fund.pledges["PL-2026-001"]
    assert spain.outstanding("EUR") == 400 - 100 - 50
    assert [(s.label, s.credited) for s in book.fund.receipts[0].settlements] == [("PL-2026-001/1", 640)]
    shown = json.loads(run("show", "PL-2026-001", "--json", "--book", str(fund)).stdout)
    assert {i["instalment"]: i["outstanding"] for i in shown["instalments"]} == {
        "PL-2026-001": "0.00",
        "PL-2026-001/1": "0.00",
        "PL-2026-001/2": "250.00",
    }
    out = tmp_path / "q2.xlsx"
    done = run("export", "2026-Q2", "--output", str(out), "--book", str(fund))
    assert done.exit_code == 0, done.output
    assert out.stat().st_size > 5000


@pytest.mark.parametrize("command", SUMMARIES)
def test_every_command_has_help_with_an_example_and_stands_in_the_guide(command: str) -> None:
    done = run(command, "--help")
    assert done.exit_code == 0
    assert "Example" in done.output
    assert f"vfund {command}" in (ROOT / "docs" / "officers.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["pledge", "agreement", "receipt", "reduce", "write-off", "in-kind", "refund"])
def test_without_a_terminal_everything_that_is_missing_is_named_at_once(fund: Path, command: str) -> None:
    done = run(command, "--book", str(fund))
    assert done.exit_code == 2
    assert "missing" in done.output


def test_all_mistakes_of_one_command_are_said_together(fund: Path) -> None:
    done = run("pledge", "--donor", "Spian", "--amount", "5", "--date", "tomorrow", "--book", str(fund))
    assert done.exit_code == 2
    for words in (
        "no donor 'Spian' is registered",
        "did you mean 'Spain'?",
        "'5' is not an amount",
        "'tomorrow' is not a date",
    ):
        assert words in done.output


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("check", "--book", str(EXAMPLE)), 0, "no errors, no warnings"),
        (("check", "--book", "nowhere.beancount"), 2, "there is no book at nowhere.beancount"),
        (("chek",), 2, "did you mean 'check'?"),
        (("show", "ARG", "--as-of", "2016-09-01", "--book", str(EXAMPLE)), 0, "200,000.00"),
        (("show", "XYZ-9", "--book", str(EXAMPLE)), 1, "neither a pledge nor a donor"),
        (("show", "ARG", "--as-of", "1st", "--book", str(EXAMPLE)), 2, "write it as 2016-09-30"),
        (("export", "2016-3", "--book", str(EXAMPLE)), 2, "write it as 2016-Q3"),
        (("export", "2016-Q3", "--dry-run", "--book", str(EXAMPLE)), 0, "2,657,506.00"),
        (("export", "--book", str(EXAMPLE)), 2, "name the quarter"),
        (("export", "9999-Q4", "--book", str(EXAMPLE)), 2, "write it as 2016-Q3"),
        (("export", "2016-Q3", "--as-of", "2016-10-01", "--book", str(EXAMPLE)), 2, "2016-10-01 is not in 2016-Q3"),
        (("export", "2016-Q3", "--as-of", "2016-09-10", "--dry-run", "--book", str(EXAMPLE)), 0, "2,248,506.00"),
        (
            ("pledge", "--donor", "ARG", "--amount", f"1{'0' * 30} USD", "--book", str(EXAMPLE)),
            2,
            "is below 1,000,000,000,000",
        ),
        (("pledge", "--donor", "ARG", "--amount", "0.001 USD", "--book", str(EXAMPLE)), 2, "at most two decimals"),
        (
            ("pledge", "--donor", "ARG", "--amount", "5 USD", "--date", "0001-01-01", "--book", str(EXAMPLE)),
            2,
            "before 1948",
        ),
        (
            (
                "agreement",
                "PL-2016-003",
                "--due",
                "2017-01-01",
                "--date",
                "2016-10-13",
                "--amount",
                "5 USD",
                "--book",
                str(EXAMPLE),
            ),
            1,
            "begins on 2016-10-14",
        ),
        (("completion", "bash"), 0, "_VFUND_COMPLETE"),
    ],
)
def test_exit_codes_and_what_is_said(words: tuple[str, ...], code: int, says: str) -> None:
    done = run(*words)
    assert (done.exit_code, says in done.output) == (code, True), done.output


def test_the_whole_fund_as_a_table_and_as_json() -> None:
    table = run("show", "--as-of", "2016-09-30", "--book", str(EXAMPLE)).output
    assert "2,657,506.00" in table
    data = json.loads(run("show", "--as-of", "2016-09-30", "--json", "--book", str(EXAMPLE)).stdout)
    assert data["categories"][0]["committed"] == "117000.00"


def test_a_report_of_another_day_or_basis_does_not_take_the_place_of_the_quarters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for words in ((), ("--as-of", "2016-09-10"), ("--basis", "promise")):
        assert run("export", "2016-Q3", *words, "--book", str(EXAMPLE)).exit_code == 0
    assert sorted(path.name for path in tmp_path.glob("*.xlsx")) == [
        "EXAMPLE-IACHR-2016-Q3-as-of-2016-09-10.xlsx",
        "EXAMPLE-IACHR-2016-Q3-promise.xlsx",
        "EXAMPLE-IACHR-2016-Q3.xlsx",
    ]


def test_a_book_with_errors_is_exported_only_as_a_draft(tmp_path: Path) -> None:
    broken = ROOT / "tests" / "broken" / "bank-reference-twice" / "source.beancount"
    out = tmp_path / "draft.xlsx"
    refused = run("export", "2016-Q3", "--output", str(out), "--book", str(broken))
    assert (refused.exit_code, out.exists()) == (1, False)
    assert "mend it, or write a draft with --draft" in refused.output
    assert run("export", "2016-Q3", "--draft", "--output", str(out), "--book", str(broken)).exit_code == 1
    assert out.exists()
    checked = run("check", "--json", "--book", str(broken))
    assert checked.exit_code == 1
    assert [e["rule"] for e in json.loads(checked.stdout)["errors"]] == ["bank-reference-once"]


def test_what_is_wrong_later_does_not_hold_up_an_earlier_quarter(tmp_path: Path) -> None:
    """An error of November is no error of the third quarter: its report is as it was sent."""
    shutil.copytree(EXAMPLE.parent.parent, tmp_path / "ledger")
    book = tmp_path / "ledger" / "example" / "main.beancount"
    words = ("export", "2016-Q3", "--book", str(book), "--output")
    assert run(*words, str(tmp_path / "a.xlsx")).exit_code == 0
    with (book.parent / "entries" / "2016.beancount").open("a", encoding="utf-8") as file:
        file.write('\n2016-11-10 * "No kind"\n  Assets:Bank:Operating  1.00 USD\n  Expenses:BankCharges  -1.00 USD\n')
    assert run("check", "--book", str(book)).exit_code == 1
    assert run(*words, str(tmp_path / "b.xlsx")).exit_code == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert run("export", "2016-Q4", "--book", str(book), "--output", str(tmp_path / "c.xlsx")).exit_code == 1


def test_init_refuses_a_folder_that_is_not_empty_and_lists_in_a_dry_run(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("keep me", encoding="utf-8")
    assert run("init", str(tmp_path)).exit_code == 1
    assert run("init", str(tmp_path / "new"), "--dry-run").exit_code == 0
    assert not (tmp_path / "new").exists()
    assert run("init", str(tmp_path / "new"), "--title", 'a "quoted" fund').exit_code == 2
    assert run("init", str(tmp_path / "new"), "--code", "lower case", "--no-git").exit_code == 1
    assert not (tmp_path / "new").exists()


def test_the_book_is_found_from_a_folder_below(fund: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VFUND_BOOK", raising=False)
    monkeypatch.chdir(fund.parent / "entries")
    assert run("check").exit_code == 0
    monkeypatch.chdir("/")
    assert run("check").exit_code == 2
    monkeypatch.setenv("VFUND_BOOK", str(fund.parent))
    assert run("check").exit_code == 0


def test_our_own_failure_exits_with_3_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a defect")

    monkeypatch.setattr(cli, "main", fail)
    with pytest.raises(SystemExit) as stopped:
        entry_point(["check"])
    assert stopped.value.code == 3
    error = capsys.readouterr().err
    assert "Please report it" in error
    assert "Traceback" not in error
    with pytest.raises(RuntimeError):
        entry_point(["--debug", "check"])


@pytest.mark.parametrize("words", [["check", "--book", "nowhere"], ["chek"], ["export", "x", "--book", str(EXAMPLE)]])
def test_wrong_usage_exits_with_2(words: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        entry_point(words)
    assert stopped.value.code == 2


def typed(fund: Path, answers: str, *words: str) -> str:
    """Run a command on a real terminal, type the answers, give what was shown."""
    master, slave = pty.openpty()
    program = [sys.executable, "-c", "from app.main import main; main()", *words, "--book", str(fund)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TERM": "dumb"}
    process = subprocess.Popen(program, stdin=slave, stdout=slave, stderr=slave, env=environment)
    os.close(slave)
    os.write(master, answers.encode())
    killer = threading.Timer(60, process.kill)  # a question that no answer was typed for
    killer.start()
    shown = b""
    with contextlib.suppress(OSError):  # the terminal closes when the program ends
        while chunk := os.read(master, 4096):
            shown += chunk
    os.close(master)
    killer.cancel()
    assert process.wait() == 0, shown.decode()
    return shown.decode()


def test_bare_commands_ask_on_a_terminal(fund: Path) -> None:
    """The answers are typed, the defaults taken with Enter, wrong answers asked again, each entry confirmed."""
    shown = typed(fund, "Spian\nARG\n2026-02-03\n5\n200000 USD\n\n\n\n\n\n\n\ny\n", "pledge")
    assert "did you mean 'Spain'?" in shown
    assert "'5' is not an amount" in shown
    assert "Recorded in" in shown
    typed(fund, "2026-03-01\n\n\n2026-12-31\nLetters\n\n\ncountry-visits\n\n\ny\n", "agreement", "PL-2026-001")
    typed(fund, "2026-04-01\nARG\n150000 USD\n15\n\n\nFT-1\n\n\n\ny\n", "receipt")
    typed(fund, "2026-05-01\nPL-2026-001\n10000 USD\nLetter of the donor\n\n\ny\n", "reduce")
    typed(fund, "2026-06-01\n\nMexico\n50000 USD\n\n2026-12-31\nLetters\n\n\nreports\n\n\ny\n", "agreement")
    book = load(fund)
    assert [finding for finding in book.errors if not finding.open] == []
    left = {name: (pledge.donor, pledge.outstanding("USD")) for name, pledge in book.fund.pledges.items()}
    assert left == {"PL-2026-001": ("Argentina", 200_000 - 150_015 - 10_000), "PL-2026-002": ("Mexico", 50_000)}


def test_a_generated_book_of_every_kind_of_entry_is_clean(tmp_path: Path) -> None:
    main = write_book(tmp_path, transactions=600, years=6, seed=11)
    book = load(main)
    assert book.findings == []
    kinds = {entry.kind.value for entry in book.fund.entries if entry.kind}
    assert kinds == {
        "pledge",
        "agreement",
        "receipt",
        "reduction",
        "write-off",
        "in-kind",
        "refund",
        "expenditure",
        "icr",
        "interest",
        "transfer",
        "loan",
        "unclaimed",
        "identify",
        "opening",
    }
    assert any(entry.reversal for entry in book.fund.entries)
    first, again = main.read_bytes(), write_book(tmp_path, transactions=600, years=6, seed=11).read_bytes()
    assert first == again


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
