"""Papers have a place of their own, and leave none behind."""

from datetime import date
from pathlib import Path

import pytest

from ledger.book.papers import find_places, placed, read_document
from ledger.ground.errors import InvalidDocumentError

DAY = date(2016, 1, 1)


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    """Two letters of one name, in two folders."""
    found = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        found.append(tmp_path / folder / "letter.txt")
        found[-1].write_text(f"A letter (example {folder})", encoding="utf-8")
    return found


def test_two_papers_of_one_name_have_two_places(tmp_path: Path, papers: list[Path]) -> None:
    first, second = find_places(tmp_path / "main.beancount", papers, DAY, "PL-2016-001")
    assert first.copy == tmp_path / "documents" / "2016" / "PL-2016-001-letter.txt"
    assert second.copy.name == f"{second.sha256[:8]}-PL-2016-001-letter.txt"


def test_a_paper_that_is_there_already_keeps_its_place(tmp_path: Path, papers: list[Path]) -> None:
    found = find_places(tmp_path / "main.beancount", papers[:1], DAY, "PL-2016-001")
    with placed(found, keep=True):
        pass
    assert find_places(tmp_path / "main.beancount", papers[:1], DAY, "PL-2016-001") == found
    with placed(found, keep=False):
        pass
    assert found[0].copy.exists()  # it came into being before


def test_what_is_not_kept_leaves_nothing(tmp_path: Path, papers: list[Path]) -> None:
    found = find_places(tmp_path / "main.beancount", papers, DAY, "x")
    with placed(found, keep=False):
        assert [paper.copy.read_bytes() for paper in found] == [path.read_bytes() for path in papers]
    assert not (tmp_path / "documents").exists()
    with pytest.raises(KeyError), placed(found, keep=True):
        raise KeyError
    assert not (tmp_path / "documents").exists()


def test_an_empty_file_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    for name, why in (("empty.txt", "is empty"), ("nowhere.txt", "there is no file")):
        with pytest.raises(InvalidDocumentError, match=why):
            read_document(tmp_path / name)
