"""Record the result of the due diligence on a donor."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ledger.acts import values
from ledger.acts.act import Act, Choice, Field, FieldType
from ledger.acts.agreements import in_order
from ledger.acts.directives import clearance
from ledger.acts.entry import day_from
from ledger.acts.relations import Relation, Word
from ledger.book.append import Entries
from ledger.book.papers import find_places
from ledger.language.models import Donor
from ledger.law.evidence import FOLDER

RESULTS = ("cleared", "refused")
RESULT = FieldType("RESULT", values.one_of(RESULTS), choices=lambda _act: [Choice(result) for result in RESULTS])


class Clear(Act):
    """Record the result of the due diligence on DONOR; without one a donor of the category `other` cannot give (rule due-diligence)."""

    name = "clear"
    example = "vfund clear UNHCR --until 2028-01-31 --ceiling 100000 --document due-diligence.pdf"

    donor = Field[Donor](values.DONOR, "Donor (code or name)", argument=True)
    result = Field[str](RESULT, "Result", suggest="cleared")
    day = day_from("Day of the result", values.PAST_DAY)
    until = Field[date](values.DUE, "Last day on which it is valid", verify=values.in_order("day", "until"))
    ceiling = Field[Decimal](values.NUMBER, "How much the donor may give under it, in the unit of account")
    document = Field[Path](values.DOCUMENT, "Report of the due diligence (a file)")

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:
        """Return which fields must agree with each other."""
        return (in_order(word("day"), word("until")),)

    def entries(self) -> Entries:
        """Return the clearance.

        Raises:
            InvalidDocumentError: when the report cannot be filed.

        """
        paper = find_places(self.fund.main, [self.document], self.day, self.donor.code)[0]
        meta: dict[str, Any] = {
            "result": self.result,
            "until": self.until,
            "ceiling": self.ceiling,
            "document": str(paper.copy.relative_to(self.fund.main.parent / FOLDER)),
            "sha256": paper.sha256,
        }
        line = clearance(self.donor.code, self.day, **meta, by=self.officer or "finance-officer")
        return Entries([line], f"{self.donor.code}: due diligence, {self.result}", papers=[paper])
