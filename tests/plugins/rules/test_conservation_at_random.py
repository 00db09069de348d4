"""Random lives of pledges: any order of legal steps keeps conservation at every date, and an illegal step is refused.

The expected state is kept by a model of its own (plain numbers per instalment), never read from the program.
"""

import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from beancount.core.amount import Amount
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.acts.allocations import Allocation, PromisedPayment
from ledger.acts.compose import agreement, give_up, in_kind, pledge, receipt, refund
from ledger.book.loading import Book, load
from ledger.ground.render import render
from ledger.language.kinds import Kind
from ledger.model.pledges import Effect
from tests.books import whole

BEGINNING = whole("2010-01-01 price EUR 1.25 USD\n2010-01-01 price CHF 1.10 USD\n")
CENT = Decimal("0.01")
steps = st.lists(
    st.tuples(
        st.sampled_from(["pledge", "agreement", "receipt", "reduction", "write-off", "in-kind", "refund"]),
        st.integers(0, 3),  # which pledge
        st.integers(1, 100),  # how much of it, in percent
        st.integers(0, 40),  # days later
    ),
    min_size=4,
    max_size=14,
)


@dataclass
class Life:
    """A book that grows by legal steps, and what should be outstanding in it."""

    folder: Path
    text: str = BEGINNING
    day: date = date(2016, 1, 1)
    receipts: int = 0
    outstanding: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    history: list[tuple[date, dict[tuple[str, str], Decimal]]] = field(default_factory=list)
    received: Decimal = Decimal(0)

    def load(self, more: str = "") -> Book:
        main = self.folder / "main.beancount"
        main.write_text(self.text + more, encoding="utf-8")
        return load(main)

    def lots(self, stage: str, name: str) -> list[tuple[str, str]]:
        return [key for key, left in self.outstanding.items() if key[0] == stage and key[1].startswith(name) and left]


CURRENCIES = {"PL-2016-000": "USD", "PL-2016-001": "EUR", "PL-2016-002": "CHF", "PL-2016-003": "USD"}
DONORS = {"PL-2016-000": "ARG", "PL-2016-001": "ESP", "PL-2016-002": "CHE", "PL-2016-003": "FOUNDATION-1"}


def step(life: Life, book: Book, kind: str, name: str, percent: int) -> str | None:
    """Take one step if it is legal now; give its text, and keep the model."""
    fund, currency = book.fund, CURRENCIES[name]
    donor = fund.registry.donors[DONORS[name]]
    lots = {(i.stage, i.label): i for i in fund.instalments.values()}
    part = lambda number: (number * percent / 100).quantize(CENT) or CENT  # noqa: E731 - a word for this function only
    due = life.day + timedelta(days=90)
    if kind == "pledge" and ("announced", name) not in life.outstanding:
        life.outstanding["announced", name] = Decimal(percent * 100)
        txn = pledge(
            fund,
            donor,
            [PromisedPayment(_amount(percent * 100, currency), due)],
            day=life.day,
            identity=name,
            narration=kind,
        )
    elif kind == "agreement" and life.lots("announced", name):
        key = ("announced", name)
        moved = part(life.outstanding[key])
        number = 1 + sum(1 for stage, label in life.outstanding if stage == "committed" and label.startswith(name))
        life.outstanding[key] -= moved
        life.outstanding["committed", f"{name}/{number}"] = moved
        txn = agreement(
            fund, donor, [PromisedPayment(_amount(moved, currency), due)], day=life.day, identity=name, narration=kind
        )
    elif kind in {"receipt", "reduction", "write-off", "in-kind"} and life.lots("committed", name):
        key = life.lots("committed", name)[0]
        moved = part(life.outstanding[key])
        life.outstanding[key] -= moved
        takes = [Allocation(lots[key], _amount(moved, currency))]
        if kind == "receipt":
            came = moved if currency == "USD" else (moved * Decimal("1.2") + 1).quantize(CENT)
            life.receipts += 1
            life.received += came
            meta = {"receipt-number": f"R-{life.receipts}"}
            txn = receipt(
                fund,
                donor,
                day=life.day,
                bank="Assets:Bank:Operating",
                credited=_amount(came, "USD"),
                charges=Decimal(0),
                takes=takes,
                unpledged=Decimal(0),
                narration=kind,
                meta=meta,
            )
        elif kind == "in-kind":
            meta = {"valuation": "example", "reason": "example"}
            txn = in_kind(fund, donor, _amount(7, "USD"), "Services", takes, day=life.day, narration=kind, meta=meta)
        else:
            txn = give_up(fund, Kind(kind), takes, day=life.day, narration=kind, meta={"reason": "example"})
    elif kind == "refund":
        came = sum((c.value for c in fund.contributions if c.account.donor == donor.account), Decimal(0))
        if came <= 0:
            return None
        life.received -= part(came)
        txn = refund(
            fund, donor, _amount(part(came), "USD"), day=life.day, bank="Assets:Bank:Operating", narration=kind
        )
    else:
        return None
    return "\n" + render([txn])


