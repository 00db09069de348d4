"""Appoint an officer, or end an office; record under which name a donor pays; declare a purpose."""

from datetime import date
from typing import Any

from ledger.acts import values
from ledger.acts.act import Act, Choice, Entries, Field, FieldType
from ledger.acts.directives import custom, payer
from ledger.acts.donor import FILE, choose_one, match_pattern
from ledger.ground.periods import today
from ledger.language.models import SLUG, Donor

ROLES = ("finance-officer", "treasurer", "auditor")
NEW_SLUG = FieldType("NAME", lambda _act, text: match_pattern(SLUG, text))
ROLE = FieldType(
    "ROLE", lambda _act, text: choose_one(ROLES, text), choices=lambda _act: [Choice(role) for role in ROLES]
)


def _from(question: str) -> Field[date]:
    return Field(values.DAY, question, f"{question} (default: today).", suggest=lambda _: str(today()), word="date")


class AppointOfficer(Act):
    """Appoint OFFICER: a role such as treasurer-2, never a person's name."""

    name = "officer"
    example = "vfund officer finance-officer-2 finance-officer --date 2026-06-01 --until 2027-05-31"

    who = Field[str](NEW_SLUG, "Officer, such as finance-officer-2", argument=True, word="officer")
    role = Field[str](ROLE, "Role", argument=True)
    day = _from("Since when")
    until = Field[date | None](values.DUE, "Until when, where that is known", optional=True)

    def entries(self) -> Entries:
        """Return the appointment."""
        meta: dict[str, Any] = {"until": self.until}
        found = [custom("officer", self.day, (self.who, self.role), meta)]
        return Entries(found, f"{self.who}: {self.role} from {self.day}", {}, FILE)


class ConfirmPayer(Act):
    """Record under which name, and from which account, DONOR pays: imports then know its credits."""

    name = "payer"
    example = "vfund payer ARG 'TESORERIA GENERAL DE LA NACION' --account AR1234567890"

    donor = Field[Donor](values.DONOR, "Donor (code or name)", argument=True)
    title = Field[str](values.TEXT, "Name, as the bank writes it", argument=True, word="name")
    account = Field[str | None](values.TEXT, "Account number from which it pays", optional=True)
    bic = Field[str | None](values.TEXT, "BIC of its bank", optional=True)
    day = _from("Since when")

    def entries(self) -> Entries:
        """Return the payer."""
        line = payer(
            self.donor.code, self.day, self.title, account=self.account or "", bic=self.bic or "", by=self.officer
        )
        return Entries([line], f"{self.donor.code} pays as {self.title}")


class DeclarePurpose(Act):
    """Declare a purpose that money can be earmarked for."""

    name = "purpose"
    example = "vfund purpose legal-aid --name 'Legal aid to migrants' --basis 'AG/RES. 2027, paragraph 12'"

    slug = Field[str](NEW_SLUG, "Short name in small letters, such as legal-aid", argument=True, word="purpose")
    title = Field[str](values.TEXT, "Name in English", word="name")
    name_es = Field[str | None](values.TEXT, "Name in Spanish", optional=True)
    name_fr = Field[str | None](values.TEXT, "Name in French", optional=True)
    name_pt = Field[str | None](values.TEXT, "Name in Portuguese", optional=True)
    basis = Field[str](values.TEXT, "Resolution or decision that it rests on")
    day = _from("Since when")

    def entries(self) -> Entries:
        """Return the purpose."""
        meta = {
            "name-en": self.title,
            "name-es": self.name_es,
            "name-fr": self.name_fr,
            "name-pt": self.name_pt,
            "basis": self.basis,
        }
        found = [custom("purpose", self.day, (self.slug,), meta)]
        return Entries(found, f"Purpose {self.slug}: {self.title}", {}, "purposes.beancount")
