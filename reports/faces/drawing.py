"""The chart of a table as a drawing (SVG), for pages.

The figures stand in the table beside it, so the drawing has no numbers of its own but an axis.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from babel.numbers import format_compact_decimal
from markupsafe import Markup, escape

from reports.document import displayed_value
from reports.table import Chart, Table, number_of
from reports.translation import LANGUAGES

WIDTH, TOP, LABEL, LONGEST = Decimal(720), Decimal(34), Decimal(190), 26
COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
"""The palette of Okabe and Ito, which people with any colour vision can tell apart."""
_TENTH = Decimal("0.1")


def drawing(table: Table, language: str) -> Markup:
    """Draw the chart of a table; nothing where it has none, or only zeros."""
    chart = table.visible_chart
    if chart is None:
        return Markup("")
    places = [table.column(key) for key in chart.columns]
    rows = table.rows[: chart.rows]
    names = [str(displayed_value(row[0]) if table.columns[0].key != "category" else _name(table, row)) for row in rows]
    series = [[number_of(row[place]) for row in rows] for place in places]
    if chart.shape == "bars":
        body, height = _bars(names, series, language)
    else:
        body, height = _columns(names, series, language, is_stacked=chart.shape == "stacked")
    legend = _legend([str(table.columns[place].header) for place in places])
    return _svg(chart, height, legend + body)


def _name(table: Table, row: Sequence[object]) -> object:
    """Name a line by its donor, where the first column is the category of many."""
    keys = [column.key for column in table.columns]
    return row[keys.index("donor")] if "donor" in keys else row[0]


def _svg(chart: Chart, height: Decimal, body: str) -> Markup:
    return Markup(  # noqa: S704 - every text in it is escaped
        f'<svg class="drawing" role="img" viewBox="0 0 {WIDTH} {height}" aria-label="{escape(str(chart.alt))}">{body}</svg>'
    )


def _legend(names: Sequence[str]) -> str:
    parts, x = [], Decimal(0)
    for number, name in enumerate(names):
        parts.append(
            f'<rect class="series s{number}" fill="{COLORS[number % len(COLORS)]}" x="{x}" y="6" width="12" height="12"/>{_text(name, x + 17, Decimal(16))}'
        )
        x += 34 + 7 * len(name)
    return "".join(parts)


def _bars(names: Sequence[str], series: Sequence[Sequence[Decimal]], language: str) -> tuple[str, Decimal]:
    """Draw lying bars, a group for each line."""
    thick = Decimal(11)
    group = thick * len(series) + 10
    bottom = TOP + group * len(names)
    low, high = _span(value for values in series for value in values)
    parts = []
    for tick in _ticks(low, high):
        x = LABEL + _scale(tick - low, high - low, WIDTH - LABEL - 40)
        parts.append(
            f'<line class="grid" stroke="#c4c9d0" stroke-width="0.6" x1="{x}" x2="{x}" y1="{TOP}" y2="{bottom}"/>'
        )
        parts.append(_text(_compact(tick, language), x, bottom + 14, "middle"))
    zero = LABEL + _scale(-low, high - low, WIDTH - LABEL - 40)
    for number, name in enumerate(names):
        y = TOP + group * number + 4
        parts.append(_text(_short(name), LABEL - 8, y + thick * len(series) / 2 + 4, "end"))
        for place, values in enumerate(series):
            wide = _scale(abs(values[number]), high - low, WIDTH - LABEL - 40)
            x = zero - wide if values[number] < 0 else zero
            parts.append(
                f'<rect class="series s{place}" fill="{COLORS[place % len(COLORS)]}" x="{x}" y="{y + thick * place}" width="{wide}" height="{thick - 1}"/>'
            )
    return "".join(parts), bottom + 22


def _columns(
    names: Sequence[str], series: Sequence[Sequence[Decimal]], language: str, *, is_stacked: bool
) -> tuple[str, Decimal]:
    """Draw standing columns, stacked or side by side."""
    left_edge, tall = Decimal(64), Decimal(190)
    bottom = TOP + tall
    sums = (
        [sum((max(values[n], Decimal(0)) for values in series), Decimal(0)) for n in range(len(names))]
        if is_stacked
        else [value for values in series for value in values]
    )
    lows = (
        [sum((min(values[n], Decimal(0)) for values in series), Decimal(0)) for n in range(len(names))]
        if is_stacked
        else []
    )
    low, high = _span([*sums, *lows])
    slot = (WIDTH - left_edge) / max(len(names), 1)
    parts = []
    for tick in _ticks(low, high):
        y = bottom - _scale(tick - low, high - low, tall)
        parts.append(
            f'<line class="grid" stroke="#c4c9d0" stroke-width="0.6" x1="{left_edge}" x2="{WIDTH}" y1="{y}" y2="{y}"/>'
        )
        parts.append(_text(_compact(tick, language), left_edge - 6, y + 4, "end"))
    zero = bottom - _scale(-low, high - low, tall)
    wide = (slot * Decimal("0.7") / (1 if is_stacked else len(series))).quantize(_TENTH)
    for number, name in enumerate(names):
        x = (left_edge + slot * number + slot * Decimal("0.15")).quantize(_TENTH)
        up = down = zero
        for place, values in enumerate(series):
            high_of = _scale(abs(values[number]), high - low, tall)
            if is_stacked:
                y = down if values[number] < 0 else up - high_of
                up, down = (up, down + high_of) if values[number] < 0 else (up - high_of, down)
            else:
                y = zero if values[number] < 0 else zero - high_of
            at = x if is_stacked else x + wide * place
            parts.append(
                f'<rect class="series s{place}" fill="{COLORS[place % len(COLORS)]}" x="{at}" y="{y}" width="{wide}" height="{high_of}"/>'
            )
        parts.append(
            _text(
                _short(name, int(slot // 7)),
                (left_edge + slot * number + slot / 2).quantize(_TENTH),
                bottom + 15,
                "middle",
            )
        )
    return "".join(parts), bottom + 24


def _span(values: Iterable[Decimal]) -> tuple[Decimal, Decimal]:
    """Return the lowest and the highest of an axis, which has zero on it."""
    result = [Decimal(0), *values]
    return min(result), max(result)


def _ticks(low: Decimal, high: Decimal) -> list[Decimal]:
    """Return round numbers along an axis, four or so."""
    step = Decimal(10) ** ((high - low) / 4).adjusted()
    step *= next(n for n in (1, 2, 5, 10) if step * n * 5 >= high - low)
    first = int(low / step)
    return [step * n for n in range(first, int(high / step) + 1)]


def _scale(value: Decimal, whole: Decimal, length: Decimal) -> Decimal:
    return (value * length / whole).quantize(_TENTH) if whole else Decimal(0)


def _compact(number: Decimal, language: str) -> str:
    return format_compact_decimal(number, locale=LANGUAGES[language], fraction_digits=1)


def _short(name: str, longest: int = LONGEST) -> str:
    return name if len(name) <= longest else f"{name[: max(longest - 1, 1)]}…"


def _text(text: str, x: Decimal, y: Decimal, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="12">{escape(text)}</text>'
