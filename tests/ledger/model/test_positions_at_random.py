"""Random lives of a fund in four currencies with moving rates.

What is held is worth its units at the rate of the day, and every roll-forward closes.

The test keeps books of its own beside the program's: units and average carrying amounts, item by item, and what each
entry says. None of the program's functions is used for it. Compared at the end of every day on which something happens;
the statements of both quarters at their last days.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.book.loading import Book, load
from ledger.ground.periods import Quarter
from reports.report import report
from reports.scope import Scope
from reports.statements.fund_balance import FUND_BALANCE
from tests.conftest import Write

D, NOTHING = Decimal, Decimal(0)
CURRENCIES = ("EUR", "GBP", "CAD", "BRL")
SPAIN, BOUGHT = "Income:Contributions:PermanentObservers:Spain", "Assets:Bank:Operating"
PAYABLE, LOANS, ASIDE = "Liabilities:AccountsPayable", "Assets:InterFundLoans", "Liabilities:RefundsPayable"
UNCLAIMED, TRANSIT = "Liabilities:UnclaimedReceipts", "Assets:Bank:InTransit"
VISITS, WHY = 'purpose: "country-visits"', 'reason: "Letter (example)"'
FIRST = date(2016, 1, 4)
Key = tuple[str, str]


def bank(currency: str) -> str:
    return f"Assets:Bank:{currency.title()}"


def cents(number: Decimal) -> Decimal:
    return number.quantize(D("0.01"), ROUND_HALF_EVEN)


OPEN = "".join(
    f"2004-06-08 open {account}\n"
    for account in (*map(bank, CURRENCIES), TRANSIT, LOANS, PAYABLE, ASIDE, "Income:ExchangeDifferences")
)


@dataclass
class Day:
    """What the test's own books say at the end of a day. Liabilities are negative."""

    day: date
    units: dict[Key, Decimal]
    carried: dict[Key, Decimal]
    rates: dict[str, Decimal]
    dollars: Decimal
    recognised: Decimal
    realised: Decimal

    def worth(self, key: Key) -> Decimal:
        return cents(self.units[key] * self.rates[key[1]])

    @property
    def value(self) -> Decimal:
        return self.dollars + sum(map(self.worth, self.units), NOTHING)

    @property
    def unrealised(self) -> Decimal:
        return sum((self.worth(key) - self.carried[key] for key in self.units), NOTHING)


