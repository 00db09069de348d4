"""The books of the tests.

Entries that several tests use (`tests/books`), broken books (`tests/broken`), and what stands before entries.
"""

from pathlib import Path

BOOKS = Path(__file__).with_suffix("")
BROKEN = sorted(folder for folder in Path(__file__).with_name("broken").iterdir() if folder.is_dir())
"""The folders of the broken books."""


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


PRELUDE = _read(Path(__file__).with_name("broken") / "prelude.beancount").replace(
    "../../ledger", str(Path(__file__).parents[1] / "ledger")
)
"""The registry, officers, accounts and the law of a small fund, in which every rule about policy is off."""
DECLARATIONS = PRELUDE.partition(";; Each broken book")[0]
"""The prelude without its law: a book that includes it brings its own."""
HEAD = 'option "operating_currency" "USD"\nplugin "plugins.fund"\n'
VIEWED = 'custom "fava-extension" "reports.views"\n'
"""The line, after a date, by which a book has the views."""


def whole(text: str, prelude: str = PRELUDE) -> str:
    """Return entries as the text of a book, after the prelude."""
    return f"{HEAD}{prelude}\n{text}"


def entries(name: str) -> str:
    """Return the entries of a file of `tests/books`."""
    return "\n" + _read(BOOKS / f"{name}.beancount")


def broken(name: str) -> str:
    """Return a broken book as one text, its prelude in it."""
    (folder,) = (folder for folder in BROKEN if folder.name == name)
    return _read(folder / "source.beancount").replace('include "../prelude.beancount"\n', PRELUDE)


SMALL, MORE, REVERSAL = entries("small"), entries("small-more"), entries("small-reversal")
OVERDUE, PURPOSES, GIFTS = entries("overdue"), entries("purposes"), entries("gifts")
COMMITMENT = entries("commitment")
TWO_FOUNDATIONS = entries("two-foundations")
