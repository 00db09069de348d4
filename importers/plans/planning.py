"""Plan what the statements of one file add to the book: every line ends known, linked, proposed, unclaimed, or as a movement of the bank.

Statements are taken in the order of their days, and the credits of a day are matched together, so that the book does not depend on how a year is cut into
files. Nothing is written here.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from beancount.core.data import Balance, Directive, Transaction

from importers.ground.configuration import BankAccount, Banks, Configuration, index_accounts
from importers.ground.continuity import sort_statements
from importers.ground.records import Coverage, Line, Nature, Statement
from importers.ground.refusal import Mistake, RefusedFileError
from importers.matching.credits import open_instalments
from importers.matching.matcher import Match, Matcher
from importers.matching.names import Names
from importers.plans import joining
from importers.plans.booking import Bookkeeper, Numbers, as_credit, assert_balance
from importers.plans.known import IdentifiedLine, describe_line, identify_lines, read_movements
from importers.plans.proposals import unclaimed_credits
from importers.plans.returned import explain_way_out, find_returned_credit, name_of
from ledger.acts.takes import ComposeError
from ledger.ground.money import ZERO
from ledger.language.accounts import IN_TRANSIT, OPENING, PAYABLE
from ledger.language.nearest import did_you_mean
from ledger.model.entries import Entry
from ledger.model.fund import Fund


class OutcomeKind(Enum):
    """What became of a line."""

    KNOWN = "already known"
    LINKED = "linked"
    PROPOSED = "proposed"
    UNCLAIMED = "unclaimed"
    PAYMENT = "payment"
    CHARGES = "bank charges"
    INTEREST = "interest"
    TRANSFER = "transfer"
    RETURNED = "returned"
    ANNOUNCED = "announced, not booked"
    NOTHING = "without an amount"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line and what became of it; `remark` is for the person who looks at it."""

    line: Line
    bank: str
    what: OutcomeKind
    match: Match | None = None
    remark: str = ""


@dataclass(slots=True)
class Plan:
    """What a file adds."""

    entries: list[Directive] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def transactions(self) -> list[Transaction]:
        """The transactions among the entries."""
        return [entry for entry in self.entries if isinstance(entry, Transaction)]


@dataclass(frozen=True, slots=True)
class Request:
    """How a person wants a file imported.

    `opening` brings the first opening balance of an account into the book; `bank` is where statements go whose account is not in import.toml;
    `charges_for` is the purpose that bears bank charges; `held` are import ids of lines that must wait for a person, with the reason.
    """

    sha256: str
    recorded_by: str | None = None
    today: date = field(default_factory=date.today)
    opening: bool = False
    bank: str | None = None
    charges_for: str | None = None
    held: dict[str, str] = field(default_factory=dict)


