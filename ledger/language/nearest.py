"""Suggest what was probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches

_LISTED = 12


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Give the known word that is closest to `word`, or None when none is close. Case does not count."""
    spelling = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold(), spelling, n=1, cutoff=0.6)
    return spelling[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Give `did you mean 'x'?`, or the known words when none is close."""
    names = sorted(known)
    close = nearest(word, names)
    if close is not None:
        return f"did you mean {close!r}?"
    listed = ", ".join(names[:_LISTED]) + (", …" if len(names) > _LISTED else "")
    return f"known: {listed}" if names else "none is known yet"
