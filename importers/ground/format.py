"""What a format of file is: each is declared in the module that reads it, `importers.formats` lists them in order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from importers.ground.configuration import Configuration
from importers.ground.files import Source
from importers.ground.records import Records

R = TypeVar("R", bound=Records)


class Headings(NamedTuple):
    """The headings that a table must have, with the delimiter of its columns in CSV. `table` is what people call it."""

    table: str
    columns: Sequence[str]
    delimiter: str


def _no_headings(_configuration: Configuration) -> Iterable[Headings]:
    return ()


@dataclass(frozen=True, slots=True)
class Format(Generic[R]):
    """One format of file."""

    name: str
    """What reports and Fava's import page call it."""
    wording: str
    """How it is called in the list of what is read, which an officer sees who brings a file in no known format."""
    records: type[R]
    """What its files hold; that decides what becomes of them (`importers.plans.PLANS`)."""
    open: Callable[[Source, Configuration], R | None]
    """Recognise and parse a file in one go: its records, or None for a file in another format.

    Whoever raises `RefusedFileError` has recognised the file, and says what is wrong with it.
    """
    headings: Callable[[Configuration], Iterable[Headings]] = _no_headings
    """The tables that it would recognise; a file that nearly is one is refused with what it lacks."""
    states_encoding: bool = False
    """Whether its files say how their text is encoded, so that nobody needs to (XML)."""
