"""The summary: what each category announced, committed and gave. The three stand side by side and are never added."""

from dataclasses import dataclass
from datetime import date

from ledger.ground.phrases import N_, say
from reports.figures import Figure
from reports.names import Names
from reports.statements.contributions import Contributions
from reports.statements.pledges import Pledges
from reports.table import Column, ColumnType, Table, table


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """One category at the end of the quarter: outstanding by stage (at the rates of the day), and received."""

    category: str
    announced: Figure
    committed: Figure
    received_quarter: Figure
    received_year: Figure
    received_cumulative: Figure


def summary(pledged: Pledges, received: Contributions, names: Names) -> tuple[CategoryLine, ...]:
    """Build the summary from the statements that it sums up."""
    return tuple(
        CategoryLine(
            name,
            pledged.total("announced", category=name),
            pledged.total("committed", category=name),
            received.total("quarter", name),
            received.total("year", name),
            received.total("cumulative", name),
        )
        for name in names.categories.values()
    )


def summary_table(lines: tuple[CategoryLine, ...], unit: str, as_of: date) -> Table:
    """Give the summary as a table: every figure is a live sum over the statement that it comes from."""
    columns = [Column("category", N_("Donor category"), ColumnType.TEXT, 28)]
    columns += [
        Column(
            key,
            header,
            ColumnType.MONEY,
            21,
            total=True,
            formula=f"SUMIFS({{{source}}},{{{of}.category}},{{category}})",
        )
        for key, header, source, of in (
            ("announced", N_("Announced, outstanding"), "pledge_values.announced", "pledge_values"),
            ("committed", N_("Committed, outstanding"), "pledge_values.committed", "pledge_values"),
            ("received_quarter", N_("Received in the quarter"), "contributions.quarter", "contributions"),
            ("received_year", N_("Received in the year to date"), "contributions.year", "contributions"),
            ("received_cumulative", N_("Received since the beginning"), "contributions.cumulative", "contributions"),
        )
    ]
    return table(
        "summary",
        "",
        N_("Summary"),
        N_("Summary by donor category"),
        columns,
        lines,
        subtitle=say("As of {day} · in {unit}", day=as_of, unit=unit),
        total_label=N_("Total"),
        notes=(
            N_(
                "Announced: a written, non-binding statement. Committed: accepted by an agreement or an exchange of letters."
            ),
            N_(
                "The stages stand side by side and are never added to each other. Received is before bank charges and refunds."
            ),
        ),
    )
