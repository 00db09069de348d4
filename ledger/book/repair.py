"""Repair what would make a later step fail.

A directive without values, and metadata that hides where an entry stands.
"""

from typing import Any

from beancount.core import data

from ledger.ground.findings import Catalogue, Finding, Message

MESSAGES = Catalogue(
    "book",
    {
        "reserved-key": Message(
            "the entry of {day} ({what}) writes the metadata key {key!r} itself; it belongs to Beancount and says where an entry stands.",
            "take the key out of the entry.",
        ),
    },
)


def repaired(entries: list[data.Directive], options: dict[str, Any]) -> tuple[list[data.Directive], list[Finding]]:
    """Return the entries with an empty list for missing values and with a true place, and a finding for each that hid its place.

    Beancount's own `pad` fails on the None that the parser leaves for a `custom` without values.
    """
    main = str(options.get("filename", ""))
    files = {main, *options.get("include", ())}
    match: list[Finding] = []
    result = []
    for entry in entries:
        whole = entry
        if isinstance(entry, data.Custom) and entry.values is None:
            whole = entry._replace(values=[])
        meta = whole.meta
        if type(meta.get("lineno")) is not int or (meta.get("filename") not in files and meta["lineno"]):
            key = "filename" if type(meta.get("lineno")) is int else "lineno"
            whole = whole._replace(meta={**meta, "filename": main, "lineno": 0})
            what = getattr(entry, "narration", None) or type(entry).__name__.lower()
            match.append(MESSAGES.finding("reserved-key", whole, day=entry.date, what=what, key=key))
        result.append(whole)
    return result, match
