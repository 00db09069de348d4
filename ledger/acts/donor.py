"""Register a donor, and the category that it has from a day on."""

import re
from collections.abc import Sequence
from typing import get_args
from unicodedata import combining, normalize

from ledger.acts import values
from ledger.acts.act import Act, Choice, Field, FieldType
from ledger.acts.directives import custom
from ledger.acts.entry import day_from
from ledger.book.append import Entries
from ledger.ground.phrases import N_, phrase
from ledger.language.models import Donor, DonorKind
from ledger.language.nearest import did_you_mean
from ledger.language.patterns import CODE, COMPONENT, IN_WORDS

FILE = "donors.beancount"
LANGUAGES = {"en": N_("English"), "es": N_("Spanish"), "fr": N_("French"), "pt": N_("Portuguese")}


def match_pattern(pattern: str, text: str) -> str:
    """Return a text that has the pattern of a directive's word.

    Raises:
        ValueError: when it has not, with what is expected.

    """
    if not re.fullmatch(pattern, text):
        raise ValueError(phrase("{text!r}: {expected}", text=text, expected=IN_WORDS[pattern]))
    return text


def _code(act: Act, text: str) -> str:
    code = match_pattern(CODE, text.upper())
    if code in act.fund.registry.donors:
        raise ValueError(phrase("{code} is {donor} already", code=code, donor=act.fund.registry.donors[code].name_en))
    return code


def _component(act: Act, text: str) -> str:
    component = match_pattern(COMPONENT, text)
    holder = act.fund.registry.by_account.get(component)
    if holder is not None:
        raise ValueError(phrase("{part} is the account of {donor} already", part=component, donor=holder.name_en))
    return component


def choose_one(words: Sequence[str], text: str) -> str:
    """Return a text that is one of those that are known.

    Raises:
        ValueError: when it is none, with the nearest.

    """
    if text not in words:
        raise ValueError(phrase("{text!r} is none of them; {hint}", text=text, hint=did_you_mean(text, words)))
    return text


def _kinds(_act: Act) -> Sequence[Choice]:
    return [Choice(kind) for kind in get_args(DonorKind)]


def _categories(act: Act) -> Sequence[Choice]:
    return [Choice(item.slug, item.name_en) for item in act.fund.registry.categories.values()]


NEW_CODE = FieldType("CODE", _code)
NEW_COMPONENT = FieldType("ACCOUNT", _component)
DONOR_KIND = FieldType("KIND", lambda _act, text: choose_one(get_args(DonorKind), text), choices=_kinds)
CATEGORY = FieldType(
    "CATEGORY", lambda act, text: choose_one(list(act.fund.registry.categories), text), choices=_categories
)
LANGUAGE = FieldType(
    "LANGUAGE",
    lambda _act, text: choose_one(list(LANGUAGES), text),
    choices=lambda _act: [Choice(code, name) for code, name in LANGUAGES.items()],
)


def _words(name: str | None) -> list[str]:
    """Return the words of a name in plain letters."""
    plain = "".join(c for c in normalize("NFKD", name or "") if not combining(c))
    return re.findall(r"[A-Za-z0-9]+", plain)


class RegisterDonor(Act):
    """Register a donor that the shipped registry does not have: a foundation, a company, a person, an organization.

    It gives in its category from a day on. Such a donor gives under a clearance (`vfund clear`).
    """

    name = "donor"
    example = "vfund donor 'Fundación Puentes' --kind private-institution --language es"

    title = Field[str](values.TEXT, "Name, in English or its own language", argument=True, word="name")
    code = Field[str](
        NEW_CODE,
        "Code",
        "Code in capitals (default: made from the name).",
        suggest=lambda act: "-".join(_words(act.title)).upper()[:24],
    )
    account = Field[str](
        NEW_COMPONENT,
        "Its part of account names",
        "Its part of account names (default: made from the name).",
        suggest=lambda act: "".join(word[:1].upper() + word[1:] for word in _words(act.title)),
    )
    kind = Field[str](DONOR_KIND, "What it is")
    category = Field[str](CATEGORY, "Category in which it gives", suggest="other")
    day = day_from("Since when it gives in this category")
    name_es = Field[str | None](values.TEXT, "Name in Spanish", silent=True)
    name_fr = Field[str | None](values.TEXT, "Name in French", silent=True)
    name_pt = Field[str | None](values.TEXT, "Name in Portuguese", silent=True)
    aliases = Field[str | None](values.TEXT, "Other names, with semicolons between them", silent=True)
    language = Field[str | None](LANGUAGE, "Language of its letters", optional=True)
    address = Field[str | None](values.TEXT, "Address, its lines with semicolons between them", optional=True)
    source = Field[str | None](values.TEXT, "Where this is known from", optional=True)

    def entries(self) -> Entries:
        """Return the donor and its category."""
        meta = {
            "account": self.account,
            "kind": self.kind,
            "name-en": self.title,
            "name-es": self.name_es,
            "name-fr": self.name_fr,
            "name-pt": self.name_pt,
            "aliases": self.aliases,
            "language": self.language,
            "address": self.address,
            "source": self.source,
        }
        result = [
            custom("donor", self.day, (self.code,), meta),
            custom("donor-status", self.day, (self.code, self.category), {}),
        ]
        return Entries(result, f"{self.code}: {self.title} registered", {"donor": self.code}, FILE)


class DonorStatus(Act):
    """Record that DONOR gives in another category from a day on: a state that becomes a member, an organization that leaves the system."""

    name = "donor-status"
    example = "vfund donor-status DNK permanent-observer --date 2026-06-01 --evidence 'Resolution of 3 May'"

    donor = Field[Donor](values.DONOR, "Donor (code or name)", argument=True)
    category = Field[str](CATEGORY, "Category", argument=True)
    day = day_from("Since when")
    evidence = Field[str](values.TEXT, "By which document")

    def entries(self) -> Entries:
        """Return the status."""
        meta = {"evidence": self.evidence}
        result = [custom("donor-status", self.day, (self.donor.code, self.category), meta)]
        return Entries(result, f"{self.donor.code}: {self.category} from {self.day}", {}, FILE)
