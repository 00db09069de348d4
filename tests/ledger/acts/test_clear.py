"""The result of the due diligence on a donor."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ledger.acts.clear import Clear
from tests.acting import plain, stated
from tests.conftest import Load


@pytest.fixture
def report(tmp_path: Path) -> str:
    """A report of the due diligence."""
    (tmp_path / "report.txt").write_text("Due diligence (example)", encoding="utf-8")
    return str(tmp_path / "report.txt")


def clear(book: Load, **texts: str) -> Clear:
    return Clear(book("").fund, plain, sure=True).fill(stated(**texts))


def test_a_clearance_has_its_ceiling_its_end_and_its_report(book: Load, report: str) -> None:
    words = {"donor": "FOUNDATION-1", "day": "2016-02-01", "until": "2018-01-31", "ceiling": "1000", "document": report}
    entries = clear(book, **words).entries()
    (line,), (paper,) = entries.directives, entries.papers
    assert (line.type, line.values[0].value, line.date) == ("clearance", "FOUNDATION-1", date(2016, 2, 1))
    assert (line.meta["ceiling"], line.meta["valid-until"]) == (Decimal(1000), date(2018, 1, 31))
    assert line.meta["document-sha256"] == paper.sha256


def test_a_clearance_does_not_end_before_it_begins(book: Load, report: str) -> None:
    words = {"donor": "FOUNDATION-1", "day": "2016-02-01", "until": "2016-01-31", "ceiling": "1000", "document": report}
    (problem,) = clear(book, **words).problems
    assert (problem.field, problem.text) == ("until", "2016-01-31 is before day 2016-02-01: correct one")
