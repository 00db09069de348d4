"""What becomes of a file: of statements, a register of pledges, an extract of expenditure, a publication of rates.

The kind of its records decides, not its format: a new format of bank statements needs no plan of its own. May import
`importers.matching`, `importers.formats` and `ledger`.
"""

from collections.abc import Callable
from typing import Any

from importers.formats.expenditure import Extract
from importers.formats.rates import Publication
from importers.formats.register import Register
from importers.ground.records import BankStatements, Records
from importers.ground.refusal import Mistake, RefusedFileError
from importers.plans import pledging, publication, spending, statements
from importers.plans.plan import ImportOptions, Plan, PlanContext
from ledger.ground.money import ZERO, show, show_number

PLANS: dict[type[Records], Callable[[Any, PlanContext], Plan]] = {
    Publication: publication.plan,
    Register: pledging.plan,
    Extract: spending.plan,
    BankStatements: statements.plan,
}
"""What becomes of each kind of records, in the order in which files are taken: what others need comes first."""


def plan_records(records: Records, context: PlanContext) -> Plan:
    """Plan what the records of a file add to a book, and hold it to the control totals that the person named.

    Raises:
        RefusedFileError: with every reason for which it cannot be imported.

    """
    plan = PLANS[type(records)](records, context)
    _check_totals(plan, context.options)
    return plan


def _check_totals(plan: Plan, options: ImportOptions) -> None:
    mistakes = []
    if options.count is not None and options.count != plan.count:
        what = f"{options.count} lines were expected, the file has {plan.count}."
        mistakes.append(Mistake("", what, "find the line that is missing or too much."))
    total = options.total
    if total is not None and plan.totals.get(total.currency, ZERO) != total.number:
        has = ", ".join(f"{show_number(number)} {currency}" for currency, number in plan.totals.items()) or "nothing"
        what = f"a total of {show(total)} was expected, the file has {has}."
        mistakes.append(Mistake("", what, "find the amount that is wrong."))
    if mistakes:
        raise RefusedFileError(mistakes)
