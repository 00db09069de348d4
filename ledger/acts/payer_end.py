"""Record that a donor does not pay under a name."""

from collections.abc import Sequence

from ledger.acts import values
from ledger.acts.act import Act, Choice, Field, FieldType
from ledger.acts.directives import custom
from ledger.acts.donor import choose_one
from ledger.acts.entry import day_from
from ledger.book.append import Entries
from ledger.ground.errors import InvalidEntryError
from ledger.ground.phrases import phrase
from ledger.language.models import Donor


def _payers(act: Act) -> Sequence[Choice]:
    """Return the names under which the donor pays."""
    donor = act.values.get("donor")
    return [Choice(payer.name) for payer in act.fund.directives.payers if donor and payer.donor == donor.code]


PAYER = FieldType("NAME", lambda act, text: choose_one([choice.text for choice in _payers(act)], text), choices=_payers)


class ForgetPayer(Act):
    """Record that DONOR does not pay under a name, any more or at all: imports no longer take its credits for those of the donor."""

    name = "payer-end"
    example = "vfund payer-end ARG 'TESORERIA GENERAL DE LA NACION' --reason 'Accepted in error'"

    donor = Field[Donor](values.DONOR, "Donor (code or name)", argument=True)
    title = Field[str](PAYER, "Name, as it was recorded", argument=True, word="name")
    reason = Field[str](values.TEXT, "Why")
    day = day_from("Since when")

    def entries(self) -> Entries:
        """Return the end of the payer.

        Raises:
            InvalidEntryError: when the payer is recorded for a later day.

        """
        code = self.donor.code
        since = max(p.day for p in self.fund.directives.payers if (p.donor, p.name) == (code, self.title))
        if since > self.day:
            raise InvalidEntryError(
                phrase(
                    "{code} pays as {title} since {begun}: give a {day_option} from then on",
                    code=code,
                    title=self.title,
                    begun=since,
                    day_option=self.word("day"),
                )
            )
        result = [custom("payer-end", self.day, (code, self.title), {"by": self.officer, "reason": self.reason})]
        return Entries(result, f"{code} does not pay as {self.title}")
