"""Earmarks: what was received and spent for each purpose, and what unearmarked money covers, with every movement of cover."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.fund import Fund
from ledger.money import ZERO
from ledger.purposes import GENERAL, Cover, purposes

UNEARMARKED = "Not earmarked"


@dataclass(frozen=True, slots=True)
class EarmarkLine:
    """One purpose. `covered` is positive where unearmarked money pays for it, and negative on the line of unearmarked money itself."""

    purpose: str
    received: Decimal
    spent: Decimal
    covered: Decimal

    @property
    def left(self) -> Decimal:
        """Received less spent, with what covers it."""
        return self.received - self.spent + self.covered


@dataclass(frozen=True, slots=True)
class Earmarks:
    """All purposes up to a day, unearmarked money last; `covers` are the movements on the way."""

    as_of: date
    lines: tuple[EarmarkLine, ...]
    covers: tuple[Cover, ...]

    def total(self, column: str) -> Decimal:
        """Sum a column."""
        return sum((getattr(line, column) for line in self.lines), ZERO)


def earmarked(fund: Fund, as_of: date, language: str = "en") -> Earmarks:
    """Build the earmarks up to the end of a day; bank charges and indirect costs are spent for the purpose of their receipt."""
    state = purposes(fund, as_of)
    names = {item.slug: item.name(language) for item in fund.directives.purposes}
    lines = [
        EarmarkLine(names.get(slug, slug), balance.received, balance.spent, balance.covered)
        for slug, balance in sorted(state.balances.items())
        if slug != GENERAL
    ]
    pool = state.balances[GENERAL]
    lines.append(EarmarkLine(UNEARMARKED, pool.received, pool.spent, -state.covered))
    return Earmarks(as_of, tuple(lines), tuple(state.covers))
