"""What the tests of the auditor's workbench share."""

import pytest

from ledger.book.loading import Book
from ledger.ground.periods import Quarter
from reports.audit.populations import POPULATIONS, Population
from reports.scope import Scope
from reports.statement import Sources
from reports.table import Table
from tests.books import GIFTS
from tests.conftest import Load

Q2 = Scope.of(Quarter(2016, 2))


def column(table: Table, key: str) -> list[object]:
    return [row[table.column(key)] for row in table.rows]


def pairs(table: Table) -> list[tuple[object, str]]:
    return list(zip(column(table, "narration"), map(str, column(table, "why")), strict=True))


def population(of: Book, name: str, scope: Scope = Q2) -> Population:
    return POPULATIONS[name][1](Sources(of, scope))


@pytest.fixture
def loaded(book: Load) -> Book:
    return book(GIFTS)
