"""One entry: its tag, the accounts that its kind may touch and in which direction, its labels and links, its reasons."""

from collections.abc import Callable, Iterator

from beancount.core.data import Posting

from ledger.ground.findings import Finding
from ledger.ground.money import ZERO
from ledger.ground.phrases import N_, Text, join, layout, phrase
from ledger.language.accounts import STAGES, Account, Role
from ledger.language.kinds import BY_TAG, METADATA, Kind
from ledger.language.nearest import nearest
from ledger.language.shapes import SHAPES, Shape
from ledger.model import entries
from ledger.model.entries import Entry
from ledger.model.pledges import pledge_of
from plugins.rules.pledge_lifecycle.rule import RULE

_PAYS_BACK = frozenset({Role.CONTRIBUTION, Role.REFUNDS_PAYABLE, Role.UNCLAIMED})
_PASSED = METADATA.keys() | {"filename", "lineno", "__tolerances__", "__automatic__"}
_PLACE = 2
"""Every posting has `filename` and `lineno`."""


def wrong_shape(entry: Entry, slip: Callable[[str], str | None]) -> Iterator[Finding]:
    """Yield what is wrong with the form of one entry.

    `slip` is `slip_of`, or what remembers its answers for one book.
    """
    yield from _metadata(entry, slip)
    if entry.kind is None:
        yield from _kind(entry)
    else:
        yield from _entry(entry, entry.kind, SHAPES[entry.kind])


def _metadata(entry: Entry, slip: Callable[[str], str | None]) -> Iterator[Finding]:
    for meta in (entry.txn.meta, *(p.meta for p in entry.txn.postings if p.meta and len(p.meta) > _PLACE)):
        for key in meta:
            if key not in _PASSED and (suggestion := slip(key)):
                yield RULE.finding("misspelt-key", entry.txn, key=key, meant=suggestion)


def slip_of(key: str) -> str | None:
    """Return the known key that `key` is a slip of the pen away from, None where there is none."""
    suggestion = None if key.startswith("__") else nearest(key, METADATA)
    if suggestion is None:
        return None
    alike = sorted(suggestion.replace("-", "")) == sorted(key.replace("_", "").replace("-", ""))
    one_off = abs(len(suggestion) - len(key)) <= 1 and len(set(suggestion) ^ set(key)) <= 1
    return suggestion if alike or one_off else None


def _kind(entry: Entry) -> Iterator[Finding]:
    if entry.kinds:
        tags = ", ".join(sorted(f"#{kind.value}" for kind in entry.kinds))
        yield RULE.finding("several-kinds", entry.txn, tags=tags)
        return
    watched = next((part for part, _, _ in entry.owned + entry.memorandum + entry.money), None)
    if watched is not None:
        close = next((m for tag in sorted(entry.txn.tags or ()) if (m := nearest(tag, BY_TAG))), None)
        suggestion = layout(" ({hint})", hint=phrase("did you mean {word}?", word=f"#{close}")) if close else ""
        kinds = ", ".join(f"#{tag}" for tag in BY_TAG)
        yield RULE.finding("no-kind", entry.txn, account=watched.name, suggestion=suggestion, kinds=kinds)


def _entry(entry: Entry, kind: Kind, shape: Shape) -> Iterator[Finding]:
    """Judge an entry of one kind."""
    yield from _accounts(entry, kind, shape)
    if entry.memorandum or entry.pledges:
        yield from _labels(entry, shape)
    if kind is Kind.IN_KIND:
        yield from _converts(entry)
        if not entries.text(entry.txn, "valuation"):
            yield RULE.finding("no-valuation", entry.txn)
    if kind in {Kind.REDUCTION, Kind.WRITE_OFF} and not entries.text(entry.txn, "reason"):
        yield RULE.finding("no-reason", entry.txn, kind=kind.value)
    if entry.reversal and not entries.text(entry.txn, "corrects"):
        yield RULE.finding("corrects-nothing", entry.txn)


