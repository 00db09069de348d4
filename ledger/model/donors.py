"""Who gives: donors, their categories, and which category a donor has on a date.

The category is a fact of a date (design decision 5): a state that becomes an observer, or ceases to be a member, does
not change what it was before. Where the registry does not know a date, the standing says so, and the rule
`donor-category` shows it.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from unicodedata import normalize

from ledger.ground.phrases import N_, Text, phrase
from ledger.language.accounts import Account, account
from ledger.language.directives import Directives
from ledger.language.models import Donor, DonorCategory, DonorName, DonorStatus, Named
from ledger.model.amendments import survivors

OTHER = "other"
"""The category of every donor that is not known to have another one ("and others", operative paragraph 11)."""

_PRECISION = {"month": N_("month"), "year": N_("year")}


@dataclass(frozen=True, slots=True)
class Standing:
    """A donor's category on a date.

    `doubt` is empty when the registry is sure. Otherwise it says why not, and `possible` holds every category that the
    donor may have had on that date.
    """

    category: str
    possible: frozenset[str]
    doubt: Text = ""


class Registry:
    """The donors of a book with their dated statuses, as they are called on a day.

    `by_account` finds those that were merged into another, too.
    """

    def __init__(self, directives: Directives, day: date = date.max) -> None:
        self._directives, survivor_codes = directives, survivors(directives.merges)
        donors = {donor.code: donor for donor in _names_on(directives, survivor_codes, day)}
        self.categories: dict[str, DonorCategory] = {item.slug: item for item in directives.categories}
        self.donors: dict[str, Donor] = {code: donor for code, donor in donors.items() if code not in survivor_codes}
        self.by_account: dict[str, Donor] = {
            donor.account: donors.get(survivor_codes.get(code, code), donor) for code, donor in donors.items()
        }
        self._survivor_accounts = {
            name: donor.account for name, donor in self.by_account.items() if name != donor.account
        }
        self.by_category_account: dict[str, str] = {item.accounts: item.slug for item in directives.categories}
        self.statuses: dict[str, list[DonorStatus]] = defaultdict(list)
        for status in sorted(directives.statuses, key=lambda item: item.day):
            self.statuses[status.donor].append(status)
        self._standings: dict[tuple[str, date], Standing] = {}

    def at(self, day: date) -> "Registry":
        """Return the same donors as they are called on a day."""
        return Registry(self._directives, day) if self._directives.names else self

    def account(self, name: str) -> Account:
        """Take the name of an account apart: the donor is the one that survives, where it was merged into another."""
        result = account(name)
        surviving = self._survivor_accounts.get(result.donor)
        return result if surviving is None else replace(result, donor=surviving)

    def standing(self, code: str, day: date) -> Standing:
        """Return the category of the donor `code` on `day`."""
        result = self._standings.get((code, day))
        if result is None:
            result = self._standings[code, day] = self._judge(self.statuses[code], day)
        return result

    def _judge(self, statuses: list[DonorStatus], day: date) -> Standing:
        position = bisect_right(statuses, day, key=lambda item: item.day)
        before = statuses[position - 1].category if position else OTHER
        current = statuses[position - 1] if position else None
        if current is not None and day <= _surely_by(current):
            earlier = statuses[position - 2].category if position > 1 else OTHER
            doubt = phrase(
                "only the {part} is known in which its status {category!r} began",
                part=_PRECISION[current.since_precision],
                category=current.category,
            )
            return Standing(current.category, frozenset({current.category, earlier}), doubt)
        following = statuses[position] if position < len(statuses) else None
        if following is not None and following.since_unknown and before != following.category:
            doubt = phrase(
                "it is not known since when it is {category!r}; the earliest evidence is of {day} ({evidence})",
                category=following.category,
                day=following.day,
                evidence=following.evidence or N_("not named"),
            )
            return Standing(before, frozenset({before, following.category}), doubt)
        return Standing(before, frozenset({before}))

    def category_component(self, code: str, day: date) -> str:
        """Return the category's component in account names, `MemberStates`."""
        return self.categories[self.standing(code, day).category].accounts

    def find(self, text: str) -> Donor | None:
        """Find a donor by code, account component, name in any language or alias.

        Case does not count, nor how accents are composed.
        """
        spelling = _spelling(text)
        for donor in self.donors.values():
            if spelling in spellings(donor):
                return donor
        return None


def _surely_by(status: DonorStatus) -> date:
    """Return the last day on which the status may not yet have begun (the day before, when the date is exact)."""
    if status.since_precision == "year":
        return date(status.day.year, 12, 31)
    if status.since_precision == "month":
        return (status.day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return status.day - timedelta(days=1)


def _names_on(directives: Directives, survivor_codes: Mapping[str, str], day: date) -> Iterator[Donor]:
    """Yield every donor as it is called on a day.

    What it is called on other days, or was before a merge, are further aliases.
    """
    later: dict[str, list[DonorName]] = defaultdict(list)
    for name in sorted(directives.names, key=lambda item: item.day):
        later[name.donor].append(name)
    aliases: dict[str, list[str]] = defaultdict(list)
    for donor in directives.donors:
        if donor.code in survivor_codes:
            names_before = [donor.code, donor.account, *(donor.aliases or "").split(";")]
            aliases[survivor_codes[donor.code]] += [
                *names_before,
                *_names(donor),
                *(n for x in later[donor.code] for n in _names(x)),
            ]
    for donor in directives.donors:
        in_force = [name for name in later[donor.code] if name.day <= day]
        current: Named = in_force[-1] if in_force else donor
        others = [n for x in (donor, *later[donor.code]) for n in _names(x) if n not in _names(current)]
        if not others and donor.code not in aliases:
            yield donor
            continue
        further = dict.fromkeys(
            text.strip() for text in ((donor.aliases or "").split(";") + others + aliases[donor.code]) if text.strip()
        )
        names = {key: getattr(current, key) for key in ("name_en", "name_es", "name_fr", "name_pt")}
        yield donor.model_copy(update={**names, "aliases": "; ".join(further) or None})


def _names(item: Named) -> list[str]:
    return [name for name in (item.name_en, item.name_es, item.name_fr, item.name_pt) if name]


def spellings(donor: Donor) -> set[str]:
    """Return every way of writing a donor, in small letters."""
    names = [
        donor.code,
        donor.account,
        donor.name_en,
        donor.name_es,
        donor.name_fr,
        donor.name_pt,
        donor.iso3,
    ]
    names += (donor.aliases or "").split(";")
    return {_spelling(name) for name in names if name and name.strip()}


def _spelling(text: str) -> str:
    """Return a name as it is compared: `México` is the same whether its accent is a letter of its own (NFD) or not."""
    return normalize("NFC", text).strip().casefold()
