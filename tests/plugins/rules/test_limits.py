"""A limit is judged wherever its base shrinks.

What an entry made possible, and another used, is not taken away afterwards unseen.

Every cell of the matrix is three entries: one that makes something possible (a row), one of a later kind that uses all
of it (a column), and one that takes the base away. Any two of them are a good book; the three are refused. `python -m
tests.plugins.rules.test_limits` prints the matrix with what refuses each.
"""

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from ledger.book.loading import load
from ledger.language.kinds import Kind
from tests.books import whole

AS_OF = date(2016, 6, 30)
LAW = """
2004-06-08 open Assets:Bank:Second
2004-06-08 open Assets:InterFundLoans
2004-06-08 open Liabilities:AccountsPayable
2004-06-08 open Liabilities:RefundsPayable
2004-06-08 open Income:InterFundTransfers
2004-06-08 open Equity:OpeningBalances
2004-06-08 open Expenses:IndirectCostRecovery
2004-06-09 custom "rule" "no-spending-on-pledges" "*"
  citation: "example"
2004-06-09 custom "rule" "interfund" "*"
  citation: "example"
  days: 400
2004-06-09 custom "rule" "indirect-cost-recovery" "*"
  citation: "example"
  rate: 0
"""
MEXICO, PLEDGED = "Income:Contributions:MemberStates:Mexico", '{"PL-2016-001/1"}'

BEGINNING = whole(LAW)

MEXICO, SPENT_ON = "Income:Contributions:MemberStates:Mexico", "Expenses:Travel"
BANK, SECOND, OWED, BACK = (
    "Assets:Bank:Operating",
    "Assets:Bank:Second",
    "Liabilities:AccountsPayable",
    "Liabilities:RefundsPayable",
)
UNCLAIMED, LENT_OUT = "Liabilities:UnclaimedReceipts", "Assets:InterFundLoans"
PL, UR = "^PL-2016-001", "^UR-2016-001"
FOR_VISITS = 'purpose: "country-visits"'


class Step(NamedTuple):
    """An entry without its day."""

    kind: Kind
    lines: tuple[str, ...]
    link: str = ""
    back: bool = False

    def on(self, day: date) -> str:
        """Write it."""
        tags = f"#{self.kind.value}{' #correction' * self.back} {self.link}"
        return "\n  ".join((f'{day} * "Mexico" "Entry" {tags}', *self.lines)) + "\n\n"

    def __str__(self) -> str:
        """Name it."""
        return f"{self.kind.value}{' taken back' * self.back}"


def money(debit: str, credit: str) -> tuple[str, str]:
    return f"{debit}  100.00 USD", f"{credit}  -100.00 USD"


def opened(stage: str) -> tuple[str, ...]:
    return (
        f'Equity:Pledges:{stage}:MemberStates:Mexico  100.00 USD {{1 USD, "PL-2016-001/1"}}',
        "  due: 2016-12-31",
        "Equity:Pledges:Contra  -100.00 USD",
    )


def taken(stage: str) -> tuple[str, ...]:
    return (
        f'Equity:Pledges:{stage}:MemberStates:Mexico  -100.00 USD {{"PL-2016-001/1"}}',
        "Equity:Pledges:Contra  100.00 USD",
    )


def given(number: str, *more: str) -> tuple[str, ...]:
    return f'receipt-number: "{number}"', f'bank-reference: "{number}"', FOR_VISITS, *more


GIFT = Step(Kind.RECEIPT, given("R-2016-0001", *money(BANK, MEXICO)))
CHARGED = Step(Kind.RECEIPT, given("R-2016-0001", "icr-rate: 100", 'icr-reason: "example"', *money(BANK, MEXICO)))
GIFT_BACK = Step(Kind.RECEIPT, ('corrects: "R-2016-0001"', FOR_VISITS, *money(MEXICO, BANK)), back=True)
REFUND = Step(Kind.REFUND, (FOR_VISITS, 'reason: "Letter"', *money(MEXICO, BANK)))
TO_BE_REFUNDED = Step(Kind.REFUND, (FOR_VISITS, 'reason: "Letter"', *money(MEXICO, BACK)))
SPENDING = Step(Kind.EXPENDITURE, (FOR_VISITS, *money(SPENT_ON, BANK)))
OWING = Step(Kind.EXPENDITURE, (FOR_VISITS, *money(SPENT_ON, OWED)))
POOLED = Step(Kind.EXPENDITURE, money(SPENT_ON, BANK))
LENDING = Step(Kind.LOAN, ("due: 2016-12-31", *money(LENT_OUT, BANK)))
ELSEWHERE = Step(Kind.TRANSFER, money(SECOND, BANK))
CHARGE = Step(
    Kind.INDIRECT_COSTS,
    ('on-receipt: "R-2016-0001"', *money("Expenses:IndirectCostRecovery", BANK)),
)
USES = (REFUND, TO_BE_REFUNDED, SPENDING, OWING, LENDING, ELSEWHERE)


