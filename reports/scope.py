"""What a report is asked for: the quarter, the day as of which, the basis of recognition, the language."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from ledger.ground.errors import VfundError
from ledger.ground.periods import Quarter, today
from ledger.ground.phrases import N_

SPANS = ("quarter", "prior_quarter", "quarter_last_year", "year", "prior_year", "cumulative")
"""The periods that statements compare."""


class Basis(Enum):
    """When a contribution is recognised as income (design decision 7: a setting of the report, not of the facts)."""

    CASH = "cash"
    AGREEMENT = "agreement"
    PROMISE = "promise"

    @property
    def title(self) -> str:
        """What the cover says."""
        return {
            Basis.CASH: N_("Cash basis: contributions are income when they are received"),
            Basis.AGREEMENT: N_(
                "Agreement basis (IPSAS 47): contributions are income when an agreement binds the donor"
            ),
            Basis.PROMISE: N_(
                "Promise basis (ASC 958-605): contributions are income when an agreement without conditions is made"
            ),
        }[self]


LAST_YEAR = 2999
"""No report is of a later year: the expected cash looks some years ahead, and the calendar ends in 9999."""


def so_far(quarter: Quarter) -> date | None:
    """Return the day as of which a quarter is reported where nobody says.

    Its end (None), or today while it is not over.
    """
    now = today()
    return now if now in quarter else None


class DayOutsideQuarterError(VfundError, ValueError):
    """The day as of which a report is asked for lies outside its quarter."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The scope of a report.

    What is not `published` names every donor. `symbol` is that of the document, such as CP/doc.4053/05.
    """

    quarter: Quarter
    as_of: date
    basis: Basis = Basis.CASH
    language: str = "en"
    published: bool = True
    symbol: str = ""

    @classmethod
    def of(
        cls,
        quarter: Quarter,
        as_of: date | None = None,
        basis: Basis = Basis.CASH,
        language: str = "en",
        symbol: str = "",
    ) -> "Scope":
        """Make the scope of a published report, as of the end of its quarter or of a day in it.

        Raises:
            DayOutsideQuarterError: when the day lies outside the quarter.

        """
        day = as_of or quarter.end
        if day not in quarter:
            raise DayOutsideQuarterError(f"{day} is not in {quarter}, which is {quarter.begin} to {quarter.end}")
        return cls(quarter, day, basis, language, symbol=symbol)

    @property
    def spans(self) -> dict[str, tuple[date, date]]:
        """The first and the last day of each of `SPANS`.

        Those of comparison are whole, the others end on the day as of which.
        """
        before, last_year = self.quarter.before(), Quarter(self.quarter.year - 1, self.quarter.number)
        return {
            "quarter": (self.quarter.begin, self.as_of),
            "prior_quarter": (before.begin, before.end),
            "quarter_last_year": (last_year.begin, last_year.end),
            "year": (date(self.quarter.year, 1, 1), self.as_of),
            "prior_year": (date(self.quarter.year - 1, 1, 1), date(self.quarter.year - 1, 12, 31)),
            "cumulative": (date.min, self.as_of),
        }

    def quarters(self, number: int) -> list[Quarter]:
        """Return the last `number` quarters, this one last."""
        result = [self.quarter]
        while len(result) < number:
            result.append(result[-1].before())
        return result[::-1]


class Spans:
    """Sorts days into the spans of a scope, each day once."""

    def __init__(self, scope: Scope) -> None:
        self._spans = scope.spans
        self._spans_by_day: dict[date, tuple[str, ...]] = {}

    def holding(self, day: date) -> tuple[str, ...]:
        """Return the spans that hold a day."""
        result = self._spans_by_day.get(day)
        if result is None:
            result = self._spans_by_day[day] = tuple(name for name, (a, z) in self._spans.items() if a <= day <= z)
        return result


def day_before(day: date) -> date:
    """Return the day before; the first day of all has none and stays."""
    return day - timedelta(days=1) if day > date.min else day
