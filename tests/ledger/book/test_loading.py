"""A book as it is loaded and judged."""

from datetime import date
from pathlib import Path
from shutil import copy

import pytest

from ledger.book.loading import judged, load, plain, within
from ledger.ground.errors import UnreadableBookError
from tests.books import SMALL
from tests.conftest import Load, Write


def test_a_book_knows_its_files_and_its_findings(book: Load) -> None:
    loaded = book(SMALL)
    assert (loaded.findings, loaded.errors, loaded.warnings) == ([], [], [])
    assert loaded.path in {plain(Path(file)) for file in loaded.files}


def test_another_day_is_judged_without_another_load(book: Load) -> None:
    law = '2010-01-01 custom "rule" "pledge-lapse" "*"\n  citation: "example"\n  years: 5\n  reconfirmed-months: 12\n'
    loaded = book(law, SMALL)
    later = judged(loaded, date(2022, 1, 1))
    assert (loaded.findings, [finding.rule for finding in later.findings]) == ([], ["pledge-lapse"])
    assert later.entries is loaded.entries


def test_a_place_is_told_from_the_folder_of_the_book(tmp_path: Path) -> None:
    assert within(tmp_path, f"{tmp_path}/entries/2016.beancount:7") == "entries/2016.beancount:7"
    assert within(tmp_path, f"{tmp_path.parent}/x.beancount:7") == "../x.beancount:7"


def test_a_folder_that_beancount_takes_for_a_pattern_is_refused(write: Write, tmp_path: Path) -> None:
    odd = tmp_path / "books [2016]"
    odd.mkdir()
    copy(write(SMALL), odd)
    with pytest.raises(UnreadableBookError, match="rename the folder"):
        load(odd / "main.beancount")
