"""The entries behind a figure: what each says, where it stands, and the documents that prove it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from beancount.core.compare import hash_entry
from beancount.core.data import Document as Filed
from fava.application import url_for
from markupsafe import Markup

from ledger.acts.lookup import short
from ledger.book.loading import within
from ledger.ground.phrases import layout
from ledger.model.entries import Entry
from ledger.model.fund import Fund
from reports.translation import Translator
from reports.views.blocks import Blocks, link, source


@dataclass(frozen=True, slots=True)
class EntryDetail:
    """An entry behind a figure. `where` leads to its line, `context` to Fava's view of it, `documents` to the files."""

    day: date
    payee: str
    narration: str
    postings: tuple[tuple[str, str], ...]
    where: Markup
    context: str
    digest: str
    documents: tuple[Markup, ...]


def entry_detail(fund: Fund, entry: Entry, blocks: Blocks, filed: Mapping[str, Sequence[Filed]]) -> EntryDetail:
    """Show an entry."""
    txn = entry.txn
    folder, words = blocks.book.path.parent, Translator(blocks.request.scope.language)
    where = within(folder, entry.place)
    return EntryDetail(
        day=txn.date,
        payee=txn.payee or "",
        narration=txn.narration or "",
        postings=tuple(
            (
                posting.account,
                words.say(layout("{number} {currency}", number=posting.units.number, currency=posting.units.currency)),
            )
            for posting in txn.postings
        ),
        where=link(where, source(blocks.book, where)),
        context=f"#context-{hash_entry(txn)}",
        digest=short(fund.digest(entry)),
        documents=tuple(document_link(item) for item in filed.get(fund.digest(entry), [])),
    )


def document_link(item: Filed) -> Markup:
    """Link a document of the book, by the name of its file."""
    return link(Path(item.filename).name, url_for("document", filename=item.filename))
