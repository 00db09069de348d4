"""Files are replaced whole, and stay readable for those who could read them."""

import os
from pathlib import Path

import pytest

from ledger.ground.writing import replace_file


def test_a_file_keeps_its_group_and_a_new_one_has_that_of_its_folder(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may give a file to a group of another")
    old, folder = tmp_path / "old.beancount", tmp_path / "entries"
    old.write_text("x", encoding="utf-8")
    os.chown(old, 0, 12345)
    old.chmod(0o640)
    replace_file(old, b"y")
    assert (old.stat().st_gid, old.stat().st_mode & 0o777) == (12345, 0o640)
    folder.mkdir()
    os.chown(folder, 0, 12345)
    folder.chmod(0o2750)
    replace_file(folder / "new.beancount", b"z")
    assert ((folder / "new.beancount").stat().st_gid, (folder / "new.beancount").stat().st_mode & 0o777) == (
        12345,
        0o640,
    )
