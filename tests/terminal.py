"""A terminal of its own, on which a command asks and a person answers."""

import os
import pty
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.conftest import ROOT


def on_a_terminal(main: Path, words: Sequence[str], lines: list[str]) -> str:
    """Answer a command on a terminal of its own; give what it says."""
    leader, follower = pty.openpty()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "VFUND_BOOK": str(main), "NO_COLOR": "1", "COLUMNS": "200"}
    process = subprocess.Popen(
        [sys.executable, "-c", "from app.main import main; main()", *words],
        stdin=follower,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
    )
    os.close(follower)
    os.write(leader, ("\n".join(lines) + "\n").encode())
    said = process.communicate(timeout=60)[0].decode()
    os.close(leader)
    assert process.returncode == 0, said
    return said
