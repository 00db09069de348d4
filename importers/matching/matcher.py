"""Match the credits of a day with what is outstanding, all at once and one to one.

What is left over is split, joined, proposed, or left alone.

A match that is *certain* is booked without asking. Everything else is a proposal for a person, or nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from beancount.core.amount import Amount

from importers.matching.credits import (
    Credit,
    OpenInstalment,
    Relation,
    compare,
    is_short_by_charges,
    is_worth,
    sum_outstanding,
)
from importers.matching.edges import (
    AMOUNT,
    IDENTITY,
    NAMES_PLEDGE,
    READINGS,
    Edge,
    choose_pairs,
    due_order,
    is_certain,
    weigh,
)
from importers.matching.names import Identity, Names, Strength
from ledger.acts.allocations import Allocation
from ledger.ground.money import ZERO, show
from ledger.model.fund import Fund

_ALL = frozenset({Relation.WHOLE, Relation.NEAR})


@dataclass(frozen=True, slots=True)
class Match:
    """What a credit is taken for. `takes` are what it settles.

    A match that is not `certain` is a proposal, with what speaks `against` it.
    """

    credit: Credit
    donor: str
    takes: tuple[Allocation, ...] = ()
    score: int = 0
    reasons: tuple[str, ...] = ()
    certain: bool = False
    charges: Decimal = ZERO
    against: str = ""
    announced: str = ""
    """The instalment that it is like, where that is announced only and so cannot be settled."""


class Matcher:
    """Matches credits day by day; what one takes is no longer outstanding for the next.

    A credit that waits for a person, in `waiting` or since an earlier day, holds what it may be for: no later one is
    certain of that.
    """

    def __init__(
        self, fund: Fund, names: Names, items: Sequence[OpenInstalment], waiting: Sequence[Credit] = ()
    ) -> None:
        self.fund = fund
        self.names = names
        self._held: dict[OpenInstalment, bool] = {}
        self._by_donor: dict[str, list[OpenInstalment]] = defaultdict(list)
        self._by_pledge: dict[str, list[OpenInstalment]] = defaultdict(list)
        for item in items:
            self._by_donor[self._donor_of(item)].append(item)
            self._by_pledge[item.instalment.pledge].append(item)
        for credit in waiting:
            self._hold(self._weigh_all(credit))

    def match(self, credits_: Sequence[Credit]) -> dict[str, Match]:
        """Match all credits at once, by their keys; one that is like nothing is left out."""
        edges = {credit.key: self._weigh_all(credit) for credit in credits_}
        result: dict[str, Match] = {}
        for e in choose_pairs([e for of_credit in edges.values() for e in of_credit if e.amount in _ALL]):
            if (
                self._is_free([e.item], exactly=e.names_instalment)
                and is_certain(e, edges[e.credit.key])
                and (e.names_instalment or not self._may_be_several(e))
            ):
                takes = (e.item.take(e.item.outstanding),)
                result[e.credit.key] = Match(
                    e.credit, e.donor, takes, e.score, e.reasons, certain=True, charges=e.credit.charges
                )
        for credit in credits_:
            if credit.key not in result and (split := self._split(credit)):
                result[credit.key] = split
        for match in self._join([credit for credit in credits_ if credit.key not in result]):
            result[match.credit.key] = match
        waiting = [credit for credit in credits_ if credit.key not in result]
        for credit in waiting:
            self._hold(edges[credit.key])
        return result | self._propose(waiting)

    def _hold(self, edges: Iterable[Edge]) -> None:
        """Hold what a credit that waits may be for: firmly what it names or all of which it is, else loosely."""
        for e in edges:
            if e.amount in READINGS or e.names_pledge:
                self._held[e.item] = self._held.get(e.item, False) or e.names_instalment or e.amount in _ALL

    def _is_free(self, items: Iterable[OpenInstalment], *, exactly: bool) -> bool:
        """Return whether no waiting credit holds any of them.

        A credit that names its instalments yields only to a firm hold.
        """
        holds = [self._held[item] for item in items if item in self._held]
        return not any(holds) if exactly else not holds

    def _may_be_several(self, e: Edge) -> bool:
        """Return whether a credit may as well be several instalments of one pledge together, one after the other.

        Of the pledge that is named, or of any where none is.
        """
        amount = _gross_in(e.credit, e.item.instalment.currency)
        pledges: dict[str, list[OpenInstalment]] = defaultdict(list)
        for item in _open_on(self._by_donor.get(e.donor, ()), e.credit):
            same = item.instalment.currency == e.item.instalment.currency
            if same and (not e.names_pledge or item.instalment.pledge == e.item.instalment.pledge):
                pledges[item.instalment.pledge].append(item)
        return amount is not None and any(
            _is_run(sorted(items, key=due_order), amount.number) for items in pledges.values()
        )

    def _donor_of(self, item: OpenInstalment) -> str:
        donor = self.fund.registry.by_account.get(item.instalment.account.donor)
        return donor.code if donor else ""

    def _identify(self, credit: Credit) -> Identity:
        result = self.names.identify(credit.payer, credit.payer_account)
        if result.strength:
            return result
        mentioned = self.names.find_mentions(credit.text) | self.names.find_mentions(credit.payer)
        if len(mentioned) != 1:
            return result
        donor = next(iter(mentioned))
        return Identity(donor, Strength.CONTAINED, "the donor's name stands in the text")

    def _weigh_all(self, credit: Credit) -> list[Edge]:
        identity = self._identify(credit)
        pledges = sorted({label.partition("/")[0] for label in credit.references})
        instalments_of_text = [item for pledge in pledges for item in self._by_pledge.get(pledge, ())]
        of_donor = self._by_donor.get(identity.donor, []) if identity.strength else []
        items = dict.fromkeys(_open_on([*instalments_of_text, *of_donor], credit))
        mentioned = self.names.find_mentions(credit.text)
        banks = self.names.banks_of(credit.payer_bic)
        return [weigh(self.fund, credit, item, identity, mentioned, banks) for item in items]

    def _split(self, credit: Credit) -> Match | None:
        """Spread a credit over several instalments, or take a part of one, where only one reading is possible."""
        identity = self._identify(credit)
        pool = (
            self._named_instalments(credit, identity)
            if credit.references
            else self._first_instalments(credit, identity)
        )
        amount = _gross_in(credit, pool[0].instalment.currency) if pool else None
        if (
            amount is None
            or not is_worth(self.fund, credit, amount)
            or not self._may_spread(credit, pool, amount, identity)
        ):
            return None
        whole = amount.number in accumulate(item.outstanding for item in pool)
        takes, rest = [], amount.number
        for item in pool:
            part = min(rest, item.outstanding)
            if part > ZERO:
                takes.append(item.take(part))
                rest -= part
        parts = ", ".join(f"{show(take.amount)} on {take.instalment.label}" for take in takes)
        why = f"the text names {', '.join(sorted(credit.references))}" if credit.references else identity.reason
        score = NAMES_PLEDGE * bool(credit.references) + IDENTITY[identity.strength]
        score += AMOUNT[Relation.WHOLE if whole else Relation.PART]
        reasons = (why, f"{show(amount)} is {parts}")
        return Match(
            credit, self._donor_of(pool[0]), tuple(takes), score, reasons, certain=True, charges=credit.charges
        )

    def _may_spread(self, credit: Credit, pool: list[OpenInstalment], amount: Amount, identity: Identity) -> bool:
        """Return whether a credit may be spread over a pool, the earliest due first, and over nothing else.

        A part is taken from a payer who is known, and never when banks may have kept the rest. Where the text names no
        instalments, the credit must be the first of the pool to the last digit, and neither any one of them nor a later
        run of them.
        """
        mentioned = self.names.find_mentions(credit.text) - {self._donor_of(pool[0])}
        if len({item.instalment.currency for item in pool}) > 1 or amount.number > sum_outstanding(pool):
            return False
        if credit.doubt or mentioned:
            return False
        exactly = all("/" in label for label in credit.references) and bool(credit.references)
        sums = list(accumulate(item.outstanding for item in pool))
        whole = amount.number in sums
        may_be_part = identity.strength >= Strength.ALIKE and not any(
            is_short_by_charges(amount.number, target) for target in sums
        )
        if not self._is_free(pool, exactly=exactly) or not (whole or may_be_part):
            return False
        if exactly or len(pool) == 1:
            return True
        alone = any(compare(self.fund, credit, item) in READINGS for item in pool)
        later = any(_is_run(pool[start:], amount.number) for start in range(1, len(pool)))
        return whole and not alone and not later

    def _named_instalments(self, credit: Credit, identity: Identity) -> list[OpenInstalment]:
        """Return what the text names, where all of it is committed, of one donor, and of no other than the payer."""
        pool: dict[OpenInstalment, None] = {}
        for label in credit.references:
            items = _open_on(self._by_pledge.get(label.partition("/")[0], ()), credit)
            instalments = [item for item in items if item.label == label] if "/" in label else items
            if not instalments or any(item.instalment.stage == "announced" for item in instalments):
                return []
            pool |= dict.fromkeys(instalments)
        donors = {self._donor_of(item) for item in pool}
        sure = len(donors) == 1 and (not identity.strength or identity.donor in donors)
        return sorted(pool, key=due_order) if sure else []

    def _first_instalments(self, credit: Credit, identity: Identity) -> list[OpenInstalment]:
        """Return the first instalments, two or more, of the one pledge of a known payer that a credit is exactly.

        Empty where several pledges fit, or where the credit may be any one instalment.
        """
        if identity.strength < Strength.NAME:
            return []
        by_pledge: dict[str, list[OpenInstalment]] = defaultdict(list)
        for item in _open_on(self._by_donor.get(identity.donor, ()), credit):
            if item.instalment.stage == "committed":
                by_pledge[item.instalment.pledge].append(item)
        if any(compare(self.fund, credit, item) in READINGS for items in by_pledge.values() for item in items):
            return []
        fitting = []
        for items in by_pledge.values():
            items.sort(key=due_order)
            amount = _gross_in(credit, items[0].instalment.currency)
            if amount and amount.number in list(accumulate(item.outstanding for item in items))[1:]:
                fitting.append(items)
        return fitting[0] if len(fitting) == 1 else []

    def _join(self, credits_: Sequence[Credit]) -> Iterable[Match]:
        """Join credits of a known payer on a day that are together exactly one instalment, and each alone like none."""
        groups: dict[tuple[str, str, object], list[Credit]] = defaultdict(list)
        for credit in credits_:
            identity = self._identify(credit)
            if identity.strength >= Strength.NAME and not (
                credit.references or credit.doubt or self.names.find_mentions(credit.text) - {identity.donor}
            ):
                groups[identity.donor, credit.gross.currency, credit.day].append(credit)
        for (donor, currency, _), group in groups.items():
            live = [i for i in _open_on(self._by_donor.get(donor, ()), group[0]) if i.instalment.stage == "committed"]
            together = sum((credit.gross.number for credit in group), ZERO)
            fitting = [item for item in live if item.instalment.currency == currency and item.outstanding == together]
            others = [item for item in live if item not in fitting]
            alone = any(compare(self.fund, credit, item) in READINGS for credit in group for item in others)
            if len(group) == 1 or len(fitting) != 1 or alone or not self._is_free(fitting, exactly=False):
                continue
            identity, item = self._identify(group[0]), fitting[0]
            reason = (
                f"{len(group)} credits of the day are together {show(Amount(together, currency))}, all of {item.label}"
            )
            score = IDENTITY[identity.strength] + AMOUNT[Relation.WHOLE]
            for credit in group:
                takes = (item.take(credit.gross.number),)
                yield Match(
                    credit, donor, takes, score, (identity.reason, reason), certain=True, charges=credit.charges
                )

    def _propose(self, credits_: Sequence[Credit]) -> dict[str, Match]:
        """Return the rest their best reading, one to one again, for a person to judge."""
        result: dict[str, Match] = {}
        for e in choose_pairs([e for credit in credits_ for e in self._weigh_all(credit)]):
            number, charges = e.item.outstanding, e.credit.charges
            same = _gross_in(e.credit, e.item.instalment.currency)
            if e.amount is Relation.PART and same is not None:
                number = same.number
            if e.amount is Relation.SHORT and e.credit.credited.currency == e.item.instalment.currency:
                charges = number - e.credit.credited.number
            possible = e.amount is not Relation.NONE and e.item.instalment.stage == "committed"
            takes = (Allocation(e.item.instalment, Amount(number, e.item.instalment.currency)),) if possible else ()
            only = e.item.label if e.item.instalment.stage == "announced" and e.amount is not Relation.NONE else ""
            result[e.credit.key] = Match(
                e.credit, e.donor, takes, e.score, e.reasons, charges=charges, against=e.against, announced=only
            )
        for credit in credits_:
            identity = self._identify(credit)
            if credit.key not in result and identity.strength:
                reasons = (identity.reason, "nothing that is outstanding of this donor is like it")
                result[credit.key] = Match(
                    credit, identity.donor, (), IDENTITY[identity.strength], reasons, charges=credit.charges
                )
        return result


def _is_run(items: Sequence[OpenInstalment], number: Decimal) -> bool:
    """Return whether two or more instalments, one after the other, are together a number."""
    return any(
        number in list(accumulate(item.outstanding for item in items[start:]))[1:] for start in range(len(items))
    )


def _open_on(items: Iterable[OpenInstalment], credit: Credit) -> list[OpenInstalment]:
    """Return what is outstanding on the day of a credit: it was promised by then, and something is left."""
    return [
        item
        for item in items
        if item.outstanding > ZERO and item.instalment.opened.txn.date <= (credit.by or credit.day)
    ]


def _gross_in(credit: Credit, currency: str) -> Amount | None:
    """Return what the payer gave in a currency: as ordered, else as credited; None when neither is in it."""
    if credit.instructed is not None and credit.instructed.currency == currency:
        return credit.instructed if credit.charges or credit.credited.currency != currency else credit.gross
    return credit.gross if credit.gross.currency == currency else None
