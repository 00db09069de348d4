"""Put bytes on disk so that a reader sees the old file or the new one, never half of one."""

import os
import tempfile
from pathlib import Path


def replace_file(path: Path, content: bytes) -> None:
    """Write a temporary file beside `path`, flush it to disk, and rename it over `path`.

    The temporary file begins with a dot and ends in `.tmp`, so that no include pattern of a book matches it.

    Raises:
        OSError: when the disk refuses; `path` is then as it was.

    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o7777)
        else:
            temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def sweep(folder: Path) -> None:
    """Take away temporary files that a killed process left in a folder (call it only while holding the book's lock)."""
    for left in folder.glob(".*.tmp"):
        left.unlink(missing_ok=True)
