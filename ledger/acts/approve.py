"""Approve entries of another officer."""

from collections.abc import Sequence

from ledger.acts import values
from ledger.acts.act import Act, Choice, Field, FieldType
from ledger.acts.directives import approval, describe_entry
from ledger.acts.lookup import find_entry, short
from ledger.acts.relations import Relation, Word, excludes
from ledger.book.append import Entries
from ledger.ground.errors import InvalidEntryError
from ledger.ground.money import show_number
from ledger.ground.periods import today
from ledger.ground.phrases import phrase
from ledger.law.approvals import Approvable, approvable
from ledger.model.fund import Fund


def _waiting(fund: Fund) -> list[Approvable]:
    return [item for item in approvable(fund) if not item.approved]


def _find(act: Act, text: str) -> Approvable:
    """Return what waits; refuse what the officer recorded."""
    waiting = _waiting(act.fund)
    entry = find_entry(act.fund, text, [item.entry for item in waiting])
    result = next(item for item in waiting if item.entry is entry)
    if result.recorder == act.officer:
        raise InvalidEntryError(
            phrase(
                "{officer} recorded {entry} and cannot approve it; another treasurer can",
                officer=str(act.officer),
                entry=describe_entry(entry.txn),
            )
        )
    return result


def _choices(act: Act) -> Sequence[Choice]:
    result = [item for item in _waiting(act.fund) if item.recorder != act.officer]
    meanings = (f"{show_number(item.moved)} {act.fund.unit}, {describe_entry(item.entry.txn)}" for item in result)
    return [Choice(short(item.digest), meaning) for item, meaning in zip(result, meanings, strict=True)]


WAITING = FieldType("ENTRY", _find, choices=_choices)


class Approve(Act):
    """Approve ENTRY (a receipt number, a link, FILE:LINE, or the digits that `vfund pending` shows) as it stands now.

    An edit of the entry voids the approval. The recorder of an entry cannot approve it.
    """

    name = "approve"
    role = "treasurer"
    example = "vfund approve R-2026-0001 --by treasurer-1"

    everything = Field[bool](values.YES, "Approve all that waits", silent=True, word="all")
    chosen = Field[list[Approvable]](
        WAITING,
        "Entry, or --all; `vfund pending` lists what waits",
        argument=True,
        many=True,
        optional=False,
        unless=lambda act: act.everything,
        word="entry",
    )

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:
        """Return which fields exclude each other."""
        return (excludes(word("everything"), word("chosen")),)

    def entries(self) -> Entries:
        """Return the approvals; of all that waits, without what the officer recorded."""
        by_digest = {item.digest: item for item in (_waiting(self.fund) if self.everything else self.chosen)}
        exceptions = [item for item in by_digest.values() if item.recorder in {"", self.officer}]
        lines = [
            approval(item.entry.txn, str(self.officer), today())
            for item in by_digest.values()
            if item not in exceptions
        ]
        return Entries(
            lines,
            f"{len(lines)} approved by {self.officer}",
            {"approved": len(lines)},
            notes=[
                phrase(
                    "{entry}: recorded by {officer}; passed over",
                    entry=describe_entry(item.entry.txn),
                    officer=item.recorder,
                )
                if item.recorder
                else phrase("{entry}: its recorder is not named; passed over", entry=describe_entry(item.entry.txn))
                for item in exceptions
            ],
        )
