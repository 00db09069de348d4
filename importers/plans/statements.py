"""Plan what the statements of one file add to the book.

Every line ends known, linked, proposed, unclaimed, or as a movement of the bank.

Three questions in their order: which account of the book (`accounts`), does the statement join what the book has of it
(`joining`), and what becomes of the lines that are new (`lines`). Statements are taken in the order of their days.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain

from beancount.core.amount import Amount
from beancount.core.data import Balance, Directive, Transaction

from importers.ground.configuration import BankAccount, index_accounts
from importers.ground.continuity import sort_statements
from importers.ground.records import BankStatements, Coverage, StatedBalance, Statement
from importers.ground.refusal import Mistake, RefusedFileError, refuse
from importers.plans import joining
from importers.plans.accounts import find_account
from importers.plans.booking import Bookkeeper, Numbers, assert_balance
from importers.plans.lines import LinePlanner
from importers.plans.movements import IdentifiedLine, Movements, describe_line, identify_lines, read_movements
from importers.plans.plan import Outcome, OutcomeKind, Plan, PlanContext
from ledger.ground.errors import InvalidEntryError
from ledger.ground.money import ZERO
from ledger.language import accounts
from ledger.language.accounts import Role


def plan(records: BankStatements, context: PlanContext) -> Plan:
    """Plan the statements of a file.

    Raises:
        RefusedFileError: with every reason for which the file cannot be imported.

    """
    planner = _StatementPlanner(context)
    mistakes: list[Mistake] = []
    for statement in sort_statements(_close(records.statements, context.options.closing)):
        try:
            planner.add(statement)
        except RefusedFileError as error:
            mistakes += error.mistakes
    if mistakes:
        raise RefusedFileError(mistakes)
    kinds = Counter(outcome.kind for outcome in planner.outcomes)
    totals: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for statement in records.statements:
        totals[statement.currency] += statement.net
    return Plan(
        entries=tuple(planner.entries),
        counted=tuple((kind.value, kinds[kind]) for kind in OutcomeKind if kinds[kind]),
        account=_bank_of(planner.entries),
        count=sum(len(statement.booked) for statement in records.statements),
        totals=totals,
        outcomes=tuple(planner.outcomes),
        notes=tuple(planner.notes),
        superseded=tuple(planner.superseded),
    )


def _close(statements: Sequence[Statement], closing: Amount | None) -> Sequence[Statement]:
    """Return the statements, the one of them closed by the balance that a person gave.

    Raises:
        RefusedFileError: when it is not clear what it closes.

    """
    if closing is None:
        return statements
    open_ended = [s for s in statements if s.closing is None and s.currency == closing.currency and s.booked]
    if len(open_ended) != 1:
        what = (
            f"a closing balance in {closing.currency} was given, and {len(open_ended)} statements of the file lack one."
        )
        raise refuse("", what, "leave --closing out, or import the file whose balance it is.")
    only = open_ended[0]
    day = max(line.day for line in only.booked)
    stated = StatedBalance(closing.number, closing.currency, day)
    return [replace(s, coverage=Coverage.COMPLETE, closing=stated) if s is only else s for s in statements]


class _StatementPlanner:
    """The statements of one file, added one after the other to what the book has."""

    def __init__(self, context: PlanContext) -> None:
        fund, options = context.fund, context.options
        self.context = context
        self.banks = index_accounts(context.configuration, fund)
        self.known = read_movements(fund)
        self.keeper = Bookkeeper(fund, Numbers(fund), options.officer, options.today, context.sha256)
        self.lines = LinePlanner(context, self.banks, self.keeper)
        self.entries: list[Directive] = []
        self.outcomes: list[Outcome] = []
        self.notes: list[str] = []
        self.superseded: list[Balance] = []

    def add(self, statement: Statement) -> None:
        """Plan one statement.

        Raises:
            RefusedFileError: with every reason for which it cannot be imported.

        """
        account = find_account(self.context, self.banks, statement)
        known = self.known[account.account, statement.currency]
        items = [item for item in identify_lines(statement) if item.line.number]
        new, changed = known.split_new(items)
        self._note_settled(statement, account.account, items, {*new, *changed})
        mistakes = [_contradiction(known, item) for item in changed]
        whole = statement.coverage is Coverage.COMPLETE
        apart = joining.check_rates(self.context.fund, statement, new)
        if whole and not apart:
            apart = self._join(statement, account, items, new)
        if apart:
            raise RefusedFileError([*mistakes, *apart])
        self._book(new, account.account, known)
        if whole:
            self._assert_closing(statement, account.account, goes_on=bool(new))
        if mistakes:
            raise RefusedFileError(mistakes)

    def _note_settled(
        self, statement: Statement, bank: str, items: Sequence[IdentifiedLine], fresh: set[IdentifiedLine]
    ) -> None:
        """Note the lines that add nothing: without an amount, in the book already, announced only."""
        empty = [line for line in statement.booked if not line.number]
        known = [item.line for item in items if item not in fresh]
        self.outcomes += [Outcome(line, bank, OutcomeKind.NOTHING) for line in empty]
        self.outcomes += [Outcome(line, bank, OutcomeKind.KNOWN) for line in known]
        self.outcomes += [Outcome(line, bank, OutcomeKind.ANNOUNCED) for line in statement.announced]

    def _join(
        self,
        statement: Statement,
        account: BankAccount,
        items: Sequence[IdentifiedLine],
        new: Sequence[IdentifiedLine],
    ) -> list[Mistake]:
        """Return why a statement does not join what the book has.

        With `--opening` the first one brings its opening balance along.
        """
        known = self.known[account.account, statement.currency]
        if joining.is_known(known, statement, items, new):
            return []
        wrong = None
        if self.context.options.opening and statement.opening and joining.is_first(known, statement, account):
            wrong = self._bring_opening(statement, statement.opening, account.account, known)
        wrong = wrong or joining.find_objection(known, statement, account, items, new)
        return [wrong] if wrong else []

    def _bring_opening(
        self, statement: Statement, opening: StatedBalance, bank: str, known: Movements
    ) -> Mistake | None:
        """Bring the opening balance of an account into the book, before anything else is recorded."""
        if not opening.number:
            note = f"{bank} opens with nothing: there is no opening balance that --opening could bring into the book"
            self.notes += [note] if note not in self.notes else []
            return None
        day = min(opening.day, statement.first, *(entry.txn.date for entry in self.context.fund.entries))
        try:
            self.entries.append(self.keeper.book_opening(statement, bank, day))
        except InvalidEntryError:
            what = f"the book has no rate of {statement.currency} on {day}, the day of the opening balance."
            return Mistake(statement.place, what, f"import the UN operational rates of {day:%B %Y} first.")
        known.add(day, opening.number, "", "")
        return None

    def _book(self, new: Sequence[IdentifiedLine], bank: str, known: Movements) -> None:
        """Book the new lines, the days in their order."""
        days: dict[date, list[IdentifiedLine]] = defaultdict(list)
        for item in new:
            days[item.line.day].append(item)
        for day in sorted(days):
            for entries, outcome in self.lines.plan_day(days[day], bank):
                self.entries += entries
                self.outcomes.append(outcome)
        for item in new:
            reference = item.line.reference or item.reference
            known.add(item.line.day, item.line.number, item.import_id, reference, item.batch)

    def _assert_closing(self, statement: Statement, bank: str, *, goes_on: bool) -> None:
        """Assert the closing balance once for its day.

        Of several statements of a day the last, and of pages the last: one that `goes_on` with new lines from what the
        book asserts of the day takes the place of that.
        """
        known, closing = self.known[bank, statement.currency], statement.closing
        if closing is None or not statement.ends:
            return
        day = closing.day + timedelta(days=1)
        same = (bank, day, closing.currency)
        self.entries = [
            e for e in self.entries if not (isinstance(e, Balance) and (e.account, e.date, e.amount.currency) == same)
        ]
        earlier = known.in_book.get(closing.day)
        if earlier is not None and goes_on and earlier not in self.superseded and joining.goes_on(known, statement):
            self.superseded.append(earlier)
        if earlier is None or earlier in self.superseded:
            self.entries.append(assert_balance(statement, bank, day, closing.number))
        known.close(statement)


def _contradiction(known: Movements, item: IdentifiedLine) -> Mistake:
    in_book = "; ".join(map(str, known.of_reference(item.own_reference)))
    what = f"the reference {item.line.reference!r} is in the book as: {in_book}; the file has instead: {describe_line(item.line)}."
    return Mistake(item.line.place, what, "ask the bank which of the two is right.")


def _bank_of(entries: Sequence[Directive]) -> str:
    """Return the bank account whose balance is asserted, else the first that is moved."""
    moved = (p.account for entry in entries if isinstance(entry, Transaction) for p in entry.postings)
    asserted = (entry.account for entry in entries if isinstance(entry, Balance))
    return next((name for name in chain(asserted, moved) if accounts.account(name).role is Role.BANK), "")
