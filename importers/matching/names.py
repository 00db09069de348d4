"""Names as they are compared: without accents, capitals, word order, small words or the words for "government" in four languages."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache
from typing import NamedTuple
from unicodedata import combining, normalize

from rapidfuzz import fuzz, process

from importers.configuration import bare
from ledger.donors import spellings
from ledger.fund import Fund

ALIKE = 88.0
"""House rule: names of which this part of the letters agrees (0 to 100) may be the same; a person decides."""
MARGIN = 4.0
"""House rule: by how much the best name must be better than that of any other donor."""
_SHORTEST = 4

_SMALL = frozenset(
    # English, Spanish, French, Portuguese
    [
        "the",
        "of",
        "and",
        "for",
        "to",
        "in",
        "a",
        "de",
        "la",
        "el",
        "los",
        "las",
        "del",
        "y",
        "e",
        "en",
        "para",
        "da",
        "do",
        "das",
        "dos",
        "du",
        "des",
        "le",
        "les",
        "l",
        "et",
        "d",
        "pour",
        "au",
        "aux",
        "em",
        "no",
        "na",
    ]
)
_OFFICE = frozenset(
    [
        "government",
        "gobierno",
        "gouvernement",
        "governo",
        "embassy",
        "embajada",
        "ambassade",
        "embaixada",
        "consulate",
        "consulado",
        "permanent",
        "permanente",
        "mission",
        "mision",
        "missao",
        "treasury",
        "tesoreria",
        "tresor",
        "tesouro",
        "ministry",
        "ministerio",
        "ministere",
        "oas",
        "oea",
    ]
)
"""Words for the office that pays, which say nothing of whose it is."""


class Strength(IntEnum):
    """How surely a payer is a donor."""

    NONE = 0
    CONTAINED = 1
    ALIKE = 2
    NAME = 3
    ACCOUNT = 4


class Identity(NamedTuple):
    """The donor that a payer is taken for, how surely, and why."""

    donor: str
    strength: Strength
    reason: str


NOBODY = Identity("", Strength.NONE, "")


@cache
def tokens(name: str) -> tuple[str, ...]:
    """Give the words of a name in alphabetical order, as they are compared."""
    flat = "".join(c for c in normalize("NFKD", name.casefold()) if not combining(c))
    found = re.findall(r"[a-z0-9]+", re.sub(r"[’'`´.]", "", flat))
    kept = [word for word in found if word not in _SMALL and word not in _OFFICE]
    return tuple(sorted(kept or found))


@dataclass(slots=True)
class Names:
    """Every way in which the donors of a book are written, and the payers that officers confirmed."""

    exact: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    full: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    """Names without codes and aliases: an alias may be a common word."""
    accounts: dict[str, str] = field(default_factory=dict)
    joined: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _known: dict[tuple[str, str], Identity] = field(default_factory=dict)

    @classmethod
    def of(cls, fund: Fund) -> "Names":
        """Collect the names of a book."""
        names = cls()
        for donor in fund.registry.donors.values():
            names._add(donor.code, spellings(donor))
            for language in ("en", "es", "fr", "pt"):
                names.full[tokens(donor.name(language))].add(donor.code)
        for payer in fund.directives.payers:
            names._add(payer.donor, [payer.name])
            if payer.account:
                names.accounts[bare(payer.account)] = payer.donor
        return names

    def _add(self, code: str, names: Iterable[str]) -> None:
        for name in names:
            if words := tokens(name):
                self.exact[words].add(code)
                self.joined[" ".join(words)].add(code)

    def identify(self, name: str, account: str = "") -> Identity:
        """Say whom a payer is taken for."""
        key = (name, bare(account))
        if key not in self._known:
            self._known[key] = self._judge(name, key[1])
        return self._known[key]

    def _judge(self, name: str, account: str) -> Identity:
        words = tokens(name)
        named = self.exact.get(words, set()) if words else set()
        if account in self.accounts:
            donor = self.accounts[account]
            if named - {donor}:  # a known account under the name of somebody else: only a person can say
                return Identity(donor, Strength.ALIKE, "the account is known, but under another name")
            return Identity(donor, Strength.ACCOUNT, "the payer's account is known")
        if len(named) == 1:
            return Identity(next(iter(named)), Strength.NAME, f"{name!r} is the donor's name or a confirmed payer")
        if not words or named:
            return NOBODY
        return self._alike(name, words) or self._contained(name, words) or NOBODY

    def _alike(self, name: str, words: tuple[str, ...]) -> Identity | None:
        """Find the one donor whose name is nearly this one."""
        text = " ".join(words)
        if len(text) < _SHORTEST:
            return None
        best: dict[str, float] = {}
        for found, score, _ in process.extract(
            text, self.joined.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE - MARGIN, limit=12
        ):
            for code in self.joined[found]:
                best[code] = max(best.get(code, 0.0), score)
        ranked = sorted(best.items(), key=lambda item: -item[1])
        if not ranked or ranked[0][1] < ALIKE or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MARGIN):
            return None
        return Identity(
            ranked[0][0], Strength.ALIKE, f"{name!r} is nearly the donor's name ({ranked[0][1]:.0f} of 100)"
        )

    def _contained(self, name: str, words: tuple[str, ...]) -> Identity | None:
        """Find the one donor whose whole name stands among the words; of names within each other the longest."""
        held = set(words)
        found = [
            (len(known), code)
            for known, codes in self.full.items()
            if len("".join(known)) >= _SHORTEST and held.issuperset(known)
            for code in codes
        ]
        longest = max((length for length, _ in found), default=0)
        codes = {code for length, code in found if length == longest}
        others = {code for _, code in found} - codes
        if len(codes) != 1 or others:
            return None
        return Identity(next(iter(codes)), Strength.CONTAINED, f"{name!r} holds the donor's name")
