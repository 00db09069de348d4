"""What countries are called beside what the registry says of them: in our languages, and in short.

The names come from Unicode CLDR. What people write in short is a house list, of which CLDR has "EE. UU." and "UK" too;
what may be two countries (RU: Reino Unido, Russia) is not on it. All of it stands outside the registry, because the
seals of quarters cover that.
"""

from collections.abc import Iterator, Mapping
from functools import cache

_LANGUAGES = ("en", "es", "fr", "pt")
_IN_SHORT = {
    "EU": ("UE",),
    "GB": ("UK", "Great Britain", "Gran Bretaña", "Grande-Bretagne", "Grã-Bretanha"),
    "NL": ("Holland", "Holanda", "Hollande"),
    "US": ("EE. UU.", "EUA", "É.-U."),
}


def called(iso2: str | None) -> Iterator[str]:
    """Yield what the country of a code (ISO 3166-1 alpha-2) is called; nothing for a donor without one."""
    if iso2:
        yield from _IN_SHORT.get(iso2, ())
        yield from (names[iso2] for names in _territories() if iso2 in names)


@cache
def every_name() -> frozenset[str]:
    """Return the names of all countries."""
    return frozenset(name for names in _territories() for name in names.values())


@cache
def _territories() -> tuple[Mapping[str, str], ...]:
    from babel import Locale  # noqa: PLC0415 - the names of countries are read where the registry does not have one

    return tuple(dict(Locale(language).territories) for language in _LANGUAGES)
