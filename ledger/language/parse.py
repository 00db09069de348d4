"""Turn custom directives into models: `(directives) -> (models, findings)`, every mistake one finding at file and line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from beancount.core.data import Custom
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ledger.findings import Catalogue, Finding, Message
from ledger.language import law, models
from ledger.language.nearest import did_you_mean

MESSAGES = Catalogue(
    "language",
    {
        "unknown-directive": Message(
            "{name!r} is not a directive of this book; {suggestion}.",
            "correct the name, or take the line out.",
        ),
        "values": Message(
            "custom {name!r} takes {expected}, but {given} stand here.",
            "write it as: {example}",
        ),
        "unknown-key": Message(
            "custom {name!r} has no metadata {key!r}; {suggestion}",
            "correct the key, or take the line out.",
        ),
        "missing-key": Message(
            "custom {name!r} lacks {key!r}.",
            "add a line `  {key}: …` below the directive.",
        ),
        "bad-value": Message(
            "custom {name!r}: {key!r} is {value}, but {expected}.",
            "correct the value of {key!r}.",
        ),
        "twice": Message(
            "{name} {subject!r} is declared twice; first at {first}.",
            "keep one of the two.",
        ),
        "kind-and-category": Message(
            "donor-status {subject!r} makes a donor of the kind {kind!r} a {category!r}; such a donor is of the kind {allowed}.",
            "correct the category or the kind: what is neither a state nor of the inter-American system is one of the others.",
            "AG/RES. 2027 (XXXIV-O/04), para. 11",
        ),
        "unknown-reference": Message(
            "{name} {subject!r} names the {kind} {word!r}, which is not declared; {suggestion}",
            "correct it, or declare the {kind} first.",
        ),
    },
)


@dataclass(slots=True)
class Directives:
    """All directives of a book, by kind, in the order of their dates."""

    funds: list[models.Fund] = field(default_factory=list)
    categories: list[models.DonorCategory] = field(default_factory=list)
    donors: list[models.Donor] = field(default_factory=list)
    statuses: list[models.DonorStatus] = field(default_factory=list)
    purposes: list[models.Purpose] = field(default_factory=list)
    rules: list[law.Rule] = field(default_factory=list)
    waivers: list[models.Waiver] = field(default_factory=list)
    clearances: list[models.Clearance] = field(default_factory=list)
    reconfirmations: list[models.Reconfirmation] = field(default_factory=list)
    payers: list[models.Payer] = field(default_factory=list)
    confirmations: list[models.Confirmation] = field(default_factory=list)
    officers: list[models.Officer] = field(default_factory=list)
    approvals: list[models.Approval] = field(default_factory=list)
    closes: list[models.Close] = field(default_factory=list)
    reopenings: list[models.Reopen] = field(default_factory=list)

    def keep(self, model: models.Directive) -> None:
        """File a directive under its kind."""
        if isinstance(model, law.Rule):
            self.rules.append(model)
            return
        shelf: dict[type[models.Directive], list[Any]] = {
            models.Fund: self.funds,
            models.DonorCategory: self.categories,
            models.Donor: self.donors,
            models.DonorStatus: self.statuses,
            models.Purpose: self.purposes,
            models.Waiver: self.waivers,
            models.Clearance: self.clearances,
            models.Reconfirmation: self.reconfirmations,
            models.Payer: self.payers,
            models.Confirmation: self.confirmations,
            models.Officer: self.officers,
            models.Approval: self.approvals,
            models.Close: self.closes,
            models.Reopen: self.reopenings,
        }
        shelf[type(model)].append(model)


def parse(customs: Iterable[Custom]) -> tuple[Directives, list[Finding]]:
    """Read all custom directives of a book; those of other programs (`models.FOREIGN`) are passed over."""
    directives, findings = Directives(), []
    for custom in customs:
        if custom.type.startswith(models.FOREIGN):
            continue
        model, mistakes = parse_one(custom)
        findings += mistakes
        if model is not None:
            directives.keep(model)
    return directives, findings + list(_cross_check(directives))


def parse_one(custom: Custom) -> tuple[models.Directive | None, list[Finding]]:
    """Read one directive: its model, or None and what is wrong with it."""
    kind = _model(custom)
    if kind is None:
        suggestion = did_you_mean(custom.type, [*models.DIRECTIVES, "rule"])
        return None, [
            MESSAGES.finding("unknown-directive", custom, name=custom.type, suggestion=suggestion.rstrip("."))
        ]
    values = custom.values or []  # Beancount gives None where nothing stands
    if len(values) != len(kind.words):
        facts = {
            "expected": " and ".join(f"a {word} in quotes" for word in kind.words),
            "given": f"{len(values)} values",
        }
        return None, [MESSAGES.finding("values", custom, name=custom.type, example=kind.example, **facts)]
    written = {key: value for key, value in custom.meta.items() if _is_written(key)}
    fixed = {"day": custom.date, "meta": custom.meta}
    fixed |= {word: value.value for word, value in zip(kind.words, values, strict=True)}
    findings = [_unknown_key(custom, kind, key) for key in written.keys() & fixed.keys()]
    try:
        model = kind.model_validate(written | fixed)
    except ValidationError as error:
        return None, findings + [_explain(custom, kind, detail) for detail in error.errors()]
    return (None if findings else model), findings


def _model(custom: Custom) -> type[models.Directive] | None:
    """Give the model of a directive; that of a rule depends on its first value, and one that is turned off has no parameters."""
    if custom.type != "rule":
        return models.DIRECTIVES.get(custom.type)
    if not custom.values or custom.meta.get("severity") == "off":
        return law.Rule
    return law.RULES.get(str(custom.values[0].value), law.Rule)


def _unknown_key(custom: Custom, kind: type[models.Directive], key: str) -> Finding:
    known = {models.dashed(name) for name in kind.model_fields} - {"day", "meta", *kind.words}
    return MESSAGES.finding("unknown-key", custom, name=custom.type, key=key, suggestion=did_you_mean(key, known))


def _is_written(key: str) -> bool:
    """Tell metadata that the officer wrote from what Beancount adds."""
    return key not in {"filename", "lineno"} and not key.startswith("__")


_EXPECTED = {
    "string_type": "text in quotes is expected",
    "string_too_short": "text is expected",
    "date_type": "a date such as 2004-06-08, without quotes, is expected",
    "bool_type": "TRUE or FALSE is expected",
    "is_instance_of": "a number, without quotes, is expected",
    "decimal_type": "a number, without quotes, is expected",
    "greater_than_equal": "a number that is not negative is expected",
    "less_than_equal": "a smaller number is expected",
}


def _explain(custom: Custom, kind: type[models.Directive], detail: ErrorDetails) -> Finding:
    """Say in our words what pydantic found."""
    key = models.dashed(str(detail["loc"][0]))
    facts: dict[str, object] = {"name": custom.type, "key": key}
    if detail["type"] == "extra_forbidden":
        return _unknown_key(custom, kind, key)
    if detail["type"] == "missing":
        return MESSAGES.finding("missing-key", custom, **facts)
    expected = _EXPECTED.get(detail["type"])
    if expected is None and detail["type"] == "literal_error":
        expected = f"{detail['ctx']['expected']} is expected; " + did_you_mean(
            str(detail["input"]), re.findall(r"'([^']+)'", str(detail["ctx"]["expected"]))
        ).rstrip("?")
    if expected is None and detail["type"] == "string_pattern_mismatch":
        expected = models.IN_WORDS[detail["ctx"]["pattern"]]
    value = repr(detail["input"])
    return MESSAGES.finding("bad-value", custom, **facts, value=value, expected=expected or detail["msg"])


def _cross_check(directives: Directives) -> Iterable[Finding]:
    """Check what one directive says of another."""
    categories = {category.slug for category in directives.categories}
    donors = {donor.code for donor in directives.donors}
    yield from _twice("fund", ((fund.meta, "the fund") for fund in directives.funds))
    yield from _twice("donor-category", ((item.meta, item.slug) for item in directives.categories))
    yield from _twice("donor", ((item.meta, item.code) for item in directives.donors))
    yield from _twice("account of donor", ((item.meta, item.account) for item in directives.donors))
    yield from _twice("purpose", ((item.meta, item.slug) for item in directives.purposes))
    yield from _twice("donor-status of", ((item.meta, f"{item.donor} from {item.day}") for item in directives.statuses))
    for status in directives.statuses:
        yield from _unknown("donor-status", status.donor, "donor", status.donor, donors, status.meta)
        yield from _unknown("donor-status", status.donor, "donor-category", status.category, categories, status.meta)
    kinds = {donor.code: donor.kind for donor in directives.donors}
    for status in directives.statuses:
        allowed, kind = _KINDS.get(status.category), kinds.get(status.donor)
        if allowed and kind and kind not in allowed:
            facts = {"subject": status.donor, "kind": kind, "category": status.category}
            yield MESSAGES.finding("kind-and-category", status.meta, **facts, allowed=" or ".join(allowed))
    for rule in directives.rules:
        yield from _unknown("rule", rule.rule, "rule", rule.rule, set(law.RULES), rule.meta)
        yield from _unknown("rule", rule.rule, "donor-category", rule.category, {*categories, "*"}, rule.meta)
    yield from _twice(
        "rule", ((item.meta, f"{item.rule} for {item.category} from {item.day}") for item in directives.rules)
    )
    for clearance in directives.clearances:
        yield from _unknown("clearance", clearance.donor, "donor", clearance.donor, donors, clearance.meta)
    for payer in directives.payers:
        yield from _unknown("payer", payer.donor, "donor", payer.donor, donors, payer.meta)
    for item in directives.confirmations:
        yield from _unknown("confirmation", item.donor, "donor", item.donor, donors, item.meta)
    yield from _twice(
        "confirmation",
        ((item.meta, f"{item.donor} of {item.quarter} on {item.day}") for item in directives.confirmations),
    )
    yield from _twice("payer", ((item.meta, f"{item.name} {item.account or ''}".strip()) for item in directives.payers))
    yield from _twice("general purpose", ((item.meta, "of the fund") for item in directives.purposes if item.general))


_KINDS: dict[str, tuple[str, ...]] = {
    "member-state": ("state",),
    "permanent-observer": ("state", "intergovernmental-organization"),
    "inter-american-entity": ("inter-american-organ", "inter-american-entity"),
}
"""Which kinds of donor the first three groups of operative paragraph 11 hold; the fourth, "others", is open."""


def _twice(name: str, subjects: Iterable[tuple[dict[str, Any], str]]) -> Iterable[Finding]:
    seen: dict[str, str] = {}
    for meta, subject in subjects:
        if subject in seen:
            yield MESSAGES.finding("twice", meta, name=name, subject=subject, first=seen[subject])
        else:
            seen[subject] = f"{meta['filename']}:{meta['lineno']}"


def _unknown(name: str, subject: str, kind: str, word: str, known: set[str], meta: dict[str, Any]) -> Iterable[Finding]:
    if word not in known:
        suggestion = did_you_mean(word, known)
        yield MESSAGES.finding(
            "unknown-reference", meta, name=name, subject=subject, kind=kind, word=word, suggestion=suggestion
        )
