"""Charts of the workbook, each from the cells of its table.

The words that describe it to who cannot see it are put in after saving.
"""

from itertools import cycle

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from reports.faces.workbook.formulas import Places
from reports.table import Table

COLORS = ("1F3864", "D55E00", "009E73", "CC79A7", "56B4E9")
"""House rule: the blue of the headings, then colours of the palette of Okabe and Ito, made to be told apart by who is
colour-blind."""
_WIDTH, _HEIGHT, _BARS = 24, 9.5, 11.5
"""Centimetres; a chart of bars needs the height for the names of its rows."""
_ROWS = 10
"""Rows of a table below which its chart has room on the same page."""


def add(worksheet: Worksheet, table: Table, here: Places, row: int) -> None:
    """Put the chart of a table below it."""
    visible_chart = table.visible_chart
    if visible_chart is None:
        return
    chart = BarChart()
    chart.type = "bar" if visible_chart.shape == "bars" else "col"
    if visible_chart.shape == "stacked":
        chart.grouping, chart.overlap = "stacked", 100
    last = min(here.last, here.first + visible_chart.rows - 1)
    labels = 2 if visible_chart.shape == "bars" else 1
    for color, key in zip(cycle(COLORS), visible_chart.columns, strict=False):
        place = table.column(key) + 1
        series = SeriesFactory(
            Reference(worksheet, min_col=place, min_row=here.first, max_row=last),
            title=str(table.columns[place - 1].header),
        )
        series.graphicalProperties.solidFill = color
        series.graphicalProperties.line.solidFill = color
        chart.series.append(series)
    chart.set_categories(Reference(worksheet, min_col=labels, min_row=here.first, max_row=last))
    chart.title = table.name
    chart.style, chart.gapWidth = 10, 60
    chart.legend.position = "b"
    chart.y_axis.numFmt = "#,##0"
    chart.x_axis.delete = chart.y_axis.delete = False
    if visible_chart.shape == "bars":
        chart.x_axis.scaling.orientation = "maxMin"
    chart.width, chart.height = _WIDTH, _BARS if visible_chart.shape == "bars" else _HEIGHT
    if len(table.rows) > _ROWS:
        worksheet.row_breaks.append(Break(id=row - 1))  # a chart does not go over two pages
        row += 1  # its edge would stand at the foot of the page before
    worksheet.add_chart(chart, f"A{row}")
