"""Put bytes on disk so that a reader sees the old file or the new one, never half of one."""

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path


def replace_file(path: Path, content: bytes) -> None:
    """Write a temporary file beside `path`, flush it to disk, and rename it over `path`.

    The temporary file begins with a dot and ends in `.tmp`, so that no include pattern of a book matches it. A file
    keeps its mode and its group, so that whoever read it can read it again; a new one takes both from its folder
    (readers of a served book are a group).

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
        _as_before(temporary, path)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _as_before(temporary: Path, path: Path) -> None:
    """Give a new file the mode and the group of the file that it replaces.

    Where there is none, those that its folder lends.
    """
    if path.exists():
        before = path.stat()
        mode, group = before.st_mode & 0o7777, before.st_gid
    else:
        folder = path.parent.stat()
        inherits_group = bool(folder.st_mode & stat.S_ISGID)
        mode, group = (folder.st_mode & 0o666 if inherits_group else 0o644), folder.st_gid if inherits_group else -1
    if group not in {-1, temporary.stat().st_gid}:
        with suppress(PermissionError):  # who writes is not in the group: the mode alone must do
            os.chown(temporary, -1, group)
    temporary.chmod(mode)


def sweep(folder: Path) -> None:
    """Take away temporary files that a killed process left in a folder (call it only while holding the book's lock)."""
    for file in folder.glob(".*.tmp"):
        file.unlink(missing_ok=True)
