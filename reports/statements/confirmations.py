"""Statement 14g: what donors answered when asked to confirm their accounts, and how much of the book that covers.

Source: external confirmation is evidence from outside the entity (ISA 505); facts 6 name completeness as the audit risk
of voluntary income. Shown is the newest quarter about which an answer is in the book by the day of the report. House
rule: a donor is to be asked when it gave in the year up to that quarter or has a pledge outstanding at its end;
coverage is what the donors that agreed gave in that year, as a share of what all gave.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.ground.money import ZERO
from ledger.ground.periods import Quarter
from ledger.ground.phrases import N_, Text, phrase
from ledger.model.confirmations import to_confirm
from reports.figures import Figure, Tally, ratio, ratio_formula
from reports.names import ANONYMOUS
from reports.statement import Sources, Statement, column, columns_of, table_line
from reports.table import ColumnType

ANSWERS = {"agreed": N_("agreed"), "differs": N_("differs"), "no-reply": N_("no reply")}
NOT_ASKED = N_("no answer recorded")


@table_line
class ConfirmationLine:
    """One donor: what it gave in the year, what it still owes by commitments, and what it answered."""

    category: str = column(N_("Donor category"), ColumnType.TEXT, 24)
    donor: str = column(N_("Donor"), ColumnType.TEXT, 30)
    received: Figure = column(N_("Received in the year"), ColumnType.MONEY, 20, total=True)
    committed: Figure = column(N_("Committed, outstanding"), ColumnType.MONEY, 20, total=True)
    answer: str = column(N_("Answer"), ColumnType.TERM, 20)
    day: date | None = column(N_("Date"), ColumnType.DAY, 12)
    note: str = column(N_("Note"), ColumnType.TEXT, 30)
    confirmed: Figure = column(N_("Confirmed of it"), ColumnType.MONEY, 20, total=True)

    share: Decimal = column(N_("Coverage"), ColumnType.RATIO, 12, formula=ratio_formula("confirmed", "received"))
    """What it confirmed, as a share of what it gave."""


@dataclass(frozen=True, slots=True)
class Confirmations:
    """The donors to be asked about a quarter; none when no answer is in the book."""

    quarter: Quarter | None
    lines: tuple[ConfirmationLine, ...]


def confirmations(of: Sources) -> Confirmations:
    """Build the statement; nobody is named who asked not to be."""
    fund, scope, names = of.fund, of.scope, of.names
    answers_so_far = [
        item
        for item in fund.directives.confirmations
        if item.day <= scope.as_of and Quarter.parse(item.quarter).end <= scope.as_of
    ]
    if not answers_so_far:
        return Confirmations(None, ())
    quarter = max(Quarter.parse(item.quarter) for item in answers_so_far)
    answers = {item.donor: item for item in sorted(answers_so_far, key=lambda i: i.day) if item.quarter == str(quarter)}
    received: dict[tuple[int, str, str], Tally] = defaultdict(Tally)
    committed: dict[tuple[int, str, str], Tally] = defaultdict(Tally)
    donor_names: dict[tuple[int, str, str], tuple[str, str]] = {}
    for item in to_confirm(fund, quarter.end):
        key = names.key(item.account.category, item.account.donor, item.entry)
        received[key].add(item.received, *([item.entry] if item.received else []))
        committed[key].add(item.committed, *([item.entry] if item.committed else []))
        donor_names.setdefault(key, (item.account.donor, names.donor(item.account.donor, item.entry)))
    lines = []
    for key in sorted(donor_names):
        component, name = donor_names[key]
        is_hidden = key[2] == ANONYMOUS
        donor = fund.registry.by_account.get(component)
        answer = answers.get(donor.code) if donor and not is_hidden else None
        whole = received[key].figure()
        agreed_part = whole if answer is not None and answer.answer == "agreed" else Figure(ZERO)
        lines.append(
            ConfirmationLine(
                names.category(key[1]),
                name,
                whole,
                committed[key].figure(),
                ANSWERS[answer.answer] if answer else NOT_ASKED,
                answer.day if answer else None,
                (answer.note or "") if answer else "",
                agreed_part,
                ratio(agreed_part, whole),
            )
        )
    return Confirmations(quarter, tuple(lines))


def _accounts_of(built: Confirmations) -> Text:
    if built.quarter is None:
        return N_("No answer is in the book")
    return phrase("Accounts at the end of {quarter} · in {unit}", quarter=str(built.quarter))


CONFIRMATIONS = Statement(
    "confirmations",
    "14g",
    N_("Confirmations"),
    N_("Confirmations by donors, and what they cover"),
    columns_of(ConfirmationLine),
    confirmations,
    lambda built: built.lines,
    subtitle=_accounts_of,
    notes=(
        N_("Received is before bank charges and before refunds, as in statement 2."),
        N_(
            "To be asked: donors that gave in the year, or have a commitment outstanding. Confirmed: of those that agreed."
        ),
    ),
)
