"""Each folder of `tests/broken` is a book with mistakes and, in `expected.errors`, exactly what must be said of them and where.

A line of `expected.errors` is `file:line:rule/message: words that must stand in the text`.
"""

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import ledger
import plugins
from ledger.book.loading import load
from ledger.ground.findings import Catalogue
from tests.books import BROKEN


def expected(folder: Path) -> list[tuple[str, str, str]]:
    lines = (folder / "expected.errors").read_text(encoding="utf-8").splitlines()
    parts = [line.split(":", 3) for line in lines]
    return sorted((f"{file}:{number}", code, words.strip()) for file, number, code, words in parts)


def catalogues() -> list[Catalogue]:
    """Return every catalogue of messages in the program."""
    names = [m.name for m in walk_packages(plugins.__path__, "plugins.")]
    names += [m.name for m in walk_packages(ledger.__path__, "ledger.") if "template" not in m.name]
    return [item for name in names for item in vars(import_module(name)).values() if isinstance(item, Catalogue)]


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_each_mistake_is_found_where_it_is_and_nothing_else(folder: Path) -> None:
    findings = load(folder / "source.beancount").findings
    found = sorted((f"{Path(f.source['filename']).name}:{f.source['lineno']}", f.code, f.message) for f in findings)
    wanted = expected(folder)
    assert [(place, code) for place, code, _ in found] == [(place, code) for place, code, _ in wanted]
    for code in {code for _, code, _ in wanted}:
        texts = [text for _, its, text in found if its == code]
        for words in (words for _, its, words in wanted if its == code):
            assert any(words in text for text in texts), (words, texts)


def test_every_message_has_a_broken_book() -> None:
    all_codes = {f"{c.rule}/{code}" for c in catalogues() for code in c.messages}
    shown = {code for folder in BROKEN for _, code, _ in expected(folder)}
    assert all_codes - shown == set()
