"""Entries as Beancount text, by Beancount's own printer."""

from collections.abc import Sequence

from beancount.core.data import Directive
from beancount.core.display_context import DisplayContext
from beancount.parser.printer import format_entry


def render(entries: Sequence[Directive]) -> str:
    """Return the text of entries, one blank line between them; every number keeps the digits that it has."""
    context = DisplayContext()
    context.set_commas(False)
    return "\n".join(format_entry(entry, dcontext=context) for entry in entries)
