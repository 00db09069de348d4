"""Pledges: every instalment in its stage, overdue first, ageing as of any date.

And one pledge with its life as a timeline.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from ledger.ground.phrases import N_, Text, join, layout, phrase
from ledger.language.nearest import did_you_mean
from ledger.model.entries import Entry
from ledger.model.fund import Fund
from ledger.model.numbering import recorded
from ledger.model.pledges import Instalment, Pledge
from reports.ageing import IN_TIME
from reports.document import Document, translate_table
from reports.names import Names
from reports.scope import Scope
from reports.statements.pledges import PLEDGE_VALUES, PLEDGES, Pledges, instalment_line
from reports.table import Cell, Table
from reports.translation import Translator
from reports.views.blocks import Block, Blocks
from reports.views.entries import EntryDetail, entry_detail
from reports.views.refusal import BadRequestError


@dataclass(frozen=True, slots=True)
class PledgesPage:
    """The statement with its values, its ageing and what it lets expect."""

    status: Block
    values: Block
    ageing: Block
    expected: Block


def pledges_page(document: Document, blocks: Blocks) -> PledgesPage:
    """Build the page of all pledges: what is overdue stands first, the oldest due date before the others."""
    status = document.table("pledges")
    place = {column.key: n for n, column in enumerate(status.columns)}
    words = Translator(document.language)
    in_time = {words.say(name) for name in IN_TIME}

    def order(row: tuple[Cell, ...]) -> tuple[bool, date]:
        due, ageing = row[place["due"]], row[place["ageing"]]
        return ageing in in_time, due if isinstance(due, date) else date.max

    return PledgesPage(
        blocks.block(status, order=order),
        blocks.block(document.table("pledge_values")),
        blocks.block(document.table("ageing")),
        blocks.block(document.table("expected_cash")),
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One day in the life of a pledge: what was done, and the entry, when there is one."""

    day: date
    what: str
    entry: EntryDetail | None = None


@dataclass(frozen=True, slots=True)
class PledgePage:
    """One pledge: its instalments, and its life."""

    id: str
    donor: str
    status: Block
    values: Block
    life: tuple[Step, ...]


def find(fund: Fund, name: str) -> Pledge:
    """Find a pledge.

    Raises:
        BadRequestError: when there is none of that name.

    """
    result = fund.pledges.get(name)
    if result is None:
        raise BadRequestError(
            phrase(
                "no pledge {name!r} is in the book; {suggestion}",
                name=name,
                suggestion=did_you_mean(name, fund.pledges),
            )
        )
    return result


def pledge_tables(fund: Fund, pledge: Pledge, scope: Scope) -> tuple[Table, Table]:
    """Return the lines of statement 3 of one pledge, whatever their year."""
    names, words = Names(fund, scope), Translator(scope.language)
    instalments = [item for item in pledge.instalments if item.opened.txn.date <= scope.as_of]
    lines = (
        instalment_line(fund, item, scope.as_of, names) for item in sorted(instalments, key=lambda item: item.label)
    )
    pledges = Pledges(tuple(lines))
    status, values = (statement.table(pledges, scope, fund.unit) for statement in (PLEDGES, PLEDGE_VALUES))
    return translate_table(status, words), translate_table(values, words)


def pledge_page(fund: Fund, name: str, blocks: Blocks) -> PledgePage:
    """Build the page of one pledge."""
    pledge, scope = find(fund, name), blocks.request.scope
    words = Translator(scope.language)
    status, values = pledge_tables(fund, pledge, scope)
    donor = fund.registry.by_account.get(pledge.donor)
    steps = sorted(_steps(fund, pledge, scope, blocks), key=lambda step: step[0])
    return PledgePage(
        pledge.id,
        donor.name(scope.language) if donor else pledge.donor,
        blocks.block(status),
        blocks.block(values),
        tuple(Step(day, words.say(what), entry) for day, what, entry in steps),
    )


def _steps(fund: Fund, pledge: Pledge, scope: Scope, blocks: Blocks) -> Iterator[tuple[date, Text, EntryDetail | None]]:
    """Return what was done to a pledge until a day.

    Movements, documents, approvals, words that it still stands, and what is due.
    """
    entries: dict[Entry, list[Text]] = {}
    for item in pledge.instalments:
        for move in item.movements:
            if move.day <= scope.as_of:
                what = _amount(move.number, item, move.effect.value)
                entries.setdefault(move.entry, []).append(what)
        if item.due is not None and (outstanding := item.outstanding(scope.as_of)):
            yield item.due, _amount(outstanding, item, DUE), None
    yield from _of_entries(fund, entries.items(), blocks)
    digests = {fund.digest(entry): entry.txn for entry in entries}
    for approval in fund.directives.approvals:
        if approval.digest in digests and approval.day <= scope.as_of:
            what = digests[approval.digest].narration or ""
            yield approval.day, phrase("approved by {officer}: {what}", officer=approval.by, what=what), None
    for word in fund.directives.reconfirmations:
        if word.pledge == pledge.id and word.day <= scope.as_of:
            yield word.day, phrase("reconfirmed: {source}", source=word.source), None


DUE = N_("due")


def _of_entries(
    fund: Fund, entries: Iterable[tuple[Entry, list[Text]]], blocks: Blocks
) -> Iterator[tuple[date, Text, EntryDetail | None]]:
    """Return what the entries of a pledge did, and when they were recorded and proved."""
    documents = fund.documents
    for entry, moves in entries:
        txn = entry.txn
        yield txn.date, join(moves, "; "), entry_detail(fund, entry, blocks, documents)
        for document in documents.get(fund.digest(entry), []):
            yield document.date, phrase("document filed: {name}", name=Path(document.filename).name), None
        if recorded(txn) != txn.date:
            yield recorded(txn), phrase("recorded: {what}", what=txn.narration or ""), None


def _amount(number: Decimal, item: Instalment, effect: Text) -> Text:
    amount = layout("{number} {currency}", number=number, currency=item.currency)
    return phrase("{effect}: {amount} of {label}", effect=effect, amount=amount, label=item.label)
