"""Why a file is not imported: every mistake with its place, what was expected, and how to mend it."""

from collections.abc import Sequence
from typing import NamedTuple

from ledger.ground.errors import VfundError


class Mistake(NamedTuple):
    """One thing that is wrong with a file. `place` is a line, an XPath or a cell; empty for the file as a whole."""

    place: str
    what: str
    mend: str = ""

    def __str__(self) -> str:
        """Return it as an officer reads it."""
        return (
            f"{self.place}: " * bool(self.place)
            + self.what
            + f" {self.mend[:1].upper()}{self.mend[1:]}" * bool(self.mend)
        )


class RefusedFileError(VfundError):
    """A file that cannot be imported as it is; nothing of it was.

    `mistakes` are all that were found, `format` the name of the format that recognised the file (empty for none).
    """

    def __init__(self, mistakes: Sequence[Mistake], format_: str = "") -> None:
        super().__init__("; ".join(str(mistake) for mistake in mistakes))
        self.mistakes = tuple(mistakes)
        self.format = format_


def refuse(place: str, what: str, mend: str = "") -> RefusedFileError:
    """Return the refusal of a file for one mistake."""
    return RefusedFileError([Mistake(place, what, mend)])