class Planner:
    """Plans one file against a book."""

    def __init__(self, fund: Fund, configuration: Configuration, request: Request) -> None:
        self.fund = fund
        self.request = request
        self.banks: Banks = index_accounts(configuration)
        self.known = read_movements(fund)
        self.names = Names.of(fund)
        self.matcher = Matcher(fund, self.names, open_instalments(fund), unclaimed_credits(fund))
        self.undone: list[Entry] = []
        self.keeper = Bookkeeper(fund, Numbers(fund), request.recorded_by, request.today, request.sha256)
        self.mistakes: list[Mistake] = []

    def plan(self, statements: Sequence[Statement]) -> Plan:
        """Plan all statements of the file.

        Raises:
            RefusedFileError: with every reason for which the file cannot be imported.

        """
        plan = Plan()
        for statement in sort_statements(statements):
            account = self._account(statement)
            if account is not None:
                self._statement(plan, statement, account)
        if self.mistakes:
            raise RefusedFileError(self.mistakes)
        return plan

    def _account(self, statement: Statement) -> BankAccount | None:
        """Find the account of the book; it must be open there, as must those that the lines need."""
        found = self.banks.find(statement.numbers)
        if found is None and self.request.bank:
            found = BankAccount(number=(statement.numbers or ("???",))[0], account=self.request.bank)
        if found is None:
            number = statement.numbers[0] if statement.numbers else "without a number"
            lines = f'`[[account]]`, `number = "{number}"` and `account = "Assets:Bank:…"`'
            self.mistakes.append(
                Mistake(
                    statement.place,
                    f"the account {number} is not in import.toml.",
                    f"add {lines} to it, or say --bank.",
                )
            )
            return None
        opens = self.fund.contents.opens
        needed = (found.account, PAYABLE, *((OPENING,) if self.request.opening else ()))
        missing = [name for name in needed if name not in opens]
        known = [name for name in opens if name.startswith("Assets:Bank:")]
        for name in missing:
            hint = f" {did_you_mean(name, known)}" if name == found.account else ""
            mend = f"correct import.toml, or add `2004-06-08 open {name}` to accounts.beancount."
            self.mistakes.append(Mistake(statement.place, f"the book has no account {name}.{hint}", mend))
        return None if missing else found

    def _statement(self, plan: Plan, statement: Statement, account: BankAccount) -> None:
        known = self.known[account.account, statement.currency]
        items = [item for item in identify_lines(statement) if item.line.number]
        empty = [line for line in statement.booked if not line.number]
        plan.outcomes += [Outcome(line, account.account, OutcomeKind.NOTHING) for line in empty]
        new, changed = known.unknown(items)
        for item in changed:
            had = "; ".join(map(str, known.of_reference(item.own)))
            what = f"the reference {item.line.reference!r} is in the book as: {had}; the file has instead: {describe_line(item.line)}."
            self.mistakes.append(Mistake(item.line.place, what, "ask the bank which of the two is right."))
        fresh = {*new, *changed}
        plan.outcomes += [Outcome(item.line, account.account, OutcomeKind.KNOWN) for item in items if item not in fresh]
        plan.outcomes += [Outcome(line, account.account, OutcomeKind.ANNOUNCED) for line in statement.announced]
        lacking = joining.check_rates(self.fund, statement, new)
        self.mistakes += lacking
        whole = statement.coverage is Coverage.COMPLETE
        if lacking or (whole and not self._joins(plan, statement, account, items, new)):
            return
        days: dict[date, list[IdentifiedLine]] = defaultdict(list)
        for item in new:
            days[item.line.day].append(item)
        for day in sorted(days):
            for entries, outcome in self._day(days[day], account.account):
                plan.entries += entries
                plan.outcomes.append(outcome)
        for item in new:
            known.add(
                item.line.day, item.line.number, item.import_id, item.line.reference or item.reference, item.batch
            )
        if whole:
            self._assert(plan, statement, account.account)

    def _joins(
        self,
        plan: Plan,
        statement: Statement,
        account: BankAccount,
        items: Sequence[IdentifiedLine],
        new: Sequence[IdentifiedLine],
    ) -> bool:
        """Tell whether a statement joins what the book has; with `--opening` the first one brings its opening balance."""
        known, opening = self.known[account.account, statement.currency], statement.opening
        if joining.is_known(known, statement, items, new):
            return True
        gap = joining.check_sequence(known, statement) if account.numbered else None
        if gap is None and self.request.opening and not known.days and opening is not None and opening.number:
            begun = (entry.txn.date for entry in self.fund.entries)
            day = min(
                opening.day, statement.first, *begun
            )  # a balance is brought forward before anything else is recorded
            try:
                plan.entries.append(self.keeper.opening(statement, account.account, day))
            except ComposeError:
                what = f"the book has no rate of {statement.currency} on {day}, the day of the opening balance."
                self.mistakes.append(
                    Mistake(statement.place, what, f"import the UN operational rates of {day:%B %Y} first.")
                )
                return False
            known.add(day, opening.number, "", "")
        wrong = gap or joining.check_balance(known, statement, account.account, items, new)
        wrong = wrong or joining.check_assertion(known, statement, account.account)
        wrong = wrong or joining.check_earlier_assertions(known, statement, new)
        self.mistakes += [wrong] if wrong else []
        return wrong is None

    def _assert(self, plan: Plan, statement: Statement, bank: str) -> None:
        """Assert the closing balance once for its day; of several statements of a day the last, and of pages the last."""
        known, closing = self.known[bank, statement.currency], statement.closing
        if closing is None or not statement.ends:
            return
        day = closing.day + timedelta(days=1)
        same = (bank, day, closing.currency)
        plan.entries = [
            e for e in plan.entries if not (isinstance(e, Balance) and (e.account, e.date, e.amount.currency) == same)
        ]
        if closing.day not in known.in_book:
            plan.entries.append(assert_balance(statement, bank, day, closing.number))
        known.close(statement)

    def _day(self, items: Sequence[IdentifiedLine], bank: str) -> Iterator[tuple[list[Directive], Outcome]]:
        """Book the new lines of one day: its credits are matched together."""
        waiting = [item for item in items if _is_credit(item.line) and not self._own(item.line, bank)]
        matches = self.matcher.match([as_credit(item) for item in waiting if item.import_id not in self.request.held])
        credits_ = {item.import_id for item in waiting}
        for item in items:
            if item.import_id in credits_:
                yield self._credit(item, bank, matches.get(item.import_id))
            else:
                yield self._movement(item, bank)

    def _credit(self, item: IdentifiedLine, bank: str, match: Match | None) -> tuple[list[Directive], Outcome]:
        line, held = item.line, self.request.held.get(item.import_id, "")
        if match is not None and match.certain:
            try:
                return list(self.keeper.receipt(item, bank, match)), Outcome(line, bank, OutcomeKind.LINKED, match)
            except ComposeError as error:
                held = str(error)
        entry = self.keeper.unclaimed(item, bank)
        what = OutcomeKind.PROPOSED if match is not None else OutcomeKind.UNCLAIMED
        return [entry], Outcome(line, bank, what, match, held or (match.against if match else ""))

    def _movement(self, item: IdentifiedLine, bank: str) -> tuple[list[Directive], Outcome]:
        line, held = item.line, self.request.held.get(item.import_id, "")
        if held and not (line.reversal or line.nature is Nature.RETURN):
            mend = "; with `--charges-for PURPOSE` a purpose bears it, else an #expenditure entry settles it later"
            return [self.keeper.payment(item, bank)], Outcome(
                line, bank, OutcomeKind.PAYMENT, remark=self._held(item) + mend
            )
        if self._own(line, bank):
            return [self.keeper.transfer(item, bank)], Outcome(line, bank, OutcomeKind.TRANSFER)
        if line.nature is Nature.INTEREST and line.number > ZERO:
            return [self.keeper.interest(item, bank)], Outcome(line, bank, OutcomeKind.INTEREST)
        if line.nature in {Nature.CHARGES, Nature.INTEREST} and line.number < ZERO:
            return [self.keeper.charges(item, bank, self.request.charges_for)], Outcome(line, bank, OutcomeKind.CHARGES)
        if line.number > ZERO or line.reversal or line.nature is Nature.RETURN:
            return self._returned(item, bank)
        return [self.keeper.payment(item, bank)], Outcome(line, bank, OutcomeKind.PAYMENT)

    def _returned(self, item: IdentifiedLine, bank: str) -> tuple[list[Directive], Outcome]:
        """Book a credit that the bank took back: its receipt is reversed where it is certain which; else a person decides, and money that came back is a payment."""
        line = item.line
        if line.number > ZERO:
            return [self.keeper.payment(item, bank)], Outcome(line, bank, OutcomeKind.RETURNED)
        found = find_returned_credit(self.fund, self.names, item, bank)
        if found.certain is not None and item.import_id not in self.request.held and found.certain not in self.undone:
            self.undone.append(found.certain)
            what = f"{name_of(found.certain)} is taken back: what it settled is outstanding again"
            return list(self.keeper.returned(item, found.certain)), Outcome(
                line, bank, OutcomeKind.RETURNED, remark=what
            )
        remark = "; ".join(part for part in (self._held(item), explain_way_out(item, found)) if part)
        payment = self.keeper.payment(item, bank)
        marked = payment._replace(meta=payment.meta | {"returned": True})
        return [marked], Outcome(line, bank, OutcomeKind.RETURNED, remark=remark)

    def _held(self, item: IdentifiedLine) -> str:
        """Return why the rules refused what a line would be, without how to mend it."""
        return self.request.held.get(item.import_id, "").partition(" To mend")[0].rstrip(".")

    def _own(self, line: Line, bank: str) -> bool:
        """Tell a transfer between two accounts of the fund."""
        other = self.banks.find((line.party.account,)) if line.party.account else None
        return other is not None and other.account != bank and IN_TRANSIT in self.fund.contents.opens


def _is_credit(line: Line) -> bool:
    return line.number > ZERO and line.nature is Nature.PAYMENT and not line.reversal
