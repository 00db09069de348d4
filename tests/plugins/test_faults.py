"""Five hundred random single faults in a generated book of 2,000 entries: every one is found.

The injection runs in processes of its own, without coverage, because it loads a book five hundred times.
"""

import os
import re
import subprocess
import sys

from tests.conftest import ROOT
from tests.faults import FAULTS

COUNT = 500


def test_every_fault_is_found() -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("COV", "PYTEST"))}
    words = [sys.executable, "-m", "tests.faults", "--count", str(COUNT), "--seed", "7"]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    print(done.stdout)
    assert "NOT FOUND" not in done.stdout, done.stdout
    for kind in FAULTS:
        counts = re.search(rf"^{kind} +(\d+) +(\d+) ", done.stdout, re.MULTILINE)
        assert counts is not None
        assert int(counts[1]) >= COUNT // len(FAULTS)
        assert counts[1] == counts[2]
