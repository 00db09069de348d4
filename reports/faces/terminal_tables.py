"""Tables on the terminal: text to the left, figures to the right, never a figure cut."""

from decimal import Decimal

import click
from rich.console import Console
from rich.table import Table

from ledger.ground.money import show_number


def table(*headers: str, text: int) -> Table:
    """Start a table; the first `text` columns hold text, the others figures."""
    made = Table(show_edge=False, pad_edge=False, header_style="bold")
    for number, header in enumerate(headers):
        right = number >= text
        made.add_column(
            header,
            justify="right" if right else "left",
            no_wrap=right,
            min_width=None if right else 10,
            overflow="fold",
        )
    return made


def print_table(made: Table) -> None:
    """Print a table as wide as it needs to be: a figure is never cut."""
    console = Console(markup=False, emoji=False, highlight=False)
    needed = Console(width=1000, markup=False, emoji=False).measure(made).maximum
    Console(
        width=max(needed, console.width) if not console.is_terminal else None,
        markup=False,
        emoji=False,
        highlight=False,
    ).print(made)
    click.echo()


def figure(value: Decimal) -> str:
    """Show a figure, nothing as a dash."""
    return show_number(value) if value else "–"
