"""Charts as drawings: bars are as long as their figures, and what is drawn can be heard."""

import re
from decimal import Decimal

import pytest

from ledger.ground.phrases import N_
from reports.faces.drawing import drawing
from reports.table import Chart, Column, ColumnType, Table, table


def made(shape: str, *rows: tuple[str, int, int]) -> Table:
    columns = [
        Column("name", "Name", ColumnType.TEXT, 10),
        Column("one", "One", ColumnType.MONEY, 10),
        Column("other", "Other <b>", ColumnType.MONEY, 10),
    ]
    cells = [(name, Decimal(one), Decimal(other)) for name, one, other in rows]
    chart = Chart(shape, ("one", "other"), N_("Two & more"))  # type: ignore[arg-type]
    return table("x", "", N_("X"), N_("X"), columns, cells, chart=chart)


def sizes(text: str, what: str) -> list[Decimal]:
    """Return the length of every bar, series by series of each line; the two of the legend are left out."""
    return [Decimal(n) for n in re.findall(rf'class="series[^>]* {what}="([\d.]+)"', text)][2:]


@pytest.mark.parametrize(("shape", "what"), [("bars", "width"), ("columns", "height"), ("stacked", "height")])
def test_bars_are_as_long_as_their_figures(shape: str, what: str) -> None:
    found = sizes(drawing(made(shape, ("a", 100, 50), ("b", 25, 0)), "en"), what)
    if shape == "bars":
        found = sizes(re.sub(r' height="[^"]*"', "", drawing(made(shape, ("a", 100, 50), ("b", 25, 0)), "en")), what)
    assert len(found) == 4
    assert abs(found[0] - 2 * found[1]) <= Decimal("0.2")
    assert abs(found[0] - 4 * found[2]) <= Decimal("0.4")
    assert found[3] == 0


def test_a_decrease_hangs_below_the_line() -> None:
    text = drawing(made("columns", ("a", 100, -100)), "en")
    tops = [Decimal(n) for n in re.findall(r'class="series[^>]* y="([\d.]+)" width="[\d.]+" height="[\d.]+"', text)][2:]
    first, second = tops
    assert second - first == sizes(text, "height")[0]  # the second begins where the first ends


def test_what_is_drawn_is_said_and_safe() -> None:
    text = drawing(made("bars", ("<script>", 1, 2)), "en")
    assert 'role="img" viewBox' in text
    assert 'aria-label="Two &amp; more"' in text
    assert "<script>" not in text
    assert "Other &lt;b&gt;" in text


def test_nothing_is_drawn_of_nothing() -> None:
    assert drawing(made("bars", ("a", 0, 0)), "en") == ""


def test_the_axis_is_in_the_language() -> None:
    assert ">1,5\u00a0M" in drawing(made("columns", ("a", 2_000_000, 1)), "fr").replace("\u202f", "\u00a0")