def of_pledge(stage: str) -> tuple[Step, ...]:
    """Return everything that takes the whole pledge in a stage."""
    found = [
        Step(Kind.REDUCTION, ('reason: "Letter"', *taken(stage)), PL),
        Step(Kind.WRITE_OFF, ('reason: "Letter"', *taken(stage)), PL),
        Step(
            Kind.IN_KIND,
            (
                'valuation: "example"',
                *taken(stage),
                *money("Expenses:InKind:Services", "Income:InKind:MemberStates:Mexico"),
            ),
            PL,
        ),
    ]
    if stage == "Committed":
        found.append(Step(Kind.RECEIPT, given("R-2016-0001", *taken(stage), *money(BANK, MEXICO)), PL))
    else:
        found.append(Step(Kind.AGREEMENT, ('agreement: "Letter"', *taken(stage), *opened("Committed")), PL))
    return tuple(found)


class Base(NamedTuple):
    """What makes something possible, on top of what was `before`; what uses all of it; and what takes it away."""

    before: tuple[Step, ...]
    entry: Step
    uses: tuple[Step, ...]
    ends: tuple[Step, ...]


PLEDGE = Step(Kind.PLEDGE, opened("Announced"), PL)
AGREEMENT = Step(Kind.AGREEMENT, ('agreement: "Letter"', *opened("Committed")), PL)
COMING = Step(Kind.UNCLAIMED, ('bank-reference: "FT-9"', *money(BANK, UNCLAIMED)), UR)
IDENTIFIED = Step(Kind.IDENTIFY, ('receipt-number: "R-2016-0001"', FOR_VISITS, *money(UNCLAIMED, MEXICO)), UR)
RETURNED_UNKNOWN = Step(Kind.REFUND, ('reason: "Nobody knows it"', *money(UNCLAIMED, BANK)), UR)
REPAID = Step(Kind.LOAN, money(BANK, LENT_OUT))
OPENING = Step(Kind.OPENING, money(BANK, "Equity:OpeningBalances"))
INTEREST = Step(Kind.INTEREST, money(BANK, "Income:Interest"))
FROM_ANOTHER_FUND = Step(Kind.TRANSFER, money(BANK, "Income:InterFundTransfers"))
PAID_OUT = Step(Kind.REFUND, ('reason: "Letter"', *money(BACK, BANK)))
PAYING = Step(Kind.PAYMENT, money(OWED, BANK))
POOL = (POOLED, LENDING, ELSEWHERE)


def undone(step: Step, *lines: str) -> Step:
    """Return the reversal of an entry."""
    return Step(step.kind, ('corrects: "2016-01-01"', *lines), step.link, back=True)


