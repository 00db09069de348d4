"""No entry hides another.

What is found of two entries that have nothing to do with each other is what is found of each alone.

Entries of every kind, and reversals, are made at random: right and wrong accounts, both directions, amounts of nothing
among them. Each has a donor, a bank account, a pledge, an unclaimed receipt, a receipt number and a payee of its own.
The book is judged as of one day, whatever its entries.
"""

import json
import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ledger.book.loading import load
from ledger.ground.canonical import digest
from ledger.ground.findings import Finding
from ledger.ground.phrases import Phrase
from ledger.language.accounts import STAGES, Role
from ledger.language.kinds import Kind
from ledger.language.shapes import SHAPES
from ledger.model import entries
from tests.books import whole
from tests.conftest import ROOT, TESTS, Load

AS_OF = date(2017, 3, 1)
DONORS = ("MemberStates:Argentina", "MemberStates:Mexico", "PermanentObservers:Spain", "Others:FoundationOne")
AMOUNTS = tuple(
    map(Decimal, ("0.00", "0.00", "5.00", "-5.00", "15.00", "-10.00", "0.01", "1200.00", "-1200.00", "2000.00"))
)
EXPLAINED = {
    "no-spending-on-pledges/beyond-received": "unearmarked money is one pool",
    "no-spending-on-pledges/beyond-earmark": "unearmarked money is one pool, and covers what a purpose lacks",
    "no-spending-on-pledges/overdrawn": "unearmarked money is one pool",
    "interfund/returned-too-much": "what is returned settles the oldest loan of the fund in that currency",
    "interfund/overdue": "what is returned settles the oldest loan of the fund in that currency",
    "pledge-lifecycle/refund-not-set-aside": "what is set aside to be paid back is one account",
}
"""What the other entries of a book may change, and why: these findings are left out of the comparison."""

LAW = """
2004-06-08 open Expenses:IndirectCostRecovery
2004-06-08 open Liabilities:RefundsPayable
2004-06-08 open Liabilities:AccountsPayable
2004-06-08 open Assets:InterFundLoans
2004-06-08 open Income:InterFundTransfers
2004-06-08 open Income:ExchangeDifferences
2004-06-08 open Equity:OpeningBalances
2004-06-09 custom "rule" "four-eyes" "*"
  citation: "example"
  above: 1000
2004-06-09 custom "rule" "evidence" "*"
  citation: "example"
  kinds: "receipt, expenditure above 1000, loan, opening, refund above 10"
2004-06-09 custom "rule" "purpose-evidenced" "*"
  citation: "example"
2004-06-09 custom "rule" "acceptance-recorded" "*"
  citation: "example"
2004-06-09 custom "rule" "agreement-required" "*"
  citation: "example"
2004-06-09 custom "rule" "due-diligence" "*"
  citation: "example"
2004-06-09 custom "rule" "indirect-cost-recovery" "*"
  citation: "example"
  rate: 10
2004-06-09 custom "rule" "interfund" "*"
  citation: "example"
  days: 60
2004-06-09 custom "rule" "exchange-rate" "*"
  citation: "example"
  percent: 10
  days: 62
2004-06-09 custom "rule" "unclaimed-age" "*"
  citation: "example"
  days: 90
2004-06-09 custom "rule" "recording-delay" "*"
  citation: "example"
  days: 30
2004-06-09 custom "rule" "no-spending-on-pledges" "*"
  citation: "example"
2016-01-01 * "Bank" "Interest on the day on which the book begins" #interest
  Assets:Bank:Operating   1.00 USD
  Income:Interest        -1.00 USD
"""
BEGINNING = whole(LAW) + "".join(f"2004-06-08 open Assets:Bank:Number{n}\n" for n in range(len(DONORS)))

UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
"""Three entries are short enough to be read as they are, and to make them shorter takes minutes."""

Findings = Counter[tuple[str, str]]