def _accounts(entry: Entry, kind: Kind, shape: Shape) -> Iterator[Finding]:
    if entry.memorandum:
        yield from _memorandum_accounts(entry, kind, shape)
    yield from _money_accounts(entry, kind, shape)
    if kind is Kind.REFUND and not _PAYS_BACK & {part.role for part, _, _ in entry.money}:
        facts = {"missing": _roles(_PAYS_BACK), "needs": phrase("one of: {names}", names=_roles(_PAYS_BACK))}
        yield RULE.finding("half-missing", entry.txn, kind=kind.value, **facts)
    touched = {part.role for part, _, _ in entry.money}
    if kind is not Kind.PAYMENT and Role.PAYABLE in touched & _money(entry, shape):
        touched.add(Role.BANK)  # what is owed now leaves the bank with a #payment
    missing = shape.needs and shape.needs - touched
    if missing:
        facts = {"missing": _roles(missing), "needs": _roles(shape.needs)}
        yield RULE.finding("half-missing", entry.txn, kind=kind.value, **facts)
    if shape.opens and not shape.money and not any(a.role in STAGES for a, _, _ in entry.memorandum):
        stage = _roles(shape.opens)
        yield RULE.finding("half-missing", entry.txn, kind=kind.value, missing=stage, needs=stage)


def _memorandum_accounts(entry: Entry, kind: Kind, shape: Shape) -> Iterator[Finding]:
    for part, posting, _ in entry.memorandum:
        if part.role is Role.CONTRA and shape.memorandum:
            continue
        adds = posting.units.number * entry.sign > 0
        if part.role not in shape.opens and part.role not in shape.takes:
            yield _wrong_account(entry, kind, shape, part)
        elif part.role not in (shape.opens if adds else shape.takes):
            yield _direction(entry, kind, N_("add to") if adds else N_("take from"), part, posting)


def _money_accounts(entry: Entry, kind: Kind, shape: Shape) -> Iterator[Finding]:
    for part, posting, _ in entry.money:
        debit = posting.units.number * entry.sign > 0
        if part.role not in _money(entry, shape):
            yield _wrong_account(entry, kind, shape, part)
        elif part.role in (shape.credits if debit else shape.debits) and posting.units.number:
            yield _direction(entry, kind, N_("debit") if debit else N_("credit"), part, posting)


def _money(entry: Entry, shape: Shape) -> frozenset[Role]:
    """Return the accounts that the money half of an entry may touch."""
    return shape.money | shape.back if entry.reversal else shape.money


def _wrong_account(entry: Entry, kind: Kind, shape: Shape, part: Account) -> Finding:
    allowed = _roles(shape.opens | shape.takes | _money(entry, shape))
    facts = {"account": part.name, "role": part.role.value, "allowed": allowed}
    return RULE.finding("wrong-account", entry.txn, kind=kind.value, **facts)


def _direction(entry: Entry, kind: Kind, verb: str, part: Account, posting: Posting) -> Finding:
    number, currency = posting.units.number, posting.units.currency
    return RULE.finding(
        "wrong-direction",
        entry.txn,
        kind=kind.value,
        verb=verb,
        account=part.name,
        number=number,
        currency=currency,
    )


def _roles(roles: frozenset[Role]) -> Text:
    return join(sorted(role.value for role in roles)) or N_("nothing")


def _labels(entry: Entry, shape: Shape) -> Iterator[Finding]:
    named: set[str] = set()
    for part, posting, _ in entry.memorandum:
        if part.role is Role.CONTRA:
            continue
        label = posting.cost.label if posting.cost else None
        pledge = pledge_of(label) if label else None
        if not label:
            yield RULE.finding("no-lot", entry.txn, account=part.name)
        elif pledge is None:
            yield RULE.finding("bad-label", entry.txn, label=label)
        else:
            named.add(pledge)
    for pledge in sorted(named - entry.pledges):
        yield RULE.finding("no-link", entry.txn, pledge=pledge)
    if shape.memorandum:
        for pledge in sorted(entry.pledges - named):
            yield RULE.finding("pledge-not-settled", entry.txn, pledge=pledge)


def _converts(entry: Entry) -> Iterator[Finding]:
    given = {part.donor for part, _, _ in entry.money if part.donor}
    pledged = {part.donor for part, _, _ in entry.memorandum if part.donor}
    carried = sum((-value * entry.sign for part, _, value in entry.memorandum if part.role in STAGES), ZERO)
    used = sum((value * entry.sign for part, _, value in entry.money if part.role is Role.IN_KIND_EXPENSE), ZERO)
    if carried * 4 > used * 5 and carried - used > 1 and not entries.text(entry.txn, "reason"):
        yield RULE.finding("converted-for-less", entry.txn, carried=carried, value=used)
    if pledged - given:
        facts = {"given": ", ".join(sorted(given)), "pledged": ", ".join(sorted(pledged - given))}
        yield RULE.finding("converted-by-another", entry.txn, **facts)
