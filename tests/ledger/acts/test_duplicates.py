"""The same thing recorded twice, and two people who record at the same moment."""

import json
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from filelock import FileLock

from app.cli import cli
from ledger.acts.duplicates import same_entry
from ledger.book.loading import load
from tests.books import SMALL
from tests.conftest import Load
from tests.processes import start, wait_for_the_lock
from tests.terminal import on_a_terminal

PLEDGE = ("pledge", "--donor", "Brazil", "--amount", "100 USD", "--date", "2026-10-01", "-y")
RECEIPT = ("receipt", "--donor", "Brazil", "--amount", "100 USD", "--purpose", "reports", "--date", "2026-10-01", "-y")
REFUND = ("refund", "--donor", "Brazil", "--amount", "10 USD", "--reason", "letter", "--date", "2026-10-02", "-y")
SAME = "the book says the same already: "


@pytest.fixture
def main(blank: Path, main: Path) -> Path:
    """A new fund with a history in git."""
    shutil.copytree(blank / ".git", main.parent / ".git")
    return main


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


@pytest.mark.parametrize("line", [PLEDGE, (*RECEIPT, "--agreement", "A")], ids=lambda line: line[0])
def test_the_same_again_is_a_warning(main: Path, line: tuple[str, ...]) -> None:
    assert SAME not in run(*line).output
    assert f"Warning: {SAME}" in run(*line).output
    twice = len(load(main).fund.entries)
    other = [word.replace("100 USD", "101 USD") for word in line]
    assert SAME not in run(*other).output
    assert len(load(main).fund.entries) == twice // 2 * 3


@pytest.mark.usefixtures("main")
def test_the_same_refund_again_is_a_warning_and_another_reason_is_none() -> None:
    assert run(*RECEIPT, "--agreement", "A").exit_code == 0
    assert SAME not in run(*REFUND).output
    assert SAME in run(*REFUND).output
    assert SAME not in run(*[word.replace("letter", "another letter") for word in REFUND]).output


def test_two_credits_with_references_of_their_own_are_two(main: Path) -> None:
    for reference in ("FT-1", "FT-2"):
        done = run(*RECEIPT, "--agreement", "A", "--bank-reference", reference)
        assert (done.exit_code, SAME in done.output) == (0, False)
    assert len(load(main).fund.receipts) == 2


def test_a_receipt_that_was_reversed_may_be_recorded_again(main: Path) -> None:
    assert run(*RECEIPT, "--agreement", "A").exit_code == 0
    assert run("reverse", "R-2026-0001", "--reason", "misread", "--date", "2026-10-01", "-y").exit_code == 0
    assert SAME not in run(*RECEIPT, "--agreement", "A").output
    assert len(load(main).fund.receipts) == 3


def _links(main: Path) -> list[str]:
    return [link for entry in load(main).fund.entries for link in entry.txn.links]


WRITERS = 6

RUNNING: list[tuple[tuple[str, ...], str, Callable[[Path], list[str]]]] = [
    (PLEDGE, "pledge", lambda main: sorted(load(main).fund.pledges)),
    ((*RECEIPT, "--agreement", "A"), "receipt", lambda main: [r.number for r in load(main).fund.receipts]),
    (("unclaimed", "--amount", "5 USD", "--date", "2026-10-01", "-y"), "link", _links),
]


@pytest.mark.parametrize(
    ("line", "fact", "numbers"), RUNNING, ids=lambda item: item[0] if isinstance(item, tuple) else ""
)
def test_of_six_at_the_same_moment_each_gets_a_number_of_its_own(
    main: Path, line: tuple[str, ...], fact: str, numbers: Callable[[Path], list[str]]
) -> None:
    with FileLock(main.parent / ".vfund.lock"):
        all_of_them = [start(*line, "--json") for _ in range(WRITERS)]
        for process in all_of_them:
            wait_for_the_lock(process)
    said = [process.communicate() for process in all_of_them]
    assert [process.returncode for process in all_of_them] == [0] * WRITERS, said
    facts = [json.loads(out) for out, _ in said]
    assert sorted(item[fact] for item in facts) == sorted(numbers(main))
    assert len(set(numbers(main))) == WRITERS
    assert all(item[fact] in item["entry"] for item in facts)
    assert sum(b"somebody else recorded meanwhile; this became: " in err for _, err in said) == WRITERS - 1
    subjects = subprocess.run(
        ["git", "-C", str(main.parent), "log", "--format=%s", f"-{WRITERS}"], capture_output=True, text=True, check=True
    ).stdout
    assert all(item[fact] in subjects for item in facts)


