"""Directives that would make a later step fail."""

from datetime import date

from beancount.core.data import Custom, Note

from ledger.book.repair import repaired

OPTIONS = {"filename": "main.beancount", "include": ["main.beancount"]}


def test_a_directive_without_values_has_none_and_no_gap() -> None:
    bare = Custom({"filename": "main.beancount", "lineno": 3}, date(2016, 1, 1), "fund", None)
    ((whole,), found) = repaired([bare], OPTIONS)
    assert (whole.values, found) == ([], [])


def test_metadata_that_hide_the_place_are_found_and_put_right() -> None:
    hidden = Note({"filename": "elsewhere", "lineno": 3}, date(2016, 1, 1), "Assets:Bank:Operating", "x", None, None)
    ((whole,), found) = repaired([hidden], OPTIONS)
    assert (whole.meta["filename"], whole.meta["lineno"]) == ("main.beancount", 0)
    assert [finding.code for finding in found] == ["book/reserved-key"]
