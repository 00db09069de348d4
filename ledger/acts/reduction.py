"""Record that a pledge, or a part of it, will not come: reduced by its donor, or written off by the fund."""

from collections.abc import Sequence
from typing import ClassVar

from beancount.core.amount import Amount

from ledger.acts import agreements, compose, values
from ledger.acts.act import Field
from ledger.acts.allocations import Allocation, allocations_from
from ledger.acts.entry import EntryAct, day_of_entry, narration, reason
from ledger.acts.relations import Relation, Word
from ledger.book.append import Entries
from ledger.ground.errors import InvalidEntryError
from ledger.ground.phrases import phrase
from ledger.language.kinds import Kind


class GivingUp(EntryAct):
    """What both acts share: from which pledge, how much, and why."""

    kind: ClassVar[Kind]
    what: ClassVar[str]

    day = day_of_entry()
    pledge = Field[str](
        values.PLEDGE_OR_INSTALMENT,
        "Pledge or instalment",
        choices=lambda act: [*values.open_choices(act), *values.open_choices(act, "announced")],
        argument=True,
    )
    amount = Field[Amount | None](
        values.AMOUNT,
        "Amount (empty: all that is outstanding)",
        "How much (default: all that is outstanding).",
        optional=True,
        verify=lambda act: act.takes(),
    )
    reason = reason()
    narration: Field[str]

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:
        """Return that the amount is in the currency of the pledge."""
        return (agreements.in_its_currency(word("pledge"), word("amount")),)

    def takes(self) -> list[Allocation]:
        """Return what is taken from which instalment.

        Raises:
            InvalidEntryError: when nothing is outstanding, or not as much.

        """
        if self.pledge is None or self.day is None:
            return []
        result = allocations_from(self.fund, self.pledge, self.amount, self.day)
        if not result:
            raise InvalidEntryError(phrase("nothing is outstanding on {pledge}", pledge=self.pledge))
        return result

    def entries(self) -> Entries:
        """Return what is given up."""
        takes, day, words = self.takes(), self.day, self.narration
        meta = self.notes(reason=self.reason)
        txn = compose.give_up(self.fund, self.kind, takes, day=day, narration=words, meta=meta)
        return Entries([txn], f"{takes[0].instalment.pledge}: {self.what}")


class Reduce(GivingUp):
    """Record that the donor promises less: a reduction of PLEDGE or of one instalment."""

    name = "reduce"
    example = "vfund reduce PL-2026-001/2 --amount '10000 USD' --reason 'Letter of 12 May'"
    kind = Kind.REDUCTION
    what = "reduction"
    narration = narration("Reduction")


class WriteOff(GivingUp):
    """Record that the fund no longer expects PLEDGE, or one instalment of it."""

    name = "write-off"
    example = "vfund write-off PL-2026-001/2 --reason 'Decision of the Secretary General, 12 May'"
    kind = Kind.WRITE_OFF
    what = "write-off"
    narration = narration("Write-off")
