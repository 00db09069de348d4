"""What becomes of the new lines of a bank account: linked, proposed, unclaimed, or a movement of the bank.

The credits of a day are matched together, so that the book does not depend on how a year is cut into files.
"""

from collections.abc import Iterator, Sequence
from shlex import quote

from beancount.core.data import Directive

from importers.ground.configuration import Banks
from importers.ground.records import Line, Nature
from importers.matching.credits import open_instalments
from importers.matching.matcher import Match, Matcher
from importers.matching.names import Names
from importers.matching.texts import looks_like
from importers.plans.booking import Bookkeeper, as_credit
from importers.plans.movements import IdentifiedLine
from importers.plans.plan import Outcome, OutcomeKind, PlanContext
from importers.plans.proposals import unclaimed_credits
from importers.plans.returned import explain_way_out, find_returned_credit, name_of
from ledger.ground.errors import InvalidEntryError
from ledger.ground.money import ZERO
from ledger.language.accounts import IN_TRANSIT
from ledger.model.entries import Entry

Booking = tuple[Sequence[Directive], Outcome]
"""The entries that a line makes, and what became of it."""


class LinePlanner:
    """Plans the lines of one file, day by day: what one credit settles is no longer outstanding for the next."""

    def __init__(self, context: PlanContext, banks: Banks, keeper: Bookkeeper) -> None:
        fund = context.fund
        self.context, self.banks, self.keeper = context, banks, keeper
        self.names = Names.of(fund)
        self.matcher = Matcher(fund, self.names, open_instalments(fund), unclaimed_credits(fund))
        self.reversed_entries: list[Entry] = []

    def plan_day(self, items: Sequence[IdentifiedLine], bank: str) -> Iterator[Booking]:
        """Yield what becomes of each new line of one day."""
        credits_ = [item for item in items if _is_credit(item.line) and not self._is_transfer(item.line, bank)]
        matches = self.matcher.match([as_credit(item) for item in credits_ if item.import_id not in self.context.held])
        ids = {item.import_id for item in credits_}
        for item in items:
            if item.import_id in ids:
                yield self._book_credit(item, bank, matches.get(item.import_id))
            else:
                yield self._book_movement(item, bank)

    def _book_credit(self, item: IdentifiedLine, bank: str, match: Match | None) -> Booking:
        """Book a receipt where the match is certain.

        Else the money waits as an unclaimed receipt, with what speaks against the match.
        """
        finding = self.context.held.get(item.import_id)
        remark = finding.message if finding else match.against if match else ""
        if match is not None and match.certain:
            try:
                receipt = self.keeper.book_receipt(item, bank, match)
                return receipt, Outcome(item.line, bank, OutcomeKind.LINKED, match)
            except InvalidEntryError as error:
                remark = str(error)
        kind = OutcomeKind.PROPOSED if match is not None else OutcomeKind.UNCLAIMED
        waiting = self.keeper.book_unclaimed(item, bank)
        if match is None and looks_like(item.line.text) is Nature.INTEREST:
            remark = "; ".join(
                [*([remark] if remark else []), f"looks like interest: `vfund interest {min(waiting.links)}`"]
            )
        return [waiting], Outcome(item.line, bank, kind, match, remark)

    def _book_movement(self, item: IdentifiedLine, bank: str) -> Booking:
        """Book what is no credit of a payer, by what the bank says that it is."""
        line, keeper = item.line, self.keeper
        taken_back = line.reversal or line.nature is Nature.RETURN
        if item.import_id in self.context.held and not taken_back:
            mend = "; with `--charges-for PURPOSE` a purpose bears it, else an #expenditure entry settles it later"
            remark = self._refusal(item) + mend
            return [keeper.book_payment(item, bank)], Outcome(line, bank, OutcomeKind.PAYMENT, remark=remark)
        if self._is_transfer(line, bank):
            return [keeper.book_transfer(item, bank)], Outcome(line, bank, OutcomeKind.TRANSFER)
        if line.nature is Nature.INTEREST and line.number > ZERO:
            return [keeper.book_interest(item, bank)], Outcome(line, bank, OutcomeKind.INTEREST)
        if line.nature in {Nature.CHARGES, Nature.INTEREST} and line.number < ZERO:
            purpose = self.context.options.charges_for
            return [keeper.book_charges(item, bank, purpose)], Outcome(line, bank, OutcomeKind.CHARGES)
        if line.number > ZERO or taken_back:
            return self._book_return(item, bank)
        remark = ""
        if looks_like(line.text) in {Nature.CHARGES, Nature.INTEREST}:
            remark = f"looks like a bank charge: `vfund bank-charge {quote(item.reference)}`"
        return [keeper.book_payment(item, bank)], Outcome(line, bank, OutcomeKind.PAYMENT, remark=remark)

    def _book_return(self, item: IdentifiedLine, bank: str) -> Booking:
        """Reverse the receipt of a credit that the bank took back, where it is certain which.

        Else a person decides, and it is a payment as is money that came back.
        """
        if item.line.number > ZERO:
            return [self.keeper.book_payment(item, bank)], Outcome(item.line, bank, OutcomeKind.RETURNED)
        result = find_returned_credit(self.context.fund, self.names, item, bank)
        if (
            result.certain is not None
            and item.import_id not in self.context.held
            and result.certain not in self.reversed_entries
        ):
            self.reversed_entries.append(result.certain)
            remark = f"{name_of(result.certain)} is taken back: what it settled is outstanding again"
            reversal = self.keeper.book_return(item, result.certain)
            return reversal, Outcome(item.line, bank, OutcomeKind.RETURNED, remark=remark)
        remark = "; ".join(part for part in (self._refusal(item), explain_way_out(item, result)) if part)
        payment = self.keeper.book_payment(item, bank)
        marked_payment = payment._replace(meta=payment.meta | {"returned": True})
        return [marked_payment], Outcome(item.line, bank, OutcomeKind.RETURNED, remark=remark)

    def _refusal(self, item: IdentifiedLine) -> str:
        """Return why the rules refused what a line would be, without how to mend it; empty where they did not."""
        finding = self.context.held.get(item.import_id)
        return str(finding.what).rstrip(".") if finding else ""

    def _is_transfer(self, line: Line, bank: str) -> bool:
        """Return whether a line is one end of a transfer between two accounts of the fund."""
        other = self.banks.find((line.party.account,)) if line.party.account else None
        return other is not None and other.account != bank and IN_TRANSIT in self.context.fund.contents.opens


def _is_credit(line: Line) -> bool:
    return line.number > ZERO and line.nature is Nature.PAYMENT and not line.reversal
