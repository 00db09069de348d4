"""Read the text of a book in Beancount's stages, and add text to what was read, so that a command reads a book once.

Beancount's `loader.load_file` parses, books, transforms and validates in one call. Here the first two stands apart:
what they give is kept, and text that is added is parsed alone and booked on top of it. Each stage is Beancount's own
public function, called in its order; a test holds that the outcome is that of `load_file`.
"""

import copy
import glob
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path
from typing import Any

from beancount import loader
from beancount.core import data
from beancount.core.data import Balance, Directive, Open, Transaction
from beancount.core.inventory import Inventory
from beancount.ops import validation
from beancount.parser import booking, parser
from beancount.utils import encryption

Entries = list[Directive]


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a book, parsed and booked.

    `parsed` are the entries as they were written, `booked` with their lots and amounts, both in Beancount's order;
    `errors` are those of both stages. `balances` are what is in each account after the last entry, `includes` the
    patterns of the files that belong to the book.
    """

    parsed: Entries
    booked: Entries
    parse_errors: list[Any]
    booking_errors: list[Any]
    options: dict[str, Any]
    balances: dict[str, Inventory]
    includes: tuple[str, ...]


def read_source(main: Path) -> Source:
    """Read a book whose main file is `main`, with every file that it includes (Beancount's `loader._parse_recursive`)."""
    entries: Entries = []
    errors: list[Any] = []
    options: list[dict[str, Any]] = []
    patterns: list[str] = []
    seen: set[str] = set()
    waiting = [os.path.normpath(main)]
    while waiting:
        name = waiting.pop(0)
        if name in seen or not os.path.exists(name):  # noqa: PTH110 - names as Beancount writes them
            text = f'Duplicate filename parsed: "{name}"' if name in seen else f'File "{name}" does not exist'
            errors.append(loader.LoadError(data.new_metadata("<load>", 0), text, None))
            continue
        if encryption.is_encrypted_file(name):
            result = parser.parse_string(encryption.read_encrypted_file(name), name)
        else:
            seen.add(name)
            result = parser.parse_file(name)
        entries += result[0]
        errors += result[1]
        options.append(result[2])
        folder = os.path.dirname(name)  # noqa: PTH120
        for include in result[2]["include"]:
            pattern = os.path.join(folder, include)  # noqa: PTH118
            patterns.append(pattern)
            matching = glob.glob(pattern, recursive=True)  # noqa: PTH207 - the order of the files is that of Beancount
            waiting += [os.path.normpath(item) for item in matching]
            if not matching:
                text = f'File glob "{include}" does not match any files'
                errors.append(loader.LoadError(data.new_metadata("<load>", 0), text, None))
    head = options[0]
    head["include"] = sorted(seen)
    whole = loader.aggregate_options_map(head, options[1:])
    entries.sort(key=data.entry_sortkey)
    return _book_whole(entries, errors, whole, tuple(patterns))


def _book_whole(parsed: Entries, errors: list[Any], options: dict[str, Any], includes: tuple[str, ...]) -> Source:
    """Book every entry; Beancount puts what is in each account into the inventories that it is given."""
    balances: dict[str, Inventory] = defaultdict(Inventory)
    booked, wrong = booking.book(parsed, options, balances)
    return Source(parsed, booked, errors, wrong, options, balances, includes)


def add_text(source: Source, file: Path, text: str, first_line: int) -> Source:
    """Return a book with text at the end of one of its files, which begins on `first_line` there.

    The text is what the program writes: entries, and nothing that rules over what follows (`option`, `plugin`,
    `include`, `pushtag`).
    """
    parsed, errors, options = parser.parse_string(text, str(file), report_firstline=first_line)
    whole = {**source.options, "dcontext": copy.deepcopy(source.options["dcontext"])}
    whole["dcontext"].update_from(options["dcontext"])
    whole["include"] = sorted({*source.options["include"], str(file)})
    parsed.sort(key=data.entry_sortkey)
    everything = _merge(source.parsed, parsed)
    errors = source.parse_errors + errors
    if not _stands_alone(source.parsed, parsed):
        return _book_whole(everything, errors, whole, source.includes)
    accounts = _accounts(parsed)
    balances = defaultdict(
        Inventory, {name: copy.copy(source.balances[name]) for name in accounts & {*source.balances}}
    )
    methods = [entry for entry in source.parsed if isinstance(entry, Open)]
    booked, wrong = booking.book(methods + parsed, whole, balances)
    merged = _merge(source.booked, booked[len(methods) :])
    whole_balances = defaultdict(Inventory, {**source.balances, **balances})
    return Source(everything, merged, errors, source.booking_errors + wrong, whole, whole_balances, source.includes)


def without(source: Source, balances: Sequence[Balance]) -> Source:
    """Return a book without some of its balance assertions, which move nothing."""
    gone = {(balance.meta["filename"], balance.meta["lineno"]) for balance in balances}

    def left(entries: Entries) -> Entries:
        return [e for e in entries if not (isinstance(e, Balance) and (e.meta["filename"], e.meta["lineno"]) in gone)]

    return replace(source, parsed=left(source.parsed), booked=left(source.booked))


def _merge(before: Entries, new: Entries) -> Entries:
    return sorted([*before, *new], key=data.entry_sortkey)


def _accounts(entries: Iterable[Directive]) -> set[str]:
    return {posting.account for entry in entries if isinstance(entry, Transaction) for posting in entry.postings}


def _stands_alone(before: Sequence[Directive], new: Sequence[Directive]) -> bool:
    """Return whether new entries can be booked on top.

    Nothing that is there already takes from the same lots after them.
    """
    if any(isinstance(entry, Open) for entry in new):
        return False
    lots = {p.account for e in new if isinstance(e, Transaction) for p in e.postings if p.cost is not None}
    first = data.entry_sortkey(new[0]) if lots else None
    later = takewhile(lambda entry: first is not None and data.entry_sortkey(entry) >= first, reversed(before))
    return lots.isdisjoint(_accounts(later))


def is_included(source: Source, file: Path) -> bool:
    """Return whether a file that is not there yet would belong to the book: whether one of its patterns finds it."""
    if str(file) in source.options["include"]:
        return True
    with tempfile.TemporaryDirectory(prefix="vfund-") as scratch:
        place = Path(scratch + str(file))
        place.parent.mkdir(parents=True)
        place.touch()
        return any(str(place) in glob.glob(scratch + pattern, recursive=True) for pattern in source.includes)  # noqa: PTH207


def transform(source: Source) -> tuple[Entries, list[Any], dict[str, Any]]:
    """Run the plugins of a book on what was booked; return its entries, the errors so far and its options."""
    search_path = list(sys.path)
    options = dict(source.options)
    try:
        sys.path[0:0] = options["pythonpath"]
        entries, errors = loader.run_transformations(
            list(source.booked), source.parse_errors + source.booking_errors, options, None
        )
    finally:
        sys.path[:] = search_path
    options["input_hash"] = loader.compute_input_hash(options["include"])
    return entries, errors, options


def validate(entries: Entries, options: dict[str, Any]) -> list[Any]:
    """Return what Beancount itself finds wrong with the entries of a book."""
    result: list[Any] = validation.validate(entries, options, None, None)
    return result
