"""To whom the letters to a donor go on a day."""

from dataclasses import dataclass
from datetime import date

from ledger.language.models import Donor, DonorContact
from ledger.model.fund import Fund


@dataclass(frozen=True, slots=True)
class Contact:
    """Addressee, address, e-mail and language of a donor's letters; empty where the book does not say."""

    addressee: str = ""
    address: tuple[str, ...] = ()
    email: str = ""
    language: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The contact as it stands on a list."""
        return tuple(line for line in (self.addressee, *self.address, self.email) if line)


def contact_on(fund: Fund, donor: Donor, day: date) -> Contact:
    """Return the contact in force on a day, the last `donor-contact` by then.

    What it leaves out is as the donor itself has it.
    """
    last = max((c for c in fund.directives.contacts if c.donor == donor.code and c.day <= day), key=_day, default=None)
    address = (last.address if last else None) or donor.address
    language = (last.language if last else None) or donor.language
    return Contact(
        (last.addressee if last else None) or "",
        lines_of(address),
        (last.email if last else None) or "",
        language or "",
    )


def lines_of(address: str | None) -> tuple[str, ...]:
    """Return the lines of an address, which are separated by semicolons."""
    return tuple(line.strip() for line in (address or "").split(";") if line.strip())


def last_reminder(fund: Fund, donor: Donor, due: date, day: date) -> date | None:
    """Return when a donor was last reminded of what was due, by a day.

    A reminder from before the due date was of something else.
    """
    result = (r.day for r in fund.directives.reminders if r.donor == donor.code and due < r.day <= day)
    return max(result, default=None)


def _day(contact: DonorContact) -> date:
    return contact.day
