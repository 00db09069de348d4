"""`vfund evidence`: the documents of the book, and what lacks one."""

import json
from pathlib import Path

import click

from app.books import book_option, json_option, read_to_show
from app.command import Command
from app.language import translate
from app.listing import CSV_OR_JSON, Columns, csv_option, listing, show_list, write_csv
from ledger.acts.directives import describe_entry
from ledger.acts.lookup import short
from ledger.book.loading import Book
from ledger.ground.phrases import N_, Text, phrase
from ledger.law.evidence import entries_without_document
from reports.table import ColumnType


@click.command(cls=Command, relations=(CSV_OR_JSON,), epilog="Examples: vfund evidence · vfund evidence --missing")
@click.option("--missing", is_flag=True, help="List the entries that need a document and have none.")
@book_option
@json_option
@csv_option
def command(book: str | None, *, missing: bool, as_json: bool, as_csv: bool) -> None:
    """List the documents on file with their entries; `--missing` lists what lacks one."""
    loaded = read_to_show(book)
    rows = _list_missing(loaded) if missing else _filed(loaded)
    if as_json:
        click.echo(json.dumps({"missing" if missing else "filed": rows}, ensure_ascii=False))
        return
    headers = (
        {"entry": N_("Entry"), "kind": N_("Kind"), "what": N_("What")}
        if missing
        else {"file": N_("Document"), "state": N_("State"), "what": N_("Of the entry")}
    )
    columns: Columns = dict.fromkeys(headers.values(), ColumnType.TEXT)
    listed = listing(columns, (tuple(row[key] for key in headers) for row in rows))
    if as_csv:
        write_csv(listed)
        return
    if rows:
        show_list(listed, N_("Entries that need a document and have none") if missing else N_("Documents on file"))
    click.echo(translate(_conclusion(len(rows), missing=missing)))


def _conclusion(number: int, *, missing: bool) -> Text:
    """Return what a list says in all."""
    if missing:
        lacking = phrase("{number} without a document: vfund attach ENTRY FILE", number=number)
        return lacking if number else N_("Every entry that needs a document has one.")
    if number == 1:
        return N_("1 document on file.")
    return phrase("{number} documents on file.", number=number) if number else N_("No documents on file.")


def _list_missing(book: Book) -> list[dict[str, str]]:
    return [
        {
            "entry": short(book.fund.digest(entry)),
            "kind": f"#{entry.kind.value if entry.kind else ''}",
            "what": describe_entry(entry.txn),
        }
        for entry in entries_without_document(book.fund)
    ]


def _filed(book: Book) -> list[dict[str, str]]:
    wrong = {f.source.get("lineno"): f.code.partition("/")[2] for f in book.findings if f.rule == "evidence"}
    by_text = {book.fund.digest(entry): describe_entry(entry.txn) for entry in book.fund.entries}
    base = book.path.parent
    rows = []
    for of, filed in book.fund.documents.items():
        for document in filed:
            path = Path(document.filename)
            name = str(path.relative_to(base)) if path.is_relative_to(base) else str(path)
            state = wrong.get(document.meta["lineno"], "as filed")
            rows.append(
                {
                    "file": name,
                    "state": state,
                    "sha256": str(document.meta.get("evidence-sha256")),
                    "what": by_text.get(of, "no entry"),
                }
            )
    return rows
