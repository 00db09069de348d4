"""Hold one report as JSON against another, value by value."""

import json
from collections.abc import Iterator
from typing import Any


def differences(report: bytes, original_report: bytes) -> list[tuple[str, str, str, str]]:
    """Return every value that differs between two files: the part, the place in it, the one and the other value."""
    ours, theirs = (dict(_values(json.loads(content))) for content in (report, original_report))
    places = dict.fromkeys([*theirs, *ours])
    return [
        (*place, ours.get(place, ""), theirs.get(place, "")) for place in places if ours.get(place) != theirs.get(place)
    ]


def _values(file: dict[str, Any]) -> Iterator[tuple[tuple[str, str], str]]:
    """Return the values of a file by part (a table by its key, or the cover) and place."""
    for name, value in file.items():
        if name != "tables":
            yield from _leaves("cover", name, value)
    for table in file["tables"]:
        for name, value in table.items():
            yield from _leaves(str(table["key"]), name, value)


def _leaves(part: str, place: str, value: object) -> Iterator[tuple[tuple[str, str], str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(part, f"{place}.{key}", inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _leaves(part, f"{place}.{number}", inner)
    else:
        yield (part, place), str(value)
