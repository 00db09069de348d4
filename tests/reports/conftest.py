"""The small book, loaded, and its report of the second quarter of 2016."""

import pytest

from ledger.book.loading import Book, load
from ledger.ground.periods import Quarter
from reports.report import Report, report
from reports.scope import Scope
from tests.books import MORE, SMALL, whole


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Load the small book once."""
    main = tmp_path_factory.mktemp("small") / "main.beancount"
    main.write_text(whole(SMALL + MORE), encoding="utf-8")
    return load(main)


@pytest.fixture(scope="session")
def q2(loaded: Book) -> Report:
    return report(loaded, Scope.of(Quarter(2016, 2)))