def _amount(number: Decimal | int, currency: str) -> Amount:
    return Amount(Decimal(number), currency)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_any_order_of_legal_steps_keeps_conservation_at_every_date(taken: list[tuple[str, int, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        life = Life(Path(folder))
        book = life.load()
        for kind, which, percent, days in taken:
            life.day += timedelta(days=days)
            text = step(life, book, kind, f"PL-2016-00{which}", percent)
            if text is None:
                continue
            life.text += text
            book = life.load()
            assert book.errors == []  # a payment of one cent may warn that it is far from its rate
            life.history.append((life.day, dict(life.outstanding)))
        _compare(book, life)


def _compare(book: Book, life: Life) -> None:
    """Compare with the model at every date, and check the identity per instalment, pledge, donor, category and currency."""
    last = dict(life.history)
    for day, wanted in last.items():
        found = {
            (i.stage, i.label): i.outstanding(day) for i in book.fund.instalments.values() if i.opened.txn.date <= day
        }
        assert found == wanted
        groups: dict[object, Decimal] = defaultdict(Decimal)
        for i in book.fund.instalments.values():
            total = {effect: i.total(effect, day) for effect in Effect}
            gone = sum((total[e] for e in Effect if e.sign < 0), Decimal(0))
            rest = total[Effect.PLEDGED] + total[Effect.MOVED_IN] - gone - i.outstanding(day)
            for group in (i.label, i.pledge, i.account.donor, i.account.category, i.currency):
                groups[group] += abs(rest)
        assert not any(groups.values())
    assert sum((c.value for c in book.fund.contributions), Decimal(0)) == life.received
    for receipt_ in book.fund.receipts:
        assert sum((s.credited for s in receipt_.settlements), Decimal(0)) == receipt_.value


ILLEGAL = {
    "received before it is committed": '2016-03-01 * "X" #receipt ^PL-2016-009\n  receipt-number: "R-1"\n  Assets:Bank:Operating  10.00 USD\n  Income:Contributions:MemberStates:Argentina  -10.00 USD\n  Equity:Pledges:Announced:MemberStates:Argentina  -10.00 USD {"PL-2016-009"}\n  Equity:Pledges:Contra  10.00 USD\n',
    "more than was announced is taken": '2016-03-01 * "X" #reduction ^PL-2016-009\n  reason: "x"\n  Equity:Pledges:Announced:MemberStates:Argentina  -{more} USD {"PL-2016-009"}\n  Equity:Pledges:Contra  {more} USD\n',
    "committed twice": '2016-03-01 * "X" #agreement ^PL-2016-009\n  Equity:Pledges:Announced:MemberStates:Argentina  -{more} USD {"PL-2016-009"}\n  Equity:Pledges:Committed:MemberStates:Argentina  {more} USD {1 USD, "PL-2016-009/1"}\n    due: 2016-12-31\n',
    "in another currency": '2016-03-01 * "X" #reduction ^PL-2016-009\n  reason: "x"\n  Equity:Pledges:Announced:MemberStates:Argentina  -1.00 EUR {"PL-2016-009"}\n  Equity:Pledges:Contra\n',
    "from another donor": '2016-03-01 * "X" #reduction ^PL-2016-009\n  reason: "x"\n  Equity:Pledges:Announced:MemberStates:Mexico  -1.00 USD {"PL-2016-009"}\n  Equity:Pledges:Contra\n',
    "before it was announced": '2016-01-01 * "X" #reduction ^PL-2016-009\n  reason: "x"\n  Equity:Pledges:Announced:MemberStates:Argentina  -1.00 USD {"PL-2016-009"}\n  Equity:Pledges:Contra\n',
    "back from committed to announced": '2016-03-01 * "X" #agreement ^PL-2016-009\n  Equity:Pledges:Announced:MemberStates:Argentina  10.00 USD {1 USD, "PL-2016-009/2"}\n  Equity:Pledges:Contra\n',
}


@settings(max_examples=12, deadline=None)
@given(number=st.decimals("0.01", "999999.99", places=2), kind=st.sampled_from(sorted(ILLEGAL)))
def test_an_illegal_step_is_refused(number: Decimal, kind: str) -> None:
    opened = f'2016-02-01 * "Argentina" #pledge ^PL-2016-009\n  Equity:Pledges:Announced:MemberStates:Argentina  {number} USD {{1 USD, "PL-2016-009"}}\n  Equity:Pledges:Contra\n\n'
    with tempfile.TemporaryDirectory() as folder:
        life = Life(Path(folder))
        assert life.load(opened).findings == []
        assert life.load(opened + ILLEGAL[kind].replace("{more}", str(number + CENT))).errors != []
