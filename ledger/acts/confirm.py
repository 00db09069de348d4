"""Record what a donor answered to the letter that asked it to confirm its account."""

from ledger.acts import values
from ledger.acts.act import Act, Choice, Field, FieldType
from ledger.acts.directives import confirmation
from ledger.acts.entry import day_from
from ledger.book.append import Entries
from ledger.ground.periods import Quarter
from ledger.ground.phrases import phrase
from ledger.language.models import Donor
from ledger.model.confirmations import donors_to_confirm

ANSWERS = ("agreed", "differs", "no-reply")
QUARTER = FieldType("QUARTER", lambda _act, text: Quarter.parse(text))
ANSWER = FieldType("ANSWER", values.one_of(ANSWERS), choices=lambda _act: [Choice(answer) for answer in ANSWERS])


class ConfirmAccount(Act):
    """Record what DONOR answered about its account at the end of QUARTER; statement 14g tells what the answers cover."""

    name = "confirm"
    example = (
        "vfund confirm Mexico 2016-Q4 --answer agreed --source 'Slip of 3 February 2017, signed' --date 2017-02-03"
    )

    donor = Field[Donor](values.DONOR, "Donor (code or name)", argument=True)
    quarter = Field[Quarter](QUARTER, "Quarter, such as 2016-Q4", argument=True)
    answer = Field[str](ANSWER, "Answer")
    source = Field[str](values.TEXT, "The answer, or the letter that was not answered")
    note = Field[str | None](values.TEXT, "In what it differs, and what was done about it", optional=True)
    day = day_from("Date of the answer", values.PAST_DAY)

    def entries(self) -> Entries:
        """Return the answer, with notes of what is odd about it: nobody asked for it, or there is one already."""
        code, quarter, note = self.donor.code, str(self.quarter), self.note or ""
        line = confirmation(code, quarter, self.day, answer=self.answer, source=self.source, note=note)
        before = [a for a in self.fund.directives.confirmations if (a.donor, a.quarter) == (code, quarter)]
        notes = [
            phrase("its answer of {day} ({answer}) stands too; the newest counts", day=item.day, answer=item.answer)
            for item in before
        ]
        if code not in {item.code for item in donors_to_confirm(self.fund, self.quarter.end)}:
            year, end = str(self.quarter.year), self.quarter.end
            odd = phrase("{code} neither gave in {year} nor has a commitment at {end}", code=code, year=year, end=end)
            notes.insert(0, odd)
        return Entries([line], f"{code}: account {quarter} {self.answer}", notes=notes)
