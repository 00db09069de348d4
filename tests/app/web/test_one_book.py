"""A book that cannot be read is the last good one, behind a banner."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import cli
from app.web.application import make_application


def away(book: Path) -> None:
    book.rename(book.with_name("away.txt"))


def emptied(book: Path) -> None:
    book.write_text("", encoding="utf-8")


@pytest.mark.parametrize("harm", [away, emptied])
def test_a_book_that_cannot_be_read_is_the_last_good_one_behind_a_banner(
    copied: Path, harm: Callable[[Path], None]
) -> None:
    client = make_application(copied).test_client()
    home = client.get("/").headers["Location"].split("/")[1]
    pages = [
        f"/{home}/{page}" for page in ("extension/Overview/?time=2016-Q3", "journal/", "extension/Donors/", "options/")
    ]
    whole = copied.read_text(encoding="utf-8")
    assert "cannot be read" not in client.get(pages[0]).get_data(as_text=True)
    harm(copied)
    for page in pages:
        answer = client.get(page)
        assert (answer.status_code, "cannot be read" in answer.get_data(as_text=True)) == (200, True), page
    assert "2,657,506.00" in client.get(pages[0]).get_data(as_text=True)
    (copied.with_name("away.txt")).unlink(missing_ok=True)
    copied.write_text(whole, encoding="utf-8")
    assert "cannot be read" not in client.get(pages[0]).get_data(as_text=True)


def test_a_server_on_a_book_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "main.beancount").write_text("", encoding="utf-8")
    done = CliRunner().invoke(cli, ["serve", "--check", "--book", str(tmp_path / "main.beancount")])
    assert done.exit_code == 1
    assert "main.beancount holds no entry" in done.output
    assert "Traceback" not in done.output
