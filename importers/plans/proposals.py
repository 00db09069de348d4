"""Proposals: every unclaimed receipt against everything that is outstanding.

Nothing is stored, so they are never out of date.
"""

from dataclasses import dataclass
from datetime import date

from beancount.core.amount import Amount

from importers.ground.records import Nature
from importers.matching.credits import Credit, open_instalments
from importers.matching.matcher import Match, Matcher
from importers.matching.names import Names, Strength
from importers.matching.texts import looks_like
from ledger.ground.errors import InvalidAmountError
from ledger.ground.spelling import spell
from ledger.ground.values import parse_amount
from ledger.model.fund import Fund
from ledger.model.unclaimed import Unclaimed


@dataclass(frozen=True, slots=True)
class Proposal:
    """An unclaimed receipt, what is left of it in its own currency, and the best reading (None: it is like nothing)."""

    item: Unclaimed
    outstanding: Amount
    match: Match | None

    @property
    def looks_like_interest(self) -> bool:
        """Whether it is like no contribution, all of it is left, and its text speaks of interest."""
        txn, whole = self.item.opened.txn, self.item.changes[0].units
        return (
            self.match is None
            and self.outstanding.number == whole
            and looks_like(txn.narration or "") is Nature.INTEREST
        )


def propose(fund: Fund, day: date) -> list[Proposal]:
    """Return a proposal for every receipt that is not identified at the end of a day, the surest first.

    What is promised by then counts.
    """
    waiting = [item for item in fund.unclaimed.values() if item.opened.txn.date <= day and item.outstanding(day)]
    credits_ = {item.link: _credit(item, day) for item in waiting}
    matches = Matcher(fund, Names.of(fund), open_instalments(fund)).match(list(credits_.values()))
    result = [Proposal(item, item.outstanding_amount(day), matches.get(item.link)) for item in waiting]
    return sorted(result, key=lambda p: (-(p.match.score if p.match else -1), p.item.opened.txn.date, p.item.link))


def unclaimed_credits(fund: Fund) -> list[Credit]:
    """Return every unclaimed receipt as the matcher sees it."""
    return [_credit(item, item.opened.txn.date) for item in fund.unclaimed.values() if item.outstanding()]


def _credit(item: Unclaimed, day: date) -> Credit:
    """Return an unclaimed receipt as the matcher sees it; what the payer ordered counts while all of it is left."""
    outstanding, txn, whole = item.outstanding_amount(day), item.opened.txn, item.changes[0].units
    try:
        instructed = parse_amount(str(txn.meta.get("instructed", ""))) if outstanding.number == whole else None
    except InvalidAmountError:
        instructed = None
    account, bic = (str(txn.meta.get(key, "")) for key in ("payer-account", "payer-bic"))
    return Credit(item.link, txn.date, outstanding, txn.payee or "", account, txn.narration, instructed, bic, by=day)


def is_new_name(fund: Fund, name: str, donor: str, account: str) -> bool:
    """Return whether a payer's name, with its account, would teach the book something about a donor."""
    result = Names.of(fund).identify(name, account)
    return bool(spell(name)) and (result.donor != donor or result.strength < Strength.NAME)
