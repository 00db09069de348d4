"""Fava's import page in a real browser.

A statement is dropped in, its receipts extracted, saved, and the file moved to the documents.
"""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page

from app.cli import cli
from importers.importer import importers
from ledger.book.loading import load
from tests.conftest import fava
from tests.statements import statement


@pytest.fixture
def server(fund: Path) -> Iterator[str]:
    """Start a Fava that may write."""
    with fava(fund) as base, urlopen(base) as answer:  # noqa: S310 - our own server on loopback
        yield "/".join(answer.url.split("/")[:4])


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1300, "height": 760})
    yield opened
    opened.close()


@pytest.mark.browser
def test_a_statement_dropped_on_the_page_is_extracted_saved_and_filed(
    server: str, page: Page, fund: Path, tmp_path: Path
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    path = statement(tmp_path)
    page.goto(f"{server}/import/")
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Upload").click()
    page.get_by_text("vfund camt (ISO 20022)").wait_for()
    page.get_by_role("button", name="Extract").click()
    page.get_by_text("Entry 1 of 8 (8 to import)").wait_for()
    pictures = os.environ.get("VFUND_PICTURES")
    if pictures:
        page.get_by_text("Uploaded to").evaluate("note => note.remove()")  # it shows a path of this machine
        page.screenshot(path=Path(pictures) / "import.png")
    for _ in range(7):
        page.get_by_role("button", name="Next", exact=True).click()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Entry 8 of 8").wait_for(state="detached")
    page.wait_for_function("() => !document.body.innerText.includes('to import')")
    page.get_by_role("button", name="Move").click()
    page.get_by_text("Moved /").wait_for()
    assert errors == []

    book = load(fund)
    by_hand = CliRunner().invoke(cli, ["import", str(path), "--book", str(fund)])
    assert "6 already known" in by_hand.output
    assert [finding.message for finding in book.errors if not finding.open] == []
    (receipt,) = book.fund.receipts
    assert (receipt.day, receipt.number, receipt.settlements[0].label) == (
        date(2026, 6, 28),
        "R-2026-0001",
        "PL-2026-001/1",
    )
    assert list((fund.parent / "documents").rglob("2026-06-30*june.xml"))
    lacking = [f.entry.narration for f in book.errors if f.code == "evidence/no-document" and f.entry]
    assert lacking == ["Commitment accepted"], "the moved statement proves the receipt"


@pytest.mark.browser
def test_what_cannot_be_imported_says_why_on_the_page(server: str, page: Page, fund: Path) -> None:
    bad = statement(fund.parent / "incoming", opening="1000.00")
    page.goto(f"{server}/import/")
    page.get_by_text(bad.name).wait_for()
    page.get_by_role("button", name="Extract").click()
    page.get_by_text("1,000.00 is missing in the book").first.wait_for()


def test_only_files_of_the_folder_incoming_are_looked_at(fund: Path, tmp_path: Path) -> None:
    outside, inside = statement(tmp_path), statement(fund.parent / "incoming")
    found = {importer.name: importer for importer in importers(fund)}
    assert len(found) == 5
    camt = found["vfund camt (ISO 20022)"]
    assert [camt.identify(str(outside)), camt.identify(str(inside))] == [False, True]
    assert [importer.identify(str(inside)) for importer in found.values()].count(True) == 1
    assert (camt.account(str(inside)), camt.date(str(inside)), camt.filename(str(inside))) == (
        "Assets:Bank:Operating",
        date(2026, 6, 30),
        "june.xml",
    )
    with pytest.raises(ValueError, match="only files in the folder 'incoming'"):
        camt.extract(str(outside), [])
    assert len(camt.extract(str(inside), [])) == 8
    (fund.parent / "incoming" / "noise.xml").write_bytes(b"<x/>")
    assert not camt.identify(str(fund.parent / "incoming" / "noise.xml"))


def test_the_api_does_not_read_a_file_from_outside(server: str, tmp_path: Path) -> None:
    outside = statement(tmp_path)
    url = f"{server}/api/extract?filename={quote(str(outside))}&importer={quote('vfund camt (ISO 20022)')}"
    try:
        with urlopen(url) as answer:  # noqa: S310 - our own server on loopback
            text = answer.read().decode()
    except OSError as error:
        text = error.read().decode()  # type: ignore[attr-defined]
    assert "Argentina" not in text