BASES = (
    Base((), PLEDGE, of_pledge("Announced"), (undone(PLEDGE, *taken("Announced")), *of_pledge("Announced"))),
    Base(
        (),
        AGREEMENT,
        of_pledge("Committed"),
        (undone(AGREEMENT, 'agreement: "Letter"', *taken("Committed")), *of_pledge("Committed")),
    ),
    Base((), GIFT, USES, (GIFT_BACK, REFUND, TO_BE_REFUNDED)),
    Base((), CHARGED, (CHARGE,), (GIFT_BACK,)),
    Base(
        (),
        COMING,
        (IDENTIFIED, RETURNED_UNKNOWN),
        (undone(COMING, 'bank-reference: "FT-9"', *money(UNCLAIMED, BANK)), IDENTIFIED, RETURNED_UNKNOWN),
    ),
    Base(
        (COMING,),
        IDENTIFIED,
        USES,
        (Step(Kind.IDENTIFY, ('corrects: "R-2016-0001"', FOR_VISITS, *money(MEXICO, UNCLAIMED)), UR, back=True),),
    ),
    Base((GIFT,), LENDING, (REPAID,), (undone(LENDING, *money(BANK, LENT_OUT)), REPAID)),
    Base(
        (GIFT,),
        TO_BE_REFUNDED,
        (PAID_OUT,),
        (undone(TO_BE_REFUNDED, FOR_VISITS, 'reason: "Letter"', *money(BACK, MEXICO)), PAID_OUT),
    ),
    Base((), OPENING, POOL, (undone(OPENING, *money("Equity:OpeningBalances", BANK)),)),
    Base((), INTEREST, POOL, (undone(INTEREST, *money("Income:Interest", BANK)),)),
    Base((), FROM_ANOTHER_FUND, POOL, (undone(FROM_ANOTHER_FUND, *money("Income:InterFundTransfers", BANK)),)),
    Base(
        (GIFT,),
        ELSEWHERE,
        (Step(Kind.EXPENDITURE, (FOR_VISITS, *money(SPENT_ON, SECOND))),),
        (undone(ELSEWHERE, *money(BANK, SECOND)),),
    ),
    Base((GIFT,), OWING, (PAYING,), (undone(OWING, FOR_VISITS, *money(OWED, SPENT_ON)),)),
)
KEPT = {
    LENDING: "what is lent is still the fund's",
    ELSEWHERE: "what is moved is still the fund's",
    PAYING: "a payment may come before what it pays: it waits as a debit of accounts payable",
}
"""Uses that leave the fund what it has: an end that takes no money from the bank account takes nothing away that they
need."""
NOTHING_BUILDS_ON = {
    Kind.REDUCTION: "it ends a promise; taken back, there is more to receive",
    Kind.WRITE_OFF: "it ends a promise; taken back, there is more to receive",
    Kind.IN_KIND: "what came is used as it comes; its promise is the row of the pledge",
    Kind.PAYMENT: "it settles what is owed; taken back, the fund owes it again",
    Kind.INDIRECT_COSTS: "a charge is held to its receipt",
}


def found(folder: Path, *steps: Step) -> set[str]:
    """Return the codes of what is wrong with a book of these entries, a day after the other."""
    main = folder / "main.beancount"
    main.write_text(
        BEGINNING + "".join(step.on(date(2016, 1, 1 + n)) for n, step in enumerate(steps)), encoding="utf-8"
    )
    return {error.code for error in load(main, AS_OF).errors if not error.open}


def cells() -> Iterator[tuple[Base, Step, Step]]:
    for base in BASES:
        for use in base.uses:
            for end in base.ends:
                yield base, use, end


def still_there(use: Step, end: Step) -> bool:
    return use in KEPT and not any(line.startswith(f"{BANK}  -") for line in end.lines)


def named(value: object) -> str:
    return str(value.entry if isinstance(value, Base) else value).replace(" ", "-")


@pytest.mark.parametrize(("base", "use", "end"), list(cells()), ids=named)
def test_what_was_used_is_not_taken_away(base: Base, use: Step, end: Step, tmp_path: Path) -> None:
    assert found(tmp_path, *base.before, base.entry, use) == set()
    assert found(tmp_path, *base.before, base.entry, end) == set()
    wrong = found(tmp_path, *base.before, base.entry, use, end)
    assert (wrong == set()) == still_there(use, end), wrong


def test_every_kind_is_a_row_or_says_why_not() -> None:
    assert {base.entry.kind for base in BASES} | NOTHING_BUILDS_ON.keys() == set(Kind)


def print_matrix() -> None:
    """Print every cell with what refuses it."""
    with tempfile.TemporaryDirectory() as folder:
        accepted = 0
        for base, use, end in cells():
            clean = found(Path(folder), *base.before, base.entry, use) | found(
                Path(folder), *base.before, base.entry, end
            )
            codes = found(Path(folder), *base.before, base.entry, use, end)
            accepted += not codes and not still_there(use, end)
            why = ", ".join(sorted(codes)) or (KEPT[use] if still_there(use, end) else "ACCEPTED")
            print(
                f"{base.entry!s:12} used by {use!s:12} then {end!s:22} {why}{f' (not good before: {clean})' * bool(clean)}"
            )
        print(f"{len(list(cells()))} cells, {accepted} accepted")


if __name__ == "__main__":
    print_matrix()
