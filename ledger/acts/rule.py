"""Change a rule of the law from a day on."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, get_args

from ledger.acts import values
from ledger.acts.act import Act, Choice, Field, FieldType
from ledger.acts.directives import custom
from ledger.acts.donor import choose_one
from ledger.acts.entry import day_from
from ledger.book.append import Entries
from ledger.ground.errors import InvalidEntryError
from ledger.ground.findings import EVERY_CATEGORY
from ledger.ground.phrases import N_, phrase
from ledger.ground.values import parse_number
from ledger.language.law import Terms
from ledger.language.models import dashed
from ledger.language.nearest import did_you_mean
from ledger.language.parse import parse_one

FILE = "policy/policy.beancount"
SEVERITIES: tuple[str, ...] = get_args(Terms.model_fields["severity"].annotation)


def _categories(act: Act) -> list[Choice]:
    choices = [Choice(item.slug, item.name_en) for item in act.fund.registry.categories.values()]
    return [Choice(EVERY_CATEGORY, "all"), *choices]


def _parameters(schema: type[Terms]) -> dict[str, Any]:
    """Return the type of each parameter that a rule takes of its own, by its name in the book."""
    own = {key: info for key, info in schema.model_fields.items() if key not in Terms.model_fields}
    return {dashed(key): info.annotation for key, info in own.items()}


def _parameter(act: Act, text: str) -> tuple[str, Any]:
    """Read `above=5000`: a parameter of the rule, and its value."""
    name, equals, value = text.partition("=")
    rule = act.values.get("rule")
    if rule is None:
        return name, value
    types = _parameters(act.fund.law.schema.terms[rule])
    if not types:
        raise ValueError(phrase("{rule} takes no parameters", rule=rule))
    if name not in types:
        raise ValueError(
            phrase("{rule} has no parameter {name!r}; {hint}", rule=rule, name=name, hint=did_you_mean(name, types))
        )
    if not equals or not value.strip():
        raise ValueError(phrase("{text!r}: write {name}=VALUE", text=text, name=name))
    return name, _read_value(types[name], value.strip())


def _read_value(type_: Any, text: str) -> Any:
    """Read a value of a parameter's type; text where it is neither a number nor a truth."""
    types = {type_, *get_args(type_)}
    if Decimal in types:
        return parse_number(text)
    return text.upper() == "TRUE" if bool in types else text


RULE = values.rule_of(N_("the rule {rule!r} holds the book together, and no law changes it"))
CATEGORY = FieldType(
    "CATEGORY", lambda act, text: choose_one([c.text for c in _categories(act)], text), choices=_categories
)
PARAMETER = FieldType("NAME=VALUE", _parameter)
SEVERITY = FieldType(
    "SEVERITY",
    lambda _act, text: choose_one(SEVERITIES, text),
    choices=lambda _act: [Choice(word) for word in SEVERITIES],
)


class ChangeRule(Act):
    """Change a parameter of RULE from a day on, for donors of a CATEGORY or for all; what is left out stays as it is in force.

    What is dated before that day stays judged by the law of its own day. Treasurers change the law.
    """

    name = "rule"
    role = "treasurer"
    example = "vfund rule four-eyes --set above=5000 --date 2027-01-01 --reason 'Audit of 2026' --source 'Memorandum of 3 December'"

    rule = Field[str](RULE, "Rule", argument=True)
    category = Field[str](CATEGORY, "Category of donors that it is for", suggest=EVERY_CATEGORY)
    day = day_from("From which day on", values.DUE)
    parameter = Field[list[tuple[str, Any]]](
        PARAMETER,
        "Parameter, such as above=5000 (empty: all stay)",
        "A parameter with its new value, such as above=5000 (repeat it).",
        choices=lambda act: act.in_force(),
        verify=lambda act: act.sets_once(),
        many=True,
        word="set",
    )
    severity = Field[str](
        SEVERITY,
        "What breaks it is",
        "What breaks it is an error or a warning; or the rule is off (default: as it is).",
        suggest=lambda act: act.terms_before.severity if act.terms_before else SEVERITIES[0],
    )
    reason = Field[str](values.TEXT, "Why it changes")
    source = Field[str](values.TEXT, "Resolution, decision or standard that it rests on")

    @property
    def terms_before(self) -> Terms | None:
        """The terms in force on the day before the change; None where the book does not speak of the rule yet."""
        if self.rule is None or self.category is None or self.day is None:
            return None
        return self.fund.law.on(self.rule, self.category, self.day)

    def in_force(self) -> Sequence[Choice]:
        """Return the parameters of the rule with the values in force."""
        if self.rule is None:
            return []
        now = self.terms_before.parameters() if self.terms_before else {}
        names = _parameters(self.fund.law.schema.terms[self.rule])
        return [
            Choice(f"{name}={now[name]}" if name in now else f"{name}=", "in force" * (name in now)) for name in names
        ]

    def sets_once(self) -> None:
        """Refuse a parameter that is set twice."""
        names = [name for name, _ in self.parameter]
        if len(set(names)) < len(names):
            raise ValueError(N_("a parameter is set twice: leave one out"))

    def entries(self) -> Entries:
        """Return the law from the day on.

        Raises:
            InvalidEntryError: when it would judge the past, nothing changes, or a value is not one that the rule takes.

        """
        later_days = [entry.txn.date for entry in self.fund.entries if entry.txn.date >= self.day]
        if later_days:
            raise InvalidEntryError(
                phrase(
                    "{number} of the entries are dated {day} or later, the last {last}: a change never judges again what is recorded; give a later {day_option}",
                    number=len(later_days),
                    day=self.day,
                    last=max(later_days),
                    day_option=self.word("day"),
                )
            )
        line = custom("rule", self.day, (self.rule, self.category), self._terms())
        _, mistakes = parse_one(line, self.fund.law.schema)
        if mistakes:
            raise InvalidEntryError("; ".join(str(mistake.message) for mistake in mistakes))
        whom = "all" if self.category == EVERY_CATEGORY else self.category
        return Entries([line], f"Rule {self.rule} for {whom} from {self.day}", {}, FILE)

    def _terms(self) -> dict[str, Any]:
        """Return the metadata of the directive: the parameters in force with those that change.

        None where the rule is off.
        """
        in_force, changes = self.terms_before, dict(self.parameter)
        off = self.severity == "off"
        if off and changes:
            raise InvalidEntryError(
                phrase(
                    "a rule that is off has no parameters: leave {parameter_option} out",
                    parameter_option=self.word("parameter"),
                )
            )
        before = in_force.parameters() if in_force else {}
        if (
            in_force
            and self.severity == in_force.severity
            and all(before.get(name) == value for name, value in changes.items())
        ):
            raise InvalidEntryError(
                phrase("{rule} is like that on {day} already: nothing changes", rule=self.rule, day=self.day)
            )
        severity = None if self.severity == SEVERITIES[0] else self.severity
        parameters = {} if off else before | changes
        return {"citation": self.source, "severity": severity, "reason": self.reason, **parameters}
