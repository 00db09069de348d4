"""How names and texts are compared: by their words, in small letters, without accents and marks."""

import re
from functools import lru_cache
from unicodedata import combining, normalize


@lru_cache(maxsize=1 << 14)
def spell(text: str) -> tuple[str, ...]:
    """Return the words of a text in their order, in small letters, without accents and marks."""
    flat = "".join(c for c in normalize("NFKD", text.casefold()) if not combining(c))
    return tuple(re.findall(r"[^\W_]+", flat))


def holds(text: str, phrase: str) -> bool:
    """Return whether the words of a phrase, of which it has some, stand together in a text."""
    words = spell(phrase)
    return bool(words) and f" {' '.join(words)} " in f" {' '.join(spell(text))} "
