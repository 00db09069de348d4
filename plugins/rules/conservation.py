"""conservation: nothing that was pledged is ever lost or made.

The outstanding ties to the memorandum accounts, at every date.

Source: house rule, after UN practice by which pledges stand in a memorandum account that must explain every change; the
report behind it that does not foot is CP/doc.4053/05 add. 2 (a gap of 438,572.45).

For each instalment, in its own currency and on every date: what was pledged or moved in = received + reduced + written
off + converted + moved out + outstanding; the outstanding is never negative; and it is the balance that Beancount
itself booked for that lot. For each pledge and donor, what moved out of one instalment moved into another. In the unit
of account, what a receipt settled = what it brought + the exchange difference. The categories and the currencies follow
by addition, because every instalment has one of each.

The balances are summed from the bare postings, apart from the movements that tags give: a posting without its tag, or a
lot under a booking method that lets it go below nothing, shows here even where every other rule is silent.

Breaks it (no kind of transaction explains the posting):

    2016-09-01 * "Argentina" "Adjustment"
      Equity:Pledges:Committed:MemberStates:Argentina    -100.00 USD {"PL-2016-003/1"}
      Equity:Pledges:Contra                               100.00 USD

Keeps it: the same entry with `#reduction ^PL-2016-003` and a reason.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from beancount.core.data import Transaction

from ledger.ground.findings import Finding, Message
from ledger.ground.money import HALF_A_CENT, ZERO
from ledger.ground.phrases import N_
from ledger.law.rule import Rule
from ledger.model.entries import Entry
from ledger.model.fund import Fund
from ledger.model.pledges import Effect, Instalment

RULE = Rule(
    "conservation",
    structural=True,
    messages={
        "unexplained": Message(
            "{label} in {account}: on {day} the memorandum account holds {booked} {currency}, but its movements explain {explained} {currency}.",
            "give the entry the one tag that says what happened (#pledge, #agreement, #receipt, #reduction, #write-off, #in-kind).",
            "design 2.9",
        ),
        "below-nothing": Message(
            "{label} in {account}: on {day} {booked} {currency} would be outstanding, which is less than nothing.",
            "settle no more than is outstanding, and keep Beancount's STRICT booking.",
            "design 2.9",
        ),
        "reversed-too-much": Message(
            "{label} in {account}: on {day} more was reversed than had been {effect}; {number} {currency} would be left of it.",
            "reverse the entry as it was booked, and no more.",
            "design 2.8",
        ),
        "moved-at-another-rate": Message(
            "{pledge}: instalments carried at {out} {unit} left by agreement, but came into others at {into} {unit}.",
            "move an instalment at the rate at which it was pledged; an agreement changes no value.",
            "design 2.3",
        ),
        "moved-away": Message(
            "{pledge}: {out} {currency} left its instalments by agreement, but {into} {currency} came into others.",
            "record what was given up as a #reduction, in an entry of its own.",
            "design 2.9",
        ),
    },
)


@RULE.check
def pledges_unexplained(fund: Fund) -> Iterator[Finding]:
    """Yield a finding for every instalment that is not explained, on the first date on which it is not."""
    for key, postings in fund.raw.items():
        yield from _instalment(key, postings, fund.instalments.get(key))
    moved: dict[tuple[str, str], dict[Effect, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    values: dict[tuple[str, str], dict[Effect, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    last: dict[tuple[str, str], Transaction] = {}
    for instalment in fund.instalments.values():
        group = (instalment.pledge, instalment.currency)
        yield from _reversals(instalment)
        for movement in instalment.movements:
            moved[group][movement.effect] += movement.number
            values[group][movement.effect] += movement.number * instalment.rate
            if movement.effect is Effect.MOVED_OUT:
                last[group] = movement.entry.txn
    for (pledge, currency), effects in moved.items():
        out, into = effects[Effect.MOVED_OUT], effects[Effect.MOVED_IN]
        left, came = values[pledge, currency][Effect.MOVED_OUT], values[pledge, currency][Effect.MOVED_IN]
        if out == into and abs(left - came) >= HALF_A_CENT:
            facts = {"pledge": pledge, "out": left, "into": came, "unit": fund.unit}
            yield RULE.finding("moved-at-another-rate", last[pledge, currency], **facts)
        if out != into and (pledge, currency) in last:
            facts = {
                "pledge": pledge,
                "currency": currency,
                "out": out,
                "into": into,
            }
            yield RULE.finding("moved-away", last[pledge, currency], **facts)


def _reversals(instalment: Instalment) -> Iterator[Finding]:
    """Find an effect that is less than nothing after a reversal."""
    sums: dict[Effect, Decimal] = defaultdict(lambda: ZERO)
    for movement in instalment.movements:
        sums[movement.effect] += movement.number
        if movement.number < ZERO and sums[movement.effect] < ZERO:
            facts: dict[str, object] = {"label": instalment.label, "account": instalment.account.name}
            facts |= {"day": movement.day, "effect": movement.effect.value, "currency": instalment.currency}
            number = sums[movement.effect]
            yield RULE.finding("reversed-too-much", movement.entry.txn, number=number, **facts)


def _instalment(
    key: tuple[str, str, str],
    postings: Sequence[tuple[date, Decimal, Entry]],
    instalment: Instalment | None,
) -> Iterator[Finding]:
    account, label, currency = key
    explained: dict[Entry, Decimal] = defaultdict(lambda: ZERO)
    for movement in instalment.movements if instalment else ():
        explained[movement.entry] += movement.effect.sign * movement.number
    booked = known = ZERO
    counted: set[Entry] = set()
    for position, (day, number, entry) in enumerate(postings):
        booked += number
        if entry not in counted:
            counted.add(entry)
            known += explained[entry]
        following = postings[position + 1] if position + 1 < len(postings) else None
        if following is not None and following[0] == day:
            continue
        facts: dict[str, object] = {
            "label": label or N_("(no label)"),
            "account": account,
            "day": day,
            "currency": currency,
        }
        if booked != known:
            amounts = {"booked": booked, "explained": known}
            yield RULE.finding("unexplained", entry.txn, **facts, **amounts)
            return
        if booked < ZERO:
            yield RULE.finding("below-nothing", entry.txn, **facts, booked=booked)
            return
