"""Find the entry that a person means: by receipt number, by the bank's reference, by `file:line`, by the beginning of its digest, by its pledge."""

from collections.abc import Iterable
from pathlib import Path
from re import fullmatch

from ledger.acts.directives import named
from ledger.acts.takes import ComposeError
from ledger.ground.phrases import Text, say
from ledger.language.nearest import did_you_mean
from ledger.model.entries import Entry
from ledger.model.fund import Fund

_SHOWN = 8
SHORT = 12
"""How many digits of a digest people see and type."""


def short(text: str) -> str:
    """Return the digits of a digest that people see."""
    return text.removeprefix("sha256:")[:SHORT]


def find_entry(fund: Fund, text: str, among: Iterable[Entry] | None = None) -> Entry:
    """Find one entry, among some or among all.

    Raises:
        ComposeError: when there is none of that name, or several; it lists them.

    """
    candidates = list(fund.entries if among is None else among)
    found = [entry for entry in candidates if _means(fund, entry, text.strip())]
    if len(found) == 1:
        return found[0]
    if found:
        names: Text = "; ".join(f"{short(fund.digest(entry))} ({named(entry.txn)})" for entry in found[:_SHOWN])
        if len(found) > _SHOWN:
            names = say("{names}, and {number} more", names=names, number=len(found) - _SHOWN)
        raise ComposeError(
            say(
                "{text!r} means {number} entries; name one by its digits: {names}",
                text=text,
                number=len(found),
                names=names,
            )
        )
    known = [str(entry.txn.meta["receipt-number"]) for entry in candidates if "receipt-number" in entry.txn.meta]
    known += [link for entry in candidates for link in entry.txn.links or ()]
    raise ComposeError(
        say(
            "no entry is meant by {text!r}: give a receipt number, a link, the bank's reference, FILE:LINE, or the digits that `vfund pending` shows; {hint}",
            text=text,
            hint=did_you_mean(text, set(known)),
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
