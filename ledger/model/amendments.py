"""What later directives change of earlier ones.

An office that has ended, a payer that is forgotten, a donor that is another. No line of a book is edited.

A model of the book has the directives as they count; where a line stands, it still says.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from ledger.language.directives import Directives
from ledger.language.models import (
    Clearance,
    Confirmation,
    Directive,
    DonorContact,
    DonorMerge,
    Officer,
    OfficerEnd,
    Payer,
    Reminder,
)

Owned = TypeVar("Owned", DonorContact, Reminder, Clearance, Payer, Confirmation)
Line = TypeVar("Line", bound=Directive)


def amended(stated: Directives) -> Directives:
    """Return directives as they count.

    Offices until their end, payers that are still known, and what is said of a donor under the registration that
    survives.
    """
    officers = [_until(officer, stated.officer_ends) for officer in stated.officers] if stated.officer_ends else None
    counted = replace(stated, officers=officers or stated.officers, payers=stated.known_payers())
    if not stated.merges:
        return counted
    codes = survivors(stated.merges)

    def owned(lines: Sequence[Owned]) -> list[Owned]:
        return [_renamed(line, "donor", codes.get(line.donor, line.donor)) for line in lines]

    return replace(
        counted,
        contacts=owned(stated.contacts),
        reminders=owned(stated.reminders),
        clearances=owned(stated.clearances),
        payers=owned(counted.payers),
        confirmations=owned(stated.confirmations),
        waivers=[_renamed(line, "subject", codes.get(line.subject, line.subject)) for line in stated.waivers],
    )


def survivors(merges: Iterable[DonorMerge]) -> dict[str, str]:
    """Return the code of the registration that survives, by that of each that was merged into another, at once or by way of others."""
    result: dict[str, str] = {}
    for merge in merges:
        into = result.get(merge.into, merge.into)
        if into != merge.donor:
            result |= {code: into for code, last in result.items() if last == merge.donor} | {merge.donor: into}
    return result


def _until(officer: Officer, ends: Sequence[OfficerEnd]) -> Officer:
    """Return an appointment with its last day.

    That of the first end after it, where it does not end before by itself.
    """
    days = [end.day for end in ends if end.officer == officer.officer and officer.day <= end.day]
    last = min([*days, officer.until or date.max])
    return _renamed(officer, "until", None if last == date.max else last)


def _renamed(line: Line, key: str, value: object) -> Line:
    return line if getattr(line, key) == value else line.model_copy(update={key: value})
