"""Work on what a reader wrote (a query, a pattern), and work that is heavy (a PDF).

It is done in a process of its own with a limit of time and memory.

A pattern such as `((a+)+)+!` or a number with a hundred million digits keeps Python in one call that no thread can end;
so the work is done in a copy of the server, which the system ends. The copy is thrown away, so no reader's filter or
query is ever left behind for the next one.
"""

import os
import pickle
import resource
import signal
import time
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from select import select
from threading import Semaphore
from typing import Any

from fava.helpers import FavaAPIError
from fava.json_api import FavaJSONAPIError

from ledger.ground.errors import VfundError

SECONDS = 4
"""How long a query or a pattern may work."""
WAIT = 0.7
"""How many seconds a query waits while others work; with its own time it is answered or refused within five seconds."""
PDF_SECONDS = 120
MEMORY = 2 * 1024**3
"""How much memory such work may take beyond what the server has."""
LARGEST = 64 * 1024**2
"""How many bytes an answer may have."""
_READ = 1 << 20


class UnansweredQueryError(VfundError, FavaJSONAPIError):
    """What was asked cannot be worked out; the message says why."""

    status = HTTPStatus.BAD_REQUEST


class QueryLimitError(UnansweredQueryError):
    """Work took too long or too much, or others were before it."""


TOO_LONG = "this takes too long: ask for less, or write a plainer pattern"
TOO_LARGE = "the answer is too large: ask for less"
BUSY = "others are asking at this moment: try again in a few seconds"

_STATM = Path("/proc/self/statm")
"""How many pages of memory this process has, where the system tells."""
_askers = Semaphore(2)
_printers = Semaphore(1)
"""PDF work is done one at a time."""


def ask(work: Callable[[], Any], seconds: int = SECONDS) -> Any:
    """Return what a piece of work on a reader's words gives, at most two at a time.

    Raises:
        UnansweredQueryError: when it takes too long or too much, fails, or others are before it; Fava shows the reason.

    """
    return _one_of(_askers, work, seconds, WAIT)


def print_apart(work: Callable[[], bytes]) -> bytes:
    """Return what heavy work gives, one at a time.

    Raises:
        UnansweredQueryError: when it takes too long or too much, fails, or others are before it; Fava shows the reason.

    """
    content: bytes = _one_of(_printers, work, PDF_SECONDS, PDF_SECONDS)
    return content


def _one_of(gate: Semaphore, work: Callable[[], Any], seconds: int, wait: float) -> Any:
    if not gate.acquire(timeout=wait):
        raise QueryLimitError(BUSY)
    try:
        return _apart(work, seconds)
    finally:
        gate.release()


def _apart(work: Callable[[], Any], seconds: int) -> Any:
    """Fork, let the copy do the work, and take its answer; end it when it is late."""
    readable, writable = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(readable)
        _work(work, writable, seconds)
    os.close(writable)
    try:
        raw = _answer(readable, time.monotonic() + seconds)
    finally:
        os.close(readable)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if not raw:
        raise QueryLimitError(TOO_LONG)
    good, value = pickle.loads(raw)  # noqa: S301 - from our own copy, through a pipe that nobody else has
    if not good:
        raise QueryLimitError(value) if value == TOO_LARGE else UnansweredQueryError(value)
    return value


def _work(work: Callable[[], Any], writable: int, seconds: int) -> None:
    """Do the work in the copy, write its answer, and end without cleaning up what is the server's."""
    answer: tuple[bool, Any]
    try:
        _limit(seconds)
        answer = True, work()
    except FavaAPIError as error:
        answer = False, error.message
    except MemoryError:
        answer = False, TOO_LARGE
    except Exception as error:  # noqa: BLE001 - whatever a query does to its reader, the server goes on
        answer = False, f"this cannot be worked out: {error or type(error).__name__}"
    try:
        raw = pickle.dumps(answer)
        if len(raw) > LARGEST:
            raw = pickle.dumps((False, TOO_LARGE))
        with os.fdopen(writable, "wb") as pipe:
            pipe.write(raw)
    finally:
        os._exit(0)


def _limit(seconds: int) -> None:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cpu = int(usage.ru_utime + usage.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    pages = _STATM.read_text(encoding="ascii").split()[0] if _STATM.exists() else "0"
    in_use = int(pages) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (in_use + MEMORY, in_use + MEMORY))


def _answer(readable: int, until: float) -> bytes:
    """Read what the copy writes; nothing when it is late, or ended without a word."""
    parts: list[bytes] = []
    while (seconds_left := until - time.monotonic()) > 0:
        if not select([readable], [], [], seconds_left)[0]:
            return b""
        part = os.read(readable, _READ)
        if not part:
            return b"".join(parts)
        parts.append(part)
    return b""
