"""What is wrong with a book, as data: one `Finding` per mistake, built from one catalogue of messages.

A finding is a Beancount error too (it has `source`, `message` and `entry`), so `bean-check` and Fava show it unchanged.
Every text lives in a `Catalogue`; `docs/errors.md` is made from the catalogues and from one broken book per message.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from beancount.core.data import Directive

from ledger.ground.phrases import Phrase, Text

Severity = Literal["error", "warning"]

EVERY_CATEGORY = "*"
"""The category of what concerns no donor, and of a rule for all of them."""


class Scope(NamedTuple):
    """Under which law a finding stands: the day, the donor categories, and the names by which a waiver may mean it."""

    day: date
    categories: tuple[str, ...] = (EVERY_CATEGORY,)
    subjects: frozenset[str] = frozenset()


class Finding(NamedTuple):
    """One mistake in the book. `source` holds `filename` and `lineno`; `code` is `rule/message`.

    An `open` finding waits for somebody to act (an approval, a document): it stops closing and export as every error
    does, but not the recording of other entries. Without a `scope` a finding is judged by its entry.
    """

    source: dict[str, Any]
    what: Text
    entry: Directive | None
    code: str
    severity: Severity = "error"
    mend: Text = ""
    citation: str = ""
    open: bool = False
    scope: Scope | None = None

    @property
    def message(self) -> str:
        """What is wrong, how to mend it, and by which law."""
        mend = f" To mend: {self.mend}" if self.mend else ""
        return str(self.what) + mend + (f" [{self.citation}]" if self.citation else "")

    @property
    def rule(self) -> str:
        """The id of the rule that found it."""
        return self.code.partition("/")[0]

    @property
    def standing(self) -> str:
        """`error`, `open point` or `warning`: an error that waits for somebody to act is an open point."""
        return "open point" if self.open and self.severity == "error" else self.severity

    @property
    def where(self) -> str:
        """`file:line`."""
        return f"{self.source.get('filename', '?')}:{self.source.get('lineno', 0)}"

    @property
    def order(self) -> tuple[str, int, str]:
        """Sort key: file, line, code."""
        return (str(self.source.get("filename", "")), self.line, self.code)

    @property
    def line(self) -> int:
        """The line in its file, 0 when it is not known."""
        line = self.source.get("lineno", 0)
        return line if isinstance(line, int) else 0


def new_findings(before: Sequence[Finding], after: Sequence[Finding]) -> list[Finding]:
    """Return what was not found before: the same text on another entry is something new."""
    counts = Counter((finding.code, finding.message) for finding in before)
    result = []
    for finding in sorted(after, key=lambda item: item.order):
        key = (finding.code, finding.message)
        counts[key] -= 1
        if counts[key] < 0:
            result.append(finding)
    return result


@dataclass(frozen=True, slots=True)
class Message:
    """What is wrong and what is allowed, how to mend it, and the source of the rule. `{…}` are filled in."""

    what: str
    mend: str
    citation: str = "house rule"
    severity: Severity = "error"
    open: bool = False


class Catalogue:
    """All messages of one rule."""

    def __init__(self, rule: str, messages: Mapping[str, Message]) -> None:
        self.rule = rule
        self.messages = messages

    def finding(
        self, code: str, at: Directive | dict[str, Any], scope: Scope | None = None, /, **facts: object
    ) -> Finding:
        """Make the finding `code` at a directive (or at bare metadata with `filename` and `lineno`)."""
        message = self.messages[code]
        source, entry = (at, None) if isinstance(at, dict) else (at.meta, at)
        values = tuple(facts.items())
        return Finding(
            source,
            Phrase(message.what, values),
            entry,
            f"{self.rule}/{code}",
            message.severity,
            Phrase(message.mend, values) if message.mend else "",
            message.citation,
            message.open,
            scope,
        )
