"""The evidence bundle: the documents of the book, and nothing outside it."""

import io
import zipfile
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from app.web.application import make_application
from ledger.book.loading import load


def named(book: Path, name: str) -> None:
    """File a document under a name, as the proof of the first receipt."""
    fund = load(book).fund
    entry = next(e for e in fund.entries if e.txn.meta.get("receipt-number") == "EX-2016-001")
    with (book.parent / "entries" / "2016.beancount").open("a", encoding="utf-8") as file:
        file.write(
            f'\n2016-09-30 document Assets:Bank:Operating "{name}"\n  evidence-of: "{fund.digest(entry)}"\n  evidence-sha256: "{"0" * 64}"\n'
        )


def bundle(answer: TestResponse) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("way", ["absolute", "upwards", "link", "outside documents", "backslash"])
def test_no_file_outside_the_documents_is_in_a_bundle(copied: Path, tmp_path: Path, way: str) -> None:
    documents = copied.parent / "documents"
    documents.mkdir(exist_ok=True)
    (copied.parent / "notes.txt").write_text("TOP SECRET", encoding="utf-8")
    (documents / "a\\b.txt").write_text("TOP SECRET", encoding="utf-8")
    (documents / "link.txt").symlink_to(tmp_path / "secret.txt")
    named(
        copied,
        {
            "absolute": str(tmp_path / "secret.txt"),
            "upwards": "../../../../secret.txt",
            "link": "../documents/link.txt",
            "outside documents": "../notes.txt",
            "backslash": "../documents/a\\\\b.txt",
        }[way],
    )
    client = make_application(copied).test_client()
    home = client.get("/").headers["Location"].split("/")[1]
    for path in (
        "Quarters/bundle?time=2016-Q3",
        "Workbench/bundle?time=2016-Q3&population=receipts&size=99&seed=1",
    ):
        files = bundle(client.get(f"/{home}/extension/{path}"))
        assert all(b"TOP SECRET" not in content for content in files.values())
        assert all(not name.startswith("/") and ".." not in name.split("/") and "\\" not in name for name in files)
        assert b"Not in the bundle" in files["README.txt"]
    assert client.get(f"/{home}/document/?filename={tmp_path}/secret.txt").status_code == 403


def test_a_document_of_the_book_is_in_its_bundle(copied: Path) -> None:
    (copied.parent / "documents").mkdir(exist_ok=True)
    (copied.parent / "documents" / "note.txt").write_text("A note", encoding="utf-8")
    named(copied, "../documents/note.txt")
    client = make_application(copied).test_client()
    home = client.get("/").headers["Location"].split("/")[1]
    files = bundle(client.get(f"/{home}/extension/Quarters/bundle?time=2016-Q3"))
    assert files["documents/note.txt"] == b"A note"
    assert b"Not in the bundle" not in files["README.txt"]
