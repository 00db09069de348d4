"""Names as they are compared: without accents, capitals and word order; an embassy of a state is the state.

A name is *certain* when all its words are those of a donor's full name in one of the four languages, of what its
country is called otherwise, or of a payer that an officer confirmed; words for the office that pays are left out where
they are joined to the name ("Embajada de México"). Codes and short aliases are never certain alone.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from ledger.ground.spelling import spell
from ledger.ground.values import normalise_number
from ledger.language.countries import called
from ledger.language.models import Donor
from ledger.model.fund import Fund

ALIKE = 88.0
"""House rule: names of which this part of the letters agrees (0 to 100) may be the same; a person decides."""
MARGIN = 4.0
"""House rule: by how much the best name must be better than that of any other donor."""
_SHORTEST = 4
_ACRONYM = 5
_LANGUAGES = ("en", "es", "fr", "pt")
_JOINS = frozenset("of de du del do da des dos das d".split())  # noqa: SIM905 - a list that people read
_SMALL = _JOINS | frozenset("the and for to in a la el los las y e en para le les l et pour au aux em no na".split())  # noqa: SIM905
_OFFICE = frozenset(
    "government gobierno gouvernement governo embassy embajada ambassade embaixada consulate consulado consulat permanent permanente mission mision missao "  # noqa: SIM905
    "treasury tesoreria tresor tesouro ministry ministerio ministere oas oea".split()
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


@lru_cache(maxsize=1 << 14)
def telling_words(name: str) -> tuple[str, ...]:
    """Return the words that say whose a name is, in alphabetical order; all of them where nothing else is left."""
    words = spell(name)
    return tuple(sorted(word for word in words if word not in _SMALL and word not in _OFFICE) or sorted(words))


@dataclass(slots=True)
class Names:
    """Every way in which the donors of a book are written, and the payers that officers confirmed."""

    full: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    aliases: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    phrases: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Names of donors outside the inter-American system as they stand in a text.

    The bodies of the system are named in many texts as those who receive.
    """
    payers: dict[tuple[str, ...], dict[str, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    accounts: dict[str, str] = field(default_factory=dict)
    bics: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    codes_by_text: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _identities: dict[tuple[str, str], Identity] = field(default_factory=dict)
    _mentions: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, fund: Fund) -> "Names":
        """Collect the names of a book."""
        names = cls()
        for donor in fund.registry.donors.values():
            names._add(donor)
        for payer in fund.directives.payers:
            names.payers[spell(payer.name)][payer.donor].add(normalise_number(payer.account or ""))
            if payer.bic:
                names.bics[normalise_number(payer.bic)[:8]].add(payer.donor)
            if payer.account:
                names.accounts[normalise_number(payer.account)] = payer.donor
        return names

    def _add(self, donor: Donor) -> None:
        names = {donor.name(language) for language in _LANGUAGES}
        for name in names:
            self.full[telling_words(name)].add(donor.code)
            self.codes_by_text[" ".join(telling_words(name))].add(donor.code)
            if not donor.kind.startswith("inter-american"):
                self.phrases[" ".join(spell(name))].add(donor.code)
        for alias in (*(donor.aliases or "").split(";"), *called(donor.iso2)):
            words = spell(alias)
            if len("".join(words)) > _ACRONYM:
                self.aliases[tuple(sorted(words))].add(donor.code)
                self.codes_by_text[" ".join(telling_words(alias))].add(donor.code)

    def identify(self, name: str, account: str = "") -> Identity:
        """Return whom a payer is taken for."""
        key = (name, normalise_number(account))
        if key not in self._identities:
            self._identities[key] = self._judge(name, key[1])
        return self._identities[key]

    def banks_of(self, bic: str) -> frozenset[str]:
        """Return the donors that are known to pay from a bank.

        A BIC names a bank and not who pays, so it only adds to other evidence.
        """
        return frozenset(self.bics.get(normalise_number(bic)[:8], ())) if bic else frozenset()

    def find_mentions(self, text: str) -> frozenset[str]:
        """Return the donors whose whole names stand in a text; of names within each other the longest."""
        if text not in self._mentions:
            rest, result = f" {' '.join(spell(text))} ", set[str]()
            for phrase in sorted(self.phrases, key=len, reverse=True):
                if len(phrase) >= _SHORTEST and f" {phrase} " in rest:
                    result |= self.phrases[phrase]
                    rest = rest.replace(f" {phrase} ", "  ")
            self._mentions[text] = frozenset(result)
        return self._mentions[text]

    def _judge(self, name: str, account: str) -> Identity:
        exact = self._exact(name, account)
        if account in self.accounts:
            donor = self.accounts[account]
            if exact is not None and exact.donor != donor:  # a known account under the name of somebody else
                return Identity(donor, Strength.ALIKE, "the account is known, but under another name")
            return Identity(donor, Strength.ACCOUNT, "the payer's account is known")
        return (
            exact or self._alike(name, telling_words(name)) or self._find_contained(name, telling_words(name)) or NOBODY
        )

    def _exact(self, name: str, account: str) -> Identity | None:
        """Find the one donor of whose name every word is there, or the one for whom an officer confirmed the payer."""
        words = spell(name)
        donors_by_account = self.payers.get(words, {})
        if len(donors_by_account) == 1:
            donor, accounts = next(iter(donors_by_account.items()))
            if account and accounts - {""} and account not in accounts:
                return Identity(donor, Strength.ALIKE, f"{name!r} is a confirmed payer, but pays from another account")
            return Identity(donor, Strength.NAME, f"{name!r} is a confirmed payer")
        codes = self.aliases.get(tuple(sorted(words)), set()) or (
            self.full.get(telling_words(name), set()) if words else set()
        )
        if len(codes) != 1:
            return None
        donor = next(iter(codes))
        if _OFFICE.intersection(words) and not _JOINS.intersection(words):
            return Identity(donor, Strength.ALIKE, f"{name!r} has the donor's name and more")
        return Identity(donor, Strength.NAME, f"{name!r} is the donor's name")

    def _alike(self, name: str, words: tuple[str, ...]) -> Identity | None:
        """Find the one donor whose name is nearly this one."""
        text = " ".join(words)
        if len(text) < _SHORTEST:
            return None
        best: dict[str, float] = {}
        near = process.extract(
            text, self.codes_by_text.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE - MARGIN, limit=12
        )
        for result, score, _ in near:
            for code in self.codes_by_text[result]:
                best[code] = max(best.get(code, 0.0), score)
        ranking = sorted(best.items(), key=lambda item: -item[1])
        if not ranking or ranking[0][1] < ALIKE or (len(ranking) > 1 and ranking[0][1] - ranking[1][1] < MARGIN):
            return None
        reason = f"{name!r} is nearly the donor's name ({ranking[0][1]:.0f} of 100)"
        return Identity(ranking[0][0], Strength.ALIKE, reason)

    def _find_contained(self, name: str, words: tuple[str, ...]) -> Identity | None:
        """Find the one donor whose whole name stands among the words; of names within each other the longest."""
        word_set = set(words)
        result = [
            (len(name_words), code)
            for name_words, codes in self.full.items()
            if len("".join(name_words)) >= _SHORTEST and word_set.issuperset(name_words)
            for code in codes
        ]
        longest = max((length for length, _ in result), default=0)
        codes = {code for length, code in result if length == longest}
        others = {code for _, code in result} - codes
        if len(codes) != 1 or others:
            return None
        return Identity(next(iter(codes)), Strength.CONTAINED, f"{name!r} holds the donor's name")
