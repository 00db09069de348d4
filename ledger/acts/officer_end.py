"""Record that an officer leaves office."""

from ledger.acts import values
from ledger.acts.act import Act, Choice, Field, FieldType
from ledger.acts.directives import custom
from ledger.acts.donor import FILE, choose_one
from ledger.acts.entry import day_from
from ledger.book.append import Entries
from ledger.ground.errors import InvalidEntryError
from ledger.ground.periods import today
from ledger.ground.phrases import phrase
from ledger.law.approvals import officers_on


def _officers(act: Act) -> list[str]:
    return sorted({officer.officer for officer in act.fund.directives.officers})


OFFICER = FieldType(
    "OFFICER",
    lambda act, text: choose_one(_officers(act), text),
    choices=lambda act: [Choice(name) for name in sorted(officers_on(act.fund, today()))],
)


class EndOffice(Act):
    """Record that OFFICER leaves office at the end of a day. What it recorded and approved until then stands."""

    name = "officer-end"
    example = "vfund officer-end finance-officer-2 --date 2026-10-31 --reason 'Rotation, memorandum of 15 October'"

    who = Field[str](OFFICER, "Officer, such as finance-officer-2", argument=True, word="officer")
    day = day_from("Last day in office", values.DUE)
    reason = Field[str](values.TEXT, "Why, and by which document")

    def entries(self) -> Entries:
        """Return the end of the office.

        Raises:
            InvalidEntryError: when the officer is not in office on that day.

        """
        if self.who not in officers_on(self.fund, self.day):
            raise InvalidEntryError(phrase("{who} is not in office on {day}: nothing ends", who=self.who, day=self.day))
        result = [custom("officer-end", self.day, (self.who,), {"reason": self.reason})]
        return Entries(result, f"{self.who}: in office until {self.day}", {}, FILE)
