"""What the tests share: a ledger in a docstring becomes a loaded book."""

import os
import shutil
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from ledger.book.loading import Book, load

os.environ["VFUND_LANG"] = "en"  # the tests read English, wherever they run

TESTS = Path(__file__).parent
ROOT = TESTS.parent
EXAMPLE = ROOT / "ledger" / "example" / "main.beancount"
SHARED = Path(os.environ.get("VFUND_SAMPLES", ROOT.parent / "shared" / "samples")).parent
ON_CI = bool(os.environ.get("CI"))

Write = Callable[[str], Path]
Load = Callable[[str], Book]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes entries as a book (with the prelude of the broken books); it gives the main file."""

    def written(text: str) -> Path:
        main = tmp_path / "main.beancount"
        prelude = (TESTS / "broken" / "prelude.beancount").read_text(encoding="utf-8")
        prelude = prelude.replace("../../ledger", str(ROOT / "ledger"))
        head = 'option "operating_currency" "USD"\nplugin "plugins.fund"\n'
        main.write_text(head + prelude + "\n" + textwrap.dedent(text), encoding="utf-8")
        return main

    return written


@pytest.fixture
def book(write: Write) -> Load:
    """Return a function that loads entries as a book."""
    return lambda text: load(write(text))


def needs(program: str, package: str) -> str:
    """Find a program; on CI its absence is a failure, elsewhere the test is skipped with a line that says what to install."""
    found = shutil.which(program)
    if found is None:
        message = f"{program} is not installed (Debian: apt-get install {package})"
        if ON_CI:
            pytest.fail(message)
        pytest.skip(message)
    return found


def shared(name: str) -> Path:
    """Find a file of the shared facts; on CI its absence is a failure, elsewhere the test is skipped."""
    path = SHARED / name
    if not path.exists():
        if ON_CI:
            pytest.fail(f"{path} is missing")
        pytest.skip(f"{name} is not here; set VFUND_SAMPLES to the folder of the samples")
    return path


@contextmanager
def _running(module: str, *words: str, port: int) -> Iterator[str]:
    """Start a server on 127.0.0.1, give its address, and end it by its own process id."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "BEANCOUNT_DISABLE_LOAD_CACHE": "1"}
    command = [sys.executable, "-m", module, *words, "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                urlopen(f"{base}/").close()  # noqa: S310 - our own server on loopback
                break
            except OSError:
                time.sleep(0.2)
        yield base
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def fava(book: Path, *flags: str) -> Iterator[str]:
    """Serve a book with plain Fava."""
    with _running("fava.cli", "--host", "127.0.0.1", *flags, str(book), port=_free_port()) as base:
        yield base


@contextmanager
def served(book: Path) -> Iterator[str]:
    """Serve a book with `vfund serve`."""
    with _running("app.main", "serve", "--book", str(book), port=_free_port()) as base:
        yield base
