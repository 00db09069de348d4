"""Let one case pass a rule, with a reason, an approver and an end."""

from collections.abc import Sequence
from datetime import date

from ledger.acts import values
from ledger.acts.act import Act, Field
from ledger.acts.agreements import in_order
from ledger.acts.directives import waiver
from ledger.acts.entry import day_from
from ledger.acts.relations import Relation, Word
from ledger.book.append import Entries
from ledger.ground.phrases import N_

RULE = values.rule_of(N_("the rule {rule!r} holds the book together and cannot be waived"))


class Waive(Act):
    """Waive RULE for SUBJECT: a pledge, a donor's code, a receipt number, an unclaimed receipt, or the digest of an entry.

    It covers what is dated from its first day to its last. Every waiver is printed in the export. Treasurers waive.
    """

    name = "waive"
    role = "treasurer"
    example = "vfund waive agreement-required PL-2026-001 --reason 'Signed copy follows' --expires 2026-12-31 --by treasurer-1"

    rule = Field[str](RULE, "Rule", argument=True)
    subject = Field[str](values.TEXT, "Subject: a pledge, a donor's code, a receipt number, …", argument=True)
    reason = Field[str](values.TEXT, "Why this case may pass")
    day = day_from("First day of the waiver")
    expires = Field[date](values.DUE, "Last day of the waiver", verify=values.in_order("day", "expires"))

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:
        """Return which fields must agree with each other."""
        return (in_order(word("day"), word("expires")),)

    def entries(self) -> Entries:
        """Return the waiver."""
        line = waiver(
            self.rule, self.subject, self.day, reason=self.reason, approved_by=str(self.officer), expires=self.expires
        )
        return Entries([line], f"{self.rule} waived for {self.subject}")
