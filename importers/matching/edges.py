"""How well one credit goes with one instalment, why, and which pairs go together best.

Evidence is weighed in points (house rule): the text names the instalment 50 or its pledge 45; the payer's account is
known 45, its name is the donor's 40, nearly so 25, holds it 15, its bank is one from which the donor has paid 10; the
amount is all that is outstanding 30, near it in another currency 15, short by bank charges 10, a part 5; the credit
lies within 30 days of the due date 10, within 180 days 5.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from importers.matching.credits import Credit, OpenInstalment, Relation, compare
from importers.matching.names import Identity, Strength
from ledger.ground.money import show_number
from ledger.model.fund import Fund

NAMES_INSTALMENT, NAMES_PLEDGE = 50, 45
IDENTITY = {Strength.ACCOUNT: 45, Strength.NAME: 40, Strength.ALIKE: 25, Strength.CONTAINED: 15, Strength.NONE: 0}
AMOUNT = {
    Relation.WHOLE: 30,
    Relation.NEAR: 15,
    Relation.SHORT: 10,
    Relation.PART: 5,
    Relation.OVER: 0,
    Relation.NONE: 0,
}
_BANK = 10
_SOON, _LATER = 30, 180
_APART = 45
"""House rule: by how many days an instalment must be due nearer to a credit than any other that it may be for."""
_LONG = 3 * 366
"""House rule: a payment that names nothing, three years away from the due date, is looked at by a person."""

_SAID = {
    Relation.WHOLE: "it is all of {label} that is outstanding",
    Relation.NEAR: "at the rate in force it is near the {there} outstanding on {label}",
    Relation.SHORT: "it is a little less than the {there} outstanding on {label}: bank charges?",
    Relation.PART: "it is a part of the {there} outstanding on {label}",
    Relation.OVER: "it is more than the {there} outstanding on {label}",
    Relation.NONE: "{label}, with {there} outstanding, is in another currency",
}


@dataclass(frozen=True, slots=True)
class Edge:
    """A credit and an instalment that it may be for. `against` is what speaks against it, empty for nothing."""

    credit: Credit
    item: OpenInstalment
    donor: str
    identity: Identity
    amount: Relation
    names_pledge: bool
    names_instalment: bool
    against: str
    score: int
    reasons: tuple[str, ...]
    away: int
    """Days between the credit and the due date."""


def weigh(
    fund: Fund,
    credit: Credit,
    item: OpenInstalment,
    identity: Identity,
    mentioned: frozenset[str] = frozenset(),
    banks_of: frozenset[str] = frozenset(),
) -> Edge:
    """Weigh the evidence of one pair.

    `mentioned` are the donors whose names stand in the text, `banks_of` those who pay from its bank.
    """
    registered_donor = fund.registry.by_account.get(item.instalment.account.donor)
    donor = registered_donor.code if registered_donor else ""
    pledge, due = item.instalment.pledge, item.instalment.due
    others = mentioned - {donor}
    names_instalment = item.label in credit.references and "/" in item.label
    names_pledge = names_instalment or pledge in credit.references or item.label in credit.references
    ours = identity.strength is not Strength.NONE and identity.donor == donor
    amount = compare(fund, credit, item)
    away = abs((credit.day - due).days) if due else _LONG
    score = NAMES_INSTALMENT if names_instalment else NAMES_PLEDGE if names_pledge else 0
    score += IDENTITY[identity.strength] if ours else 0
    score += AMOUNT[amount] + (10 if away <= _SOON else 5 if away <= _LATER else 0)
    from_bank = donor in banks_of
    score += _BANK * from_bank
    there = f"{show_number(item.outstanding)} {item.instalment.currency}"
    reasons = [
        f"the text names {item.label if names_instalment else pledge}" if names_pledge else "",
        identity.reason if ours else "",
        "the donor has paid from this bank before" if from_bank else "",
        _SAID[amount].format(label=item.label, there=there),
        f"due on {due}" if due else "",
    ]
    speaks = [
        f"the text names {', '.join(sorted(credit.references))}" if credit.references and not names_pledge else "",
        f"the payer is taken for {identity.donor}: {identity.reason}" if identity.strength and not ours else "",
        f"{item.label} is only announced: record the agreement first" if item.instalment.stage == "announced" else "",
        f"it was due on {due}, years from the day of the credit" if due and not names_pledge and away > _LONG else "",
        f"the text names {', '.join(sorted(others))}" if others else "",
        credit.doubt,
    ]
    reasons_given = tuple(reason for reason in reasons if reason)
    return Edge(
        credit,
        item,
        donor,
        identity,
        amount,
        names_pledge,
        names_instalment,
        next(filter(None, speaks), ""),
        score,
        reasons_given,
        away,
    )


def is_certain(edge: Edge, others: Sequence[Edge]) -> bool:
    """Return whether a pair may be booked without asking.

    Nothing speaks against it, the amount is right, and the text names the instalment; or it names the pledge, or the
    payer is known for certain, and no other instalment may be meant. Of a pledge that is named, another may be meant
    when it has the same amount and is due nearly as near, or is due earlier and is more; where none is named, any that
    is due nearly as near and of which it is all or a part, and any of another pledge with that amount.
    """
    if edge.against or (
        edge.names_pledge
        and {label.partition("/")[0] for label in edge.credit.references} != {edge.item.instalment.pledge}
    ):
        return False
    near = edge.amount is Relation.NEAR and edge.names_pledge and edge.identity.strength >= Strength.ALIKE
    if edge.amount is not Relation.WHOLE and not near:
        return False
    if edge.names_instalment:
        return len(edge.credit.references) == 1
    if not edge.names_pledge and edge.identity.strength < Strength.NAME:
        return False
    return not any(_is_rival(e, edge) for e in others)


def _is_rival(other: Edge, edge: Edge) -> bool:
    """Return whether a payment that names no instalment may as well be for another one."""
    if (
        other.item is edge.item
        or other.item.instalment.stage != "committed"
        or (edge.names_pledge and not other.names_pledge)
    ):
        return False
    whole = other.amount in {Relation.WHOLE, Relation.NEAR}
    if whole and other.item.instalment.pledge != edge.item.instalment.pledge:
        return True
    if due_order(other.item) < due_order(edge.item) and (whole or edge.names_pledge):
        return other.amount in READINGS or edge.amount is Relation.NEAR  # parts are not seen in another currency
    return (whole or not edge.names_pledge) and other.amount in READINGS and other.away <= edge.away + _APART


READINGS = frozenset({Relation.WHOLE, Relation.NEAR, Relation.SHORT, Relation.PART})
"""What an amount may be of an instalment that it is meant for."""


def choose_pairs(edges: Iterable[Edge]) -> list[Edge]:
    """Choose pairs, each credit and instalment once, with the most points in all (an assignment problem, by `scipy`).

    Where points are equal the earliest due goes first (house rule).
    """
    import numpy as np  # noqa: PLC0415 - a third of a second that only matching needs
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - likewise

    every = list(edges)
    if not every:
        return []
    rows = {key: number for number, key in enumerate(dict.fromkeys(e.credit.key for e in every))}
    items = sorted(dict.fromkeys(e.item for e in every), key=due_order)
    columns = {item: number for number, item in enumerate(items)}
    points, at = np.zeros((len(rows), len(columns))), {}
    for e in every:
        row, column = rows[e.credit.key], columns[e.item]
        points[row, column] = e.score * len(columns) + (len(columns) - column) / 2
        at[row, column] = e
    indices = zip(*linear_sum_assignment(points, maximize=True), strict=True)
    return [at[pair] for pair in ((int(row), int(column)) for row, column in indices) if pair in at]


def due_order(item: OpenInstalment) -> tuple[date, str]:
    """Return the order in which instalments of equal claim are settled: the earliest due first."""
    return item.instalment.due or date.max, item.label
