"""Statement 14b: the law in force on a day, and which of its rules are turned off."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.ground.findings import EVERY_CATEGORY
from ledger.ground.phrases import N_, Text, count, join, layout, phrase
from ledger.language.law import Terms
from ledger.model.fund import Fund
from reports.statement import Sources, Statement, column, columns_of, table_line
from reports.table import ColumnType

SEVERITIES = {
    "error": N_("error"),
    "open point": N_("open point"),
    "warning": N_("warning"),
    "off": N_("off"),
}


@dataclass(frozen=True, slots=True)
class RuleOnDay:
    """A rule on a day. `since` is None for the rules that hold the book together, which are always in force."""

    rule: str
    category: str
    since: date | None
    severity: str
    parameters: Text
    source: Text


@table_line
class LawLine:
    """A rule on the day of the report, in words."""

    rule: str = column(N_("Rule"), ColumnType.TEXT, 26)
    category: str = column(N_("For"), ColumnType.TERM, 22)
    since: str = column(N_("Since"), ColumnType.TERM, 12)
    severity: str = column(N_("Severity"), ColumnType.TERM, 11)
    parameters: Text = column(N_("Parameters"), ColumnType.TERM, 34)
    source: Text = column(N_("Source, or why it is off"), ColumnType.TERM, 70)


def rules_on(fund: Fund, as_of: date) -> Iterator[RuleOnDay]:
    """Yield every rule in force on a day, or turned off, in the order in which they are applied."""
    for rule in fund.law.schema.terms:
        if rule in fund.law.schema.structure:
            source = N_("holds the book together; cannot be waived or turned off")
            yield RuleOnDay(rule, "*", None, SEVERITIES["error"], "", source)
            continue
        for category in sorted({terms.category for terms in fund.law.rules if terms.rule == rule}):
            terms = fund.law.on(rule, category, as_of)
            if terms is not None and terms.category == category:
                yield _on_day(terms)


def _on_day(terms: Terms) -> RuleOnDay:
    parameters = join([_show_parameter(name, value) for name, value in terms.parameters().items()])
    source: Text = terms.source
    if terms.severity == "off":
        source = phrase("OFF: {reason} ({source})", reason=terms.reason or "", source=terms.source)
    return RuleOnDay(terms.rule, terms.category, terms.day, SEVERITIES[terms.severity], parameters, source)


def _show_parameter(name: str, value: object) -> Text:
    """Return a parameter as the book writes it, a number in the reader's manner."""
    if isinstance(value, bool):
        return f"{name} {str(value).upper()}"
    if isinstance(value, Decimal):
        return layout("{name} {value}", name=name, value=count(value))
    return f"{name} {value}"


@dataclass(frozen=True, slots=True)
class OffLine:
    """Rules that are off for everybody on a day, for one reason, as the law gives it.

    What such a rule would find is not found.
    """

    day: date
    rules: tuple[str, ...]
    reason: str
    source: str


def turned_off(fund: Fund, as_of: date, rules: Iterable[str] | None = None) -> tuple[OffLine, ...]:
    """Return the rules that are in force for nobody on a day, those of one reason together."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for rule in fund.law.schema.terms if rules is None else rules:
        terms = None if rule in fund.law.schema.structure else fund.law.on(rule, EVERY_CATEGORY, as_of)
        if terms is not None and terms.severity == "off" and fund.law.anywhere(rule, as_of) is None:
            reasons.setdefault((terms.reason or "", terms.source), []).append(rule)
    return tuple(OffLine(as_of, tuple(off), *reason) for reason, off in reasons.items())


def off_notes(lines: Sequence[OffLine]) -> tuple[Text, ...]:
    """Return which rules are off on a day, each with its reason, where a zero may be theirs.

    Where all are in force there is nothing to say.
    """
    if not lines:
        return ()
    rules_off = [
        layout("{rules}: {reason} ({source})", rules=", ".join(x.rules), reason=x.reason, source=x.source)
        for x in lines
    ]
    return (phrase("Rules turned off on {day}, which find nothing:", day=lines[0].day), *rules_off)


def law(of: Sources) -> tuple[LawLine, ...]:
    """Return the law in force on the day of the report."""
    return tuple(
        LawLine(
            x.rule,
            N_("all") if x.category == EVERY_CATEGORY else of.names.category_of(x.category),
            str(x.since) if x.since else N_("always"),
            x.severity,
            x.parameters or N_("none"),
            x.source,
        )
        for x in rules_on(of.fund, of.scope.as_of)
    )


LAW = Statement(
    "law",
    "14b",
    N_("Law"),
    N_("The law of the fund"),
    columns_of(LawLine),
    law,
    subtitle=N_("In force on {day} · an example to be confirmed says so"),
)
