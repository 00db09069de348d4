"""Suggest what was probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches

from ledger.ground.phrases import N_, Text, layout, phrase

_LISTED = 12


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the known word that is closest to `word`, or None when none is close. Case does not count."""
    spelling = {name.casefold(): name for name in words}
    result = get_close_matches(word.casefold(), spelling, n=1, cutoff=0.6)
    return spelling[result[0]] if result else None


def did_you_mean(word: str, words: Iterable[str]) -> Text:
    """Return `did you mean 'x'?`, or the known words when none is close."""
    names = sorted(words)
    close = nearest(word, names)
    if close is not None:
        return phrase("did you mean {word!r}?", word=close)
    if not names:
        return N_("none is known yet")
    return phrase("known: {names}", names=", ".join(names[:_LISTED]) + (", …" if len(names) > _LISTED else ""))


def or_nothing(pattern: str, word: str, words: Iterable[str]) -> Text:
    """Return the hint `did you mean 'x'?` in a pattern such as `; {hint}`, or nothing when none is close."""
    close = nearest(word, words)
    return layout(pattern, hint=phrase("did you mean {word!r}?", word=close)) if close is not None else ""
