"""Record to whom letters to a donor go, and that a donor was reminded."""

from ledger.acts import values
from ledger.acts.act import Act, Field
from ledger.acts.directives import custom
from ledger.acts.donor import FILE, LANGUAGE
from ledger.acts.entry import day_from
from ledger.book.append import Entries
from ledger.ground.errors import InvalidEntryError
from ledger.ground.phrases import phrase
from ledger.language.models import Donor


class SetContact(Act):
    """Record to whom the letters to DONOR go from a day on, until the next contact: a person or an office, an address, an e-mail, a language."""  # noqa: W505 - a sentence of the help

    name = "contact"
    example = "vfund contact ARG --addressee 'The Permanent Representative' --address '1816 Corcoran St; Washington, DC' --language es"

    donor = Field[Donor](values.DONOR, "Donor (code or name)", argument=True)
    day = day_from("Since when")
    addressee = Field[str | None](values.TEXT, "To whom: a person or an office", optional=True)
    address = Field[str | None](values.TEXT, "Address, its lines with semicolons between them", optional=True)
    email = Field[str | None](values.TEXT, "E-mail", optional=True)
    language = Field[str | None](LANGUAGE, "Language of its letters", optional=True)

    def entries(self) -> Entries:
        """Return the contact.

        Raises:
            InvalidEntryError: when nothing is said of it, or the donor has one of that day.

        """
        meta = {
            "addressee": self.addressee,
            "address": self.address,
            "email": self.email,
            "language": self.language,
        }
        if not any(meta.values()):
            words = ", ".join(self.word(name) for name in meta)
            raise InvalidEntryError(phrase("a contact says something: give {words}, or some of them", words=words))
        if any(c.donor == self.donor.code and c.day == self.day for c in self.fund.directives.contacts):
            raise InvalidEntryError(
                phrase(
                    "{donor} has a contact of {day} already: correct that in the book, or give another date",
                    donor=self.donor.code,
                    day=self.day,
                )
            )
        result = [custom("donor-contact", self.day, (self.donor.code,), meta)]
        return Entries(result, f"{self.donor.code}: contact from {self.day}", {}, FILE)


class Remind(Act):
    """Record that DONOR was sent a reminder (`vfund letter reminder`) of what was overdue: `vfund overdue` shows the last one."""

    name = "remind"
    example = "vfund remind Argentina --date 2026-12-01 --note 'by note verbale'"

    donor = Field[Donor](values.DONOR, "Donor (code or name)", argument=True)
    day = day_from("Day of the letter", values.PAST_DAY)
    note = Field[str | None](values.TEXT, "Note, such as how it was sent", optional=True)

    def entries(self) -> Entries:
        """Return the reminder.

        Raises:
            InvalidEntryError: when nothing was overdue on its day, or it is recorded already.

        """
        own = (i for i in self.fund.instalments.values() if i.account.donor == self.donor.account)
        if not any(i.overdue(self.day) for i in own):
            raise InvalidEntryError(
                phrase(
                    "nothing of {donor} was overdue on {day}: there was nothing to remind of",
                    donor=self.donor.code,
                    day=self.day,
                )
            )
        if any(r.donor == self.donor.code and r.day == self.day for r in self.fund.directives.reminders):
            raise InvalidEntryError(
                phrase("a reminder of {donor} of {day} is recorded already", donor=self.donor.code, day=self.day)
            )
        result = [custom("reminder", self.day, (self.donor.code,), {"by": self.officer, "note": self.note})]
        return Entries(result, f"{self.donor.code}: reminded on {self.day}")
