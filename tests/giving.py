"""What donors gave, as a report says it."""

from decimal import Decimal

from ledger.ground.periods import Quarter
from reports.report import report
from reports.scope import Scope
from reports.statements.contributions import CONTRIBUTIONS
from tests.conftest import Load


def given_by_name(book: Load, text: str, quarter: Quarter, language: str = "en") -> dict[str, Decimal]:
    """Return what each donor gave in all until the end of a quarter, by its name in the report of that."""
    statement = report(book(text), Scope.of(quarter, language=language)).of[CONTRIBUTIONS]
    return {line.donor: Decimal(line.cumulative) for line in statement.lines}
