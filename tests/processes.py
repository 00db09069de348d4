"""Commands in processes of their own, several at one moment."""

import subprocess
import sys

from tests.conftest import ROOT

_SAYS_WAITING = (
    "import sys\nfrom ledger.book import append\nreal = append.locked\n"
    "def locked(main):\n    print('waiting', file=sys.stderr, flush=True)\n    return real(main)\n"
    "append.locked = locked\nfrom app.main import main\nmain()"
)


def start(*words: str) -> subprocess.Popen[bytes]:
    """Begin a command, which says `waiting` when it comes to the lock of the book."""
    words = (sys.executable, "-c", _SAYS_WAITING, *words)
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def wait_for_the_lock(process: subprocess.Popen[bytes]) -> None:
    """Return when a command has come to the lock."""
    assert process.stderr is not None
    heard = b""
    while b"waiting" not in heard:
        heard = process.stderr.readline()
        assert heard, "it ended before it came to the lock"
