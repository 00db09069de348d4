"""Donors: by category on the date.

And one donor with its account, its status over time, its documents and its answers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from ledger.ground.phrases import N_, Text, phrase
from ledger.language.models import Donor
from ledger.language.nearest import did_you_mean
from ledger.law.scopes import donors_of
from ledger.model.fund import Fund
from reports.document import Document, translate_table
from reports.letters.account import account_of
from reports.scope import Scope
from reports.table import Column, ColumnType, Table, table
from reports.translation import Translator
from reports.views.blocks import Block, Blocks
from reports.views.entries import document_link
from reports.views.refusal import BadRequestError


@dataclass(frozen=True, slots=True)
class DonorsPage:
    """Who is a donor of which category on the date, and what each has pledged and paid."""

    registered: Block
    pledged: Block
    received: Block


def donors_page(fund: Fund, document: Document, blocks: Blocks) -> DonorsPage:
    """Build the page of all donors."""
    registered = translate_table(registered_table(fund, blocks.request.scope), Translator(document.language))
    return DonorsPage(
        blocks.block(registered), blocks.block(document.table("donors")), blocks.block(document.table("contributions"))
    )


def registered_table(fund: Fund, scope: Scope) -> Table:
    """List the donors that have an entry by the date, by the category that they have on it."""
    accounts = {item.account.donor for item in fund.contributions if item.day <= scope.as_of}
    accounts |= {item.account.donor for item in fund.instalments.values() if item.opened.txn.date <= scope.as_of}
    categories = list(fund.registry.categories)
    rows = []
    for component in accounts:
        donor = fund.registry.by_account.get(component)
        if donor is not None:
            standing = fund.registry.standing(donor.code, scope.as_of)
            category = fund.registry.categories.get(standing.category)
            name = category.name(scope.language) if category else standing.category
            place = categories.index(standing.category) if category else len(categories)
            rows.append(
                ((place, donor.code), (name, donor.name(scope.language), donor.code, donor.kind, standing.doubt))
            )
    columns = [
        Column("category", N_("Donor category"), ColumnType.TEXT, 24),
        Column("donor", N_("Donor"), ColumnType.TEXT, 34),
        Column("code", N_("Code"), ColumnType.TEXT, 16),
        Column("kind", N_("Kind"), ColumnType.TEXT, 24),
        Column("doubt", N_("Doubt about the category"), ColumnType.TERM, 50),
    ]
    return table(
        "registered",
        "",
        N_("Donors"),
        N_("Donors by category"),
        columns,
        [row for _, row in sorted(rows)],
        subtitle=phrase("Donors with an entry in the book, by the category that they have on {day}", day=scope.as_of),
    )


@dataclass(frozen=True, slots=True)
class DonorPage:
    """One donor."""

    donor: Donor
    name: str
    category: str
    account: tuple[Block, ...]
    statuses: Block
    answers: Block
    documents: tuple[tuple[date, Markup], ...]


def find(fund: Fund, code: str) -> Donor:
    """Find a donor by its code.

    Raises:
        BadRequestError: when there is none.

    """
    result = fund.registry.donors.get(code)
    if result is None:
        suggestion = did_you_mean(code, fund.registry.donors)
        raise BadRequestError(phrase("no donor {name!r} is registered; {suggestion}", name=code, suggestion=suggestion))
    return result


def donor_tables(fund: Fund, donor: Donor, scope: Scope) -> tuple[Table, ...]:
    """Return the account of a donor in the year of the quarter, its status over time and its answers, as tables."""
    words = Translator(scope.language)
    account = account_of(fund, donor, scope).tables(fund.unit, to_donor=False)
    return tuple(
        translate_table(one, words) for one in (*account, _statuses(fund, donor, scope), _answers(fund, donor, scope))
    )


def donor_page(fund: Fund, code: str, blocks: Blocks) -> DonorPage:
    """Build the page of one donor."""
    donor, scope = find(fund, code), blocks.request.scope
    standing = fund.registry.standing(code, scope.as_of)
    category = fund.registry.categories.get(standing.category)
    *account, statuses, answers = donor_tables(fund, donor, scope)
    return DonorPage(
        donor,
        donor.name(scope.language),
        category.name(scope.language) if category else standing.category,
        tuple(blocks.block(one) for one in account),
        blocks.block(statuses),
        blocks.block(answers),
        tuple(_documents(fund, donor, scope)),
    )


def _statuses(fund: Fund, donor: Donor, scope: Scope) -> Table:
    names = fund.registry.categories
    rows: list[tuple[date, str, Text, str]] = [
        (
            status.day,
            names[status.category].name(scope.language) if status.category in names else status.category,
            N_("earliest evidence") if status.since_unknown else "",
            status.source or status.evidence or "",
        )
        for status in fund.directives.statuses
        if status.donor == donor.code
    ]
    columns = [
        Column("day", N_("Since"), ColumnType.DAY, 12),
        Column("category", N_("Donor category"), ColumnType.TEXT, 24),
        Column("certain", N_("Doubt about the category"), ColumnType.TERM, 24),
        Column("source", N_("Source"), ColumnType.TEXT, 60),
    ]
    return table("statuses", "", N_("Status"), N_("Status over time"), columns, sorted(rows))


def _answers(fund: Fund, donor: Donor, scope: Scope) -> Table:
    rows = [
        (item.day, item.quarter, item.answer, item.source, item.note or "")
        for item in fund.directives.confirmations
        if item.donor == donor.code and item.day <= scope.as_of
    ]
    columns = [
        Column("day", N_("Date"), ColumnType.DAY, 12),
        Column("quarter", N_("Quarter"), ColumnType.TEXT, 12),
        Column("answer", N_("Answer"), ColumnType.TEXT, 14),
        Column("source", N_("Source"), ColumnType.TEXT, 40),
        Column("note", N_("Note"), ColumnType.TEXT, 40),
    ]
    return table("answers", "", N_("Answers"), N_("Confirmations of the account"), columns, sorted(rows))


def _documents(fund: Fund, donor: Donor, scope: Scope) -> Iterator[tuple[date, Markup]]:
    """Return the documents of the donor's entries."""
    documents = fund.documents
    if not documents:
        return
    for entry in fund.entries:
        if entry.txn.date <= scope.as_of and donor.code in donors_of(fund, entry):
            for item in documents.get(fund.digest(entry), []):
                yield item.date, document_link(item)
