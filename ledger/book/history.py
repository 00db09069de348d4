"""The history of a book: git, where the folder of the book is a repository of its own."""

import subprocess
from collections.abc import Sequence
from pathlib import Path


def commit(folder: Path, what: Sequence[Path], subject: str, author: str) -> str:
    """Commit files (or all of a folder) when the book's folder is a git repository of its own.

    Return the commit's short name, else ''.

    A book inside a larger repository (as the shipped example is) is left alone: its history is its owner's business.
    """
    if not (folder / ".git").exists():
        return ""
    name = author or "finance-officer"
    identity = ["-c", f"user.name={name}", "-c", f"user.email={name}@localhost", "-c", "commit.gpgsign=false"]
    names = [str(path) for path in what]
    _git(folder, "add", "--", *names)
    if not _git(folder, "status", "--porcelain", "--", *names):
        return ""
    _git(folder, *identity, "commit", "--quiet", "--message", subject, "--", *names)
    return _git(folder, "rev-parse", "--short", "HEAD")


def _git(folder: Path, *arguments: str) -> str:
    process = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=False)
    if process.returncode:
        raise OSError(process.stderr.strip() or f"git {arguments[0]} failed")
    return process.stdout.strip()
