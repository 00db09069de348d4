"""What every rule of the law has in common: it is dated, superseded, softened, waived, and its broken book is mended.

The test of a rule is a class of `DatedRule` or `StructuralRule` with a broken book that shows it. The broken books
themselves show every way to break it.
"""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar

from ledger.book.loading import Book, load
from ledger.ground.canonical import digest
from ledger.ground.findings import Finding
from ledger.law.rule import Rule
from tests.books import PRELUDE
from tests.conftest import TESTS

IN_FORCE = "2010-01-01"


@dataclass(frozen=True)
class Case:
    """A broken book: what mends it, on which day it is judged, what a waiver would name, and its entry's first words."""

    book: str
    code: str
    mend: tuple[str, str]
    day: date
    subject: str = ""
    entry: str = "2016-09-08 *"
    declared_in_prelude: bool = False

    @property
    def text(self) -> str:
        """The broken book."""
        return (TESTS / "broken" / self.book / "source.beancount").read_text(encoding="utf-8")


def of(rule: Rule, findings: Iterable[Finding]) -> list[str]:
    """Return the codes of what a rule found, without its name."""
    return [finding.code.partition("/")[2] for finding in findings if finding.rule == rule.rule]


def codes(findings: Iterable[Finding]) -> list[str]:
    """Return the whole codes of findings."""
    return [finding.code for finding in findings]


def waiver(rule: Rule, subject: str, first: date, last: date) -> str:
    """Write a waiver of a rule."""
    lines = [
        f'\n{first} custom "waiver" "{rule.rule}" "{subject}"',
        '  reason: "Example"',
        '  approved-by: "treasurer-1"',
    ]
    return "\n".join([*lines, f"  expires: {last}", ""])


class Shown:
    """A rule that is shown on a broken book."""

    rule: ClassVar[Rule]
    case: ClassVar[Case]

    def judged(self, text: str, folder: Path) -> Book:
        """Load a text in the place of the broken book."""
        case = self.case
        shutil.copytree(TESTS / "broken" / case.book, folder / case.book, dirs_exist_ok=True)
        prelude = PRELUDE
        if case.declared_in_prelude:  # its directive stands in the prelude: take it from there into the text
            lines = f'2004-06-08 custom "rule" "{self.rule.rule}" "*"\n  citation: "house rule"\n'
            assert lines in prelude
            prelude = prelude.replace(lines, "")
            if '"rule"' not in text:
                text = f'{text}\n{IN_FORCE} custom "rule" "{self.rule.rule}" "*"\n  citation: "example"\n'
        (folder / "prelude.beancount").write_text(prelude, encoding="utf-8")
        main = folder / case.book / "source.beancount"
        main.write_text(text, encoding="utf-8")
        return load(main)


