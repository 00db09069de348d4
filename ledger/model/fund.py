"""The fund: everything the book says, built in one pass over its entries.

`Fund.build` takes Beancount's booked entries and gives the model that rules judge and reports show. What is worked out
from all of them (reversals, unclaimed receipts, positions, …) is an attribute too, worked out when it is first asked
for, once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Self

from beancount.core import data

from ledger.ground.canonical import digest
from ledger.ground.findings import Finding
from ledger.language.directives import Directives
from ledger.language.kinds import Kind
from ledger.language.law import Schema
from ledger.language.parse import parse
from ledger.model import entries
from ledger.model.amendments import amended
from ledger.model.building import Builder, LotKey
from ledger.model.contents import Contents, contents, proofs
from ledger.model.dated_law import Law
from ledger.model.donors import Registry
from ledger.model.entries import Entry
from ledger.model.pledges import Instalment, Pledge
from ledger.model.positions import Positions, positions
from ledger.model.rates import Rates
from ledger.model.receipts import Contribution, Receipt
from ledger.model.reversals import originals
from ledger.model.transit import Transit, transit
from ledger.model.unclaimed import Unclaimed, links_of, unclaimed
from ledger.model.unnamed import unnamed


@dataclass(frozen=True, eq=False)
class Fund:
    """The model of one book, judged as of a day: in itself that of its last transaction. It is read, never written."""

    directives: Directives
    findings: Sequence[Finding]
    registry: Registry
    rates: Rates
    law: Law
    options: Mapping[str, object]
    contents: Contents
    entries: Sequence[Entry]
    by_kind: Mapping[Kind, Sequence[Entry]]
    pledges: Mapping[str, Pledge]
    instalments: Mapping[LotKey, Instalment]
    contributions: Sequence[Contribution]
    receipts: Sequence[Receipt]
    raw: Mapping[LotKey, Sequence[tuple[date, Decimal, Entry]]]
    """The bare postings of every lot of a memorandum account, apart from what their tags say."""
    as_of: date
    _digests: dict[Entry, str] = field(default_factory=dict, repr=False)

    @classmethod
    def build(cls, book: Iterable[data.Directive], options: Mapping[str, object], schema: Schema) -> Self:
        """Build the model from booked entries in Beancount's order; the book may speak of the rules of the schema."""
        result = contents(book)
        lines, findings = parse(result.customs, schema)
        directives = amended(lines)
        registry = Registry(directives)
        unit = directives.funds[0].unit if directives.funds else "USD"
        builder = Builder()
        for txn in result.transactions:
            builder.add(entries.read(txn, registry.account))
        return cls(
            directives,
            findings,
            registry,
            Rates(result.prices, unit),
            Law(directives.rules, schema),
            options,
            result,
            builder.entries,
            builder.by_kind,
            builder.pledges,
            builder.instalments,
            builder.contributions,
            builder.receipts,
            builder.raw,
            result.last_day,
        )

    def at(self, day: date) -> Self:
        """Return the same book as of another day, on which donors have the names of that day.

        Nothing that was worked out for this one goes with it.
        """
        return replace(self, as_of=day, registry=self.registry.at(day))

    @property
    def main(self) -> Path:
        """The main file of the book."""
        return Path(str(self.options["filename"]))

    @property
    def unit(self) -> str:
        """The unit of account, `USD` where the book does not say."""
        return self.rates.unit

    def digest(self, entry: Entry) -> str:
        """Return the digest of an entry, worked out once."""
        result = self._digests.get(entry)
        if result is None:
            result = self._digests[entry] = digest(entry.txn)
        return result

    def taken_by(self, entry: Entry) -> list[Instalment]:
        """Return the instalments that an entry takes from."""
        keys = (
            (a.name, (p.cost.label if p.cost else None) or "", p.units.currency)
            for a, p, _ in entry.memorandum
            if p.units.number * entry.sign < 0
        )
        return [self.instalments[key] for key in keys if key in self.instalments]

    @cached_property
    def reversals(self) -> Mapping[Entry, Entry | None]:
        """The entry that each reversal takes back; None when there is none left."""
        return originals(self.entries)

    def reversed_entries(self, as_of: date) -> frozenset[Entry]:
        """Return the entries that a reversal had taken back by the end of a day."""
        result = self.reversals.items()
        return frozenset(entry for back, entry in result if entry is not None and back.txn.date <= as_of)

    @cached_property
    def unclaimed(self) -> Mapping[str, Unclaimed]:
        """Every unclaimed receipt by its link, in the order of arrival."""
        return unclaimed(self.by_kind)

    def credited_by(self, entry: Entry) -> Entry:
        """Return the entry by which the bank credited money.

        Of an identification that of the unclaimed receipt, else the entry itself.

        Income is of the day on which the donor was identified; received is what the bank credited, on the day on which
        it did.
        """
        if entry.kind is not Kind.IDENTIFY:
            return entry
        result = (self.unclaimed[link] for link in links_of(entry.txn.links or frozenset()) if link in self.unclaimed)
        return next((item.opened for item in result), entry)

    @cached_property
    def receipt_entries(self) -> Mapping[str, Entry]:
        """The first entry of every receipt number."""
        return {receipt.number: receipt.entry for receipt in reversed(self.receipts) if receipt.number}

    def transit(self, as_of: date = date.max) -> Transit:
        """Return the sales of currency between accounts of the fund up to the end of a day, and the ends that wait."""
        return transit(self.entries, self.law, self.rates, as_of)

    @cached_property
    def positions(self) -> Positions:
        """Every change of every monetary item in another currency than the unit of account."""
        return positions(self.entries, self.transit().conversions, self.rates)

    @cached_property
    def documents(self) -> Mapping[str, Sequence[data.Document]]:
        """The documents by the digest of the entry that they prove."""
        return proofs(self.contents.documents)

    @cached_property
    def unnamed(self) -> frozenset[Entry]:
        """The entries that are published without their donor."""
        return unnamed(self.entries, self.reversals)

    @cached_property
    def unnamed_places(self) -> frozenset[str]:
        """Where those stand: a finding knows its entry by its place."""
        return frozenset(entry.place for entry in self.unnamed)
