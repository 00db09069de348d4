"""Acts that are filled in from texts, without a door."""

from typing import TypeVar

from beancount.core.data import Directive

from ledger.acts.act import Act
from ledger.model.fund import Fund

A = TypeVar("A", bound=Act)


def plain(name: str) -> str:
    """Call a field by its own name."""
    return name


def stated(**texts: str) -> dict[str, list[str]]:
    """Return one text for each field, as a door brings them."""
    return {name: [text] for name, text in texts.items()}


def filled(act: type[A], fund: Fund, **texts: str) -> A:
    """Return an act as it is filled in from texts alone."""
    return act(fund, plain).fill(stated(**texts))


def made(act: type[Act], fund: Fund, **texts: str) -> list[Directive]:
    """Return what an act makes of texts in which nothing is wrong."""
    done = filled(act, fund, **texts)
    assert done.problems == []
    return list(done.entries().directives)
