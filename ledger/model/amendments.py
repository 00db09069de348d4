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


def amended(directives: Directives) -> Directives:
    """Return directives as they count.

    Offices until their end, payers that are still known, and what is said of a donor under the registration that
    survives.
    """
    officers = (
        [_until(officer, directives.officer_ends) for officer in directives.officers]
        if directives.officer_ends
        else None
    )
    result = replace(directives, officers=officers or directives.officers, payers=directives.known_payers())
    if not directives.merges:
        return result
    codes = survivors(directives.merges)

    def rename_owners(lines: Sequence[Owned]) -> list[Owned]:
        return [_rename(line, "donor", codes.get(line.donor, line.donor)) for line in lines]

    return replace(
        result,
        contacts=rename_owners(directives.contacts),
        reminders=rename_owners(directives.reminders),
        clearances=rename_owners(directives.clearances),
        payers=rename_owners(result.payers),
        confirmations=rename_owners(directives.confirmations),
        waivers=[_rename(line, "subject", codes.get(line.subject, line.subject)) for line in directives.waivers],
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
    return _rename(officer, "until", None if last == date.max else last)


def _rename(line: Line, key: str, value: object) -> Line:
    return line if getattr(line, key) == value else line.model_copy(update={key: value})
