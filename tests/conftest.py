"""What the tests share: a ledger in a docstring becomes a loaded book."""

import os
import shlex
import shutil
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, sync_playwright

from app.cli import cli
from ledger.book.loading import Book, load
from tests.books import whole
from tests.funds import run
from tests.statements import IBAN

os.environ["VFUND_LANG"] = "en"  # the tests read English, wherever they run

TESTS = Path(__file__).parent
ROOT = TESTS.parent
EXAMPLE = ROOT / "ledger" / "example" / "main.beancount"
SHARED = Path(os.environ.get("VFUND_SAMPLES", ROOT.parent / "shared" / "samples")).parent
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
"""What keeps chromium from asking anybody else, and lets it run in a container."""
ON_CI = bool(os.environ.get("CI"))


class Write(Protocol):
    """Writes entries, in one text or several, as a book after the prelude of the broken books; gives the main file."""

    def __call__(self, *texts: str) -> Path: ...


class Load(Protocol):
    """Writes such a book and loads it."""

    def __call__(self, *texts: str) -> Book: ...


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(*texts: str) -> Path:
        main = tmp_path / "main.beancount"
        main.write_text(whole("\n".join(map(textwrap.dedent, texts))), encoding="utf-8")
        return main

    return written


@pytest.fixture
def book(write: Write) -> Load:
    return lambda *texts: load(write(*texts))


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a new fund once, as `vfund init` makes it; each test has a copy of this folder."""
    folder = tmp_path_factory.mktemp("blank") / "fund"
    done = CliRunner().invoke(cli, ["init", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def main(blank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the new fund, without a history in git, beside a notice to file.

    Its main file, which the environment names.
    """
    shutil.copytree(blank, tmp_path / "fund", ignore=shutil.ignore_patterns(".git"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VFUND_OFFICER", raising=False)
    monkeypatch.setenv("VFUND_BOOK", str(tmp_path / "fund"))
    (tmp_path / "notice.txt").write_text("Bank notice (example)", encoding="utf-8")
    return tmp_path / "fund" / "main.beancount"


@pytest.fixture(scope="session")
def with_receipt(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a fund once with a receipt of 10 USD and an unclaimed one of 5 USD."""
    folder = tmp_path_factory.mktemp("receipt") / "fund"
    shutil.copytree(blank, folder, ignore=shutil.ignore_patterns(".git"))
    for line in (
        "receipt -y --donor Mexico --amount '10 USD' --bank-reference M1 --date 2026-02-01 --purpose reports --agreement A",
        "unclaimed -y --amount '5 USD' --date 2026-02-01",
    ):
        done = run(*shlex.split(line), book=folder)
        assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def received(with_receipt: Path, main: Path) -> Path:
    """Copy the fund with the receipts; its main file, which the environment names."""
    shutil.copytree(with_receipt, main.parent, dirs_exist_ok=True)
    return main


@pytest.fixture(scope="session")
def promised(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a fund once with a commitment of Argentina and a bank account that import.toml declares."""
    folder = tmp_path_factory.mktemp("promised") / "fund"
    shutil.copytree(blank, folder)
    with (folder / "import.toml").open("a", encoding="utf-8") as file:
        file.write(f'[[account]]\nnumber = "{IBAN}"\naccount = "Assets:Bank:Operating"\n')
    done = run(
        "agreement", "--donor", "Argentina", "--instalment", "150000 USD@2026-06-30", "--instalment", "50000 USD@2026-12-31",
        "--agreement", "Letters", "--purpose", "rapporteurship", "--date", "2026-03-01", book=folder,
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def fund(promised: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the fund with the commitment of Argentina; its main file."""
    shutil.copytree(promised, tmp_path / "fund")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "fund" / "main.beancount"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The example book in a folder of its own, beside a file that is not its own."""
    folder = tmp_path / "ledger" / "example"
    shutil.copytree(EXAMPLE.parent, folder)
    for name in ("registry", "policy"):
        shutil.copytree(EXAMPLE.parent.parent / name, tmp_path / "ledger" / name)
    (tmp_path / "secret.txt").write_text("TOP SECRET", encoding="utf-8")
    return folder / "main.beancount"


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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Run a test that is marked `uncovered` without coverage, and so what it starts.

    The marker `no_cover` of pytest-cov stops one of the two tracers that a process of xdist has.
    """
    if item.get_closest_marker("uncovered") is None:
        return (yield)
    tracer, process = sys.gettrace(), os.environ.pop("COVERAGE_PROCESS_CONFIG", None)
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)
        if process is not None:
            os.environ["COVERAGE_PROCESS_CONFIG"] = process


@contextmanager
def _running(module: str, *words: str, port: int) -> Iterator[str]:
    """Start a server on 127.0.0.1, give its address, and end it by its own process id.

    It runs without coverage, which a terminated process does not save.
    """
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    environment = inherited | {"PYTHONPATH": str(ROOT), "BEANCOUNT_DISABLE_LOAD_CACHE": "1"}
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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start chromium once for all tests."""
    program = needs("chromium", "chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=QUIET.split())
        yield started
        started.close()


@pytest.fixture(scope="session")
def served_example() -> Iterator[str]:
    """Serve the example book once for all tests."""
    with served(EXAMPLE) as base:
        yield base
