"""What is left of a broken book is said to be that, and is not written."""

from pathlib import Path

import pytest

from tests.funds import vfund

CONFLICT = '\n<<<<<<< HEAD\n2026-03-01 * "Mexico" "Contribution" #receipt\n=======\n>>>>>>> other\n'
WARNING = "Warning: main.beancount has 4 errors"


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
def test_what_is_left_of_a_broken_book_is_said_to_be_that(received: Path, line: str) -> None:
    whole = vfund(line)
    assert (whole.exit_code, "Warning:" in whole.stderr) == (0, False), whole.output
    entries = received.parent / "entries" / "2026.beancount"
    entries.write_text(entries.read_text(encoding="utf-8") + CONFLICT, encoding="utf-8")
    left = vfund(line)
    assert (left.exit_code, WARNING in left.stderr, "Warning:" in left.stdout) == (1, True, False), left.output
    assert left.stdout


def test_letters_and_reports_of_a_broken_book_are_not_written(received: Path) -> None:
    entries = received.parent / "entries" / "2026.beancount"
    entries.write_text(entries.read_text(encoding="utf-8") + CONFLICT, encoding="utf-8")
    for line in ("letter statement Mexico", "export 2026-Q1"):
        done = vfund(line)
        assert (done.exit_code, "error" in done.stderr) == (1, True)
    assert [path.name for path in received.parent.parent.iterdir() if path.name != "notice.txt"] == ["fund"]
