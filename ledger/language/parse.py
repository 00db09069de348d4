"""Turn custom directives into models.

`(directives) -> (models, findings)`, every mistake one finding at file and line.
"""

import re
from collections.abc import Iterable

from beancount.core.data import Custom
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ledger.ground.findings import Finding
from ledger.ground.phrases import N_, Text, join, phrase
from ledger.language import models
from ledger.language.cross_check import cross_check
from ledger.language.directives import Directives
from ledger.language.law import Schema, Terms
from ledger.language.messages import MESSAGES
from ledger.language.nearest import did_you_mean
from ledger.language.patterns import IN_WORDS


def parse(customs: Iterable[Custom], schema: Schema) -> tuple[Directives, list[Finding]]:
    """Read all custom directives of a book; those of other programs (`models.FOREIGN`) are passed over.

    Where the schema knows no rule at all, no rule was applied, and what the book says of them is passed over too.
    """
    directives, findings = Directives(), []
    for custom in customs:
        if custom.type.startswith(models.FOREIGN) or (custom.type == "rule" and not schema.terms):
            continue
        model, mistakes = parse_one(custom, schema)
        findings += mistakes
        if model is not None:
            directives.keep(model)
    return directives, findings + list(cross_check(directives, schema))


def parse_one(custom: Custom, schema: Schema) -> tuple[models.Directive | None, list[Finding]]:
    """Read one directive: its model, or None and what is wrong with it."""
    kind = _model(custom, schema)
    if kind is None:
        suggestion = did_you_mean(custom.type, [*models.DIRECTIVES, "rule"])
        return None, [MESSAGES.finding("unknown-directive", custom, name=custom.type, suggestion=suggestion)]
    values = custom.values or []  # Beancount gives None where nothing stands
    if len(values) != len(kind.words):
        facts = {
            "expected": join([phrase("a {word} in quotes", word=word) for word in kind.words]),
            "given": phrase("{count} values", count=len(values)),
        }
        return None, [MESSAGES.finding("values", custom, name=custom.type, example=kind.example, **facts)]
    content = {key: value for key, value in custom.meta.items() if _is_written(key)}
    own = {"day": custom.date, "meta": custom.meta}
    own |= {word: value.value for word, value in zip(kind.words, values, strict=True)}
    findings = [_unknown_key(custom, kind, key) for key in content.keys() & own.keys()]
    try:
        model = kind.model_validate(content | own)
    except ValidationError as error:
        return None, findings + [_explain(custom, kind, detail) for detail in error.errors()]
    return (None if findings else model), findings


def _model(custom: Custom, schema: Schema) -> type[models.Directive] | None:
    """Return the model of a directive.

    That of a rule depends on its first value, and one that is turned off has no parameters.
    """
    if custom.type != "rule":
        return models.DIRECTIVES.get(custom.type)
    if not custom.values or custom.meta.get("severity") == "off":
        return Terms
    return schema.terms.get(str(custom.values[0].value), Terms)


def _unknown_key(custom: Custom, kind: type[models.Directive], key: str) -> Finding:
    keys = {models.dashed(name) for name in kind.model_fields} - {"day", "meta", *kind.words}
    return MESSAGES.finding("unknown-key", custom, name=custom.type, key=key, suggestion=did_you_mean(key, keys))


def _is_written(key: str) -> bool:
    """Tell metadata that the officer wrote from what Beancount adds."""
    return key not in {"filename", "lineno"} and not key.startswith("__")


_EXPECTED = {
    "string_type": N_("text in quotes is expected"),
    "string_too_short": N_("text is expected"),
    "date_type": N_("a date such as 2004-06-08, without quotes, is expected"),
    "bool_type": N_("TRUE or FALSE is expected"),
    "is_instance_of": N_("a number, without quotes, is expected"),
    "decimal_type": N_("a number, without quotes, is expected"),
    "greater_than_equal": N_("a number that is not negative is expected"),
    "less_than_equal": N_("a smaller number is expected"),
}


def _explain(custom: Custom, kind: type[models.Directive], detail: ErrorDetails) -> Finding:
    """Return in our words what pydantic found."""
    key = models.dashed(str(detail["loc"][0]))
    facts: dict[str, object] = {"name": custom.type, "key": key}
    if detail["type"] == "extra_forbidden":
        return _unknown_key(custom, kind, key)
    if detail["type"] == "missing":
        return MESSAGES.finding("missing-key", custom, **facts)
    expectation: Text | None = _EXPECTED.get(detail["type"])
    if expectation is None and detail["type"] == "literal_error":
        words = re.findall(r"'([^']+)'", str(detail["ctx"]["expected"]))
        hint = did_you_mean(str(detail["input"]), words)
        expectation = phrase("one of {words} is expected; {hint}", words=", ".join(map(repr, words)), hint=hint)
    if expectation is None and detail["type"] == "string_pattern_mismatch":
        expectation = IN_WORDS[detail["ctx"]["pattern"]]
    value = repr(detail["input"])
    return MESSAGES.finding("bad-value", custom, **facts, value=value, expected=expectation or detail["msg"])
