"""Statement 14g: what the donors answered to the letters that asked them to confirm their accounts, and how much of the book that covers.

Source: external confirmation is evidence from outside the entity (ISA 505); facts 6 name completeness as the audit risk of voluntary income. Shown is the newest quarter about
which an answer is in the book by the day of the report. House rule: a donor is to be asked when it gave in the year up to that quarter or has a pledge outstanding at its end;
coverage is what the donors that agreed gave in that year, as a share of what all gave.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ledger.ground.money import ZERO
from ledger.ground.periods import Quarter
from ledger.ground.phrases import N_, say
from ledger.language.accounts import Account
from ledger.language.kinds import Kind
from ledger.model.entries import Entry
from ledger.model.fund import Fund
from reports.figures import Figure, Tally
from reports.names import ANONYMOUS, Names
from reports.scope import Scope
from reports.statements.donors import ratio
from reports.table import Column, ColumnType, Table, table

ANSWERS = {"agreed": N_("agreed"), "differs": N_("differs"), "no-reply": N_("no reply")}
NOT_ASKED = N_("no answer recorded")


@dataclass(frozen=True, slots=True)
class ConfirmationLine:
    """One donor: what it gave in the year, what it still owes by commitments, and what it answered."""

    category: str
    donor: str
    received: Figure
    committed: Figure
    answer: str
    day: date | None
    note: str
    confirmed: Figure

    @property
    def share(self) -> Decimal:
        """What it confirmed, as a share of what it gave."""
        return ratio(self.confirmed, self.received)


@dataclass(frozen=True, slots=True)
class Confirmations:
    """The donors to be asked about a quarter; none when no answer is in the book."""

    quarter: Quarter | None
    lines: tuple[ConfirmationLine, ...]

    def table(self, unit: str) -> Table:
        """Give the statement as a table; what is confirmed, and the shares, are live."""
        columns = [
            Column("category", N_("Donor category"), ColumnType.TEXT, 24),
            Column("donor", N_("Donor"), ColumnType.TEXT, 30),
            Column("received", N_("Received in the year"), ColumnType.MONEY, 20, total=True),
            Column("committed", N_("Committed, outstanding"), ColumnType.MONEY, 20, total=True),
            Column("answer", N_("Answer"), ColumnType.TERM, 20),
            Column("day", N_("Date"), ColumnType.DAY, 12),
            Column("note", N_("Note"), ColumnType.TEXT, 30),
            Column("confirmed", N_("Confirmed of it"), ColumnType.MONEY, 20, total=True),
            Column("share", N_("Coverage"), ColumnType.RATIO, 12, formula=_SHARE),
        ]
        about = (
            say("Accounts at the end of {quarter} · in {unit}", quarter=str(self.quarter), unit=unit)
            if self.quarter
            else N_("No answer is in the book")
        )
        return table(
            "confirmations",
            "14g",
            N_("Confirmations"),
            N_("Confirmations by donors, and what they cover"),
            columns,
            self.lines,
            subtitle=about,
            total_label=N_("Total"),
            notes=(
                N_("Received is before bank charges and before refunds, as in statement 2."),
                N_(
                    "To be asked: donors that gave in the year, or have a commitment outstanding. Confirmed: of those that agreed."
                ),
            ),
        )


_SHARE = "IF({received}=0,0,ROUND({confirmed}/{received},6))"


class ToConfirm(NamedTuple):
    """What one entry adds to the account that a donor is asked to confirm, in the unit of account."""

    account: Account
    entry: Entry
    received: Decimal
    committed: Decimal


def to_confirm(fund: Fund, day: date) -> Iterator[ToConfirm]:
    """Give what there is to confirm at the end of a day: what came in during its year (a refund is no receipt), and commitments outstanding."""
    for given in fund.contributions:
        if given.day.year == day.year and given.day <= day:
            received = ZERO if given.kind == Kind.REFUND.value else given.value
            yield ToConfirm(given.account, given.entry, received, ZERO)
    for item in fund.instalments.values():
        if item.stage == "committed" and (left := item.outstanding(day)):
            yield ToConfirm(item.account, item.opened, ZERO, left * item.rate)


def confirmations(fund: Fund, scope: Scope, names: Names) -> Confirmations:
    """Build the statement; nobody is named who asked not to be."""
    known = [
        item
        for item in fund.directives.confirmations
        if item.day <= scope.as_of and Quarter.parse(item.quarter).end <= scope.as_of
    ]
    if not known:
        return Confirmations(None, ())
    quarter = max(Quarter.parse(item.quarter) for item in known)
    answers = {item.donor: item for item in sorted(known, key=lambda i: i.day) if item.quarter == str(quarter)}
    received: dict[tuple[int, str, str], Tally] = defaultdict(Tally)
    committed: dict[tuple[int, str, str], Tally] = defaultdict(Tally)
    called: dict[tuple[int, str, str], tuple[str, str]] = {}
    for item in to_confirm(fund, quarter.end):
        key = names.key(item.account.category, item.account.donor, item.entry)
        received[key].add(item.received, *([item.entry] if item.received else []))
        committed[key].add(item.committed, *([item.entry] if item.committed else []))
        called.setdefault(key, (item.account.donor, names.donor(item.account.donor, item.entry)))
    lines = []
    for key in sorted(called):
        component, name = called[key]
        hidden = key[2] == ANONYMOUS
        donor = fund.registry.by_account.get(component)
        answer = answers.get(donor.code) if donor and not hidden else None
        whole = received[key].figure()
        agreed = answer is not None and answer.answer == "agreed"
        lines.append(
            ConfirmationLine(
                names.category(key[1]),
                name,
                whole,
                committed[key].figure(),
                ANSWERS[answer.answer] if answer else NOT_ASKED,
                answer.day if answer else None,
                (answer.note or "") if answer else "",
                whole if agreed else Figure(ZERO),
            )
        )
    return Confirmations(quarter, tuple(lines))
