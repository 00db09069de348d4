"""What is wrong is said and nothing changes; a dry run writes nothing."""

from pathlib import Path

import pytest

from tests.funds import DAY, RECEIPT, YEAR, files, ok, vfund


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (f"approve R-{YEAR}-0001 --by finance-officer-1", "no treasurer"),
        (f"approve R-{YEAR}-0001 --by treasurer-2", "did you mean 'treasurer-1'?"),
        ("approve R-1999-0001 --by treasurer-1", "no entry is meant by"),
        ("approve --by treasurer-1", "missing ENTRY  Entry, or --all"),
        (f"attach R-{YEAR}-0001 nowhere.pdf", "there is no file"),
        (f"attach R-{YEAR}-0009 notice.txt", "no entry is meant by"),
        (f"attach R-{YEAR}-0001 empty.txt", "is empty"),
        (f"{RECEIPT} --evidence nowhere.pdf", "there is no file"),
        ("waive conservation PL-1 --reason x --expires 2030-01-01 --by treasurer-1", "cannot be waived"),
        ("waive conservatio PL-1 --reason x --expires 2030-01-01 --by treasurer-1", "did you mean 'conservation'?"),
        ("waive evidence R-1 --reason x --expires 2030-01-01 --by finance-officer-1", "no treasurer"),
        ("clear UNHCR --until 2030-01-01 --ceiling 10 --document nowhere.pdf", "there is no file"),
        ("clear", "missing DONOR"),
        ("reconfirm PL-2026-001 --source letter", "no pledge 'PL-2026-001' is in the book"),
        ("identify UR-2026-001 --donor Mexico", "nothing is left to identify"),
        ("explain four-eye", "did you mean 'four-eyes'?"),
        ("rules --as-of yesterday", "write it as 2016-09-30"),
        ("check --as-of yesterday", "write it as 2016-09-30"),
        ("unclaimed --list --as-of yesterday", "write it as 2016-09-30"),
        (RECEIPT.replace("country-visits", "visits"), "the purpose 'visits' is not declared"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(main: Path, line: str, says: str) -> None:
    ok(RECEIPT)
    Path("empty.txt").write_text("", encoding="utf-8")
    before = files(main)
    done = vfund(line)
    assert done.exit_code in {1, 2}, done.output
    assert says in done.output
    assert "Traceback" not in done.output
    assert files(main) == before


@pytest.mark.parametrize(
    "line",
    [
        f"attach R-{YEAR}-0001 notice.txt --dry-run",
        f"approve R-{YEAR}-0001 --by treasurer-1 --dry-run",
        f"waive evidence R-{YEAR}-0001 --reason x --expires {YEAR + 1}-01-01 --by treasurer-1 --dry-run",
        f"clear UNHCR --until {YEAR + 1}-01-01 --ceiling 10 --document notice.txt --dry-run",
        f"unclaimed --amount '5 USD' --bank-reference FT-2 --date {DAY} --dry-run",
        RECEIPT.replace("FT-1", "FT-3") + " --evidence notice.txt --dry-run",
    ],
)
def test_a_dry_run_writes_nothing(main: Path, line: str) -> None:
    ok(RECEIPT)
    before = files(main)
    assert "nothing was written" in ok(line)
    assert files(main) == before
