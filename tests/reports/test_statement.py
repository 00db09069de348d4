"""The declaration of a statement.

Its line is its table, its texts are filled in, and nothing is built that nobody asks for.
"""

import re
import sys
from datetime import date
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest

from ledger.ground.periods import Quarter
from ledger.ground.phrases import N_, layout, phrase
from ledger.model.entries import Entry
from reports.figures import Figure, entries_of, total
from reports.report import report
from reports.scope import Basis, Scope
from reports.statement import Built, Sources, Statement, column, columns_of, table_line
from reports.statements import STATEMENTS
from reports.statements.checks import CHECKS
from reports.statements.earmarks import EARMARKS
from reports.statements.receipts import RECEIPTS
from reports.statements.summary import SUMMARY
from reports.table import ColumnType
from tests.books import SMALL
from tests.conftest import ROOT, Load

Q2 = Scope.of(Quarter(2016, 2))


@table_line
class Base:
    """What stands behind the columns of every line below it."""

    value: Decimal = column(phrase("Of {period}, {unit}", period=layout("{quarter}")), ColumnType.MONEY, 12, total=True)


@table_line
class Line(Base):
    """A line with a field that is no column."""

    slug: str
    name: str = column(N_("Name"), ColumnType.TEXT, 20)


DECLARED = Statement(
    "small",
    "99",
    N_("Small"),
    N_("A small statement"),
    columns_of(Line),
    lambda _: (Line(value=Decimal(2), slug="x", name="{unit}"), Line(value=Decimal(3), slug="y", name="")),
    subtitle=N_("As of {day}"),
    notes=lambda lines: (phrase("lines: {number}; {quarter} is said", number=str(len(lines)), quarter="this"),),
)


class Asked(Sources):
    """Sources that remember what was asked for."""

    def __getitem__(self, statement: Statement[Built]) -> Built:
        self.keys = [*getattr(self, "keys", []), statement.key]
        return super().__getitem__(statement)


def test_a_line_is_its_table(book: Load) -> None:
    """The columns stand in the order of the fields, those of the base last; a field without `column` is none."""
    table = Sources(book(SMALL), Q2).table(DECLARED)
    assert [(c.key, c.kind, c.width, c.total) for c in table.columns] == [
        ("name", ColumnType.TEXT, 20, False),
        ("value", ColumnType.MONEY, 12, True),
    ]
    assert table.rows == (("{unit}", 2), ("", 3))
    assert (table.totals, table.total_label) == ((None, 5), "Total")


def test_the_texts_of_a_declaration_are_filled_in(book: Load) -> None:
    """Unit, day and quarter, also in a part of a phrase; what a phrase has is its own, and a text of the book stays."""
    table = Sources(book(SMALL), Scope.of(Quarter(2016, 2), date(2016, 5, 31))).table(DECLARED)
    assert [str(c.header) for c in table.columns] == ["Name", "Of 2016-Q2, USD"]
    assert (str(table.subtitle), [str(note) for note in table.notes]) == (
        "As of 2016-05-31",
        ["lines: 2; this is said"],
    )


def test_columns_are_chosen_by_their_keys() -> None:
    assert [c.key for c in columns_of(Line, "value", "name")] == ["value", "name"]
    with pytest.raises(KeyError, match="slug"):
        columns_of(Line, "slug")


def test_only_what_is_asked_for_is_built_and_once(book: Load) -> None:
    loaded = book(SMALL)
    of = Asked(loaded, Q2)
    assert of[RECEIPTS] is of[RECEIPTS]
    assert set(of.keys) == {"receipts"}
    of = Asked(loaded, Q2)
    assert of[SUMMARY]
    assert set(of.keys) == {"summary", "pledges", "contributions"}
    of = Asked(loaded, Q2)
    assert all(check.holds for check in of[CHECKS])
    assert "recognised" not in of.keys


def test_every_statement_is_listed_once() -> None:
    modules = [module for name, module in sys.modules.items() if name.startswith("reports.statements.")]
    declared = {id(value) for module in modules for value in vars(module).values() if isinstance(value, Statement)}
    assert {id(statement) for statement in STATEMENTS} == declared
    for names in ([s.key for s in STATEMENTS], [s.number for s in STATEMENTS], [s.name for s in STATEMENTS]):
        assert len(set(names)) == len(STATEMENTS)
    assert [s.key for s in STATEMENTS if not s.applies(Q2)] == ["recognised"]
    assert all(s.applies(Scope.of(Quarter(2016, 2), basis=Basis.PROMISE)) for s in STATEMENTS)


def test_statements_end_in_their_declarations() -> None:
    """Each module of the room declares a statement: what is none has no place there."""
    modules: list[ModuleType] = [m for name, m in sys.modules.items() if name.startswith("reports.statements.")]
    files = {s.build.__module__ for s in STATEMENTS}
    assert {module.__name__ for module in modules} == files


def test_figures_keep_their_entries(book: Load) -> None:
    one, other = book(SMALL).fund.entries[:2]
    a, b = Figure(5, [one]), Figure(3, [other, one])
    assert (a + b, entries_of(a + b)) == (8, (one, other))
    assert (a - b, entries_of(a - b)) == (2, (one, other))
    assert (-a, entries_of(-a)) == (-5, (one,))
    for plain in (a + 1, a - 1, 1 + a, 1 - a, Decimal(1) + a, Decimal(1) - a):
        assert entries_of(plain) == (one,)
    assert (1 - a, Decimal(1) - a, sum([a, b])) == (-4, -4, 8)
    assert entries_of(sum([a, b])) == (one, other)
    assert (type(a * 2), entries_of(a * 2)) == (Decimal, ())


def test_a_total_is_as_the_sum_of_its_figures(book: Load) -> None:
    entries: list[Entry] = list(book(SMALL).fund.entries)
    figures = [Figure(n, entries[n : n + 2]) for n in range(len(entries))]
    assert total(figures) == sum(figures)
    assert entries_of(total(figures)) == tuple(entries)


def test_the_example_of_the_guide_is_a_statement(book: Load) -> None:
    """The file that docs/extending.md shows is one, and says what the test there says."""
    text = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
    (source,) = (block for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "= Statement(" in block)
    declared: dict[str, Any] = {"__name__": __name__}
    exec(source, declared)  # noqa: S102 - our own guide
    interest = """
    2016-05-31 * "Bank" "Interest of May" #interest
      Assets:Bank:Operating                               70.00 USD
      Income:Interest                                    -70.00 USD
    """
    table = Sources(book(SMALL, interest), Q2).table(declared["INTEREST"])
    assert (table.rows, table.totals) == ((("Assets:Bank:Operating", 70),), (None, 70))
    assert [str(column.header) for column in table.columns] == ["Bank account", "Interest, USD"]


def test_what_is_worked_out_of_figures_is_in_the_evidence(book: Load) -> None:
    """What a purpose has left has behind it what came in and what was spent for it."""
    made = report(book(SMALL), Q2)
    numbers = {str(row[0]): str(row[2]) for row in next(t for t in made.tables if t.key == "evidence").rows}
    (row,) = (n for n, line in enumerate(made.of[EARMARKS].lines, 1) if line.left)
    line = made.of[EARMARKS].lines[row - 1]
    assert set(line.left.entries) == {*line.received.entries, *line.spent.entries}
    assert numbers[f"earmarks.{row}.left"]