def account(role: Role, unit: int) -> str:
    """Name an account for a role; that of a donor, and the bank account, are the unit's own."""
    names = {
        Role.ANNOUNCED: f"Equity:Pledges:Announced:{DONORS[unit]}",
        Role.COMMITTED: f"Equity:Pledges:Committed:{DONORS[unit]}",
        Role.CONTRIBUTION: f"Income:Contributions:{DONORS[unit]}",
        Role.IN_KIND_INCOME: f"Income:InKind:{DONORS[unit]}",
        Role.IN_KIND_EXPENSE: "Expenses:InKind:Services",
        Role.BANK: f"Assets:Bank:Number{unit}",
        Role.LOAN: "Assets:InterFundLoans",
        Role.UNCLAIMED: "Liabilities:UnclaimedReceipts",
        Role.REFUNDS_PAYABLE: "Liabilities:RefundsPayable",
        Role.PAYABLE: "Liabilities:AccountsPayable",
        Role.BANK_CHARGES: "Expenses:BankCharges",
        Role.INDIRECT_COSTS: "Expenses:IndirectCostRecovery",
        Role.EXPENDITURE: "Expenses:Travel",
        Role.INTEREST: "Income:Interest",
        Role.EXCHANGE: "Income:ExchangeDifferences",
        Role.TRANSFER_IN: "Income:InterFundTransfers",
        Role.OPENING: "Equity:OpeningBalances",
    }
    return names[role]


def some(options: frozenset[Role]) -> st.SearchStrategy[Role]:
    return st.sampled_from(sorted(options, key=lambda role: role.name))


@st.composite
def entry(draw: st.DrawFn, unit: int, kind: Kind) -> str:
    """Write an entry of a kind, and the agreement that it may take from.

    Each half balances, and most things may be missing or wrong.
    """
    shape, day, donor = SHAPES[kind], draw(st.integers(1, 28)), DONORS[unit]
    tags = f"#{kind.value}" + " #correction" * draw(st.booleans())
    pledge, label = f"PL-201{unit}-00{unit}", f"PL-201{unit}-00{unit}/1"
    links, postings = "", list[str]()
    takes = bool(shape.takes) and draw(st.booleans())
    if shape.memorandum and (takes or draw(st.booleans())):
        number = draw(st.sampled_from(AMOUNTS))
        links = f" ^{pledge}" * draw(st.sampled_from((1, 1, 1, 0)))
        stage = draw(some(STAGES if draw(st.integers(0, 3)) == 0 else shape.takes if takes else shape.opens or STAGES))
        lot = f'{{"{label}"}}' if number < 0 else f'{{1 USD, "{label}"}}'
        due = "\n    due: 2016-12-31" * draw(st.booleans())
        postings += [f"  {account(stage, unit)}  {number} USD {lot}{due}", f"  Equity:Pledges:Contra  {-number} USD"]
    if shape.money or not postings:
        allowed = shape.money or frozenset({Role.BANK})
        roles = [draw(some(allowed)) for _ in range(draw(st.integers(1, 3)))]
        if draw(st.integers(0, 5)) == 0:
            roles.append(draw(st.sampled_from((Role.EXPENDITURE, Role.INTEREST, Role.LOAN, Role.CONTRIBUTION))))
        in_euro = draw(st.integers(0, 4)) == 0
        unit_of = "EUR @ 1.10 USD" if in_euro else "USD"
        numbers = [draw(st.sampled_from(AMOUNTS)) for _ in roles]
        last = draw(some(allowed))
        pairs = [*zip(roles, numbers, strict=True), (last, -sum(numbers, Decimal(0)))]
        postings += [f"  {account(role, unit)}  {number} {unit_of}" for role, number in pairs]
        if Role.UNCLAIMED in {role for role, _ in pairs}:
            links += f" ^UR-201{unit}-001" * draw(st.sampled_from((1, 1, 0)))
    notes = {
        "recorded-by": '"finance-officer-1"',
        "receipt-number": f'"UNIT-{unit}-0001"' if kind in {Kind.RECEIPT, Kind.IDENTIFY} else None,
        "bank-reference": f'"FT-{unit}"',
        "purpose": '"country-visits"',
        "agreement": '"Letter"',
        "reason": '"Letter"',
        "corrects": f'"UNIT-{unit}-0001"',
        "on-receipt": f'"UNIT-{unit}-0001"' if kind is Kind.INDIRECT_COSTS else None,
        "due": "2016-10-01" if kind is Kind.LOAN else None,
    }
    meta = [f"  {key}: {value}" for key, value in notes.items() if value and draw(st.booleans())]
    head = f'2016-09-{day:02d} * "Payee {"ABCD"[unit]}" "Entry" {tags}{links}'
    before = ""
    if takes and draw(st.booleans()):
        before = (
            f'2016-08-01 * "Payee {"ABCD"[unit]}" "Agreement" #agreement ^{pledge}\n  agreement: "Letter {donor}"\n'
            f'  Equity:Pledges:Committed:{donor}  2000.00 USD {{1 USD, "{label}"}}\n    due: 2016-12-31\n  Equity:Pledges:Contra  -2000.00 USD\n\n'
        )
    return before + "\n".join([head, *meta, *postings, ""])


