"""Writing safely: a refused entry, or a process killed at any point of a write, leaves the book as it was, byte for byte."""

import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from beancount.core.data import Document, new_metadata
from filelock import FileLock

from ledger.acts.directives import reconfirmation
from ledger.book import append as appending
from ledger.book.append import Entries, append
from ledger.book.loading import load
from ledger.book.papers import find_places
from ledger.ground.errors import BookLockedError, RefusedEntryError
from ledger.model.fund import Fund
from tests.conftest import ROOT, Write
from tests.funds import run

COMMITTED = """
2004-06-09 custom "rule" "evidence" "*"
  citation: "example"
  severity: "off"
  reason: "The documents are not what these tests are about"

2016-09-01 * "Argentina" "Exchange of letters" #agreement ^PL-2016-001
  agreement: "Exchange of letters (example)"
  instrument-date: 2016-08-26
  accepted: 2016-09-01
  purpose: "country-visits"
  Equity:Pledges:Committed:MemberStates:Argentina   100.00 USD {1 USD, "PL-2016-001/1"}
    due: 2016-12-31
  Equity:Pledges:Contra                            -100.00 USD

2016-09-02 * "Mexico" "Contribution" #receipt
  receipt-number: "R-2016-0001"
  bank-reference: "FT-1"
  agreement: "Note verbale (example)"
  purpose: "country-visits"
  Assets:Bank:Operating                              50.00 USD
  Income:Contributions:MemberStates:Mexico          -50.00 USD

2016-09-02 * "Indirect costs of R-2016-0001" #icr
  on-receipt: "R-2016-0001"
  Expenses:IndirectCostRecovery                       5.50 USD
  Assets:Bank:Operating                              -5.50 USD
"""


@pytest.fixture
def main(blank: Path, main: Path) -> Path:
    """A new fund with a history in git, a commitment and a receipt."""
    shutil.copytree(blank / ".git", main.parent / ".git")
    (main.parent / "entries" / "2016.beancount").write_text(COMMITTED, encoding="utf-8")
    return main


def process(*words: str, code: str = "") -> subprocess.CompletedProcess[str]:
    """Run `vfund` as a process of its own, which `code` may kill or hinder."""
    program = f"{code}\nfrom app.main import main\nmain()"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, env=environment, check=False
    )


def digests(main: Path) -> dict[str, str]:
    """Return the digest of every file of a book."""
    files = [path for path in main.parent.rglob("*.beancount") if path.is_file()]
    return {str(path): sha256(path.read_bytes()).hexdigest() for path in files}


