"""A real Fava server on the example book.

No error, the sidebar's links and the shipped queries work, a real browser shows them.
"""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from fava.application import create_app
from playwright.sync_api import Browser

from app.cli import cli
from tests.conftest import EXAMPLE, fava

SLUG = "example-contributions-to-the-iachr-2016"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with fava(EXAMPLE, "--read-only") as base:
        yield f"{base}/{SLUG}"


def get(url: str) -> str:
    with urlopen(url) as answer:  # noqa: S310 - our own server on loopback
        return str(answer.read().decode())


def links() -> list[str]:
    text = (EXAMPLE.parent / "fava.beancount").read_text(encoding="utf-8")
    return re.findall(r'"fava-sidebar-link" "[^"]+" "\.\./([^"]+)"', text)


def test_the_book_has_no_error_and_no_option_is_unknown(server: str) -> None:
    assert json.loads(get(f"{server}/api/errors"))["data"] == []


@pytest.mark.parametrize("link", links())
def test_every_sidebar_link_answers(server: str, link: str) -> None:
    assert (
        "svelte-page-data" in get(f"{server}/{link}")
        or "<svelte" in get(f"{server}/{link}")
        or "ledger-data" in get(f"{server}/{link}")
    )


@pytest.mark.parametrize(
    ("query", "answers"),
    [
        ("instalments", ["PL-2016-001/1", "PL-2016-002", "PL-2016-003", "117000.00"]),
        ("outstanding", ["Argentina", "UnitedStates"]),
        ("by-category", ["Income:Contributions:MemberStates", "2657506.00"]),
        ("receipts", ["EX-2016-001", "EX-2016-008"]),
        ("assumptions", ["2,483,146 USD"]),
    ],
)
def test_the_shipped_queries_answer(server: str, query: str, answers: list[str]) -> None:
    text = get(f"{server}/api/query?query_string={quote('run ' + query)}")
    assert all(answer in text for answer in answers), text


def test_nobody_can_write(server: str) -> None:
    from urllib.request import Request  # noqa: PLC0415 - only here

    request = Request(f"{server}/api/add_entries", data=b"{}", method="PUT")  # noqa: S310 - our own server on loopback
    with pytest.raises(HTTPError) as refused:
        urlopen(request)  # noqa: S310
    assert refused.value.code == 401
    refused.value.close()


@pytest.mark.browser
def test_a_browser_shows_the_outstanding_instalments(server: str, browser: Browser) -> None:
    with browser.new_page() as page:
        page.goto(f"{server}/query/?query_string={quote('run instalments')}")
        page.get_by_text("PL-2016-001/1").first.wait_for()
        shown = page.content()
    for words in ("PL-2016-001/1", "117000.00", "PL-2016-003", "500000.00", "Outstanding instalments"):
        assert words in shown


def test_a_filed_document_stands_beside_its_entry_and_opens(tmp_path: Path) -> None:
    """File a notice of a receipt with the commands, then ask Fava for the journal of the donor's account and for the document."""
    folder, notice = tmp_path / "fund", tmp_path / "notice.txt"
    notice.write_text("Bank notice (example)", encoding="utf-8")
    words = "receipt --donor Mexico --amount '50 USD' --bank-reference FT-1 --date 2026-07-01 --purpose reports --agreement Note --evidence"
    for command in (["init", str(folder), "--no-git"], [*shlex.split(words), str(notice), "--book", str(folder)]):
        done = CliRunner().invoke(cli, command)
        assert done.exit_code == 0, done.output
    app = create_app([str(folder / "main.beancount")], load=True, read_only=True)
    client = app.test_client()
    slug = client.get("/").headers["Location"].strip("/").partition("/")[0]
    journal = client.get(f"/{slug}/api/account_report?a=Income:Contributions:MemberStates:Mexico").get_data(
        as_text=True
    )
    assert "R-2026-0001-notice.txt" in journal
    assert "Contribution received" in journal
    path = folder / "documents" / "2026" / "R-2026-0001-notice.txt"
    document = client.get(f"/{slug}/document/?filename={quote(str(path))}")
    assert document.get_data(as_text=True) == "Bank notice (example)"
