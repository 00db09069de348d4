"""Take an entry back that was recorded wrongly, or that the bank took back."""

from collections.abc import Sequence

from ledger.acts import values
from ledger.acts.act import Act, Choice, Field, FieldType
from ledger.acts.directives import describe_entry
from ledger.acts.entry import EntryAct, day_of, narration
from ledger.acts.lookup import find_entry
from ledger.acts.relations import Relation, Word, needs
from ledger.acts.reversing import THROUGH, name_of, returned_payment, standing_entries, take_back
from ledger.book.append import Entries
from ledger.ground.errors import InvalidEntryError
from ledger.ground.phrases import phrase
from ledger.language.kinds import Kind
from ledger.model.entries import Entry

_EVERY = frozenset(Kind)


def _entry(act: Act, text: str) -> Entry:
    """Find an entry that is no reversal and that none takes back."""
    plain = text.strip()
    try:
        return find_entry(act.fund, plain, standing_entries(act.fund, _EVERY))
    except InvalidEntryError as error:
        reversed_numbers = {str(entry.txn.meta.get("corrects")) for entry in act.fund.entries if entry.reversal}
        if plain.upper() in reversed_numbers:
            raise InvalidEntryError(phrase("{text!r} is reversed already", text=text)) from error
        raise


def _choices(act: Act) -> Sequence[Choice]:
    result = standing_entries(act.fund, _EVERY - {Kind.INDIRECT_COSTS})
    return [Choice(name, describe_entry(entry.txn)) for entry in result if (name := name_of(entry))]


ENTRY = FieldType("ENTRY", _entry, choices=_choices)


class Reverse(EntryAct):
    """Reverse ENTRY: it stays, and a second one takes it back, as if it had never been.

    ENTRY is a receipt number (R-2026-0004), a pledge or an unclaimed receipt (PL-2026-003, UR-2026-001), FILE:LINE, or
    the digits that `vfund pending` shows. Its number stays used; its bank reference is free again. What hangs on it is
    taken back with it: the charge for indirect costs, and what identified it. Where an import has booked already that
    the bank took a credit back, the reversal settles that payment; else --returned takes the money from the bank
    account.
    """

    name = "reverse"
    example = "vfund reverse R-2026-0004 --reason 'Amount misread; bank notice of 12 September'"

    entry = Field[Entry](ENTRY, "Entry: receipt number, pledge, or its digits", argument=True)
    returned = Field[bool](
        values.YES, "The bank has taken the credit back: what it settled is outstanding again", silent=True
    )
    reason = Field[str](
        values.TEXT,
        "What was wrong, and by which document",
        suggest=lambda act: "Returned by the bank" if act.by_the_bank() else None,
    )
    day = day_of("Date of the reversal")
    bank_reference = Field[str | None](values.TEXT, "The bank's reference of the return", silent=True)
    narration = narration(lambda act: "Returned by the bank" if act.by_the_bank() else "Reversal")

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:
        """Return that the bank's reference is that of a return."""
        return (needs(word("bank_reference"), word("returned")),)

    def by_the_bank(self) -> bool:
        """Return whether the bank took the credit back."""
        return bool(self.returned) or (self.entry is not None and returned_payment(self.fund, self.entry) is not None)

    def entries(self) -> Entries:
        """Return the reversals."""
        payment = returned_payment(self.fund, self.entry)
        meta = self.notes(reason=self.reason, returned=self.by_the_bank() or None)
        if self.bank_reference and payment is None:
            meta["bank-reference"] = self.bank_reference
        through = THROUGH if payment is not None else None
        result = take_back(self.fund, self.entry, day=self.day, narration=self.narration, meta=meta, through=through)
        return Entries(result, f"{name_of(self.entry)}: reversed")
