"""Record a donor's written word that it still means to pay."""

from ledger.acts import values
from ledger.acts.act import Act, Field
from ledger.acts.directives import reconfirmation
from ledger.acts.entry import day_from
from ledger.book.append import Entries
from ledger.model.pledges import Pledge


class Reconfirm(Act):
    """Record that the donor of PLEDGE reconfirmed it in writing; it then does not lapse for some time (rule pledge-lapse)."""

    name = "reconfirm"
    example = "vfund reconfirm PL-2026-001 --source 'Note verbale of 3 May 2026'"

    pledge = Field[Pledge](values.PLEDGE, "Pledge", argument=True)
    source = Field[str](values.TEXT, "The letter or note in which the donor says so")
    day = day_from("Date of the letter", values.PAST_DAY)

    def entries(self) -> Entries:
        """Return the reconfirmation."""
        return Entries([reconfirmation(self.pledge.id, self.day, self.source)], f"{self.pledge.id}: reconfirmed")