def judged(folder: Path, texts: list[str]) -> Findings:
    """Return what is found, as code and facts without the place.

    But what the other entries of the book may change, and what is suggested of them.
    """
    main = folder / "main.beancount"
    main.write_text("\n".join([BEGINNING, *texts]), encoding="utf-8")
    return Counter(said(finding) for finding in load(main, AS_OF).findings if finding.code not in EXPLAINED)


def said(finding: Finding) -> tuple[str, str]:
    if not isinstance(finding.what, Phrase):
        return finding.code, finding.what
    given = tuple((name, value) for name, value in finding.what.values if name != "suggestion")
    return finding.code, str(finding.what._replace(values=(*given, ("suggestion", ""))))


@pytest.mark.uncovered
@pytest.mark.parametrize("kind", Kind, ids=lambda kind: str(kind.value))
def test_what_is_found_of_two_entries_is_what_is_found_of_each(kind: Kind, tmp_path: Path) -> None:
    nothing = judged(tmp_path, [])

    @settings(max_examples=15, deadline=None, phases=UNSHRUNK, suppress_health_check=list(HealthCheck))
    @given(
        entry(0, kind),
        st.sampled_from(Kind).flatmap(lambda other: entry(1, other)),
        st.sampled_from(Kind).flatmap(lambda other: entry(2, other)),
        st.permutations(range(3)),
    )
    def hold(one: str, other: str, neighbour: str, order: list[int]) -> None:
        """An order and the one turned round have every two of them both ways."""
        alone = Counter[tuple[str, str]]()
        for text in (one, other, neighbour):
            alone += judged(tmp_path, [text]) - nothing
        texts = [(one, other, neighbour)[place] for place in order]
        for ordered in (texts, texts[::-1]):
            assert judged(tmp_path, ordered) - nothing == alone

    hold()


INTEREST = """
2016-09-11 * "Interest" #interest
  Assets:Bank:Operating    0.00 USD
  Expenses:BankCharges     5.00 USD
  Income:Interest         -5.00 USD

2016-09-12 * "Interest" #interest
  Assets:Bank:Operating  -10.00 USD
  Expenses:BankCharges    15.00 USD
  Income:Interest         -5.00 USD
"""


def test_an_amount_of_nothing_hides_no_other(book: Load) -> None:
    """The bank pays no interest to the bank: the second is wrong, whatever the first has in common with it."""
    both, alone = book(INTEREST), book(INTEREST.partition("\n\n")[2].lstrip())
    assert [finding.code for finding in both.findings] == ["pledge-lifecycle/wrong-direction"]
    assert [str(f.what) for f in both.findings] == [str(f.what) for f in alone.findings]


FRESH = "import json, sys; from pathlib import Path; from ledger.book.loading import load; print(json.dumps([[f.code, f.message] for f in load(Path(sys.argv[1])).findings]))"


@pytest.mark.uncovered
def test_a_warm_process_says_what_a_fresh_one_says() -> None:
    """Every broken book is judged twice in one process, in two orders.

    Five of them, chosen anew each time, by a process of their own as well.
    """
    books = sorted(TESTS.glob("broken/*/source.beancount"))
    chance = Random()
    said_of: dict[Path, list[list[str]]] = {}
    for _ in range(2):
        chance.shuffle(books)
        for path in books:
            found = [[f.code, f.message] for f in load(path).findings]
            assert said_of.setdefault(path, found) == found
    for path in chance.sample(books, 5):
        ran = subprocess.run(
            [sys.executable, "-c", FRESH, str(path)], capture_output=True, text=True, check=True, cwd=ROOT
        )
        assert said_of[path] == json.loads(ran.stdout)


def test_a_digest_is_of_the_entry_that_it_was_asked_of(book: Load) -> None:
    """Two thousand entries that nobody holds stand one after the other where the one before stood in memory."""
    fund = book(INTEREST).fund
    (txn, _) = fund.contents.transactions
    for number in range(2000):
        other = txn._replace(narration=f"Interest {number}")
        assert fund.digest(entries.read(other)) == digest(other)


def test_entries_that_say_the_same_are_two(book: Load) -> None:
    one, other = map(entries.read, 2 * book(INTEREST).fund.contents.transactions[:1])
    assert one.txn is other.txn
    assert one != other
    assert len({one, other}) == 2