GOOD = (
    "receipt",
    "PL-2016-001",
    "--amount",
    "99.00 USD",
    "--charges",
    "1",
    "--date",
    "2016-10-05",
    "--bank-reference",
    "FT-2",
)
REFUSED = {
    "more than the pledge": (*GOOD[:3], "100.01 USD", "--date", "2016-10-05"),
    "the bank reference again": (*GOOD[:-1], "FT-1"),
    "an amount that does not settle what it says": (*GOOD, "--settles", "PL-2016-001/1=90 USD"),
    "a donor without a pledge": ("receipt", "PL-2016-009", "--amount", "5 USD", "--date", "2016-10-05"),
    "a receipt number out of order": (*GOOD, "--receipt-number", "R-2016-0007"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_receipt_leaves_every_byte(main: Path, name: str) -> None:
    before = digests(main)
    done = run(*REFUSED[name], book=main)
    assert done.exit_code == 1, done.output
    assert "nothing was written" in done.stderr
    assert "Traceback" not in done.stderr
    assert digests(main) == before


def test_an_accepted_receipt_is_recorded_and_committed(main: Path) -> None:
    done = run(*GOOD, book=main)
    assert done.exit_code == 0, done.output
    book = load(main)
    assert {finding.code for finding in book.findings} == {"recording-delay/late"}  # dated 2016, recorded now
    assert book.fund.pledges["PL-2016-001"].outstanding("USD") == 0
    log = subprocess.run(
        ["git", "-C", str(main.parent), "log", "--format=%s"], capture_output=True, text=True, check=True
    )
    assert log.stdout.splitlines()[0] == "R-2016-0002: receipt from Argentina"


def test_a_dry_run_judges_and_writes_nothing(main: Path) -> None:
    before = digests(main)
    done = run(*GOOD, "--dry-run", book=main)
    assert done.exit_code == 0
    assert "nothing was written" in done.stdout
    assert digests(main) == before


def test_json_says_what_was_recorded_and_what_was_refused(main: Path) -> None:
    done = json.loads(run(*GOOD, "--json", book=main).stdout)
    assert done["recorded"] is True
    assert "R-2016-0002" in done["entry"]
    again = run(*REFUSED["the bank reference again"], "--settles", "PL-2016-001", "--json", book=main)
    assert again.exit_code == 1


KILL = """
import os, signal
from pathlib import Path
import ledger.ground.writing, ledger.book.append
def deadly(function, when):
    def run(*a, **k):
        if when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*a, **k)
        os.kill(os.getpid(), signal.SIGKILL)
        return result
    return run
"""
POINTS = {
    "before the whole book is checked": 'ledger.book.append.with_text = deadly(ledger.book.append.with_text, "before")',
    "after the whole book is checked": 'ledger.book.append.sweep = deadly(ledger.book.append.sweep, "before")',
    "before the temporary file is on disk": 'os.fsync = deadly(os.fsync, "before")',
    "after the temporary file is on disk": 'os.fsync = deadly(os.fsync, "after")',
    "in the middle of the temporary file": "import tempfile\nreal = os.fdopen\nclass Half:\n    def __init__(self, f): self.f = f\n    def __enter__(self): return self\n    def __exit__(self, *a): return None\n    def write(self, b): self.f.write(b[: len(b) // 2]); self.f.flush(); os.kill(os.getpid(), signal.SIGKILL)\nos.fdopen = lambda *a, **k: Half(real(*a, **k))",
    "just before the rename": 'Path.replace = deadly(Path.replace, "before")',
}


@pytest.mark.parametrize("point", POINTS)
def test_a_kill_before_the_rename_leaves_every_byte_and_the_next_write_works(main: Path, point: str) -> None:
    before = digests(main)
    done = process(*GOOD, "--book", str(main), code=KILL + POINTS[point])
    assert done.returncode == -signal.SIGKILL
    assert digests(main) == before
    assert load(main).findings == []
    again = run(*GOOD, book=main)
    assert again.exit_code == 0, again.output
    assert not list(main.parent.rglob(".*.tmp"))


def test_a_kill_after_the_rename_leaves_the_whole_entry(main: Path) -> None:
    done = process(*GOOD, "--book", str(main), code=KILL + 'Path.replace = deadly(Path.replace, "after")')
    assert done.returncode == -signal.SIGKILL
    book = load(main)
    assert {finding.code for finding in book.findings} == {"recording-delay/late"}  # dated 2016, recorded now
    assert book.fund.pledges["PL-2016-001"].outstanding("USD") == 0


def test_a_full_disk_leaves_every_byte(main: Path) -> None:
    before = digests(main)
    full = "import os\ndef full(*a):\n    raise OSError(28, 'No space left on device', 'entries')\nos.fsync = full"
    done = process(*GOOD, "--book", str(main), code=full)
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert digests(main) == before
    assert not list(main.parent.rglob(".*.tmp"))


def test_a_locked_book_is_not_touched(main: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(appending, "LOCK_SECONDS", 0.1)
    with FileLock(main.parent / ".vfund.lock"), pytest.raises(BookLockedError, match="somebody else is writing"):
        appending.append(load(main), lambda _: Entries([], "nothing"))


def test_a_book_that_changed_meanwhile_is_read_again(main: Path) -> None:
    stale = load(main)
    assert run(*GOOD, book=main).exit_code == 0
    entry = next(e for e in load(main).entries if getattr(e, "narration", "") == "Contribution received")
    with pytest.raises(RefusedEntryError):
        appending.append(stale, lambda _: Entries([entry], "the same receipt again"))


def test_a_book_with_an_old_error_still_takes_a_right_entry(main: Path) -> None:
    with main.open("a", encoding="utf-8") as file:
        file.write('\n2016-01-01 custom "donr" "X"\n')
    assert run("check", book=main).exit_code == 1
    assert run(*GOOD, book=main).exit_code == 0


def test_a_book_that_the_rules_cannot_judge_takes_no_entry(write: Write) -> None:
    main = write("")
    main.write_text(main.read_text(encoding="utf-8").replace('"plugins.fund"', '"plugins.fnd"'), encoding="utf-8")
    before = main.read_bytes()
    with pytest.raises(RefusedEntryError, match="no rule of the fund could be applied"):
        append(load(main), lambda _: Entries([reconfirmation("PL-2016-001", date(2016, 1, 1), "x")], "x"))
    assert main.read_bytes() == before


def same(entries: Entries, _fund: Fund) -> Entries:
    """Compose the same entries, whatever the book is."""
    return entries


def test_a_rehearsal_goes_on_from_the_one_before_and_writes_nothing(main: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("A letter (example)", encoding="utf-8")
    book, before = load(main), digests(main)
    for day in (date(2016, 1, 1), date(2016, 1, 2)):
        paper = find_places(main, [tmp_path / "letter.txt"], day, f"rehearsal-{day}")
        line = Document(new_metadata("", 0), day, "Assets:Bank:Operating", str(paper[0].copy), None, None)
        rehearsal = Entries([line], "x", papers=paper)
        book = append(book, partial(same, rehearsal), dry_run=True).book
    assert [finding.message for finding in book.errors] == []
    assert len(book.fund.contents.documents) == 2
    assert digests(main) == before
    assert not list((main.parent / "documents").rglob("rehearsal*"))
    confirmed = append(book, lambda _: Entries([reconfirmation("PL-2016-001", date(2016, 10, 1), "x")], "x"))
    assert confirmed.book.fund.contents.documents == []  # what was rehearsed is not written
    assert [str(item.day) for item in load(main).fund.directives.reconfirmations] == ["2016-10-01"]
