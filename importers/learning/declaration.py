"""Write what was learnt into import.toml: a section at its end, the rest of the file as somebody wrote it."""

import json
from pathlib import Path
from typing import Any

from importers.ground.bank_table import BankTable
from importers.ground.configuration import NAME, BankAccount, Configuration
from ledger.book.append import locked
from ledger.book.history import commit
from ledger.ground.writing import replace_file


def declare(main: Path, table: BankTable, account: BankAccount | None, author: str) -> str:
    """Append a layout to the import.toml of a book, with the account where the number is no line of the book.

    Return the name of the commit, where the book has a history.

    Raises:
        BookLockedError: when somebody else is writing.
        OSError: when the disk, or git, refuses.

    """
    path = main.parent / NAME
    with locked(main):
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        gap = "\n" if before and not before.endswith("\n\n") else ""
        replace_file(path, f"{before}{gap}{to_toml(table, account)}".encode())
    return commit(main.parent, [path], f"bank: the layout of {table.name}", author)


def to_toml(table: BankTable, account: BankAccount | None = None) -> str:
    """Return the sections of import.toml; keys at their default are left out."""
    sections = [_section("table", table.model_dump(by_alias=True, exclude_defaults=True))]
    if account is not None:
        sections.insert(0, _section("account", account.model_dump(by_alias=True, exclude_defaults=True)))
    return "\n".join(sections)


def _section(name: str, values: dict[str, Any]) -> str:
    return "".join([f"[[{name}]]\n", *(f"{key} = {_value(value)}\n" for key, value in values.items())])


def _value(value: object) -> str:
    """Write a value: the strings of JSON are strings of TOML."""
    return json.dumps(value, ensure_ascii=False)


def free_name(configuration: Configuration, name: str) -> str:
    """Return a name that no layout has yet: the one that is wanted, else with a number."""
    names = {table.name for table in configuration.table}
    numbered = (f"{name}-{number}" for number in range(2, 1000))
    return name if name not in names else next(free for free in numbered if free not in names)