class DatedRule(Shown):
    """A rule that a book may set."""

    category: ClassVar[str] = "*"
    """The category for which the broken book sets it."""

    def in_force_from(self, day: date) -> str:
        """Return the text with the rule in force from a day only."""
        name, text = self.rule.rule, self.case.text
        if self.case.declared_in_prelude:
            return f'{text}\n{day} custom "rule" "{name}" "*"\n  citation: "example"\n'
        assert f'{IN_FORCE} custom "rule" "{name}"' in text
        return text.replace(f'{IN_FORCE} custom "rule" "{name}"', f'{day} custom "rule" "{name}"')

    def test_its_broken_book_is_valid_once_it_is_mended(self, tmp_path: Path) -> None:
        case = self.case
        assert case.code in of(self.rule, self.judged(case.text, tmp_path).findings)
        mended = case.text.replace(*case.mend)
        assert mended != case.text
        assert self.judged(mended, tmp_path).findings == []

    def test_it_judges_from_its_effective_date_on_and_never_before(self, tmp_path: Path) -> None:
        """The same contribution under the law of two dates gives two results."""
        day = self.case.day
        assert self.case.code in of(self.rule, self.judged(self.in_force_from(day), tmp_path).findings)
        the_day_after = self.judged(self.in_force_from(day + timedelta(days=1)), tmp_path)
        assert of(self.rule, the_day_after.findings) == []

    def test_a_later_directive_supersedes_from_its_date_on(self, tmp_path: Path) -> None:
        day = self.case.day
        off = (
            f'\n{{day}} custom "rule" "{self.rule.rule}" "{self.category}"\n  citation: "example"\n  severity: "off"\n'
            '  reason: "A later law (example)"\n'
        )
        text = self.in_force_from(date(2010, 1, 1))
        assert of(self.rule, self.judged(text + off.format(day=day), tmp_path).findings) == []
        later = self.judged(text + off.format(day=day + timedelta(days=1)), tmp_path)
        assert self.case.code in of(self.rule, later.findings)

    def test_it_can_warn(self, tmp_path: Path) -> None:
        text = self.in_force_from(date(2010, 1, 1))
        warns = text.replace('citation: "example"', 'citation: "example"\n  severity: "warning"')
        findings = [finding for finding in self.judged(warns, tmp_path).findings if finding.rule == self.rule.rule]
        assert findings
        assert {finding.severity for finding in findings} == {"warning"}

    def test_a_waiver_counts_while_it_is_in_force_and_not_after(self, tmp_path: Path) -> None:
        case, day, one = self.case, self.case.day, timedelta(days=1)
        subject = case.subject or digest(self.judged(case.text, tmp_path).fund.entries[-1].txn)
        first, last = day - timedelta(days=10), day
        book = self.judged(case.text + waiver(self.rule, subject, first, last), tmp_path)
        assert [finding for finding in book.findings if finding.rule in {self.rule.rule, "waiver"}] == []
        assert [bool(item.findings) for item in book.waived] == [True]
        for begin, end in ((first, day - one), (day + one, day + timedelta(days=9))):
            expired = codes(self.judged(case.text + waiver(self.rule, subject, begin, end), tmp_path).findings)
            assert "waiver/expired" in expired
            assert f"{self.rule.rule}/{case.code}" in expired
        unused = codes(self.judged(case.text + waiver(self.rule, "PL-1999-001", first, last), tmp_path).findings)
        assert [code for code in unused if code.startswith("waiver/")] == ["waiver/unused"]

    def test_a_flag_softens_it_where_it_is_about_papers_and_else_not(self, tmp_path: Path) -> None:
        """`!` marks an entry whose papers are on their way; money is judged as on every other entry."""
        case = self.case
        flagged = case.text.replace(case.entry, case.entry.replace("*", "!"))
        assert flagged != case.text
        before, after = (
            {finding.severity for finding in self.judged(text, tmp_path).findings if finding.rule == self.rule.rule}
            for text in (case.text, flagged)
        )
        assert before == {"error"}
        assert after == ({"warning"} if self.rule.documentary else {"error"})


class StructuralRule(Shown):
    """A rule that holds the book together: no directive, no waiver and no flag lifts it."""

    def test_it_is_neither_turned_off_nor_waived_nor_softened(self, tmp_path: Path) -> None:
        case, name = self.case, self.rule.rule
        before = of(self.rule, self.judged(case.text, tmp_path).errors)
        assert before
        off = (
            f'\n2004-06-08 custom "rule" "{name}" "*"\n  citation: "example"\n  severity: "off"\n  reason: "Example"\n'
        )
        turned_off = self.judged(case.text + off, tmp_path)
        assert [code for code in codes(turned_off.errors) if code.startswith("law/")] == ["law/structure"]
        waived = self.judged(case.text + waiver(self.rule, case.subject, date(2004, 6, 8), date(2030, 1, 1)), tmp_path)
        assert [code for code in codes(waived.errors) if code.startswith("waiver/")] == ["waiver/not-waivable"]
        flagged = self.judged(case.text.replace(" * ", " ! "), tmp_path)
        for result in (turned_off, waived, flagged):
            assert of(self.rule, result.errors) == before
