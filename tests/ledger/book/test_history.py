"""What is written is committed, where the folder of the book is a repository of its own."""

import subprocess
from pathlib import Path

from ledger.book.history import commit


def test_a_commit_has_its_files_its_subject_and_its_author(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    for name in ("mine", "other"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    made = commit(tmp_path, [tmp_path / "mine"], "A subject", "treasurer-1")
    shown = ["git", "-C", str(tmp_path), "show", "--format=%h|%s|%an", "--name-only"]
    said = subprocess.run(shown, capture_output=True, text=True, check=True).stdout
    assert said.split("\n") == [f"{made}|A subject|treasurer-1", "", "mine", ""]
    assert commit(tmp_path, [tmp_path / "mine"], "Again", "") == ""  # nothing has changed


def test_a_folder_without_a_repository_is_left_alone(tmp_path: Path) -> None:
    assert commit(tmp_path, [tmp_path / "mine"], "A subject", "") == ""