@dataclass
class Life:
    """A fund that lives from day to day: the text of its book, and the test's own books."""

    draw: st.DrawFn
    text: list[str] = field(default_factory=list)
    day: date = FIRST
    count: int = 0
    rates: dict[str, Decimal] = field(default_factory=dict)
    units: dict[Key, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    carried: dict[Key, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    dollars: Decimal = NOTHING
    recognised: Decimal = NOTHING
    realised: Decimal = NOTHING
    receipts: list[tuple[str, str, Decimal, Decimal]] = field(default_factory=list)
    unclaimed: list[tuple[str, str, Decimal]] = field(default_factory=list)
    returnable: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    """What came from the donor in a currency, less what is given back or set aside for it."""
    days: list[Day] = field(default_factory=list)

    def __repr__(self) -> str:
        """Show the book."""
        return "\n".join(self.text)

    def move(self, account: str, currency: str, units: Decimal, value: Decimal) -> None:
        """Change an item: what is added comes in at its value, what leaves takes its share of the average.

        The rest is realised.
        """
        key = (account, currency)
        had, carried = self.units[key], self.carried[key]
        if had == 0 or (had > 0) == (units > 0):
            change = value
        else:
            change = -carried if units == -had else cents(carried * units / had)
        self.units[key] += units
        self.carried[key] += change
        self.realised += change - value

    def write(self, tag: str, meta: list[str], *postings: str) -> None:
        self.text.append("\n  ".join([f'{self.day} * "Spain" "Entry" {tag}', *meta, *postings]) + "\n")

    def amount(self, most: Decimal) -> Decimal:
        """Draw an amount, sometimes all there is."""
        return most if self.draw(st.booleans()) else cents(most * self.draw(st.integers(1, 99)) / 100)

    def rate(self, currency: str) -> Decimal:
        """Draw the rate of an entry: that of the day, or one beside it."""
        return self.rates[currency] + D(self.draw(st.sampled_from((0, 0, -7, 11)))) / 1000

    def legs(self, currency: str, number: Decimal, rate: Decimal, debit: str, credit: str) -> tuple[str, str]:
        at = f"{currency} @ {rate} USD"
        return f"{debit}  {number} {at}", f"{credit}  -{number} {at}"

    def publish(self) -> None:
        for currency in CURRENCIES:
            if currency not in self.rates or self.draw(st.booleans()):
                self.rates[currency] = D(self.draw(st.integers(150, 1600))) / 1000
                self.text.append(f"{self.day} price {currency} {self.rates[currency]} USD\n")

    def close(self) -> None:
        """Remember what stands at the end of the day."""
        sums = (self.dollars, self.recognised, self.realised)
        units = {key: number for key, number in self.units.items() if number}
        self.days.append(Day(self.day, units, dict(self.carried), dict(self.rates), *sums))

    def receive(self, currency: str) -> None:
        number, rate = D(self.draw(st.integers(1, 500_000))) / 100, self.rate(currency)
        name = f"R-2016-{len(self.receipts) + 1:04d}"
        meta = [f'receipt-number: "{name}"', f'bank-reference: "{name}"', VISITS]
        self.write("#receipt", meta, *self.legs(currency, number, rate, bank(currency), SPAIN))
        self.receipts.append((name, currency, number, rate))
        self.returnable[currency] += number
        self.move(bank(currency), currency, number, cents(number * rate))
        self.recognised += cents(number * rate)

    def lose(self, currency: str) -> None:
        """The bank takes back a credit."""
        most = min(self.units[bank(currency), currency], self.returnable[currency])
        mine = [receipt for receipt in self.receipts if receipt[1] == currency and receipt[2] <= most]
        if not mine:
            return
        name, _, number, rate = found = self.draw(st.sampled_from(mine))
        self.receipts[self.receipts.index(found)] = (name, "gone", number, rate)
        meta = [f'corrects: "{name}"', VISITS, "returned: TRUE"]
        self.write("#receipt #correction", meta, *self.legs(currency, number, rate, SPAIN, bank(currency)))
        self.returnable[currency] -= number
        self.move(bank(currency), currency, -number, -cents(number * rate))
        self.recognised -= cents(number * rate)

    def spend(self, currency: str) -> None:
        """Spend what is at the bank, or owe it first; or pay what is owed."""
        held, owed = self.units[bank(currency), currency], -self.units[PAYABLE, currency]
        rate, how = self.rate(currency), self.draw(st.sampled_from(("bank", "owe", "pay")))
        debit, credit, tag = "Expenses:Travel", bank(currency), "#expenditure"
        if how == "owe":
            number, credit = D(self.draw(st.integers(1, 50_000))) / 100, PAYABLE
        elif how == "pay":
            number, debit, tag = self.amount(min(held, owed)), PAYABLE, "#payment"
        else:
            number = self.amount(held)
        if not number:
            return
        self.write(tag, [VISITS], *self.legs(currency, number, rate, debit, credit))
        self.move(credit, currency, -number, -cents(number * rate))
        if debit == PAYABLE:
            self.move(PAYABLE, currency, number, cents(number * rate))
        else:
            self.recognised -= cents(number * rate)

    def lend(self, currency: str) -> None:
        """Lend, or be given back."""
        held, lent, rate = self.units[bank(currency), currency], self.units[LOANS, currency], self.rate(currency)
        out = lent == 0 or self.draw(st.booleans())
        number = self.amount(held if out else lent)
        if not number:
            return
        debit, credit = (LOANS, bank(currency)) if out else (bank(currency), LOANS)
        self.write("#loan", ["due: 2030-12-31"] * out, *self.legs(currency, number, rate, debit, credit))
        self.move(credit, currency, -number, -cents(number * rate))
        self.move(debit, currency, number, cents(number * rate))

    def refund(self, currency: str) -> None:
        """Return back at once, or set aside, or pay what was set aside."""
        held, aside = self.units[bank(currency), currency], -self.units[ASIDE, currency]
        rate, how = self.rate(currency), self.draw(st.sampled_from(("bank", "aside", "pay")))
        mine = self.returnable[currency]
        number = self.amount({"bank": min(held, mine), "aside": mine, "pay": min(held, aside)}[how])
        if not number:
            return
        debit, credit = ASIDE if how == "pay" else SPAIN, ASIDE if how == "aside" else bank(currency)
        self.write("#refund", [VISITS, WHY], *self.legs(currency, number, rate, debit, credit))
        self.move(credit, currency, -number, -cents(number * rate))
        if how == "pay":
            self.move(ASIDE, currency, number, cents(number * rate))
        else:
            self.returnable[currency] -= number
            self.recognised -= cents(number * rate)

    def arrive(self, currency: str) -> None:
        """Receive from nobody known."""
        number, rate = D(self.draw(st.integers(1, 200_000))) / 100, self.rate(currency)
        link = f"UR-2016-{len(self.unclaimed) + 1:03d}"
        legs = self.legs(currency, number, rate, bank(currency), UNCLAIMED)
        self.write(f"#unclaimed ^{link}", [f'bank-reference: "{link}"'], *legs)
        self.unclaimed.append((link, currency, rate))
        self.move(bank(currency), currency, number, cents(number * rate))
        self.move(UNCLAIMED + link, currency, -number, -cents(number * rate))

    def clear(self, currency: str) -> None:
        """Find out who gave an unclaimed receipt, at its own rate, or return it at that of the day."""
        mine = [item for item in self.unclaimed if item[1] == currency and self.units[UNCLAIMED + item[0], currency]]
        if not mine:
            return
        link, _, own = self.draw(st.sampled_from(mine))
        left, held = -self.units[UNCLAIMED + link, currency], self.units[bank(currency), currency]
        known = self.draw(st.booleans())
        number, rate = self.amount(left if known else min(left, held)), own if known else self.rate(currency)
        if not number:
            return
        if known:
            name = f"R-2016-{len(self.receipts) + 1:04d}"
            self.receipts.append((name, "identified", number, rate))
            meta = [f'receipt-number: "{name}"', VISITS]
            self.write(f"#identify ^{link}", meta, *self.legs(currency, number, rate, UNCLAIMED, SPAIN))
            self.returnable[currency] += number
            self.recognised += cents(number * rate)
        else:
            self.write(f"#refund ^{link}", [WHY], *self.legs(currency, number, rate, UNCLAIMED, bank(currency)))
            self.move(bank(currency), currency, -number, -cents(number * rate))
        self.move(UNCLAIMED + link, currency, number, cents(number * rate))

    def sell(self, currency: str) -> None:
        """Sell for dollars, by one entry, or by two on two days with money in transit between them."""
        number = self.amount(self.units[bank(currency), currency])
        price = cents(number * self.rate(currency))
        if not number or not price:
            return
        if self.draw(st.booleans()):
            self.write(
                "#transfer", [], f"{BOUGHT}  {price} USD", f"{bank(currency)}  -{number} {currency} @@ {price} USD"
            )
            self.move(bank(currency), currency, -number, -price)
        else:
            rate, tag = self.rates[currency], f"#transfer ^FX-2016-{self.count:03d}"
            self.write(tag, [], *self.legs(currency, number, rate, TRANSIT, bank(currency)))
            self.move(bank(currency), currency, -number, -cents(number * rate))
            self.move(TRANSIT, currency, number, cents(number * rate))
            self.close()
            self.day += timedelta(days=1)
            self.write(tag, [], f"{BOUGHT}  {price} USD", f"{TRANSIT}  -{price} USD")
            self.move(TRANSIT, currency, -number, -price)
        self.dollars += price


ACTS = (
    Life.receive, Life.receive, Life.spend, Life.spend, Life.lend, Life.refund, Life.refund, Life.arrive, Life.clear, Life.sell, Life.lose,
)  # fmt: skip


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """Live for up to seven months: on each day rates may move, and one thing happens."""
    life = Life(draw)
    for life.count in range(draw(st.integers(4, 24))):
        life.publish()
        act = Life.receive if life.count == 0 else draw(st.sampled_from(ACTS))
        act(life, draw(st.sampled_from(CURRENCIES)))
        life.close()
        life.day += timedelta(days=draw(st.integers(1, 9)))
    return life


@pytest.mark.uncovered
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(life=lives())
def test_what_is_held_is_worth_its_units_and_every_roll_forward_closes(life: Life, write: Write) -> None:
    book = load(write(OPEN + "\n".join(life.text)))
    assert [finding.message for finding in book.errors] == []
    for day in life.days:
        held = book.fund.positions.standing(day.day).values()
        theirs = {
            (x.item.account + x.item.link, x.item.currency): (x.units, x.value, x.carried)
            for x in held
            if x.item.currency != "USD"
        }
        mine = {key: (number, day.worth(key), day.carried[key]) for key, number in day.units.items()}
        assert {key: found for key, found in theirs.items() if any(found)} == mine, day.day
    for quarter in (Quarter(2016, 1), Quarter(2016, 2)):
        before = next((day for day in reversed(life.days) if day.day < quarter.begin), EMPTY)
        for day in [day for day in life.days if quarter.begin <= day.day <= quarter.end][-3:]:
            hold_statement(book, Scope.of(quarter, day.day), day, before)


EMPTY = Day(FIRST, {}, {}, {}, NOTHING, NOTHING, NOTHING)


def hold_statement(book: Book, scope: Scope, day: Day, before: Day) -> None:
    """Hold the roll-forward of a quarter, as of a day, to the test's own books.

    At the end of that day, and before the quarter began.
    """
    made = report(book, scope)
    assert [(str(check.name), check.one, check.other) for check in made.checks if not check.holds] == []
    statement = made.of[FUND_BALANCE]
    lines: dict[str, Decimal] = defaultdict(Decimal)
    for line in statement.lines:
        if line.key == "opening-balance":
            continue
        lines[line.key if line.key in {"exchange", "unrealised"} else "recognised"] += line.quarter
    assert statement.opening() == before.value
    assert statement.closing() == day.value
    assert lines["recognised"] == day.recognised - before.recognised
    assert lines["exchange"] == day.realised - before.realised
    assert lines["unrealised"] == day.unrealised - before.unrealised
    assert before.value + sum(lines.values()) == day.value
