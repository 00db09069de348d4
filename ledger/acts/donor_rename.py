"""Record that the official name of a donor changes."""

from ledger.acts import values
from ledger.acts.act import Act, Field
from ledger.acts.directives import custom
from ledger.acts.donor import FILE
from ledger.acts.entry import day_from
from ledger.book.append import Entries
from ledger.ground.errors import InvalidEntryError
from ledger.ground.phrases import phrase
from ledger.language.models import Donor


class RenameDonor(Act):
    """Record that DONOR is called otherwise from a day on. What speaks of an earlier day keeps the former name, by which it is still found.

    The code and the accounts stay. A language that is left out has the English name.
    """

    name = "donor-rename"
    example = (
        "vfund donor-rename TUR 'Türkiye' --name-es 'Türkiye' --date 2026-06-01 --evidence 'Note verbale of 31 May'"
    )

    donor = Field[Donor](values.DONOR, "Donor (code or name)", argument=True)
    title = Field[str](values.TEXT, "New name, in English or its own language", argument=True, word="name")
    name_es = Field[str | None](values.TEXT, "Name in Spanish (empty: the same)", "Name in Spanish.", optional=True)
    name_fr = Field[str | None](values.TEXT, "Name in French (empty: the same)", "Name in French.", optional=True)
    name_pt = Field[str | None](
        values.TEXT, "Name in Portuguese (empty: the same)", "Name in Portuguese.", optional=True
    )
    day = day_from("Since when")
    evidence = Field[str](values.TEXT, "By which document")

    def entries(self) -> Entries:
        """Return the new names.

        Raises:
            InvalidEntryError: when the donor has new names from that day on already.

        """
        code = self.donor.code
        if any(name.donor == code and name.day == self.day for name in self.fund.directives.names):
            raise InvalidEntryError(
                phrase("{code} has a new name from {day} on already: give another date", code=code, day=self.day)
            )
        meta = {
            "name-en": self.title,
            "name-es": self.name_es,
            "name-fr": self.name_fr,
            "name-pt": self.name_pt,
            "evidence": self.evidence,
        }
        result = [custom("donor-name", self.day, (code,), meta)]
        return Entries(result, f"{code}: {self.title} from {self.day}", {"donor": code}, FILE)
