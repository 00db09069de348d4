"""Five hundred random single faults in a generated book of 400 entries: every one is found.

The injection runs in processes of its own, without coverage, because it loads a book five hundred times. `python -m
tests.faults` does the same in a book of 2,000 entries, which takes four times as long and is what docs/auditors.md
shows.
"""

import os
import re
import subprocess
import sys

from tests.conftest import ROOT
from tests.faults import FAULTS

COUNT, TRANSACTIONS = 500, 400


def test_every_fault_is_found() -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("COV", "PYTEST"))}
    asked = {"--count": COUNT, "--seed": 7, "--transactions": TRANSACTIONS}
    words = [sys.executable, "-m", "tests.faults", *(str(word) for item in asked.items() for word in item)]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    print(done.stdout)
    assert "NOT FOUND" not in done.stdout, done.stdout
    for kind in FAULTS:
        counts = re.search(rf"^{kind} +(\d+) +(\d+) ", done.stdout, re.MULTILINE)
        assert counts is not None
        assert int(counts[1]) >= COUNT // len(FAULTS)
        assert counts[1] == counts[2]
