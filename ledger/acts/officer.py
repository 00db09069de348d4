"""Appoint an officer."""

from datetime import date
from typing import Any

from ledger.acts import values
from ledger.acts.act import Act, Choice, Field, FieldType
from ledger.acts.directives import custom
from ledger.acts.donor import FILE, choose_one, match_pattern
from ledger.acts.entry import day_from
from ledger.book.append import Entries
from ledger.language.patterns import SLUG

ROLES = ("finance-officer", "treasurer", "auditor")
NEW_SLUG = FieldType("NAME", lambda _act, text: match_pattern(SLUG, text))
ROLE = FieldType(
    "ROLE", lambda _act, text: choose_one(ROLES, text), choices=lambda _act: [Choice(role) for role in ROLES]
)


class AppointOfficer(Act):
    """Appoint OFFICER: a role such as treasurer-2, never a person's name."""

    name = "officer"
    example = "vfund officer finance-officer-2 finance-officer --date 2026-06-01 --until 2027-05-31"

    who = Field[str](NEW_SLUG, "Officer, such as finance-officer-2", argument=True, word="officer")
    role = Field[str](ROLE, "Role", argument=True)
    day = day_from("Since when")
    until = Field[date | None](values.DUE, "Until when, where that is known", optional=True)

    def entries(self) -> Entries:
        """Return the appointment."""
        meta: dict[str, Any] = {"until": self.until}
        result = [custom("officer", self.day, (self.who, self.role), meta)]
        return Entries(result, f"{self.who}: {self.role} from {self.day}", {}, FILE)
