"""Record that two registrations are of one donor."""

from ledger.acts import values
from ledger.acts.act import Act, Choice, Field, FieldType
from ledger.acts.directives import custom
from ledger.acts.donor import FILE
from ledger.acts.entry import day_from
from ledger.acts.lookup import find_donor
from ledger.book.append import Entries
from ledger.ground.errors import InvalidEntryError
from ledger.ground.phrases import phrase
from ledger.language.models import Donor


def _find_registration(act: Act, text: str) -> Donor:
    """Read a donor, and say that of a code which was merged before."""
    result = find_donor(act.fund, text)
    if any(merge.donor == text.strip().upper() for merge in act.fund.directives.merges):
        raise InvalidEntryError(
            phrase("{code} was merged into {survivor} before", code=text.strip().upper(), survivor=result.code)
        )
    return result


REGISTERED = FieldType(
    "DONOR",
    _find_registration,
    choices=lambda act: [Choice(donor.code, donor.name_en) for donor in act.fund.registry.donors.values()],
)


class MergeDonors(Act):
    """Record that DONOR and INTO are one donor, registered twice: INTO survives, and what DONOR gave and promised is found under it.

    No entry changes. Reports that are made from now on show one donor, whatever day they speak of.
    """

    name = "donor-merge"
    example = "vfund donor-merge PUENTES FUNDACION-PUENTES --reason 'Registered twice; statutes of 1 February'"

    donor = Field[Donor](REGISTERED, "Registration that goes (code or name)", argument=True)
    into = Field[Donor](
        REGISTERED, "Registration that survives (code or name)", argument=True, verify=lambda act: act.is_another()
    )
    reason = Field[str](values.TEXT, "Why, and by which document")
    day = day_from("Day of the record")

    def is_another(self) -> None:
        """Refuse a donor that is merged into itself."""
        if self.donor is not None and self.into is not None and self.donor.code == self.into.code:
            raise ValueError(phrase("{code} is the same registration", code=self.into.code))

    def entries(self) -> Entries:
        """Return the merge.

        Raises:
            InvalidEntryError: when the two have different categories on a day of which the book has an entry of the
                donor.

        """
        registry = self.fund.registry
        for entry in self.fund.entries:
            day = entry.txn.date
            if any(leg.account.donor == self.donor.account for leg in entry.owned):
                one, other = (registry.standing(item.code, day).category for item in (self.donor, self.into))
                if one != other:
                    raise InvalidEntryError(
                        phrase(
                            "on {day} {code} gives as {one} and {survivor} as {other}: one donor has one category; if they are one, correct the category of {survivor} first (`vfund donor-status`)",
                            day=day,
                            code=self.donor.code,
                            one=one,
                            survivor=self.into.code,
                            other=other,
                        )
                    )
        words = (self.donor.code, self.into.code)
        result = [custom("donor-merge", self.day, words, {"reason": self.reason})]
        subject = f"{self.donor.code} is {self.into.code}"
        return Entries(result, subject, {"donor": self.into.code}, FILE)
