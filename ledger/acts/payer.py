"""Record under which name a donor pays."""

from ledger.acts import values
from ledger.acts.act import Act, Field
from ledger.acts.directives import payer
from ledger.acts.entry import day_from
from ledger.book.append import Entries
from ledger.ground.errors import InvalidEntryError
from ledger.ground.phrases import phrase
from ledger.language.models import Donor


class ConfirmPayer(Act):
    """Record under which name, and from which account, DONOR pays: imports then know its credits."""

    name = "payer"
    example = "vfund payer ARG 'TESORERIA GENERAL DE LA NACION' --account AR1234567890"

    donor = Field[Donor](values.DONOR, "Donor (code or name)", argument=True)
    title = Field[str](values.TEXT, "Name, as the bank writes it", argument=True, word="name")
    account = Field[str | None](values.TEXT, "Account number from which it pays", optional=True)
    bic = Field[str | None](values.TEXT, "BIC of its bank", optional=True)
    day = day_from("Since when")

    def entries(self) -> Entries:
        """Return the payer.

        Raises:
            InvalidEntryError: when it was forgotten on that day or later.

        """
        for end in self.fund.directives.payer_ends:
            if (end.donor, end.name) == (self.donor.code, self.title) and end.day >= self.day:
                raise InvalidEntryError(
                    phrase(
                        "that {donor} pays as {name} was taken back on {day}: give a later {day_option}",
                        donor=end.donor,
                        name=end.name,
                        day=end.day,
                        day_option=self.word("day"),
                    )
                )
        line = payer(
            self.donor.code, self.day, self.title, account=self.account or "", bic=self.bic or "", by=self.officer
        )
        return Entries([line], f"{self.donor.code} pays as {self.title}")
