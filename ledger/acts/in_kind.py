"""Record a contribution in kind."""

from collections.abc import Sequence
from datetime import date

from beancount.core.amount import Amount

from ledger.acts import agreements, compose, values
from ledger.acts.act import Act, Choice, Field, FieldType
from ledger.acts.allocations import Allocation
from ledger.acts.entry import EntryAct, day_of, narration
from ledger.acts.relations import Relation, Word
from ledger.book.append import Entries
from ledger.ground.phrases import N_, phrase
from ledger.language.models import Donor
from ledger.model.pledges import Instalment

_PREFIX = "Expenses:InKind:"


def _uses(act: Act) -> Sequence[Choice]:
    return [Choice(name.removeprefix(_PREFIX)) for name in act.fund.contents.opens if name.startswith(_PREFIX)]


def _use(act: Act, text: str) -> str:
    names = [choice.text for choice in _uses(act)]
    if text not in names:
        has = ", ".join(names) or N_("none")
        raise ValueError(
            phrase("{text!r} is not an object of use in kind; the book has: {known}", text=text, known=has)
        )
    return text


USE = FieldType("OBJECT", _use, choices=_uses)


class InKind(EntryAct):
    """Record a contribution in kind at its value; it never enters the fund balance."""

    name = "in-kind"
    example = "vfund in-kind --donor PAN --value '12000 USD' --use Premises --valuation 'Letter of the donor'"

    donor = Field[Donor](values.DONOR, "Donor (code or name)")
    day = day_of("Date of the entry")
    value = Field[Amount](values.AMOUNT, "Fair value, such as 12000 USD", "Fair value.")
    use = Field[str](
        USE,
        "What it is",
        "What it is, an account below Expenses:InKind.",
        suggest=lambda act: [c.text for c in _uses(act)[:1]],
    )
    valuation = Field[str](values.TEXT, "How the value was found")
    converts = Field[list[list[Allocation]]](
        values.SETTLED,
        "What of a pledge it replaces",
        "What of a pledge it replaces (repeat it).",
        choices=lambda act: [values.choice_of(act, item) for item in act.owed],
        asks=lambda act: bool(act.owed),
        many=True,
    )
    narration = narration("Contribution in kind")

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:
        """Return that what is replaced is of the donor."""
        return (agreements.one_donor(word("donor"), word("converts"), donor=word("donor")),)

    @property
    def owed(self) -> list[Instalment]:
        """The instalments that it may replace."""
        return values.open_instalments(self, self.donor.account) if self.donor else []

    def entries(self) -> Entries:
        """Return the contribution."""
        takes = [take for some in self.converts for take in some]
        meta = self.notes(valuation=self.valuation)
        day: date = self.day
        txn = compose.in_kind(
            self.fund, self.donor, self.value, self.use, takes, day=day, narration=self.narration, meta=meta
        )
        return Entries([txn], f"In kind from {self.donor.name_en}")
