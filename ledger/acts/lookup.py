"""Find what a person means: an entry, a donor, a pledge, an unclaimed receipt."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from re import fullmatch

from ledger.acts.directives import describe_entry
from ledger.ground.errors import InvalidEntryError
from ledger.ground.phrases import Text, phrase
from ledger.ground.spelling import spell
from ledger.language.countries import called, every_name
from ledger.language.models import Donor
from ledger.language.nearest import did_you_mean
from ledger.model.donors import spellings
from ledger.model.entries import Entry
from ledger.model.fund import Fund
from ledger.model.pledges import Pledge
from ledger.model.unclaimed import Unclaimed

_SHOWN = 8
SHORT = 12
"""How many digits of a digest people see and type."""


def short(text: str) -> str:
    """Return the digits of a digest that people see."""
    return text.removeprefix("sha256:")[:SHORT]


def find_entry(fund: Fund, text: str, among: Iterable[Entry] | None = None) -> Entry:
    """Find one entry, among some or among all.

    Raises:
        InvalidEntryError: when there is none of that name, or several; it lists them.

    """
    candidates = list(fund.entries if among is None else among)
    result = [entry for entry in candidates if _means(fund, entry, text.strip())]
    if len(result) == 1:
        return result[0]
    if result:
        names: Text = "; ".join(
            f"{short(fund.digest(entry))} ({describe_entry(entry.txn)})" for entry in result[:_SHOWN]
        )
        if len(result) > _SHOWN:
            names = phrase("{names}, and {number} more", names=names, number=len(result) - _SHOWN)
        raise InvalidEntryError(
            phrase(
                "{text!r} means {number} entries; name one by its digits: {names}",
                text=text,
                number=len(result),
                names=names,
            )
        )
    labels = [str(entry.txn.meta["receipt-number"]) for entry in candidates if "receipt-number" in entry.txn.meta]
    labels += [link for entry in candidates for link in entry.txn.links or ()]
    raise InvalidEntryError(
        phrase(
            "no entry is meant by {text!r}: give a receipt number, a link, the bank's reference, FILE:LINE, or the digits that `vfund pending` shows; {hint}",
            text=text,
            hint=did_you_mean(text, set(labels)),
        )
    )


def _means(fund: Fund, entry: Entry, text: str) -> bool:
    meta = entry.txn.meta
    if str(meta.get("receipt-number", "")).casefold() == text.casefold():
        return True
    if text and str(meta.get("bank-reference", "")).casefold() == text.casefold():
        return True
    if text.upper() in (entry.txn.links or ()):
        return True
    place = fullmatch(r"(.+):(\d+)", text)
    if place and int(place[2]) == meta["lineno"] and Path(str(meta["filename"])).match(place[1]):
        return True
    digits = text.removeprefix("sha256:")
    return bool(fullmatch(r"[0-9a-f]{6,64}", digits)) and fund.digest(entry).removeprefix("sha256:").startswith(digits)


def find_donor(fund: Fund, text: str) -> Donor:
    """Find a donor by code, name or alias, with or without accents, by what its country is called, or by a part of a name.

    Raises:
        InvalidEntryError: when there is none, with the nearest known names, or when a part is of several.

    """
    donors = fund.registry.donors.values()
    if (exact := fund.registry.find(text)) is not None:
        return exact
    spelling, names = " ".join(spell(text)), {donor.code: [*_names(donor)] for donor in donors}
    compact = spelling.replace(" ", "")  # "EE. UU." and "EEUU" are one
    result = [donor for donor in donors if compact and compact in (name.replace(" ", "") for name in names[donor.code])]
    if not result and len(spelling) >= _SHORTEST and spelling not in (" ".join(spell(name)) for name in every_name()):
        result = [donor for donor in donors if any(f" {spelling}" in f" {name}" for name in names[donor.code])]
    if len(result) == 1:
        return result[0]
    if result:
        several = ", ".join(f"{donor.name_en} ({donor.code})" for donor in result[:_LISTED])
        more = " …" if len(result) > _LISTED else ""
        raise InvalidEntryError(
            phrase("{text!r} may be {names}: write more of the name, or the code", text=text, names=several + more)
        )
    hint = did_you_mean(text, [name for known in donors for name in (known.code, known.name_en)])
    raise InvalidEntryError(
        phrase(
            "no donor {text!r} is registered; {hint}; a new one is registered by `vfund donor`", text=text, hint=hint
        )
    )


def _names(donor: Donor) -> Iterator[str]:
    """Yield every way of writing a donor, as it is compared."""
    for name in (*spellings(donor), *called(donor.iso2)):
        yield " ".join(spell(name))


_SHORTEST, _LISTED = 4, 6
"""House rules: a part of a name has at least so many letters, and no more donors than that are listed."""


def find_pledge(fund: Fund, text: str) -> Pledge:
    """Find a pledge by id.

    Raises:
        InvalidEntryError: with the nearest known id, when there is none.

    """
    pledge = fund.pledges.get(text.strip().upper())
    if pledge is None:
        raise InvalidEntryError(
            phrase("no pledge {text!r} is in the book; {hint}", text=text, hint=did_you_mean(text, fund.pledges))
        )
    return pledge


def find_unclaimed(fund: Fund, text: str) -> Unclaimed:
    """Find an unclaimed receipt of which something is left.

    Raises:
        InvalidEntryError: with the nearest known link, when there is none.

    """
    items = {item.link: item for item in fund.unclaimed.values() if item.outstanding()}
    result = items.get(text.strip().upper())
    if result is None:
        hint = did_you_mean(text.upper(), items)
        raise InvalidEntryError(phrase("nothing is left to identify of {text!r}; {hint}", text=text, hint=hint))
    return result