def test_what_somebody_else_has_settled_meanwhile_is_not_settled_again(main: Path) -> None:
    line = ("--date", "2026-01-10", "--due", "2026-12-31", "--agreement", "A", "--purpose", "reports", "-y")
    assert run("agreement", "--donor", "Peru", "--amount", "100 USD", *line).exit_code == 0
    receipt = ("receipt", "PL-2026-001", "--amount", "100 USD", "--date", "2026-02-01", "--purpose", "reports", "-y")
    with FileLock(main.parent / ".vfund.lock"):
        both = [start(*receipt, "--bank-reference", f"N-{n}") for n in (1, 2)]
        for process in both:
            wait_for_the_lock(process)
    said = [process.communicate()[1].decode() for process in both]
    assert sorted(process.returncode for process in both) == [0, 1], said
    refused = next(text for process, text in zip(both, said, strict=True) if process.returncode)
    assert "nothing was written: somebody else recorded meanwhile, and now:" in refused
    assert "Traceback" not in refused
    assert [receipt.number for receipt in load(main).fund.receipts] == ["R-2026-0001"]


def test_on_a_terminal_the_same_again_is_asked_about(main: Path) -> None:
    assert run(*PLEDGE, "--due", "2026-12-31").exit_code == 0
    line = ("pledge", "--donor", "Brazil", "--amount", "100 USD", "--date", "2026-10-01", "--due", "2026-12-31")
    said = on_a_terminal(main, line, ["", "", "", "", "", "y", "y"])
    assert "PL-2026-001, Brazil, Pledge announced. Record it again? [y/N]" in said
    assert sorted(load(main).fund.pledges) == ["PL-2026-001", "PL-2026-002"]


def test_one_credit_for_pledges_of_two_purposes_is_split_by_them(main: Path) -> None:
    """60 for visits and 40 for reports, charged at 11 per cent each: 6.60 and 4.40."""
    for amount, purpose in (("60 USD", "country-visits"), ("40 USD", "reports")):
        line = ("--date", "2026-01-10", "--due", "2026-12-31", "--agreement", purpose, "--purpose", purpose, "-y")
        assert run("agreement", "--donor", "Peru", "--amount", amount, *line).exit_code == 0
    settles = ("--settles", "PL-2026-001/1", "--settles", "PL-2026-002/1")
    done = run("receipt", "--amount", "100 USD", *settles, "--bank-reference", "B1", "--date", "2026-03-01", "-y")
    assert done.exit_code == 0, done.output
    fund = load(main).fund
    given = {
        (posting.account.split(":")[1], (posting.meta or {}).get("purpose"), posting.units.number)
        for entry in fund.entries
        for posting in entry.txn.postings
        if posting.account.startswith(("Income:Contributions", "Expenses:IndirectCostRecovery"))
    }
    assert given == {
        ("Contributions", "country-visits", Decimal(-60)),
        ("Contributions", "reports", Decimal(-40)),
        ("IndirectCostRecovery", "country-visits", Decimal("6.60")),
        ("IndirectCostRecovery", "reports", Decimal("4.40")),
    }
    assert not [finding for finding in load(main).errors if not finding.open]


def test_an_entry_that_the_book_has_is_the_same_and_one_of_another_reference_is_not(book: Load) -> None:
    fund = book(SMALL).fund
    receipt = fund.receipts[0].entry
    assert same_entry(fund, receipt.txn) is receipt
    apart = receipt.txn._replace(meta={**receipt.txn.meta, "bank-reference": "FT-1"})
    other = receipt.txn._replace(date=receipt.txn.date.replace(day=11))
    assert same_entry(fund, other) is None
    assert same_entry(fund, apart) is receipt  # the one of the book names no reference
