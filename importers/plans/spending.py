"""Turn an extract of expenditure into entries.

They say what was spent on which object and purpose, owed until the bank pays it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from beancount.core.amount import Amount
from beancount.core.data import Transaction

from importers.formats.expenditure import ExpenditureLine, Extract
from importers.ground.configuration import Expenditure
from importers.ground.refusal import Mistake, RefusedFileError
from importers.ground.values import join_words
from importers.plans.plan import OutcomeKind, Plan, PlanContext
from ledger.acts.postings import entry_of, posting_of, price_of
from ledger.ground.errors import InvalidEntryError
from ledger.ground.money import ZERO, show
from ledger.language.accounts import PAYABLE, Role
from ledger.language.kinds import Kind
from ledger.language.nearest import did_you_mean
from ledger.model.entries import Entry
from ledger.model.fund import Fund

PREFIX = "expenditure "


def plan(extract: Extract, context: PlanContext) -> Plan:
    """Plan the expenditure of an extract.

    Raises:
        RefusedFileError: with every object, purpose and donor that the book does not know, and every line that takes
            something back.

    """
    fund, lines = context.fund, extract.lines
    mistakes: list[Mistake] = []
    if PAYABLE not in fund.contents.opens:
        mistakes.append(
            Mistake(
                "", f"the book has no account {PAYABLE}.", f"add `2004-06-08 open {PAYABLE}` to accounts.beancount."
            )
        )
    book = _read_known(fund)
    seen: Counter[str] = Counter()
    transactions: list[Transaction] = []
    fresh: dict[str, list[ExpenditureLine]] = defaultdict(list)
    for line in lines:
        identity = f"{PREFIX}{line.document} {line.day} {line.object.text} {line.number.normalize():f} {line.currency}"
        seen[identity] += 1
        if seen[identity] > 1:
            identity += f" #{seen[identity]}"
        digest, booked_line = _digest(line), book.pop(identity, None)
        if booked_line is None:
            fresh[line.document].append(line)
            try:
                transactions.append(_compose(context, line, f"{identity} {digest}"))
            except RefusedFileError as error:
                mistakes += error.mistakes
        elif booked_line.digest != digest:
            what = f"another purpose, donor or description. In the book: {booked_line}. In the file: {_describe_line(line)}."
            mistakes.append(Mistake(line.place, f"the document {line.document!r} is in the book with {what}", _MEND))
    known_lines = len(lines) - sum(map(len, fresh.values()))
    mistakes += _find_changes(lines, fresh, book.values())
    if mistakes:
        raise RefusedFileError(mistakes)
    total = sum((line.number for line in lines), ZERO)
    counts = (("of expenditure added", len(transactions)), (OutcomeKind.KNOWN.value, known_lines))
    return Plan(tuple(transactions), counts, PAYABLE, len(lines), {lines[0].currency if lines else "": total})


_MEND = "ask the ERP which of the two is right: reverse the entry of the book and import again, or correct the file."


@dataclass(frozen=True, slots=True)
class _BookedLine:
    """A line of an earlier extract as the book has it: its document, and a digest of what else it says."""

    entry: Entry
    document: str
    digest: str

    def __str__(self) -> str:
        """Return it in the words of the file."""
        txn = self.entry.txn
        expenditures = [p for part, p, _ in self.entry.money if part.role is Role.EXPENDITURE]
        amounts = " + ".join(f"{show(p.units)} for {p.account.removeprefix('Expenses:')}" for p in expenditures)
        place = Path(self.entry.place).name
        return f"{txn.date}, {amounts}, {txn.meta.get('purpose', 'no purpose')}, {txn.narration!r} ({place})"


def _read_known(fund: Fund) -> dict[str, _BookedLine]:
    """Return the lines of earlier extracts that stand, by what the file says of each."""
    reversed_entries = fund.reversed_entries(date.max)
    result = {}
    for entry in fund.by_kind[Kind.EXPENDITURE]:
        known_as, _, digest = str(entry.txn.meta.get("import-id", "")).rpartition(" ")
        if known_as.startswith(PREFIX) and not entry.reversal and entry not in reversed_entries:
            result[known_as] = _BookedLine(entry, str(entry.txn.meta.get("document", "")), digest)
    return result


def _describe_line(line: ExpenditureLine) -> str:
    return f"{line.day}, {show(Amount(line.number, line.currency))} for {line.object.text}, {line.purpose.text}, {line.description!r} ({line.place})"


def _find_changes(
    lines: Sequence[ExpenditureLine], fresh: dict[str, list[ExpenditureLine]], unmatched: Iterable[_BookedLine]
) -> Iterator[Mistake]:
    """Yield the lines of the book that the extract has changed, or has not any more though it has their document."""
    documents = {line.document for line in lines}
    days = [line.day for line in lines]
    for booked_line in unmatched:
        if booked_line.document not in documents:
            continue
        instead = next((line for line in fresh[booked_line.document] if _is_like(line, booked_line)), None)
        if instead is not None:
            fresh[booked_line.document].remove(instead)
            what = f"is in the book as: {booked_line}; the file has instead: {_describe_line(instead)}."
            yield Mistake(instead.place, f"the document {booked_line.document!r} {what}", _MEND)
        elif min(days) <= booked_line.entry.txn.date <= max(days):
            place = next(line.place for line in lines if line.document == booked_line.document)
            what = f"has a line in the book that the file has not any more: {booked_line}."
            yield Mistake(place, f"the document {booked_line.document!r} {what}", _MEND)


def _is_like(line: ExpenditureLine, booked_line: _BookedLine) -> bool:
    """Return whether a new line may be what has become of one in the book: on the same day, or of the same amount."""
    amounts = {(p.units.number, p.units.currency) for _, p, _ in booked_line.entry.money}
    return line.day == booked_line.entry.txn.date or (line.number, line.currency) in amounts


def _digest(line: ExpenditureLine) -> str:
    """Return a digest of what else a line says."""
    text = "\x1f".join((line.purpose.text, line.donor.text if line.donor else "", line.description))
    return sha256(text.encode()).hexdigest()[:8]


def _compose(context: PlanContext, line: ExpenditureLine, identity: str) -> Transaction:
    fund, settings, options = context.fund, context.configuration.expenditure, context.options
    mistakes: list[Mistake] = []
    account = _find_account(fund, line, settings, mistakes)
    purpose = settings.purposes.get(line.purpose.text, line.purpose.text)
    slugs = [item.slug for item in fund.directives.purposes]
    if purpose not in slugs:
        hint = "" if purpose == line.purpose.text else f" (import.toml makes it {purpose!r})"
        what = f"the purpose {line.purpose.text!r}{hint} is not declared; {did_you_mean(purpose, slugs)}."
        mistakes.append(Mistake(line.purpose.place, what, "map it under [expenditure.purposes] in import.toml."))
    donor = fund.registry.find(line.donor.text) if line.donor and line.donor.text else None
    if line.donor and line.donor.text and donor is None:
        mistakes.append(
            Mistake(
                line.donor.place,
                f"no donor {line.donor.text!r} is registered.",
                "correct it in the ERP, or register the donor.",
            )
        )
    if line.number <= ZERO:
        what = f"{line.number} takes an earlier line back."
        mistakes.append(
            Mistake(
                line.place,
                what,
                "reverse that entry in the book (#expenditure #correction), and take both lines out of the extract.",
            )
        )
    price = None
    try:
        price = price_of(fund, line.currency, line.day, None)
    except InvalidEntryError:
        mistakes.append(
            Mistake(
                line.place,
                f"the book has no rate of {line.currency} on {line.day}.",
                f"import the UN operational rates of {line.day:%B %Y} first.",
            )
        )
    if mistakes:
        raise RefusedFileError(mistakes)
    meta = {
        "purpose": purpose,
        "document": line.document,
        "donor": donor.code if donor else None,
        "import-id": identity,
        "statement-sha256": context.sha256,
        "recorded": options.today if options.today != line.day else None,
        "recorded-by": options.officer,
    }
    postings = [
        posting_of(account, line.number, line.currency, price=price),
        posting_of(PAYABLE, -line.number, line.currency, price=price),
    ]
    return entry_of(
        Kind.EXPENDITURE,
        line.day,
        "",
        join_words(line.description) or f"Expenditure {line.document}",
        postings,
        meta,
        [],
    )


def _find_account(fund: Fund, line: ExpenditureLine, settings: Expenditure, mistakes: list[Mistake]) -> str:
    """Return the account of an object of expenditure: as import.toml maps it, else `Expenses:` and its name."""
    name = settings.objects.get(line.object.text, line.object.text)
    account = name if name.startswith("Expenses:") else f"Expenses:{name}"
    if account not in fund.contents.opens:
        objects = [
            account_name.removeprefix("Expenses:")
            for account_name in fund.contents.opens
            if account_name.startswith("Expenses:")
        ]
        hint = "" if name == line.object.text else f" (import.toml makes it {name!r})"
        what = f"the object of expenditure {line.object.text!r}{hint} has no account; {did_you_mean(name, objects)}."
        mistakes.append(
            Mistake(line.object.place, what, "map it under [expenditure.objects] in import.toml, or open the account.")
        )
    return account
