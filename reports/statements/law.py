"""The law in force, the waivers and what waits: what an export prints beside its figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.book.loading import Book, told_within, within
from ledger.ground.findings import EVERY_CATEGORY, Finding
from ledger.ground.phrases import N_, Text, count, joined, laid_out, say
from ledger.language.law import Terms
from ledger.model.fund import Fund
from reports.scope import Scope
from reports.statements.names import Names


@dataclass(frozen=True, slots=True)
class LawLine:
    """A rule on a day. `since` is None for the rules that hold the book together, which are always in force."""

    rule: str
    category: str
    since: date | None
    severity: str
    parameters: Text
    source: Text


@dataclass(frozen=True, slots=True)
class WaiverLine:
    """A waiver with how often it was used."""

    rule: str
    subject: str
    begins: date
    expires: date
    approved_by: str
    reason: str
    uses: int
    where: str


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """Something that is wrong, or waits, in the book."""

    severity: str
    rule: str
    day: date | None
    what: Text
    citation: str
    where: str


def law(fund: Fund, as_of: date) -> tuple[LawLine, ...]:
    """Give every rule in force on a day, or turned off, in the order in which they are applied."""
    lines = []
    for rule in fund.law.schema.terms:
        if rule in fund.law.schema.structure:
            lines.append(
                LawLine(
                    rule,
                    "*",
                    None,
                    SEVERITIES["error"],
                    "",
                    N_("holds the book together; cannot be waived or turned off"),
                )
            )
            continue
        categories = sorted({terms.category for terms in fund.law.rules if terms.rule == rule})
        for category in categories:
            terms = fund.law.on(rule, category, as_of)
            if terms is not None and terms.category == category:
                lines.append(_line(terms))
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class OffLine:
    """Rules that are off for everybody on a day, for one reason, as the law gives it: what they would find is not found."""

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
    return tuple(OffLine(tuple(off), *reason) for reason, off in reasons.items())


def off_notes(lines: Sequence[OffLine], as_of: date) -> tuple[Text, ...]:
    """Say which rules are off on a day, each with its reason, where a zero may be theirs; nothing where all are in force."""
    if not lines:
        return ()
    listed = [
        laid_out("{rules}: {reason} ({source})", rules=", ".join(x.rules), reason=x.reason, source=x.source)
        for x in lines
    ]
    return (say("Rules turned off on {day}, which find nothing:", day=as_of), *listed)


def _line(terms: Terms) -> LawLine:
    parameters = joined([_shown(name, value) for name, value in terms.parameters().items()])
    source: Text = terms.source
    if terms.severity == "off":
        source = say("OFF: {reason} ({source})", reason=terms.reason or "", source=terms.source)
    return LawLine(terms.rule, terms.category, terms.day, SEVERITIES[terms.severity], parameters, source)


def _shown(name: str, value: object) -> Text:
    """Give a parameter as the book writes it, a number in the reader's manner."""
    if isinstance(value, bool):
        return f"{name} {str(value).upper()}"
    if isinstance(value, Decimal):
        return laid_out("{name} {value}", name=name, value=count(value))
    return f"{name} {value}"


def waivers(book: Book, scope: Scope) -> tuple[WaiverLine, ...]:
    """Give every waiver that was given by the day of the report, with what it lets pass of what is dated by then."""
    return tuple(
        WaiverLine(
            w.rule,
            w.subject,
            w.day,
            w.expires,
            w.approved_by,
            w.reason,
            sum(known(finding, scope.as_of) for finding in item.findings),
            within(book.path.parent, f"{w.meta['filename']}:{w.meta['lineno']}"),
        )
        for item in book.waived
        for w in [item.waiver]
        if w.day <= scope.as_of
    )


def known(finding: Finding, as_of: date) -> bool:
    """Tell whether a finding is of something dated by a day; what stands at no entry always is."""
    return finding.entry is None or finding.entry.date <= as_of


def exceptions(book: Book, scope: Scope, names: Names) -> tuple[ExceptionLine, ...]:
    """Give everything dated by the day of the report that is wrong or waits, errors first."""
    lines = [
        ExceptionLine(
            SEVERITIES[f.standing],
            f.rule,
            f.entry.date if f.entry else None,
            f.code if names.hidden_at(f.where) else told_within(book.path.parent, f.what),
            f.citation,
            within(book.path.parent, f.where),
        )
        for f in book.findings
        if known(f, scope.as_of)
    ]
    return tuple(sorted(lines, key=lambda line: (_ORDER[line.severity], line.rule, line.day or date.min)))


SEVERITIES = {
    "error": N_("error"),
    "open point": N_("open point"),
    "warning": N_("warning"),
    "off": N_("off"),
}
_ORDER = {"error": 0, "open point": 1, "warning": 2}
